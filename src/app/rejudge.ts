import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Ask } from '../ledger/chores.ts'
import type { Result } from '../ledger/result.ts'
import type { Delivery } from '../ledger/taking.ts'
import type { GitHub } from '../sources/github/client.ts'
import { CommitAsked } from './asked.ts'
import { deliveryOf } from './delivery.ts'
import { headsOf, tipOf } from './heads.ts'
import { keyOf } from './target.ts'

/** A verdict that ends at a moment, as a job has it. */
const Due = z.object({ asked: CommitAsked, until: z.iso.datetime() })

/** The job that judges a commit again when its verdict has expired; the same moment is asked for once. */
export function askAt(asked: CommitAsked, until: string, now: Date): Ask {
  const afterSeconds = Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1000))
  return { data: { asked, until }, id: uuidOf(asked, until), afterSeconds }
}

export type Rejudging = {
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
  readonly take: (deliveries: readonly Delivery[]) => Promise<void>
  readonly clock: () => Date
}

/** Asks for the verdict that is due, if anybody still goes by it: the commit of a closed pull request is dropped. */
export async function rejudge(data: unknown, { as, take, clock }: Rejudging): Promise<Result> {
  const { asked, until } = Due.parse(data)
  const left = Date.parse(until) - clock().getTime()
  if (left > 0) return { kind: 'postpone', seconds: Math.ceil(left / 1000) }
  const { installation, target } = asked
  const github = await as(installation)
  const stands =
    (await tipOf(github, target)) === target.commit || (await headsOf(github, target)).includes(target.commit)
  if (!stands) return { kind: 'done' }
  const about = { id: `due:${uuidOf(asked, until)}`, event: 'expiry', at: clock() } as const
  await take([deliveryOf(about, { asked })])
  return { kind: 'done' }
}

/** A UUID that is always the same for a commit and a moment. */
function uuidOf({ target }: CommitAsked, until: string): string {
  const hex = createHash('sha256')
    .update(`${keyOf(target)} ${until}`)
    .digest('hex')
  // RFC 9562, version 8: what the bits mean is ours to say.
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
}
