import { formsOf } from '../core/data-names.ts'
import { isReal } from '../core/digests.ts'
import type { Data } from '../core/exam.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { NamedData } from '../core/training-evidence.ts'
import type { Context } from './context.ts'
import { madeOf } from './integrity-provenance.ts'

/** One file that names data. `proves`: what it says can show something, and not only contradict. */
export type Naming = {
  readonly path: string
  readonly data: readonly Called[]
  readonly live: boolean
  readonly proves: boolean
}
/** Data with all that a manifest may call them. */
export type Called = NamedData & { readonly called: ReadonlySet<string> }

/** Each file of the evidence that names data, with the digests that it gives them. */
export function namingIn({ evidence, weights }: Context): readonly Naming[] {
  return evidence.flatMap(({ records }) =>
    records.flatMap((record) => {
      const data = namedBy(record, weights).map((one) => ({
        ...one,
        called: new Set(one.names.flatMap(formsOf)),
      }))
      const live = record.kind === 'data' && record.live === true
      const proves =
        record.kind === 'attestation'
          ? madeOf(record, weights)?.signed === true
          : // It lists what somebody took from elsewhere.
            record.kind !== 'bom'
      return data.length === 0 ? [] : [{ path: record.source.path, data, live, proves }]
    }),
  )
}

/** What names data with their digests. */
function namedBy(record: EvidenceRecord, weights: Context['weights']): readonly NamedData[] {
  switch (record.kind) {
    case 'data':
      return record.datasets
    case 'training':
      return (record.data ?? []).map(asNamed)
    case 'attestation': {
      const made = madeOf(record, weights)
      const named = new Set((made?.inputs ?? []).flatMap(({ digests }) => digests))
      // Whatever has no name is some data all the same.
      const nameless = (made?.materials ?? []).filter((digest) => !named.has(digest))
      return [...(made?.inputs ?? []), ...nameless.map((digest) => ({ names: [], digests: [digest] }))]
    }
    case 'bom':
      return record.parts
        .filter(({ kind, base }) => kind === 'data' && !base)
        .map(({ names, digests }) => ({ names, digests }))
    default:
      return []
  }
}

function asNamed({ name, digest }: Data): NamedData {
  if (digest === undefined) return { names: [name], digests: [] }
  return isReal(digest)
    ? { names: [name], digests: [digest] }
    : { names: [name], digests: [], placeholder: digest }
}
