import { z } from 'zod'
import type { Evidence } from '../core/evidence.ts'
import { artifactPath, isOwn, modelOfManifest, resolvePath } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import { isMovableSnapshot } from '../core/snapshot.ts'
import type { Parsed } from '../text/parsed.ts'
import { strict } from '../text/strict.ts'
import { ModelName } from './criteria.ts'
import { BASE_CARD, BaseModel, baseFaults, refineBesideWeights } from './manifest-bases.ts'
import { ArtifactEvidence, Dataset, FileEvidence, Name, Path, RowsEntry, Sha256 } from './manifest-entries.ts'
import { type RowsColumns, rowsFaults, rowsOf } from './manifest-rows.ts'

const Commit = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'a whole commit id of 40 hex digits')

const WeightsEntry = z.union(
  [
    z.strictObject({ path: Path, sha256: Sha256 }),
    z.strictObject({ uri: z.string().min(1).max(500), sums: Path }),
    z.strictObject({ uri: z.string().min(1).max(500), sha256: Sha256 }),
    z.strictObject({ hub: Name, revision: z.string().min(1).max(100) }),
  ],
  { error: '{ path, sha256 }, { uri, sha256 }, { uri, sums } or { hub, revision }' },
)
export type WeightsEntry = z.infer<typeof WeightsEntry>

const Work = z.strictObject({
  commit: Commit.optional().describe('the commit that the work ran on'),
  run: z.int().positive().optional().describe('id of the Actions run'),
  repository: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'owner/name')
    .optional()
    .describe('owner/name of the repository of the run, where it is another one'),
  artifact: Name.optional().describe('artifact of the run that lists the weights; weights without it'),
  ticket: Path.optional().describe('path of the start ticket'),
})

/** `models/<model>/release.yml`: what is being released, and where its evidence is. */
export const Manifest = z
  .strictObject({
    gonogo: z.literal(1).describe('version of this file format'),
    model: ModelName.describe('name of the model; the folder is named after it'),
    version: z
      .string()
      .regex(/^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/, 'a version such as 1.0.0')
      .describe('what is released'),
    weights: z.array(WeightsEntry).min(1).max(1000).optional().describe('the weights, by digest'),
    service: z
      .strictObject({ provider: Name, model: Name, snapshot: Name, region: Name.optional() })
      .optional()
      .describe('a bought model instead of weights'),
    components: z.array(Path).max(1000).optional().describe('what else decides behaviour'),
    known_as: z.array(Name).optional().describe('names by which tools call these weights; shown as declared'),
    training: Work.optional().describe('the training that made the weights'),
    evaluation: Work.optional().describe('the first evaluation, where nothing is trained here'),
    licence: Name.optional().describe('licence of the released model: an SPDX expression or LicenseRef-…'),
    base_models: z.array(BaseModel).min(1).max(20).optional().describe('the models that it was made from'),
    datasets: z.array(Dataset).max(500).optional().describe('the data of training and exams'),
    evidence: z
      .array(z.union([Path, FileEvidence, ArtifactEvidence, RowsEntry]))
      .max(500)
      .optional()
      .describe('the validation artifacts'),
  })
  .superRefine((manifest, context) => {
    if ((manifest.weights === undefined) === (manifest.service === undefined)) {
      context.addIssue({
        code: 'custom',
        path: [],
        message: 'exactly one of weights and service',
        input: manifest,
      })
    }
    if (manifest.weights !== undefined) refineBesideWeights(manifest, context)
    for (const kind of ['training', 'evaluation'] as const) {
      const work = manifest[kind]
      if (work?.ticket !== undefined && work.run !== undefined) {
        const message = 'a run or a ticket, not both'
        context.addIssue({ code: 'custom', path: [kind, 'ticket'], message, input: work })
      }
      if (work?.run === undefined && (work?.repository ?? work?.artifact) !== undefined) {
        const message = 'the run whose repository or artifact this is'
        context.addIssue({ code: 'custom', path: [kind], message, input: work })
      }
    }
  })
