import type { Foreign } from '../checks/context.ts'
import type { AttestationRecord } from '../core/attestation.ts'
import { type Base, versionOf } from '../core/base-model.ts'
import {
  type Binding,
  BOUND_BY,
  type BoundBy,
  bindingOf,
  type Identifiers,
  type Named,
} from '../core/binding.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { resolvePath } from '../core/paths.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { EvidenceShown, FileBinding } from '../core/verdict.ts'
import type { Manifest } from './manifest.ts'
import { basesOf } from './manifest-bases.ts'

/** What evidence can be about. */
export type About = { readonly [A in Evidence['about']]: Identifiers }

const NOTHING: Identifiers = { names: [], knownAs: [], revisions: [], digests: [], commits: [] }

/** What a manifest gives to identify the model and its base. `commit`: of the run that trained it, as far as it was seen. */
export function aboutOf(
  { value: manifest, path }: { readonly value?: Manifest; readonly path: string },
  commit?: string,
): About {
  if (manifest === undefined) return { candidate: NOTHING, base: NOTHING, released: NOTHING }
  const { weights = [], training } = manifest
  const bases = basesOf(manifest)
  const sha256 = weights.flatMap((entry) => ('sha256' in entry ? entry.sha256 : []))
  const revisions = weights.flatMap((entry) => ('revision' in entry ? entry.revision : []))
  return {
    candidate: {
      names: [...new Set([manifest.model, ...namesOf(manifest, path)])],
      knownAs: manifest.known_as ?? [],
      // Of weights that are identified in several ways, none of them alone tells another model.
      revisions: revisions.length === weights.length ? revisions : [],
      digests: sha256.length === weights.length ? sha256 : [],
      commits: [...new Set([training?.commit ?? [], commit ?? []].flat())],
    },
    base: {
      ...NOTHING,
      names: bases.flatMap((base) => [base.name, ...calledBy(base)]),
      // A base without a commit may be any that evidence names.
      revisions: bases.every((base) => 'revision' in base) ? bases.map(versionOf) : [],
      // A base without a digest may be any that evidence names.
      digests: bases.every(({ digests }) => digests.length > 0)
        ? bases.flatMap(({ digests }) => digests)
        : [],
    },
    // Whose rows they are, the digest of the file tells by what the ledger recorded.
    released: NOTHING,
  }
}

/** What tools may call the released weights, or service, without being told. */
function namesOf({ weights = [], service }: Manifest, path: string): readonly string[] {
  const local = weights.flatMap((entry) => {
    const file = 'path' in entry ? resolvePath(path, entry.path) : undefined
    return file === undefined ? [] : [`./${file}`]
  })
  const folders = local.flatMap((file) => {
    const folder = file.slice(0, file.lastIndexOf('/'))
    return folder === '.' ? [] : [folder]
  })
  const elsewhere = weights.flatMap((entry) => ('hub' in entry ? entry.hub : 'uri' in entry ? entry.uri : []))
  return [...elsewhere, ...local, ...folders, ...(service ? serviceNames(service) : [])]
}

/** What tools may call a base that its provider has behind an API. */
function calledBy(base: Base): readonly string[] {
  if ('revision' in base) return []
  const { name, provider, snapshot } = base
  return serviceNames({ provider, model: name.slice(name.lastIndexOf('/') + 1), snapshot })
}

function serviceNames({ provider, model, snapshot }: NonNullable<Manifest['service']>): readonly string[] {
  // Some snapshots are whole names, others only what stands behind the model's.
  const whole = snapshot.startsWith(model) ? snapshot : `${model}-${snapshot}`
  return [model, whole].flatMap((name) => [name, `${provider}/${name}`, `${provider}:${name}`])
}

/** Evidence without the measurements that are about another model, and these by themselves. */
export function heldTo(
  about: About,
  evidence: readonly Evidence[],
): { readonly evidence: readonly Evidence[]; readonly foreign: Foreign } {
  const others = (file: Evidence) =>
    file.measurements.flatMap((observed) => {
      const binding = bindingOf(namedBy(observed), about[file.about])
      if (binding.kind !== 'other') return []
      const { what, found, wanted } = binding
      const base = file.about === 'candidate' && isNamed(found, about.base)
      return [{ observed, what, found, wanted, ...(base && { base }) }]
    })
  const held = evidence.map((file) => {
    const foreign = others(file)
    const left = new Set(foreign.map(({ observed }) => observed))
    const measurements = file.measurements.filter((one) => !left.has(one))
    return { foreign, file: left.size === 0 ? file : { ...file, measurements } }
  })
  const candidate = evidence.filter((file) => file.about === 'candidate')
  return {
    evidence: held.map(({ file }) => file),
    foreign: {
      measurements: held.flatMap(({ file, foreign }) => (file.about === 'candidate' ? foreign : [])),
      records: candidate.flatMap(({ records }) =>
        records.flatMap((record) => {
          const binding = [modelOf(record, about.candidate), bindingOf(workOf(record), about.candidate)]
          const [other] = binding.flatMap((one) => (one?.kind === 'other' ? [one] : []))
          if (other === undefined) return []
          const { what, found, wanted } = other
          return [{ record, what, found, wanted }]
        }),
      ),
    },
  }
}

