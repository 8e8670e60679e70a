import type { Answer } from '../core/answer.ts'
import { type Base, versionOf } from '../core/base-model.ts'
import { basesNamed } from '../core/base-named.ts'
import { type EvidenceRecord, recordName } from '../core/record.ts'
import type { RecordAnswer } from '../core/record-answer.ts'
import { isWrittenKind, type RecordName, WRITTEN } from '../core/records/kinds.ts'
import type { Context } from './context.ts'
import { judgedEach, worstOf } from './record-several.ts'

/** The base models that a kind of record must be about each, where the manifest has several and the kind is about one. */
export function basesAsked(record: RecordName, { ancestry }: Context): readonly Base[] {
  const isOfBase = isWrittenKind(record) && Object.hasOwn(WRITTEN[record].fields, 'base')
  const bases = ancestry?.bases ?? []
  return isOfBase && bases.length > 1 ? bases : []
}

/** Whether of each base model exactly one record is there, by its name, and each that is there holds. */
export function answerBases(
  records: readonly EvidenceRecord[],
  bases: readonly Base[],
  judge: (record: EvidenceRecord) => Answer,
  beside: Beside,
): Answer {
  const about = records.map((record) => ({
    record,
    bases: record.kind === 'written' ? basesNamed(record.named?.base ?? '', bases) : [],
  }))
  const of = (base: Base) => about.filter((one) => one.bases.includes(base))
  const kind = records.flatMap((record) => recordName(record) ?? []).at(0) ?? ''
  const twice = bases.filter((base) => of(base).length > 1)
  if (twice.length > 0) {
    const paths = new Set(twice.flatMap(of).map(({ record }) => record.source.path))
    return {
      ...{ code: 'several_records', outcome: 'undecided', record: kind },
      ...{ bases: namesOf(twice, bases), paths: [...paths].toSorted() },
    }
  }
  const worst = worstOf(kind, judgedEach(records, judge))
  const missing = bases.filter((base) => of(base).length === 0)
  // What speaks against a base outranks that nobody wrote about another.
  return missing.length === 0 || worst.outcome === 'unmet' ? worst : noRecord(kind, missing, beside, bases)
}

/** What lies beside the floor and serves nothing. */
type Beside = Pick<Context, 'aside' | 'unreadable'>

/** That no record is there; `bases`: of several those that none is about. */
export function noRecord(
  record: string,
  bases: readonly Base[],
  { aside = [], unreadable = [] }: Beside,
  all: readonly Base[] = bases,
): RecordAnswer {
  const others = aside.filter((one) => one.record === record)
  return {
    ...{ code: 'no_record', outcome: 'undecided', record },
    ...(others.length > 0 && { aside: others }),
    ...(unreadable.length > 0 && { unreadable }),
    ...(bases.length > 0 && { bases: namesOf(bases, all) }),
  }
}

/** Two commits of one base are told apart by them. */
function namesOf(bases: readonly Base[], all: readonly Base[]): readonly string[] {
  return bases.map((base) =>
    all.some((other) => other.name === base.name && versionOf(other) !== versionOf(base))
      ? `${base.name} at ${versionOf(base)}`
      : base.name,
  )
}
