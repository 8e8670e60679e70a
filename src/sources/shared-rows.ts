import { EXAM_ROLES, TRAINING_ROLES } from '../core/exam.ts'
import { resolvePath } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { Manifest } from '../criteria/manifest.ts'
import { find } from './files.ts'
import { fetchedBy, followed } from './lfs.ts'
import type { Repository } from './repository.ts'
import { type KeyedRows, sharedRows } from './rows/overlap.ts'

type Dataset = NonNullable<Manifest['datasets']>[number]
type Keyed = { readonly data: Dataset; readonly path: string; readonly rows: KeyedRows }

/** Rows of exams that are among those of the training, where the manifest names files of both. */
export async function gatherShared(
  repository: Repository,
  head: string,
  path: string,
  manifest: Manifest | undefined,
): Promise<readonly Problem[]> {
  const named = (manifest?.datasets ?? []).filter(({ rows }) => rows !== undefined)
  const has = (roles: readonly string[]) => named.some(({ role }) => roles.includes(role))
  if (!has(TRAINING_ROLES) || !has(EXAM_ROLES)) return []
  const problems: Problem[] = []
  const files: Keyed[] = []
  for (const data of named) {
    const file = await keyed(repository, head, path, data)
    if ('problem' in file) problems.push(file.problem)
    else files.push(file)
  }
  const of = (roles: readonly string[]) => files.filter(({ data }) => roles.includes(data.role))
  for (const exam of of(EXAM_ROLES)) {
    for (const training of of(TRAINING_ROLES)) problems.push(...(await compared(exam, training, path)))
  }
  return problems
}

async function keyed(
  repository: Repository,
  head: string,
  manifest: string,
  data: Dataset,
): Promise<Keyed | { readonly problem: Problem }> {
  const { rows: written = '', key = [] } = data
  const path = resolvePath(manifest, written)
  if (path === undefined) return { problem: { path: manifest, line: 1, code: 'leaves_repository', written } }
  const found = await find(repository, head, path, { path: manifest, line: 1 })
  if ('problem' in found) return found
  const bytes = await repository.blob(found.entry.oid)
  const pointer = followed(bytes)
  if (pointer === undefined) return { data, path, rows: { content: bytes, key } }
  const { lfs } = repository
  if (lfs === undefined) return { problem: { path, code: 'lfs_pointer', ...pointer } }
  const fetched = await fetchedBy(lfs, pointer)
  return 'fault' in fetched
    ? { problem: { path, ...fetched.fault } }
    : { data, path, rows: { content: fetched.content, key } }
}

async function compared(exam: Keyed, training: Keyed, manifest: string): Promise<readonly Problem[]> {
  if (exam.rows.key.length !== training.rows.key.length) {
    const [one, other] = [exam, training].map(({ rows }) => rows.key.join(', '))
    const at = `key of ${exam.data.name} and ${training.data.name}`
    return [{ path: manifest, line: 1, code: 'contradiction', at, one: one ?? '', other: other ?? '' }]
  }
  const found = await sharedRows(exam.rows, training.rows)
  if ('fault' in found) return [{ path: found.of === 0 ? exam.path : training.path, ...found.fault }]
  if (found.shared === 0) return []
  const { name: dataset } = exam.data
  return [
    { path: manifest, line: 1, code: 'rows_shared', dataset, under: training.data.name, rows: found.shared },
  ]
}
