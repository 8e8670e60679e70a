import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { criteriaPath, manifestPath, modelOfManifest } from '../core/paths.ts'
import { CUSTOMARY } from '../core/shown.ts'
import { type Criteria, parseCriteria } from '../criteria/criteria.ts'
import { type NamedEvidence, parseManifest } from '../criteria/manifest.ts'
import { OWN_LABELS } from '../criteria/manifest-rows.ts'
import { clean } from '../render/clean.ts'
import { MAX_WRITTEN_BYTES } from '../sources/files.ts'
import { nameOf, planOf, type RowsPlan } from '../sources/rows/plan.ts'
import { decode } from '../text/decode.ts'
import type { Parsed } from '../text/parsed.ts'
import { parseYaml } from '../text/yaml.ts'
import { UsageError, type World } from './world.ts'

/** How a file of rows is read, as options say it: the names are those of a manifest's entry and of pinned exams. */
export type RowsOptions = {
  readonly rows?: boolean
  readonly manifest?: string
  readonly dataset?: string
  readonly label?: string
  readonly prediction?: string
  readonly score?: string
  readonly groups?: string
  readonly cluster?: string
  readonly values?: string
  readonly positive?: string
  readonly threshold?: string
}

/** How one file is to be read: as a tool's output, as rows, or as rows of which nobody says which column is what. */
export type Asked =
  | { readonly kind: 'evidence' }
  | { readonly kind: 'columns' }
  | { readonly kind: 'rows'; readonly plan: RowsPlan; readonly named: boolean }
  | {
      readonly kind: 'entry'
      readonly entry: NamedEvidence
      readonly manifest: string
      readonly criteria?: Criteria
    }

const BESIDE = [
  'dataset',
  'label',
  'prediction',
  'score',
  'groups',
  'cluster',
  'values',
  'positive',
  'threshold',
] as const

/** What the options ask of each file. Throws UsageError for options that contradict each other, or name nothing. */
export async function rowsAsked(world: World, options: RowsOptions): Promise<(file: string) => Asked> {
  const given = BESIDE.filter((key) => options[key] !== undefined)
  if (options.manifest !== undefined) {
    const [first] = options.rows ? ['rows', ...given] : given
    if (first !== undefined)
      throw new UsageError(`either --manifest or --${first}: the manifest says which column is what`)
    return await byManifest(world, options.manifest)
  }
  if (!options.rows && given.length === 0) return () => ({ kind: 'evidence' })
  const { prediction, score, values } = options
  if (prediction === undefined && score === undefined && values === undefined)
    return () => ({ kind: 'columns' })
  const plan = planBy(options)
  return () => ({ kind: 'rows', plan, named: options.dataset !== undefined })
}

function planBy(options: RowsOptions): RowsPlan {
  const { dataset = '', label, prediction, score, cluster, positive, threshold } = options
  const groups = [...new Set(listed(options.groups))]
  const own = groups.find((group) => OWN_LABELS.includes(group))
  if (own !== undefined)
    throw new UsageError(`--groups: ${own} is a label of gonogo's own; give the column another name`)
  const values = listed(options.values).map((pair) => {
    const at = pair.indexOf('=')
    return at === -1 ? ([pair, pair] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const)
  })
  if (threshold !== undefined && !(threshold.trim() !== '' && Number.isFinite(Number(threshold))))
    throw new UsageError(`--threshold: ${clean(threshold)} is no number`)
  return {
    ...{ dataset, groups, values: Object.fromEntries(values), confidence: CUSTOMARY },
    ...(label !== undefined && { label }),
    ...(prediction !== undefined && { prediction }),
    ...(score !== undefined && { score }),
    ...(cluster !== undefined && { cluster }),
    ...(positive !== undefined && { positive: nameOf(positive) }),
    ...(threshold !== undefined && { threshold: Number(threshold) }),
  }
}

function listed(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').flatMap((one) => one.trim() || [])
}

/** Each file as a manifest names it, read as the criteria in the same tree pin its exam. */
async function byManifest(world: World, file: string): Promise<(file: string) => Asked> {
  const path = resolve(world.cwd, file)
  const model = modelOfManifest(path.split(sep).slice(-3).join('/'))
  const root = model === undefined ? dirname(path) : resolve(dirname(path), '..', '..')
  const manifest = model === undefined ? 'release.yml' : manifestPath(model)
  const { evidence, artifacts, problems } = parseManifest(await parsedAt(world, path, file), manifest)
  const [fault] = problems
  if (evidence.length + artifacts.length === 0)
    throw new UsageError(
      `${clean(file)} names no evidence${fault ? `: it has problems, which gonogo lint ${clean(file)} shows` : ''}`,
    )
  const criteria =
    model === undefined ? undefined : await criteriaAt(world, resolve(root, criteriaPath(model)))
  return (asked) => {
    const at = resolve(world.cwd, asked)
    const inside = (part: string) => at === part || at.endsWith(`${sep}${part.replaceAll('/', sep)}`)
    const entry =
      evidence.find((one) => resolve(root, one.path) === at) ?? artifacts.find((one) => inside(one.file))
    if (entry !== undefined) return { kind: 'entry', entry, manifest, ...(criteria && { criteria }) }
    const names = [
      ...evidence.map((one) => relative(world.cwd, resolve(root, one.path))),
      ...artifacts.map((one) => one.file),
    ]
    throw new UsageError(
      `${clean(file)} does not name ${clean(asked)}; it names ${names
        .slice(0, 10)
        .map((name) => clean(name))
        .join(', ')}`,
    )
  }
}

async function criteriaAt(world: World, path: string): Promise<Criteria | undefined> {
  const shown = relative(world.cwd, path)
  const parsed = await parsedAt(world, path, shown).catch(() => undefined)
  if (parsed === undefined) return undefined
  const { criteria } = parseCriteria(parsed, shown.replaceAll('\\', '/'))
  // Read without what they pin, the rows would come to something else than at the gate.
  if (criteria === undefined)
    throw new UsageError(`${clean(shown)} has problems, which gonogo lint shows, and pins how rows are read`)
  return criteria
}

async function parsedAt(world: World, path: string, shown: string): Promise<Parsed> {
  const bytes = await readFile(resolve(world.cwd, path)).catch(() => undefined)
  if (bytes === undefined) throw new UsageError(`${clean(shown)} is not a file`)
  if (bytes.byteLength > MAX_WRITTEN_BYTES) throw new UsageError(`${clean(shown)} is too large`)
  const decoded = decode(bytes, shown)
  if ('problem' in decoded) throw new UsageError(`${clean(shown)} is no text that can be read`)
  return parseYaml(decoded.text, shown)
}

/** How the evidence of an entry is to be read as rows, if it is rows. */
export function planIn(asked: Extract<Asked, { kind: 'entry' }>): RowsPlan | undefined {
  const { rows, dataset = '' } = asked.entry
  return rows && planOf(rows, dataset, asked.criteria)
}
