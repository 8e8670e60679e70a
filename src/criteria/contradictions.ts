import { ATTACKED_INPUTS, type AttackedInput, attacks, traitLacking } from '../core/attacks.ts'
import { type Base, versionOf } from '../core/base-model.ts'
import type { Contradiction, Showing } from '../core/contradiction.ts'
import type { Evidence } from '../core/evidence.ts'
import type { LineageRecord } from '../core/lineage-record.ts'
import { hubIdOf, isNamedBy } from '../core/model-name.ts'
import type { Problem } from '../core/problem.ts'
import type { Profile, Trait } from '../core/profile.ts'
import { billLicences } from './bill-licences.ts'
import type { Criteria } from './criteria.ts'
import { dataLicences } from './data-licences.ts'
import { undeclaredData } from './data-undeclared.ts'
import { otherLicence } from './licence-disagrees.ts'
import type { Manifest } from './manifest.ts'
import { BASE_CARD, basesOf } from './manifest-bases.ts'
import { recordsDisagree } from './records-disagree.ts'

/** What a release says of itself: its manifest, what was read of it, and the profile that holds, the floor's traits included. */
export type Said = {
  readonly manifest: { readonly path: string; readonly value?: Manifest }
  readonly evidence: readonly Evidence[]
  readonly held?: Pick<Profile, 'approaches' | 'traits'>
  /** The labels across which the criteria compare groups. */
  readonly grouped?: readonly string[]
}

/** Every pair of things that can't both be so: a gate that believes either would judge another model. */
export function contradictions({
  manifest: { path, value: manifest },
  evidence,
  held,
  grouped,
}: Said): readonly Problem[] {
  if (manifest === undefined) return []
  const bases = basesOf(manifest)
  const read = evidence.flatMap((file) =>
    file.records.flatMap((record) => fromRecord(record, file, manifest, bases)),
  )
  const found = held === undefined ? [] : ofProfile(manifest, evidence, held, grouped)
  const { service } = manifest
  const written = recordsDisagree({
    ...{ evidence, bases, approaches: held?.approaches ?? [] },
    ...(service !== undefined && { service }),
  })
  return [
    ...read,
    ...dataLicences(manifest, evidence),
    ...written,
    ...found.map((one): Problem => ({ path, line: 1, ...one })),
  ]
}

/** What the files that are published with a model say of its origin, against what the manifest says. */
function fromRecord(
  record: Evidence['records'][number],
  { about, document }: Evidence,
  manifest: Manifest,
  bases: readonly Base[],
): readonly Problem[] {
  const at = (one: Contradiction): Problem => ({
    path: record.source.path,
    ...(record.source.line !== undefined && { line: record.source.line }),
    ...one,
  })
  if (record.kind === 'bom') return billLicences(record, manifest, bases, about).map(at)
  if (record.kind === 'adapter' && about === 'candidate') return ofAdapter(record, bases).map(at)
  if (record.kind !== 'card') return []
  if (about === 'base') {
    if (document !== BASE_CARD) return []
    const [only, more] = bases
    const own = more === undefined ? only : undefined
    return own === undefined ? [] : otherLicence(own.name, record.licence, own.licence).map(at)
  }
  const own =
    document === 'model-card'
      ? [...otherLicence('', record.licence, manifest.licence), ...undeclaredData(record.datasets, manifest)]
      : []
  return [
    ...record.bases.flatMap((found) => otherBase(found, bases)),
    ...ofRelation(record, bases),
    ...own,
  ].map(at)
}

function ofAdapter(
  { base, revision }: Extract<LineageRecord, { kind: 'adapter' }>,
  bases: readonly Base[],
): readonly Contradiction[] {
  // An adapter that names none, or a folder of the machine that trained it, contradicts no name.
  const named = base === undefined ? [] : otherBase(base, bases)
  if (named.length > 0) return named
  if (bases.length === 0) return [{ code: 'base_not_declared', found: base ?? 'an adapter' }]
  const own = bases.length === 1 ? bases[0] : bases.find(({ name }) => isNamedBy(base ?? '', name))
  if (own === undefined) return []
  const differs = revision !== undefined && /^[0-9a-f]{40}$/.test(revision) && revision !== versionOf(own)
  return [
    ...(differs
      ? [{ code: 'other_base_revision', base: own.name, found: revision, declared: versionOf(own) } as const]
      : []),
    ...(own.relation === 'adapter'
      ? []
      : [
          {
            code: 'other_relation',
            found: 'adapter',
            ...(own.relation && { declared: own.relation }),
          } as const,
        ]),
  ]
}

/** A base that no entry of the manifest is. */
function otherBase(found: string, bases: readonly Base[]): readonly Contradiction[] {
  if (isFolder(hubIdOf(found)) || bases.some(({ name }) => isNamedBy(found, name))) return []
  if (bases.length === 0) return [{ code: 'base_not_declared', found }]
  return [{ code: 'other_base', found, declared: bases.map(({ name }) => name) }]
}

/** Of a folder nobody can tell which model lies in it. */
function isFolder(name: string): boolean {
  return (
    /^(?:\/|\.{1,2}(?:\/|$)|~|[A-Za-z]:[\\/]|file:|(?!https?:)[a-z0-9]+:\/\/)/i.test(name) ||
    (!/^https?:/i.test(name) && name.split(/[\\/]/).length > 2)
  )
}

