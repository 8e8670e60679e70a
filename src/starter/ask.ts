import type { WrittenKind } from '../core/records/kinds.ts'
import type { Preset } from '../core/section-presets.ts'

/** What a starter asks for a control: what tools show, a document with headings, a record, or an approval. */
export type Ask =
  | {
      readonly kind: 'shown'
      readonly check: 'metric' | 'integrity' | 'scan' | 'lineage'
      readonly id: string
      readonly keys: string
      readonly decide: string
      readonly instead?: readonly Offered[]
    }
  | {
      readonly kind: 'document'
      readonly document: string
      readonly sections: readonly string[] | Preset
      readonly instead?: readonly Offered[]
    }
  | { readonly kind: 'training' }
  | {
      readonly kind: 'record'
      readonly record: WrittenKind
      /** The name of the criterion, where that of the control is taken. */
      readonly id?: string
      /** Keys that the criterion has beside the usual ones, each on a line. */
      readonly more?: readonly string[]
      readonly instead?: readonly Offered[]
      /** A criterion that may stand beside it, by its own name. */
      readonly beside?: Offered & { readonly id: string }
    }
  | { readonly kind: 'approval'; readonly id: string; readonly decide: string }

/** Keys of a criterion that may stand instead of what is asked at first, and where it can. */
export type Offered = {
  readonly where: string
  readonly keys: string
  /** The record that these keys ask for, where people write it. */
  readonly record?: WrittenKind
}

type Shown = Extract<Ask, { kind: 'shown' }>

/** A number to be decided; `keys` are of a criterion, with commas. */
export const metric = (id: string, keys: string, decide: string): Shown => ({
  ...{ kind: 'shown', check: 'metric' },
  ...{ id, keys, decide },
})
/** What is read of files, and of nobody's words. */
export const shown = (check: Shown['check'], id: string, keys: string, decide: string): Shown => ({
  ...{ kind: 'shown', check },
  ...{ id, keys, decide },
})
/** A document with these headings. */
export const document = (
  name: string,
  ...sections: readonly string[]
): Extract<Ask, { kind: 'document' }> => ({
  kind: 'document',
  document: name,
  sections,
})

/** A record, and a criterion that may stand instead of it. */
export const record = (
  kind: WrittenKind,
  where?: string,
  keys?: string,
): Extract<Ask, { kind: 'record' }> => ({
  kind: 'record',
  record: kind,
  ...(where !== undefined && keys !== undefined && { instead: [{ where, keys }] }),
})

/** A record, and another one that may stand instead of it. */
export const orRecord = (
  kind: WrittenKind,
  where: string,
  other: WrittenKind,
): Extract<Ask, { kind: 'record' }> => ({
  ...{ kind: 'record', record: kind },
  instead: [{ where, keys: `check: record, record: ${other}`, record: other }],
})

/** An approval, by whom is to be decided. */
export const approval = (id: string, decide: string): Ask => ({ kind: 'approval', id, decide })

/** What a vendor says of itself, beside what somebody found out about it. */
export const VENDOR_ANSWERS: Offered & { readonly id: string } = {
  ...{ id: 'vendor-answers', where: 'where the vendor answered the CAIQ, and all of it without controls' },
  keys: 'check: record, record: caiq, controls: [A&A, CCC, DSP, IAM, SEF, STA, TVM]',
}