export type Manifest = z.infer<typeof Manifest>

/** An evidence file that the manifest names, from the repository's root, with the line that names it. */
export type NamedEvidence = {
  readonly path: string
  readonly line: number
  readonly dataset?: string
  readonly about: Evidence['about']
  readonly document?: string
  readonly format?: string
  /** It holds rows, which are counted; not a tool's output. */
  readonly rows?: RowsColumns
}

/** An evidence file in an artifact that the manifest names; `path` is how it is called among the evidence. */
export type NamedArtifact = NamedEvidence & {
  readonly artifact: string
  readonly file: string
  readonly workflow: string
}

/** A file that the manifest names, from the repository's root. */
export type NamedFile = { readonly path: string; readonly line: number }

/** A manifest as facts: what it says, what is wrong with it, and the files that it names. */
export type ParsedManifest = {
  readonly manifest?: Manifest
  readonly problems: readonly Problem[]
  readonly evidence: readonly NamedEvidence[]
  readonly artifacts: readonly NamedArtifact[]
  readonly weights: readonly (NamedFile & { readonly entry: WeightsEntry })[]
  readonly components: readonly NamedFile[]
  readonly ticket?: NamedFile
}

/** Every fault of a manifest is a problem with its line; `manifest` is there only if the file fits the schema. */
export function parseManifest(parsed: Parsed, path: string): ParsedManifest {
  const { value: manifest, problems } = strict(Manifest, parsed, path)
  if (manifest === undefined) return { problems, evidence: [], artifacts: [], weights: [], components: [] }
  const found: Problem[] = [
    ...problems,
    ...misnamed(manifest, parsed, path),
    ...sameData(manifest, parsed, path),
    ...movableService(manifest, parsed, path),
    ...baseFaults(manifest, parsed, path),
    ...rowsFaults(manifest.evidence ?? [], parsed, path),
  ]

  function named(written: string, keys: readonly (string | number)[]): NamedFile | undefined {
    const place = parsed.at(keys)
    const resolved = resolvePath(path, written)
    if (resolved === undefined) found.push({ path, ...place, code: 'leaves_repository', written })
    // Proposals are judged apart: what is part of a release can't be one of them.
    else if (isOwn(resolved)) {
      const wanted = "a file that is not one of gonogo's own"
      found.push({ path, ...place, code: 'wrong_value', at: keys.join('.'), found: written, wanted })
    }
    return resolved === undefined ? undefined : { path: resolved, line: place?.line ?? 1 }
  }

  const listed = (manifest.evidence ?? []).flatMap((entry, index): readonly NamedEvidence[] => {
    const keys = ['evidence', index]
    if (typeof entry === 'string')
      return [named(entry, keys)].flatMap((file) => (file ? [{ ...file, about: 'candidate' }] : []))
    if ('rows' in entry) {
      if (entry.artifact !== undefined) return []
      const file = named(entry.rows, [...keys, 'rows'])
      return file ? [{ ...file, ...rowsOf(entry) }] : []
    }
    if (!('path' in entry)) return []
    const file = named(entry.path, [...keys, 'path'])
    return file ? [{ ...file, ...described(entry) }] : []
  })
  const artifacts = (manifest.evidence ?? []).flatMap((entry, index): readonly NamedArtifact[] => {
    if (typeof entry === 'string' || !('artifact' in entry)) return []
    const { artifact, workflow } = entry
    if (artifact === undefined || workflow === undefined) return []
    const file = 'rows' in entry ? entry.rows : entry.file
    const line = parsed.at(['evidence', index])?.line ?? 1
    const about = 'rows' in entry ? rowsOf(entry) : described(entry)
    return [{ path: artifactPath(artifact, file), line, artifact, file, workflow, ...about }]
  })
  const cards = (manifest.base_models ?? []).flatMap(({ card }, index): readonly NamedEvidence[] => {
    const file = card === undefined ? undefined : named(card, ['base_models', index, 'card'])
    return file ? [{ ...file, about: 'base', document: BASE_CARD }] : []
  })
  const weights = (manifest.weights ?? []).flatMap((entry, index) => {
    const keys = ['weights', index]
    if ('hub' in entry && !/^[0-9a-f]{40}$/.test(entry.revision)) {
      found.push({
        path,
        ...parsed.at([...keys, 'revision']),
        code: 'movable_revision',
        revision: entry.revision,
      })
    }
    const written = 'path' in entry ? entry.path : 'sums' in entry ? entry.sums : undefined
    if (written === undefined) return [{ path: '', line: parsed.at(keys)?.line ?? 1, entry }]
    const file = named(written, [...keys, 'path' in entry ? 'path' : 'sums'])
    return file ? [{ ...file, entry }] : []
  })
  const components = (manifest.components ?? []).flatMap(
    (written, index) => named(written, ['components', index]) ?? [],
  )
  const given = [...listed, ...cards]
  // What an adapter says of its base is read wherever it lies.
  const adapters = [...components, ...weights]
    .filter(({ path: file }) => isAdapterConfig(file) && !given.some((one) => one.path === file))
    .map(({ path: file, line }): NamedEvidence => ({ path: file, line, about: 'candidate' }))
  const evidence = [...given, ...adapters]
  const kind = manifest.training ? 'training' : 'evaluation'
  const paper = manifest[kind]?.ticket
  const ticket = paper === undefined ? undefined : named(paper, [kind, 'ticket'])
  found.push(...twice(path, [...evidence, ...artifacts]), ...twice(path, components), ...twice(path, weights))
  return { manifest, problems: found, evidence, artifacts, weights, components, ...(ticket && { ticket }) }
}

