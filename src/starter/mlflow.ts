import type { Role } from '../core/exam.ts'
import { isFields } from '../core/fields.ts'
import { roleByName } from './dvc.ts'
import type { LyingData } from './lying.ts'

/** Whether a `meta.yaml` is that of a run of MLflow's file store. */
export function isRun(meta: unknown): boolean {
  return isFields(meta) && [meta.run_id, meta.run_uuid].some((id) => typeof id === 'string')
}

/** The commit in the tag `mlflow.source.git.commit`. */
export function commitOf(tag: string): string | undefined {
  const commit = tag.trim().toLowerCase()
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? commit : undefined
}

/** Id of the dataset that an input of a run is, and the tag that says what for; a run logs both. */
export function inputOf(meta: unknown): { readonly id: string; readonly context?: string } | undefined {
  if (!isFields(meta) || meta.source_type !== 'DATASET' || typeof meta.source_id !== 'string')
    return undefined
  // It becomes a part of a path.
  if (!/^[0-9A-Za-z]{1,64}$/.test(meta.source_id)) return undefined
  const context = isFields(meta.tags) ? meta.tags['mlflow.data.context'] : undefined
  return { id: meta.source_id, ...(typeof context === 'string' && { context }) }
}

/** A dataset that a run logged. MLflow's digest is eight digits of a hash over a part of the rows: a version, no digest. */
export function datasetOf(meta: unknown, context: string | undefined): LyingData | undefined {
  if (!isFields(meta) || typeof meta.name !== 'string' || meta.name === '') return undefined
  const name = meta.name.slice(0, 200)
  const digest =
    typeof meta.digest === 'string' && /^[\w.-]{1,64}$/.test(meta.digest) ? meta.digest : undefined
  const role = context === undefined ? undefined : ROLES[context.toLowerCase()]
  return {
    name,
    role: role ?? roleByName(context ?? name),
    ...(digest && { snapshot: `mlflow:${digest}` }),
    ...(role === undefined && { guessed: true as const }),
  }
}

const ROLES: Readonly<Record<string, Role>> = {
  training: 'train',
  train: 'train',
  eval: 'test',
  evaluation: 'test',
  test: 'test',
  testing: 'test',
}
