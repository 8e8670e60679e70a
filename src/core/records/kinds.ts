import type { Control } from '../controls.ts'
import { DOCUMENTATION } from './documentation.ts'
import type { Field, RecordKind } from './field.ts'
import { LINEAGE } from './lineage.ts'
import { SOURCING, VENDOR } from './sourcing.ts'
import { OVERSIGHT, TRAINING } from './training.ts'

const KINDS = { ...SOURCING, ...VENDOR, ...TRAINING, ...OVERSIGHT, ...LINEAGE, ...DOCUMENTATION }
export type WrittenKind = keyof typeof KINDS

/** Every kind of record that people write, but the training record, which has a form of its own. */
export const WRITTEN: { readonly [K in WrittenKind]: RecordKind } = KINDS
// The names of the keys of the table are its own.
export const WRITTEN_KINDS = Object.keys(WRITTEN) as readonly WrittenKind[]

/** Assessments in forms that others define. */
export const FOREIGN = {
  caiq: {
    title: "the vendor's answers to the CAIQ of the Cloud Security Alliance",
    controls: ['vendor-risk-assessment', 'vendor-monitoring'],
    max_age: 365,
  },
  oscal: {
    title: 'OSCAL assessment results',
    controls: [
      ...(['vendor-risk-assessment', 'vendor-monitoring', 'secure-development'] as const),
      ...(['environment-isolation', 'access-control'] as const),
    ],
    max_age: 365,
  },
  bom: {
    title: 'a bill of materials, as CycloneDX or SPDX 3',
    controls: ['supply-chain', 'open-source-provenance'],
    max_age: 365,
  },
} as const satisfies Readonly<Record<string, Pick<RecordKind, 'title' | 'controls' | 'max_age'>>>
export type ForeignKind = keyof typeof FOREIGN

/** Kinds that a criterion may ask for. */
export const RECORDS = ['training', ...WRITTEN_KINDS, 'caiq', 'oscal', 'bom'] as const
export type RecordName = 'training' | WrittenKind | ForeignKind

/** Whether a word is a kind of record that people write, beside the training record. */
export function isWrittenKind(word: string): word is WrittenKind {
  return Object.hasOwn(WRITTEN, word)
}

/** The controls that a kind of record may answer for. */
export function controlsOf(record: RecordName): readonly Control[] {
  // That it names data shows nothing of them: `check: integrity` holds what it says to what others say.
  if (record === 'training') return ['reproducibility']
  return isWrittenKind(record) ? WRITTEN[record].controls : FOREIGN[record].controls
}

/** Days after which a record no longer counts where the criteria say nothing; undefined where it never ages by itself. */
export function usualAge(record: RecordName): number | undefined {
  if (record === 'training') return undefined
  return isWrittenKind(record) ? WRITTEN[record].max_age : FOREIGN[record].max_age
}

/** A field that was asked must be there unless another one says that it does not apply; `asked`: by the criteria. */
export function isRequired(
  [name, field]: readonly [string, Field],
  choices: Readonly<Record<string, string>>,
  asked: readonly string[],
): boolean {
  if (asked.includes(name)) return true
  if (field.when !== undefined) return field.when.is.includes(choices[field.when.field] ?? '')
  return field.optional !== true
}
