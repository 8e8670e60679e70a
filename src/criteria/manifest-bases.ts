import { z } from 'zod'
import { type Base, RELATIONS } from '../core/base-model.ts'
import type { Problem } from '../core/problem.ts'
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
export const BaseModel = z.strictObject({
  name: Name.describe('publisher/name, as its hub has it'),
  revision: Name.describe('commit of the hub; a branch or a tag can be moved'),
  digest: BaseDigest.optional().describe('sha256 of its weights, or of each of their files'),
  licence: Name.optional().describe('SPDX expression, LicenseRef-…, or the name of a hub such as llama3.1'),
  relation: z.enum(RELATIONS).optional().describe('what the released weights are to it'),
  card: Path.optional().describe('copy of the card that its publisher wrote'),
})
export type BaseModel = z.infer<typeof BaseModel>

/** The name by which the card of a base stands among the documents. */
export const BASE_CARD = 'base-model-card'

type Named = { readonly base_models?: readonly BaseModel[] | undefined }

/** The base models of a manifest as facts. */
export function basesOf(manifest: Named | undefined): readonly Base[] {
  return (manifest?.base_models ?? []).map(({ name, revision, digest, licence, relation }) => ({
    ...{ name, revision, digests: digestsOf(digest) },
    ...(licence !== undefined && { licence }),
    ...(relation && { relation }),
  }))
}

function digestsOf(digest: BaseModel['digest']): readonly string[] {
  if (digest === undefined) return []
  return 'sha256' in digest ? [digest.sha256] : [...new Set(Object.values(digest.files))].toSorted()
}

/** What is wrong with base models beside their shape: what names no bytes for good, and what stands twice. */
export function baseFaults({ base_models = [] }: Named, parsed: Parsed, path: string): readonly Problem[] {
  return base_models.flatMap(({ name, revision }, index): readonly Problem[] => {
    const first = base_models.findIndex((other) => other.name === name && other.revision === revision)
    const at = (key: string) => parsed.at(['base_models', index, key])
    return [
      ...(/^[0-9a-f]{40}$/.test(revision)
        ? []
        : [{ path, ...at('revision'), code: 'movable_revision', revision } as const]),
      ...(first < index ? [{ path, ...at('name'), code: 'named_twice', written: name } as const] : []),
    ]
  })
}
