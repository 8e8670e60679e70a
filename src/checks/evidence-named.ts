import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { Context } from './context.ts'
import { isUnwritten } from './record-written.ts'
import { LEAST_WORDS } from './sections.ts'

/** Every file of the release, those about its base included. */
export function filesOf({ evidence, base = [] }: Context): readonly Evidence[] {
  return [...evidence, ...base]
}

/** The file that a measurement was read from. */
export function fileOf(one: Measurement, evidence: readonly Evidence[]): Evidence | undefined {
  return evidence.find(({ measurements }) => measurements.includes(one))
}

/** Whether numbers or tests were read from a file. */
export function isMeasured({ measurements, records }: Evidence): boolean {
  return measurements.length > 0 || records.some(({ kind }) => kind === 'suite')
}

/** Whether anything of a file says something of this model: a number, or a record that is no template. */
export function saysSomething({ measurements, records }: Evidence, { foreign }: Context): boolean {
  const own = records.filter((record) => !foreign?.records.some((one) => one.record === record))
  return measurements.length > 0 || (own.length > 0 && !own.some(isOpen))
}

function isOpen(record: EvidenceRecord): boolean {
  switch (record.kind) {
    case 'document': {
      const words = record.sections.some((section) => section.words >= LEAST_WORDS)
      return !words || record.sections.some(({ placeholder }) => placeholder !== undefined)
    }
    case 'written':
      return isUnwritten(record)
    case 'training':
      return record.owner !== 'given' || Object.values(record.fields).some((one) => one !== 'given')
    case 'suite':
      return record.tests.length === 0
    case 'attestation':
      return record.shown.state === 'placeholder' || record.shown.state === 'invalid'
    default:
      return false
  }
}
