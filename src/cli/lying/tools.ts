import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isFields } from '../../core/fields.ts'
import { readDvc } from '../../starter/dvc.ts'
import type { Lying, LyingData } from '../../starter/lying.ts'
import { commitOf, datasetOf, inputOf, isRun } from '../../starter/mlflow.ts'
import { decode } from '../../text/decode.ts'
import { parseYaml } from '../../text/yaml.ts'
import { bytesOf, type LyingFile } from './walk.ts'
import { isReleased } from './weights.ts'

const MAX_META_BYTES = 5_000_000
const COMMIT_TAG = 'tags/mlflow.source.git.commit'

/** What files of tools tell, that are themselves no evidence. */
export type Told = {
  readonly datasets: readonly LyingData[]
  readonly commits: Lying['commits']
  /** Weights of which only an md5 is known. */
  readonly weights: readonly string[]
  /** Files that `dvc.yaml` says are metrics. */
  readonly metrics: readonly string[]
}

/** Data and weights that DVC knows, and which files are metrics. */
export async function dvcIn(files: readonly LyingFile[]): Promise<Told> {
  const datasets: LyingData[] = []
  const weights: string[] = []
  const metrics: string[] = []
  for (const file of files) {
    const name = file.path.split('/').at(-1) ?? ''
    const folder = file.path.slice(0, file.path.length - name.length)
    if (name === 'dvc.lock' || name.endsWith('.dvc')) {
      const found = readDvc(await yamlOf(file.full), isReleased)
      datasets.push(...(found?.datasets ?? []))
      weights.push(...(found?.weights ?? []).map((path) => `${folder}${path}`))
    } else if (name === 'dvc.yaml') {
      metrics.push(...metricsOf(await yamlOf(file.full)).map((path) => `${folder}${path}`))
    }
  }
  return { datasets, weights, metrics, commits: [] }
}

/** `metrics:` of stages and of the whole, each a path or a map of one. */
function metricsOf(value: unknown): readonly string[] {
  if (!isFields(value)) return []
  const stages = isFields(value.stages) ? Object.values(value.stages) : []
  const lists = [value, ...stages].map((one) => (isFields(one) ? one.metrics : undefined))
  return lists
    .flatMap((list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []))
    .flatMap((entry) => (typeof entry === 'string' ? entry : isFields(entry) ? Object.keys(entry) : []))
}

/** The commit and the datasets of each run of MLflow's file store. Datasets lie beside the runs, and may be above `root`. */
export async function mlflowIn(root: string, files: readonly LyingFile[]): Promise<Told> {
  const datasets: LyingData[] = []
  const commits: { commit: string; from: string }[] = []
  const named = new Set(files.map(({ path }) => path))
  for (const { path, full } of files.filter(({ path }) => /(^|\/)meta\.yaml$/.test(path))) {
    if (!isRun(await yamlOf(full))) continue
    const run = path.slice(0, path.length - 'meta.yaml'.length)
    const tag = `${run}${COMMIT_TAG}`
    const commit = named.has(tag) ? commitOf((await textOf(join(root, tag))) ?? '') : undefined
    if (commit !== undefined) commits.push({ commit, from: tag })
    const inputs = files.filter(
      (file) => file.path.startsWith(`${run}inputs/`) && file.path.endsWith('/meta.yaml'),
    )
    for (const input of inputs) {
      const of = inputOf(await yamlOf(input.full))
      if (of === undefined) continue
      const beside = join(dirname(dirname(full)), 'datasets', of.id, 'meta.yaml')
      // Beside the folder that was asked for a link could lead anywhere.
      const straight = (await realpath(beside).catch(() => undefined)) === beside
      const data = straight ? datasetOf(await yamlOf(beside), of.context) : undefined
      if (data !== undefined) datasets.push(data)
    }
  }
  return { datasets, commits, weights: [], metrics: [] }
}

async function yamlOf(full: string): Promise<unknown> {
  const text = await textOf(full)
  return text === undefined ? undefined : parseYaml(text, full).value
}

async function textOf(full: string): Promise<string | undefined> {
  const bytes = await bytesOf(full, MAX_META_BYTES)
  if (typeof bytes === 'string') return undefined
  const decoded = decode(bytes, full)
  return 'problem' in decoded ? undefined : decoded.text
}
