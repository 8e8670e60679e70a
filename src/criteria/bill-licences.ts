import { partsOfBase } from '../checks/bom-bases.ts'
import { isSameLicence, licenceOf } from '../checks/licence.ts'
import type { Base } from '../core/base-model.ts'
import type { BomPart, BomRecord } from '../core/bom.ts'
import type { Contradiction } from '../core/contradiction.ts'
import type { Evidence } from '../core/evidence.ts'
import { isSameName } from '../core/model-name.ts'
import { isData } from './data-licences.ts'
import { otherLicence } from './licence-disagrees.ts'
import type { Manifest } from './manifest.ts'

/**
 * Where a bill of materials has the released model, a base model or data of the manifest under another licence than the
 * manifest. Words of the bill that are no licence, and a part without one, are the check's to tell.
 */
export function billLicences(
  bill: BomRecord,
  manifest: Manifest,
  bases: readonly Base[],
  about: Evidence['about'],
): readonly Contradiction[] {
  const models = about === 'base' ? [] : modelsIn(bill, manifest, bases)
  const of = (part: BomPart, name: string, declared: string | undefined): readonly Contradiction[] =>
    otherOf(part, declared).flatMap((licence) =>
      otherLicence(name, licence, declared).map((one) =>
        one.code === 'other_licence' ? { ...one, bill: { part: nameOf(part), ...overruled(part) } } : one,
      ),
    )
  return [
    ...models.flatMap((part) => of(part, '', manifest.licence)),
    ...bases.flatMap((base) =>
      partsOfBase(base, bill)
        .filter((part) => !models.includes(part))
        .flatMap((part) => of(part, base.name, base.licence)),
    ),
    ...(manifest.datasets ?? []).flatMap((dataset) =>
      bill.parts
        .filter((part) => part.kind === 'data' && isData(dataset, part))
        .flatMap((part) => of(part, dataset.name, dataset.licence)),
    ),
  ]
}

/**
 * The models of a bill that are the released one: by digest or by name; where none is, every one that no base is, as
 * nobody could tell which of them is meant.
 */
function modelsIn(
  { parts }: BomRecord,
  { model, weights = [] }: Manifest,
  bases: readonly Base[],
): readonly BomPart[] {
  const below = new Set(bases.flatMap(({ digests }) => digests))
  const all = weights.flatMap((entry) => ('sha256' in entry ? entry.sha256 : []))
  // An adapter is released with its base; weights that are all of a base are the base, released as it is.
  const added = all.filter((digest) => !below.has(digest))
  const own = new Set((added.length === 0 ? all : added).map((digest) => `sha256:${digest}`))
  const models = parts.filter(({ kind, base }) => kind === 'model' && !base)
  const named = models.filter(
    ({ names, digests }) =>
      names.some((one) => isSameName(one, model)) || digests.some((one) => own.has(one)),
  )
  if (named.length > 0) return named
  return models.filter((part) => !bases.some((base) => partsOfBase(base, { parts: [part] }).length > 0))
}

/** The licences of a part that are known and not the declared one. Of several nobody says whether all of them hold: each must be in it. */
function otherOf({ licences = [] }: BomPart, declared: string | undefined): readonly string[] {
  const known = licences.filter((one) => licenceOf(one) !== undefined)
  const [whole, own] = [
    licenceOf(known.join(' AND ')),
    declared === undefined ? undefined : licenceOf(declared),
  ]
  const areAll = known.length > 1 && whole !== undefined && own !== undefined && isSameLicence(whole, own)
  return areAll ? [] : known
}

function overruled({ declared }: BomPart): { readonly overrules?: string } {
  return declared === undefined ? {} : { overrules: declared.join(', ') }
}

function nameOf({ names, kind }: BomPart): string {
  return names[0] ?? kind
}
