import { z } from 'zod'
import { diagnose } from '../core/doctor.ts'
import type { Verdict } from '../core/verdict.ts'
import type { Ask } from '../ledger/chores.ts'
import { dueGates, forgetGate, type Gate, keepLook, lastLook, watchGate } from '../ledger/gates.ts'
import type { Store } from '../ledger/store.ts'
import type { GateSeen } from '../render/gate-lines.ts'
import type { Sentence } from '../render/sentence.ts'
import { doctorWords } from '../render/words-doctor.ts'
import { examine } from '../sources/github/gate.ts'
import { installationAt } from '../sources/github/installation.ts'
import { mayNotSee } from '../sources/github/runs.ts'
import type { CommitAsked } from './asked.ts'
import type { Connection } from './github.ts'

export type GatesOptions = Connection & {
  readonly appId: number
  readonly store: Store
  readonly clock: () => Date
}

/** A gate to be looked at, as a job has it. */
const Due = z.object({ installation: z.int(), owner: z.string(), repo: z.string() })

/** Sentences as they were kept; `readonly` is all that the type adds. */
const Kept = z.object({
  branch: z.string(),
  gaps: z.array(z.array(z.union([z.string(), z.object({ quote: z.string() })]))),
})

/** A little less than a day, so that a look once a day does not slip by an hour each time. */
const AGAIN_MS = 23 * 60 * 60 * 1000
/** So many are looked at in an hour: some ten requests each, of the thousands that an installation has. */
const MOST_AN_HOUR = 100

/** Remembers, of a verdict that judged or proposed anything, that the repository has a gate; asks GitHub nothing. */
export async function watchFor(
  { store }: Pick<GatesOptions, 'store'>,
  { installation, target: { owner, repo } }: CommitAsked,
  { models, proposals, problems }: Verdict,
): Promise<void> {
  if (models.length + proposals.length + problems.length > 0)
    await watchGate(store.db, { installation, owner, repo })
}

/** The jobs that look at the gates which were not looked at for a day. */
export async function looksDue({
  store,
  clock,
}: Pick<GatesOptions, 'store' | 'clock'>): Promise<readonly Ask[]> {
  const due = await dueGates(store.db, new Date(clock().getTime() - AGAIN_MS), MOST_AN_HOUR)
  return due.map((gate) => ({ data: gate, key: `${gate.owner}/${gate.repo}`.toLowerCase() }))
}

/**
 * Looks at one gate as `gonogo doctor` does and keeps the gaps, for the check runs to come. Gives how many there are;
 * undefined where the app may not look there any more, which is then forgotten.
 */
export async function lookAt(data: unknown, options: GatesOptions): Promise<number | undefined> {
  const gate: Gate = Due.parse(data)
  const { appId, store, clock, asApp, as } = options
  const at = clock()
  const last = await lastLook(store.db, gate)
  if (last !== undefined && at.getTime() - last.at.getTime() < AGAIN_MS) return undefined
  const found = await installationAt(await asApp(), gate)
  if (found === undefined || found.suspended) {
    await forgetGate(store.db, gate)
    return undefined
  }
  try {
    const facts = await examine(await as(found.id), gate, {
      appId,
      installation: { seen: found.installed },
    })
    // Under another name it is another row, which the next verdict makes.
    if (facts.repository.toLowerCase() !== `${gate.owner}/${gate.repo}`.toLowerCase()) {
      await forgetGate(store.db, gate)
      return undefined
    }
    const gaps = diagnose(facts).filter(({ severity }) => severity === 'gap')
    const kept = { branch: facts.branch, gaps: gaps.map((gap) => doctorWords(gap, facts).says) }
    await keepLook(store.db, gate, { at, found: JSON.stringify(kept) })
    return gaps.length
  } catch (error) {
    if (!mayNotSee(error)) throw error
    await forgetGate(store.db, gate)
    return undefined
  }
}

/** What the last look found, for a check run; nothing where the gate was not looked at, or has no gap. */
export async function gateSeen(
  { store }: Pick<GatesOptions, 'store'>,
  { owner, repo }: { readonly owner: string; readonly repo: string },
): Promise<GateSeen | undefined> {
  const look = await lastLook(store.db, { owner, repo })
  if (look === undefined) return undefined
  const gaps = gapsIn(look.found)
  return gaps.length === 0
    ? undefined
    : { repository: `${owner}/${repo}`, at: look.at.toISOString().slice(0, 10), gaps }
}

/** What another version kept may read otherwise: then there is nothing to say until the next look. */
function gapsIn(found: string): readonly Sentence[] {
  try {
    return Kept.parse(JSON.parse(found)).gaps
  } catch {
    return []
  }
}