/** The names of other models in measurements that are said to be about this one. */
export function namesAnother(measurements: readonly Measurement[], known: Identifiers): readonly string[] {
  return measurements.flatMap((one) => {
    const binding = bindingOf(namedBy(one), known)
    return binding.kind === 'other' ? [binding.found] : []
  })
}

function isNamed(model: string, known: Identifiers): boolean {
  const binding = bindingOf({ model }, known)
  return binding.kind === 'bound' && binding.by === 'name'
}

function namedBy({ model, commit, labels }: Measurement): Named {
  return { model, commit, revision: own(labels, 'model_revision'), digest: own(labels, 'model_sha256') }
}

function workOf(record: EvidenceRecord): Named {
  return record.kind === 'training' || record.kind === 'run' ? { commit: record.commit } : {}
}

/** People call a model by the name that its criteria have, and by no other. */
export function modelOf(record: EvidenceRecord, { names }: Pick<Identifiers, 'names'>): Binding | undefined {
  if (record.kind !== 'training' && record.kind !== 'written') return undefined
  return bindingOf({ model: record.model }, { ...NOTHING, names: names.slice(0, 1) })
}

function own(labels: Measurement['labels'], label: string): string | undefined {
  return Object.hasOwn(labels, label) ? labels[label] : undefined
}

/** Evidence files without what was read from them, each with what holds it to its model. */
export function shownEvidence(about: About, evidence: readonly Evidence[]): readonly EvidenceShown[] {
  return evidence.map((file) => {
    const { path, sha, lfs, format, trust, producer, awaited, kept, attested } = file
    return {
      path,
      ...(sha && { sha }),
      ...(lfs && { lfs }),
      ...(format && { format }),
      trust,
      about: file.about,
      ...(sha && { binding: fileBinding(about[file.about], file) }),
      ...(producer && { producer }),
      ...(awaited && { awaited }),
      ...(kept !== undefined && { kept }),
      ...(trust === 'signed' && attested && { attested }),
    }
  })
}

/** Of everything in a file the weakest; what is about another model stands beside it. */
function fileBinding(known: Identifiers, { measurements, records }: Evidence): FileBinding {
  const named = [...measurements.map(namedBy), ...records.filter(isWork).map(workOf)]
  const signed = records.flatMap((one) => (one.kind === 'attestation' ? signedBinding(one, known) : []))
  const ofRecords = records.flatMap((one) => modelOf(one, known) ?? []).filter(isTold)
  const all: readonly Binding[] = [...named.map((one) => bindingOf(one, known)), ...signed, ...ofRecords]
  const bound = all.flatMap((one) => (one.kind === 'bound' ? [one] : []))
  const by = BOUND_BY.findLast((how) => bound.some((one) => one.by === how))
  const other = all.flatMap((one) => (one.kind === 'other' ? [one.found] : []))
  // What is wholly about another model is not even declared to be about this one.
  const weakest: { readonly by?: BoundBy } =
    by === undefined && other.length > 0 ? {} : { by: by ?? 'declared' }
  const found = bound.flatMap((one) => (one.by !== 'declared' && one.by === by ? [one.found] : []))
  return {
    ...weakest,
    ...(found.length > 0 && { found: few(found) }),
    ...(other.length > 0 && { other: few(other) }),
  }
}

/** Of what is signed the digests say which files it is about; what nobody signed only claims to be. */
function signedBinding({ shown, subjects, says }: AttestationRecord, { digests }: Identifiers): Binding {
  const about = [
    ...subjects.flatMap((one) => one.digests),
    ...(says.predicate === 'model-signing' ? says.files.map(({ digest }) => digest) : []),
  ]
  const own = digests.find((sha256) => about.includes(`sha256:${sha256}`))
  return shown.state === 'verified' && own !== undefined
    ? { kind: 'bound', by: 'digest', found: `sha256:${own}` }
    : { kind: 'bound', by: 'declared' }
}

/** A name that is not given is no weaker than one that is. */
function isTold(binding: Binding): boolean {
  return binding.kind === 'other' || binding.by !== 'declared'
}

function isWork({ kind }: EvidenceRecord): boolean {
  return kind === 'training' || kind === 'run'
}

function few(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted().slice(0, 5)
}
