import type { PublicKey } from '../attest/keys.ts'
import { verifyTicket } from '../attest/ticket.ts'
import type { TipAt } from '../facts.ts'
import { attemptsBefore } from '../ledger/attempts.ts'
import { forcedPushes, receiptsAt, settleForced } from '../ledger/receipts.ts'
import { receiptFor } from '../ledger/received.ts'
import { otherUse } from '../ledger/starts.ts'
import type { Store } from '../ledger/store.ts'
import { waiverRows } from '../ledger/waivers.ts'
import { leafAt } from '../sources/files.ts'
import { accessOf } from '../sources/github/access.ts'
import { activityAt, forcedByActivity } from '../sources/github/activity.ts'
import { attestationsOf } from '../sources/github/attestations.ts'
import type { Coordinates, GitHub } from '../sources/github/client.ts'
import { openEnvironments } from '../sources/github/entered-from.ts'
import type { Objects } from '../sources/github/objects.ts'
import { openRemote } from '../sources/github/remote.ts'
import { branchOf } from '../sources/github/rules.ts'
import { sameWorkflow } from '../sources/github/workflow.ts'
import { isAncestor } from '../sources/registered-at.ts'
import { remember } from '../sources/remember.ts'
import type { Repository } from '../sources/repository.ts'
import { type Move, rewrittenBy } from '../sources/rewritten.ts'
import { beforeWatch, tipByActivity, tipByReceipts } from '../sources/tip-at.ts'
import { waiversOf } from '../sources/waivers.ts'
import type { Witness } from '../sources/witness.ts'
import { openApprovals } from './approvals.ts'
import { openArtifacts } from './artifacts.ts'
import { receivedBy } from './receipt.ts'
import { openReleased } from './released.ts'
import { openRuns } from './runs.ts'
import { openSiblings } from './siblings.ts'

export type Witnessing = {
  readonly github: GitHub
  readonly asApp: () => Promise<Pick<GitHub, 'rest'>>
  readonly installation: number
  readonly store: Store
  /** The judged repository, as coordinates and as it is read for this evaluation. */
  readonly at: Coordinates
  readonly repository: Repository
  readonly objectsOf: (repository: string) => Objects
  /** Every key that start tickets were ever signed with. */
  readonly keys: readonly PublicKey[]
  readonly clock: () => Date
}

/** The witness of one evaluation: GitHub's clocks and runs, and the app's own ledger. Throws what the world gets wrong. */
export function openWitness(witnessing: Witnessing): Witness {
  const { github, store, at, repository, objectsOf, keys, clock } = witnessing
  const { db } = store
  const own = `${at.owner}/${at.repo}`
  const placed = openSiblings(witnessing)
  const runWitness = openRuns({ github, store, objectsOf, placed })
  const guardsOf = openGuards(github)
  const tips = new Map<string, Promise<TipAt>>()
  function tipAt(where: Coordinates, moment: string, now: string | undefined): Promise<TipAt> {
    const key = `${where.owner}/${where.repo} ${moment}`
    return remember(tips, key, () => askTip(where, moment, now))
  }

  async function askTip(where: Coordinates, moment: string, now: string | undefined): Promise<TipAt> {
    const receipts = await receiptsAt(db, `${where.owner}/${where.repo}`, moment)
    const told = beforeWatch(receipts, moment) ?? tipByReceipts(receipts, moment, now)
    return told ?? tipByActivity(await activityAt(github, where, moment), moment, receipts, now)
  }

  /** Of pushes that nobody heard of it is found out once whether they threw commits out. */
  async function forced(): Promise<readonly Move[]> {
    const moves: Move[] = []
    for (const { told, ...move } of await forcedPushes(db, own)) {
      const isForced = told || !(await isAncestor(repository, move.before, move.after))
      if (!told) await settleForced(db, own, move, isForced)
      if (isForced) moves.push(move)
    }
    return moves
  }

  return {
    received: async (path, blob) => {
      const receipt = await receiptFor(db, own, path, blob)
      return receipt && receivedBy(receipt)
    },
    released: openReleased(store, own),
    artifacts: openArtifacts({ github, store, at }),
    attestations: async (name, digest) => {
      const where = await placed(name)
      if (where === undefined) return { kind: 'told', bundles: [], left: 0 }
      return await attestationsOf(github, where, digest)
    },
    approvals: openApprovals({ github, store, at, objects: objectsOf(own), clock }),
    waivers: async (model) => waiversOf(await waiverRows(db, own, model)),
    attempts: (parts, exams) => attemptsBefore(db, { repository: own, parts, exams }),
    ...guardsOf(at),
    sibling: async (name) => {
      const where = await placed(name)
      if (where === undefined) return undefined
      return {
        repository: openRemote(github, where, objectsOf(`${where.owner}/${where.repo}`)),
        tip: async () => {
          const branch = await branchOf(github, where)
          return 'unseen' in branch ? branch : { seen: branch.seen.tip }
        },
        ...guardsOf(where),
      }
    },
    run: runWitness.run,
    tipAt: (moment, now) => tipAt(at, moment, now),
    workflow: async (name, { began, commit, workflow: path, foreign, calls = [] }, now) => {
      if (foreign !== undefined) return 'foreign'
      const where = await placed(name)
      if (where === undefined) return 'unseen'
      const tip = await tipAt(where, began, where === at ? now : undefined)
      if (tip.kind !== 'known') return 'unseen'
      // Of the tip of today all workflows are known already.
      if (where === at && commit === now && tip.commit === now && calls.length === 0)
        return (await leafAt(repository, now, path))?.kind === 'file' ? 'trusted' : 'absent'
      const objects = objectsOf(`${where.owner}/${where.repo}`)
      const isSame = (file: string, at: string) =>
        sameWorkflow(github, where, objects, { path: file, commit: at, tip: tip.commit })
      const called = await Promise.all(calls.map((call) => isSame(call.workflow, call.commit)))
      const own = await isSame(path, commit)
      return own === 'trusted' && called.some((one) => one !== 'trusted') ? 'calls' : own
    },
    produced: runWitness.produced,
    ticket: async (text) => {
      const ticket = await verifyTicket(text, keys)
      if (ticket === undefined) return undefined
      const { at: began, nonce, repository: of, model, tip, criteria } = ticket
      return { began, nonce, repository: of, model, tip, criteria: criteria.blob }
    },
    reused: (model, clock, weights) => otherUse(db, { repository: own, model, clock, weights }),
    rewritten: async (commit, now) =>
      await rewrittenBy(repository, commit, now, await forced(), async () =>
        (await forcedByActivity(github, at)).map(({ timestamp, ...move }) => ({ ...move, at: timestamp })),
      ),
  }
}

/** Who guards a repository. Models that were trained in the same one ask the same of it. */
function openGuards(github: GitHub): (where: Coordinates) => Pick<Witness, 'environments' | 'access'> {
  const environments = openEnvironments(github)
  const accesses = new Map<string, ReturnType<Witness['access']>>()
  return (where) => {
    const name = `${where.owner}/${where.repo}`
    return {
      environments: (entered) => environments(where, entered),
      access: (asked) =>
        remember(accesses, JSON.stringify([name, asked]), () => accessOf(github, where, asked)),
    }
  }
}
