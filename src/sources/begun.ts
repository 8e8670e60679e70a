import type { Problem } from '../core/problem.ts'
import { partsOf } from '../core/verdict.ts'
import type { Manifest, ParsedManifest } from '../criteria/manifest.ts'
import { type Begun, tipOf, type Work } from '../facts.ts'
import type { Released } from './released.ts'
import type { Asked, Witness } from './witness.ts'

/** How the file of a start ticket is read: its text, or the problem that stands in its place. */
export type ReadTicket = (path: string, line: number) => Promise<{ text: string } | { problem: Problem }>

/** The judged repository, and where its default branch is at present. */
export type Judging = { readonly repository: string; readonly tip: string }

export type Found = { readonly begun?: Begun; readonly problems: readonly Problem[] }

/** The artifact that lists the weights where the manifest names none. */
const ARTIFACT = 'weights'

/** What a server's clock shows of the run or the ticket that the manifest names; nothing where it names none. */
export async function gatherBegun(
  witness: Witness | undefined,
  at: Judging,
  { manifest, ticket }: Pick<ParsedManifest, 'manifest' | 'ticket'>,
  read: ReadTicket,
): Promise<Found> {
  if (manifest === undefined) return { problems: [] }
  // Where something is trained here, the work is training.
  const kind: Work['kind'] = manifest.training === undefined ? 'evaluation' : 'training'
  const named = manifest[kind]
  if (named?.run !== undefined) {
    const where = named.repository ?? at.repository
    const about = { clock: 'run', work: kind, run: named.run, repository: where } as const
    return {
      begun: await ofRun(witness, at, about, named.artifact ?? ARTIFACT, manifest),
      problems: [],
    }
  }
  if (ticket === undefined) return { problems: [] }
  const about = { clock: 'ticket', work: kind, path: ticket.path } as const
  const found = await read(ticket.path, ticket.line)
  if ('problem' in found) return { begun: { ...about, kind: 'not_there' }, problems: [found.problem] }
  if (witness === undefined) return { begun: { ...about, kind: 'awaiting' }, problems: [] }
  const told = await witness.ticket(found.text)
  if (told === undefined) return { begun: { ...about, kind: 'forged' }, problems: [] }
  return { begun: { ...about, kind: 'seen', ...told }, problems: [] }
}

type NamedRun = Pick<Extract<Begun, { clock: 'run' }>, 'clock' | 'work' | 'run' | 'repository'>

async function ofRun(
  witness: Witness | undefined,
  { repository, tip: now }: Judging,
  about: NamedRun,
  artifact: string,
  manifest: Manifest,
): Promise<Begun> {
  const { run: id, repository: where } = about
  if (ownerOf(where) !== ownerOf(repository)) return { ...about, kind: 'elsewhere' }
  if (witness === undefined) return { ...about, kind: 'awaiting' }
  const weights = weightsOf(manifest)
  const run = await witness.run(where, id, artifact, weights)
  if (run === undefined) return { ...about, kind: 'not_found' }
  const [tip, file, produced] = await Promise.all([
    witness.tipAt(run.began, now),
    witness.workflow(where, run, now),
    // A release of which only some weights have a digest was not seen to be produced whole.
    weights.length < (manifest.weights ?? []).length || weights.length === 0
      ? ({ kind: 'no_digests' } as const)
      : witness.produced(where, id, artifact, weights),
  ])
  return { ...about, kind: 'seen', ...run, tip, file, produced }
}

/** A start with the commit that released something else by it, whatever this release is identified by. */
export async function withReuse(
  witness: Witness | undefined,
  model: string,
  begun: Begun | undefined,
  released: Released,
): Promise<Begun | undefined> {
  if (witness === undefined || begun?.kind !== 'seen') return begun
  const clock = begun.clock === 'ticket' ? begun.nonce : `${begun.repository}#${begun.run}`
  const reused = await witness.reused(model, clock, partsOf(released))
  return reused === undefined ? begun : { ...begun, reused }
}

function weightsOf({ weights = [] }: Manifest): readonly Asked[] {
  return weights.flatMap((entry) =>
    'sha256' in entry ? [{ name: 'uri' in entry ? entry.uri : entry.path, sha256: entry.sha256 }] : [],
  )
}

/** R, where a server's clock fixes it. What a ticket for another repository says fixes nothing here. */
export function fixedAt(begun: Begun | undefined, repository: string): string | undefined {
  if (begun?.kind !== 'seen') return undefined
  if (begun.clock === 'ticket' && begun.repository.toLowerCase() !== repository.toLowerCase())
    return undefined
  const tip = tipOf(begun)
  return tip.kind === 'known' ? tip.commit : undefined
}

/** GitHub's names know no case. */
function ownerOf(repository: string): string {
  return (repository.split('/')[0] ?? '').toLowerCase()
}
