import { versionOf } from '../core/base-model.ts'
import { basesNamed } from '../core/base-named.ts'
import type { Evidence } from '../core/evidence.ts'
import { isAlike } from '../core/party-alike.ts'
import type { Profile } from '../core/profile.ts'
import { type EvidenceRecord, recordName } from '../core/record.ts'
import type { Aside } from '../core/record-answer.ts'
import { WRITTEN } from '../core/records/kinds.ts'
import type { WrittenRecord } from '../core/written-record.ts'
import { modelOf } from './binding.ts'
import type { Manifest } from './manifest.ts'
import { basesOf } from './manifest-bases.ts'
import { otherAssessed, otherThan } from './records-disagree.ts'

type Release = {
  readonly model: string
  /** Absent where it cannot be read, so that nobody knows what is released. */
  readonly manifest?: Manifest
  readonly approaches: Profile['approaches']
}

type Serving = {
  /** Files beside the floor whose records serve this release. */
  readonly serving: readonly Evidence[]
  /** Those that would, and are about something else: they serve other models. */
  readonly aside: readonly Aside[]
}

/**
 * Records that serve all models as they serve this release: none that names another model, or that is about another vendor,
 * service, base or approach than the release as far as that is named. A record of the repository stands before one beside the
 * floor, and there one that names the model before one of all; of a base model, only where they are about the same bases.
 */
export function servingRelease(
  shared: readonly Evidence[],
  evidence: readonly Evidence[],
  release: Release,
): Serving {
  const names = [release.model]
  const open = shared.filter(({ records }) =>
    records.every((record) => modelOf(record, { names })?.kind !== 'other'),
  )
  const own = recordsOf(evidence.filter(({ about }) => about === 'candidate'))
  const named = recordsOf(open).filter(isNamedOnly)
  const standing = open.filter(({ records }) =>
    records.every((one) => !givesWay(one, isNamedOnly(one) ? own : [...own, ...named], release)),
  )
  const vendors = vendorsOf(own, recordsOf(standing))
  const judged = standing.map((file) => ({
    file,
    aside: file.records.flatMap((record) => otherRelease(record, file.path, release, vendors)),
  }))
  return {
    serving: judged.flatMap(({ file, aside }) => (aside.length === 0 ? [file] : [])),
    aside: judged.flatMap(({ aside }) => aside.slice(0, 1)),
  }
}

function recordsOf(files: readonly Evidence[]): readonly EvidenceRecord[] {
  return files.flatMap(({ records }) => records)
}

function isNamedOnly(record: EvidenceRecord): boolean {
  return 'model' in record && record.model !== undefined
}

/** Whether others of its kind say more of this model: of bases only where each that it names is named by them too. */
function givesWay(
  record: EvidenceRecord,
  stronger: readonly EvidenceRecord[],
  { manifest }: Release,
): boolean {
  const same = stronger.filter((one) => recordName(one) === (recordName(record) ?? 'training'))
  const bases = basesOf(manifest)
  if (same.length === 0 || !isOfBase(record) || bases.length === 0) return same.length > 0
  const theirs = same.map((one) => (isOfBase(one) ? basesNamed(one.named?.base ?? '', bases) : []))
  const mine = basesNamed(record.named?.base ?? '', bases)
  // Who says that this model has another base is not corrected by what all models have.
  if (theirs.some(({ length }) => length === 0)) return true
  return mine.length > 0 && mine.every((base) => theirs.flat().includes(base))
}

function isOfBase(record: EvidenceRecord): record is WrittenRecord {
  return record.kind === 'written' && Object.hasOwn(WRITTEN[record.record].fields, 'base')
}

/** Names of one vendor or service by what says most of the release. */
type Vendors = { readonly [F in 'vendor' | 'service']: readonly string[] }

/** What records of the repository name, else those beside the floor that name the model, else all beside it. */
function vendorsOf(own: readonly EvidenceRecord[], beside: readonly EvidenceRecord[]): Vendors {
  const ranked = [own, beside.filter(isNamedOnly), beside]
  const of = (field: 'vendor' | 'service') =>
    ranked.map((records) => records.flatMap((one) => namesIn(one)?.[field] ?? [])).find(hasAny) ?? []
  return { vendor: of('vendor'), service: of('service') }
}

function hasAny({ length }: readonly string[]): boolean {
  return length > 0
}

function namesIn(record: EvidenceRecord): WrittenRecord['named'] {
  if (record.kind === 'written') return record.named
  return record.kind === 'caiq' && record.vendor !== undefined ? { vendor: record.vendor } : undefined
}

/** In what a record is not about the release; of what names nobody, nobody knows whom it is about. */
function otherRelease(
  record: EvidenceRecord,
  path: string,
  { manifest, approaches }: Release,
  vendors: Vendors,
): readonly Aside[] {
  if (manifest === undefined) return []
  if (record.kind !== 'written' && record.kind !== 'caiq' && record.kind !== 'oscal') return []
  const aside = (at: Aside['at'], found: string | undefined, wanted: readonly string[]): readonly Aside[] => [
    { record: recordName(record) ?? record.kind, path, at, ...(found !== undefined && { found }), wanted },
  ]
  const named = namesIn(record)
  const { service } = manifest
  if (record.kind === 'oscal') {
    const wanted = service ? { vendor: [service.provider], service: [service.model] } : vendors
    return otherAssessed(record.assessed, service, vendors).flatMap(({ at, found }) =>
      aside(at, found, distinct(wanted[at])),
    )
  }
  const fields: object = record.kind === 'written' ? WRITTEN[record.record].fields : { vendor: true }
  if ('base' in fields) {
    const bases = basesOf(manifest)
    if (named?.base !== undefined && basesNamed(named.base, bases).length > 0) return []
    return aside('base', named?.base, [...new Set(bases.map((base) => `${base.name} at ${versionOf(base)}`))])
  }
  if ('vendor' in fields) {
    if (named?.vendor === undefined)
      return aside('vendor', undefined, service ? [service.provider] : distinct(vendors.vendor))
    if (service !== undefined) {
      const wanted = { vendor: [service.provider], service: [service.model] }
      return otherThan(service, named).flatMap(({ at, found }) => aside(at, found, wanted[at]))
    }
    return (['vendor', 'service'] as const).flatMap((at) => {
      const found = named[at]
      if (found === undefined || vendors[at].every((one) => isAlike(found, one) || isAlike(one, found)))
        return []
      return aside(at, found, vendors[at].includes(found) ? [] : distinct(vendors[at]))
    })
  }
  if ('approach' in fields && record.kind === 'written' && approaches.length > 0) {
    const { approach } = record.choices
    if (approach === undefined || !approaches.some((one) => one === approach))
      return aside('approach', approach, approaches)
  }
  return []
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted()
}
