import { z } from 'zod'
import { type Base, isMovableBase, RELATIONS, versionOf } from '../core/base-model.ts'
import type { Fault, Problem } from '../core/problem.ts'
import type { Parsed } from '../text/parsed.ts'
import { Name, Path, Sha256 } from './manifest-entries.ts'

/** By which a base is held to its bytes: of one file, or of each of its files by name. */
const BaseDigest = z.union(
  [
    z.strictObject({ sha256: Sha256 }),
    z.strictObject({
      files: z
        .record(Name, Sha256)
        .refine((files) => Object.keys(files).length > 0, { error: 'at least 1 file' })
        .describe('each file of its weights with its sha256'),
    }),
  ],
  { error: '{ sha256: … } or { files: … }' },
)

/** A model that the released one was made from. */
export const BaseModel = z
  .strictObject({
    name: Name.describe('publisher/name, as its hub has it'),
    revision: Name.optional().describe('commit of the hub; a branch or a tag can be moved'),
    provider: Name.optional().describe('of a model behind an API, instead of a revision'),
    snapshot: Name.optional().describe('its dated version, as the provider calls it; only beside service'),
    digest: BaseDigest.optional().describe('sha256 of its weights, or of each of their files'),
    licence: Name.optional().describe('SPDX expression, LicenseRef-…, or the name of a hub such as llama3.1'),
    relation: z.enum(RELATIONS).optional().describe('what the released weights are to it'),
    card: Path.optional().describe('copy of the card that its publisher wrote'),
  })
  .superRefine((base, context) => {
    const { revision, provider, snapshot, digest } = base
    const isOfHub = revision !== undefined && provider === undefined && snapshot === undefined
    const isOfProvider = revision === undefined && provider !== undefined && snapshot !== undefined
    const wrong = (message: string) => context.addIssue({ code: 'custom', path: [], message, input: base })
    if (!isOfHub && !isOfProvider)
      wrong('a revision, the whole commit of its hub; or provider and snapshot, of a model behind an API')
    else if (isOfProvider && digest !== undefined)
      wrong('no digest beside a snapshot: of a model behind an API nobody sees the bytes')
  })
export type BaseModel = z.infer<typeof BaseModel>

/** The name by which the card of a base stands among the documents. */
export const BASE_CARD = 'base-model-card'

type Named = {
  readonly base_models?: readonly BaseModel[] | undefined
  readonly service?: object | undefined
}

/** Of weights that are released the base has bytes too: no snapshot of a provider stands for them. */
export function refineBesideWeights({ base_models = [] }: Named, context: z.RefinementCtx): void {
  for (const [index, { snapshot: input }] of base_models.entries()) {
    if (input === undefined) continue
    const message = 'a revision and a digest: only a service may have a base that its provider alone pins'
    context.addIssue({ code: 'custom', path: ['base_models', index, 'snapshot'], message, input })
  }
}

/** The base models of a manifest as facts. */
export function basesOf(manifest: Named | undefined): readonly Base[] {
  return (manifest?.base_models ?? []).map(
    ({ name, revision, provider = '', snapshot = '', digest, licence, relation }) => ({
      name,
      ...(revision === undefined ? { provider, snapshot } : { revision }),
      digests: digestsOf(digest),
      ...(licence !== undefined && { licence }),
      ...(relation && { relation }),
    }),
  )
}

function digestsOf(digest: BaseModel['digest']): readonly string[] {
  if (digest === undefined) return []
  return 'sha256' in digest ? [digest.sha256] : [...new Set(Object.values(digest.files))].toSorted()
}

/** What is wrong with base models beside their shape: what names no bytes for good, and what stands twice. */
export function baseFaults(manifest: Named, parsed: Parsed, path: string): readonly Problem[] {
  const bases = basesOf(manifest)
  return bases.flatMap((base, index): readonly Problem[] => {
    const { name } = base
    const first = bases.findIndex((other) => other.name === name && versionOf(other) === versionOf(base))
    const at = (key: string) => parsed.at(['base_models', index, key])
    return [
      ...movable(base, manifest.service !== undefined).map((fault) => ({
        path,
        ...at('revision'),
        ...at('snapshot'),
        ...fault,
      })),
      ...(first < index ? [{ path, ...at('name'), code: 'named_twice', written: name } as const] : []),
    ]
  })
}

function movable(base: Base, bought: boolean): readonly Fault[] {
  if ('revision' in base) {
    const { revision } = base
    return /^[0-9a-f]{40}$/.test(revision)
      ? []
      : [{ code: 'movable_revision', revision, ...(bought && { bought }) }]
  }
  return isMovableBase(base) ? [{ code: 'movable_snapshot', snapshot: base.snapshot }] : []
}
