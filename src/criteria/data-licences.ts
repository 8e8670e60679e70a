import { isSameLicence, licenceOf } from '../checks/licence.ts'
import type { Contradiction } from '../core/contradiction.ts'
import { formsOf } from '../core/data-names.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import type { NamedData } from '../core/training-evidence.ts'
import type { Manifest } from './manifest.ts'

export type Dataset = NonNullable<Manifest['datasets']>[number]

/** What a Croissant, a dataset card or a data provenance file says of the licence of data that the manifest names. */
type Said = { readonly data: string; readonly written: string; readonly path: string; readonly line?: number }

/** Data whose licence a file gives otherwise than the manifest, or in words that name none. */
export function dataLicences(manifest: Manifest, evidence: readonly Evidence[]): readonly Problem[] {
  return (manifest.datasets ?? []).flatMap((dataset) =>
    saidOf(dataset, evidence).flatMap(({ written, path, line }): readonly Problem[] => {
      const found = disagreement(dataset, written)
      return found === undefined ? [] : [{ path, ...(line !== undefined && { line }), ...found }]
    }),
  )
}

/** The licences that hold for data: what the manifest says, and where it says none whatever the files do. */
export function licencesOf(dataset: Dataset, evidence: readonly Evidence[]): readonly (string | undefined)[] {
  if (dataset.licence !== undefined) return [dataset.licence]
  const all = [...new Set(saidOf(dataset, evidence).map(({ written }) => written))]
  return all.length === 0 ? [undefined] : all
}

function saidOf(dataset: Dataset, evidence: readonly Evidence[]): readonly Said[] {
  return evidence.flatMap(({ records }) =>
    records.flatMap((record) => {
      if (record.kind !== 'data' || record.licence === undefined) return []
      const { path, line } = record.source
      if (!record.datasets.some((data) => isData(dataset, data))) return []
      return [
        { data: dataset.name, written: record.licence.written, path, ...(line !== undefined && { line }) },
      ]
    }),
  )
}

/** By digest, or by any name: a card has its title, in which a name is written for people. */
export function isData(
  { name, digest }: Dataset,
  { names, digests }: Pick<NamedData, 'names' | 'digests'>,
): boolean {
  const own = Object.entries(digest ?? {}).map(([algorithm, hex]) => `${algorithm}:${hex}`)
  if (digests.some((one) => own.includes(one))) return true
  const wanted = new Set(plainForms(name))
  return names.some((one) => plainForms(one).some((form) => wanted.has(form)))
}

function plainForms(name: string): readonly string[] {
  return formsOf(name.replace(/^\s*dataset card (?:for|of)\s+/i, ''))
    .map((form) => form.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim())
    .filter((form) => form !== '')
}

function disagreement({ name: data, licence: declared }: Dataset, found: string): Contradiction | undefined {
  // Where the manifest gives none, the file's is held to the model's.
  if (declared === undefined || isSameText(found, declared)) return undefined
  const [one, other] = [licenceOf(found), licenceOf(declared)]
  if (one === undefined) return { code: 'data_licence_unclear', data, found, declared }
  if (other === undefined) return { code: 'other_data_licence', data, found: one.text, declared }
  return isSameLicence(one, other)
    ? undefined
    : { code: 'other_data_licence', data, found: one.text, declared: other.text }
}

function isSameText(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}