/** The name that PEFT gives it. */
function isAdapterConfig(path: string): boolean {
  return /(?:^|\/)adapter_config\.json$/.test(path)
}

type Described = Pick<NamedEvidence, 'about' | 'dataset' | 'document' | 'format'>
type Entry = z.infer<typeof FileEvidence> | z.infer<typeof ArtifactEvidence>

/** What an entry says of its file, wherever that lies. */
function described({ about = 'candidate', dataset, document, format }: Entry): Described {
  return {
    about,
    ...(dataset && { dataset }),
    ...(document && { document }),
    ...(format && { format }),
  }
}

function misnamed(manifest: Manifest, parsed: Parsed, path: string): readonly Problem[] {
  const wanted = modelOfManifest(path)
  if (wanted === undefined || wanted === manifest.model) return []
  return [{ path, ...parsed.at(['model']), code: 'wrong_model', found: manifest.model, wanted }]
}

function movableService({ service }: Manifest, parsed: Parsed, path: string): readonly Problem[] {
  if (service === undefined) return []
  const { snapshot, model } = service
  if (!isMovableSnapshot(snapshot, model)) return []
  return [{ path, ...parsed.at(['service', 'snapshot']), code: 'movable_snapshot', snapshot }]
}

function twice(path: string, files: readonly NamedFile[]): readonly Problem[] {
  return files
    .filter((file, index) => file.path !== '' && files.findIndex((other) => other.path === file.path) < index)
    .map((file) => ({ path, line: file.line, code: 'named_twice', written: file.path }))
}

/** One name may stand in several roles, as the train and test split of one corpus, and in each once. */
function sameData({ datasets = [] }: Manifest, parsed: Parsed, path: string): readonly Problem[] {
  return datasets.flatMap(({ name, role }, index): readonly Problem[] => {
    const first = datasets.findIndex((other) => other.name === name && other.role === role)
    const place = parsed.at(['datasets', index, 'name'])
    return first < index ? [{ path, ...place, code: 'named_twice', written: `${name} as ${role}` }] : []
  })
}
