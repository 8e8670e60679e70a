import type { Context } from '../checks/context.ts'
import { TRUSTS, type Trust } from '../core/evidence.ts'
import type { Data } from '../core/exam.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Counter } from '../core/note.ts'
import type { Criteria } from './criteria.ts'
import { pinnedBy } from './exams.ts'
import { NOW } from './made.ts'
import { trustOf } from './trust.ts'

type Piece = { readonly kind: Counter; readonly context: Context }

export type Contexts = {
  /** What a check sees of made measurements, as the criteria would have them. */
  readonly context: (measurements: readonly Measurement[]) => Context
  /** The good measurements on other data than pinned, and on data that the model was made with. */
  readonly ofExams: readonly Piece[]
  /** The good measurements from a weaker source than asked. */
  readonly ofTrust: readonly Piece[]
}

/** The surroundings in which made measurements are judged, and those in which the good ones must be refused. */
export function contextsOf(criteria: Criteria, good: readonly Measurement[]): Contexts {
  const pinned = pinnedBy(criteria)
  const trust = trustOf(criteria)
  const given = [...pinned].map(([name, { digest }]): Data => ({ name, digest }))
  const context = (
    measurements: readonly Measurement[],
    from: Trust = trust,
    data: readonly Data[] = given,
  ): Context => ({
    now: NOW,
    trust,
    evidence: measurements.map((one, index) => ({
      ...{ path: one.source.path, sha: String(index), trust: from, about: 'candidate' },
      ...{ measurements: [one], records: [], problems: [] },
    })),
    exams: { pinned, given: data, trained: [], chosen: [], trainedHere: false, highRisk: false },
  })
  const own = given.filter(({ name }) => good.some(({ labels }) => labels.dataset === name))
  const trained = context(good)
  return {
    context,
    ofExams:
      own.length === 0
        ? []
        : [
            { kind: 'other_data', context: context(good, trust, given.map(otherwise)) },
            { kind: 'trained_on', context: { ...trained, exams: { ...trained.exams, trained: own } } },
          ],
    ofTrust:
      trust === 'typed'
        ? []
        : [{ kind: 'weaker_trust', context: context(good, TRUSTS[TRUSTS.indexOf(trust) - 1]) }],
  }
}

/** The same name with another digest of the same kind. */
function otherwise({ name, digest = '' }: Data): Data {
  return { name, digest: `${digest.slice(0, -1)}${digest.endsWith('0') ? '1' : '0'}` }
}