/** A relation that the manifest leaves out is only wanting where it decides what is released. */
function ofRelation(
  { relation, bases: named }: Extract<LineageRecord, { kind: 'card' }>,
  bases: readonly Base[],
): readonly Contradiction[] {
  if (relation === undefined) return []
  return bases
    .filter(({ name }) => named.some((one) => isNamedBy(one, name)))
    .filter((base) => base.relation !== relation && (base.relation !== undefined || relation === 'adapter'))
    .slice(0, 1)
    .map((base) => ({
      code: 'other_relation',
      found: relation,
      ...(base.relation && { declared: base.relation }),
    }))
}

/** What is released, trained and measured, against approach and traits. */
function ofProfile(
  manifest: Manifest,
  evidence: readonly Evidence[],
  { approaches, traits }: Pick<Profile, 'approaches' | 'traits'>,
  grouped: readonly string[] = [],
): readonly Contradiction[] {
  const has = (trait: Trait) => traits.includes(trait)
  const candidate = evidence.filter(({ about }) => about === 'candidate')
  const lacks = (trait: Trait, shown: Showing | undefined): readonly Contradiction[] =>
    shown === undefined || has(trait) ? [] : [{ code: 'trait_missing', trait, shown }]
  const other = approaches.find((approach) => approach !== 'buy')
  const isBought = approaches.length > 0 && approaches.every((approach) => approach === 'buy')
  return [
    ...lacks('fine-tuned', tuned(manifest, candidate, approaches)),
    ...lacks('personal-data', personal(manifest, candidate, grouped)),
    ...ATTACKED_INPUTS.flatMap((input) => {
      const trait = traitLacking(input, traits)
      return trait === undefined ? [] : lacks(trait, attacked(candidate, input))
    }),
    ...(manifest.service !== undefined && other !== undefined
      ? [{ code: 'approach_contradicts', approach: other, released: 'service' } as const]
      : []),
    // A vendor may deliver weights, and who fine-tunes a bought base has their own; what a hub gives is not bought.
    ...(manifest.weights?.every((entry) => 'hub' in entry) && isBought && !has('fine-tuned')
      ? [{ code: 'approach_contradicts', approach: 'buy', released: 'weights' } as const]
      : []),
  ]
}

/** The first report of an attack on this kind of input that measured something. */
function attacked(evidence: readonly Evidence[], input: AttackedInput): Showing | undefined {
  const file = evidence.find(({ format, measurements }) => attacks(format, input) && measurements.length > 0)
  if (file?.format === undefined) return undefined
  return { kind: 'attacks', format: file.format, ...(input !== 'prompts' && { on: input }) }
}

/** A base, and a training of this repository or an approach that says so: whoever takes weights as they are trains none. */
function tuned(
  { base_models: bases = [], training }: Manifest,
  evidence: readonly Evidence[],
  approaches: Profile['approaches'],
): Showing | undefined {
  const isNamed = evidence.some(({ records }) =>
    records.some((one) => one.kind === 'adapter' || (one.kind === 'card' && one.bases.length > 0)),
  )
  if (bases.length === 0 && !isNamed) return undefined
  if (approaches.includes('build')) return { kind: 'build_from_base' }
  return training === undefined ? undefined : { kind: 'training_from_base' }
}

/** What tools and people call the attributes of persons, each as one label. */
const PERSONAL: ReadonlySet<string> = new Set([
  ...['sex', 'gender', 'race', 'ethnicity', 'ethnic_group', 'age', 'age_group', 'nationality', 'religion'],
  ...['disability', 'marital_status', 'sexual_orientation', 'country_of_birth', 'skin_tone', 'skin_type'],
])

/** Rows or results that are divided by an attribute of persons; a label that only describes a test divides nothing. */
function personal(
  manifest: Manifest,
  evidence: readonly Evidence[],
  grouped: readonly string[],
): Showing | undefined {
  const rows = (manifest.evidence ?? []).flatMap((entry) =>
    typeof entry !== 'string' && 'rows' in entry && entry.about !== 'base' ? (entry.groups ?? []) : [],
  )
  const divided = evidence.flatMap(({ format = '', measurements }) =>
    measurements.flatMap(({ within = [], labels }) => (FAIRNESS.has(format) ? Object.keys(labels) : within)),
  )
  const labels = [...new Set([...rows, ...divided, ...grouped])]
    .filter((label) => PERSONAL.has(plainly(label)))
    .toSorted()
  return labels.length === 0 ? undefined : { kind: 'groups', labels: labels.slice(0, 5) }
}

/** Formats of tools whose labels are the attributes that divide people. */
const FAIRNESS: ReadonlySet<string> = new Set(['fairlearn', 'aequitas', 'aif360', 'sagemaker-clarify'])

function plainly(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}

/** The labels across which criteria compare groups, or divide an exam. */
export function groupedBy(versions: readonly Criteria[]): readonly string[] {
  return versions.flatMap(({ datasets = {}, criteria }) => [
    ...Object.values(datasets).flatMap(({ groups = {} }) => Object.keys(groups)),
    ...criteria.flatMap((one) => (one.check === 'disparity' ? one.across.flat() : [])),
  ])
}
