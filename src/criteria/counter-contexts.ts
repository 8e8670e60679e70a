import type { Context } from '../checks/context.ts'
import { type Evidence, TRUSTS, type Trust } from '../core/evidence.ts'
import type { Data } from '../core/exam.ts'
import type { Measurement } from '../core/measurement.ts'
import { aboutAnother } from './counter-binding.ts'
import type { Criteria } from './criteria.ts'
import { pinnedBy } from './exams.ts'
import { NOW, type Piece } from './made.ts'
import { trustOf } from './trust.ts'

/** What a made file has in it. */
export type Content = Pick<Evidence, 'path' | 'measurements' | 'records'>

/** A file with one measurement. */
export function fileOf(measurement: Measurement): Content {
  return { path: measurement.source.path, measurements: [measurement], records: [] }
}

export type Contexts = {
  /** What a check sees of made files, as the criteria would have them. */
  readonly context: (files: readonly Content[]) => Context
  /** The good files on other data than pinned, and on data that the model was made with. */
  readonly ofExams: readonly Piece[]
  /** The good files, of which the last names another model. */
  readonly ofModels: readonly Piece[]
  /** The good files from a weaker source than asked. */
  readonly ofTrust: readonly Piece[]
}

/** The surroundings in which made files about a dataset are judged, and those in which the good ones must be refused. */
export function contextsOf(
  criteria: Criteria,
  good: readonly Content[],
  dataset: string | undefined,
): Contexts {
  const pinned = pinnedBy(criteria)
  const trust = trustOf(criteria)
  const given = [...pinned].map(([name, { digest }]): Data => ({ name, digest }))
  const context = (
    files: readonly Content[],
    from: Trust = trust,
    data: readonly Data[] = given,
  ): Context => ({
    now: NOW,
    trust,
    evidence: files.map((file, index) => ({
      ...{ sha: String(index), trust: from, about: 'candidate', problems: [] },
      ...file,
    })),
    exams: { pinned, given: data, trained: [], chosen: [], trainedHere: false, highRisk: false },
  })
  const own = given.filter(({ name }) => name === dataset)
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
    ofModels: [{ kind: 'other_model', context: aboutAnother(trained) }],
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
