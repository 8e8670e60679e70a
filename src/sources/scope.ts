import ignore from 'ignore'
import { isOwn, MODELS_FOLDER, manifestPath, misspelt, modelOfManifest } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { ParsedManifest } from '../criteria/manifest.ts'

/** Files that are weights by their name, wherever they lie. */
const WEIGHTS = [
  /\.(?:safetensors|onnx|gguf|pt|pt2|ptl|pth|ckpt|tflite|h5|hdf5|keras|pkl|pickle|dill|joblib|skops|npy|npz|cbm|mlmodel)$/i,
  /\.(?:pkl|pickle|joblib)\.(?:gz|bz2|xz|lz4|zst)$/i,
]
/** `.bin` may be anything: weights are those by the names that hubs give them, cut in parts as well. */
const NAMED_BIN = ['pytorch_model', 'adapter_model']

/** Whether a file is weights by its name. */
export function isWeights(path: string): boolean {
  if (WEIGHTS.some((pattern) => pattern.test(path))) return true
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return name.endsWith('.bin') && NAMED_BIN.some((part) => name.includes(part))
}

/** What scope asks of the judged commit: whether something that is no folder stands there, and what is below a folder. */
export type Head = {
  readonly has: (path: string) => Promise<boolean>
  readonly below: (folder: string) => AsyncIterable<string>
}

/** A manifest of the judged commit. */
export type FoundManifest = { readonly model: string; readonly path: string; readonly parsed: ParsedManifest }

export type Scope = { readonly models: readonly string[]; readonly problems: readonly Problem[] }

/**
 * The models that a commit releases: every one of whose files something differs. A model file (weights, and
 * what fits the gitignore patterns of `watch`) that no manifest covers is a problem, so that a release can't
 * slip past by having no manifest; what a `removed` manifest released and is still there has none either.
 */
export async function scope(
  changed: readonly string[],
  head: Head,
  manifests: readonly FoundManifest[],
  unwatch: string,
  removed: readonly FoundManifest[] = [],
  watch: readonly string[] = [],
): Promise<Scope> {
  // As git reads such patterns: `test/` is not `Test/`.
  const matching = (patterns: string | readonly string[]) =>
    ignore({ allowRelativePaths: true, ignorecase: false }).add(patterns)
  const ignored = matching(unwatch)
  const watched = matching(watch)
  const isModelFile = (path: string) => isWeights(path) || watched.ignores(path)
  const models = new Set<string>()
  const uncovered: string[] = []
  for (const path of changed.filter((candidate) => !isOwn(candidate))) {
    const owners = manifests.filter((manifest) => owns(manifest, path))
    for (const { model } of owners) models.add(model)
    // What a manifest that cannot be read covers is told when it is mended; until then it holds the model up.
    const covered =
      isModelFile(path) && !owners.some(({ parsed }) => parsed.manifest === undefined)
        ? manifests.some(({ parsed }) => names(parsed, path))
        : owners.length > 0
    if (covered || ignored.ignores(path)) continue
    // Where case makes no difference this is checked out over a file of the model.
    const shadows = manifests.some((manifest) => owns(manifest, path, folded))
    if ((isModelFile(path) || shadows) && (await head.has(path))) uncovered.push(path)
    // A link or a submodule in the place of the folder hides every model from view.
    else if (`${path}/` === MODELS_FOLDER && (await head.has(path))) uncovered.push(path)
    else if (path.startsWith(MODELS_FOLDER)) {
      const first = await left(path, head, (other) => !ignored.ignores(other))
      if (first !== undefined) uncovered.push(first)
    }
  }
  const released = removed
    .flatMap(({ parsed }) => [...parsed.weights, ...parsed.components])
    .map(({ path }) => path)
    .filter((path) => path !== '' && !manifests.some((manifest) => owns(manifest, path)))
    .filter((path) => !ignored.ignores(path))
  const stays = await Promise.all(released.map(head.has))
  uncovered.push(...released.filter((_, index) => stays[index]))
  const problems = [...new Set(uncovered)].toSorted().map(async (path): Promise<Problem> => {
    const misnamed = misspelt(manifestPath(path.split('/')[1] ?? ''))
    const there = path.startsWith(MODELS_FOLDER) && (await head.has(misnamed))
    return { path, code: 'uncovered', ...(there && { manifest: misnamed }) }
  })
  return { models: [...models].toSorted(), problems: await Promise.all(problems) }
}

type Spelling = (path: string) => string
const exact: Spelling = (path) => path
const folded: Spelling = (path) => path.toLowerCase()

/** Whether a path is part of what a manifest releases. */
function owns({ model, parsed }: FoundManifest, path: string, as = exact): boolean {
  return as(path).startsWith(`${MODELS_FOLDER}${model}/`) || names(parsed, path, as)
}

/** A link or a submodule in the place of a folder stands for all that the folder holds. */
function names({ weights, components, evidence }: ParsedManifest, path: string, as = exact): boolean {
  return [...weights, ...components, ...evidence].some((file) =>
    `${as(file.path)}/`.startsWith(`${as(path)}/`),
  )
}

/** What a changed path leaves behind without a manifest: itself, or what else is in the folder of a removed manifest. */
async function left(
  path: string,
  head: Head,
  counts: (path: string) => boolean,
): Promise<string | undefined> {
  if (await head.has(path)) return counts(path) ? path : undefined
  if (modelOfManifest(path) === undefined) return undefined
  for await (const other of head.below(path.slice(0, path.lastIndexOf('/')))) if (counts(other)) return other
  return undefined
}
