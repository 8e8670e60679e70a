import type { Evidence } from '../core/evidence.ts'
import type { Criteria } from '../criteria/criteria.ts'
import type { ParsedManifest } from '../criteria/manifest.ts'
import type { Folder } from './artifact-evidence.ts'
import type { Repository } from './repository.ts'
import { type NamedRows, pairsAmong, withReadings } from './rows/beside.ts'
import type { RowsContent } from './rows/engine.ts'
import { type PairedFile, type PairedReading, pairRows } from './rows/pair.ts'
import { planOf } from './rows/plan.ts'

/** How the rows of a named file are read, and as what; undefined where they name no sample. */
export function pairedFile(
  { path, dataset = '', rows }: NamedRows,
  sha: string,
  content: RowsContent,
  criteria: Criteria | undefined,
): PairedFile | undefined {
  if (rows?.id === undefined) return undefined
  return { content, path, sha, plan: { ...planOf(rows, dataset, criteria), id: rows.id } }
}

/** Evidence with what its rows come to beside those of other models; what a run produced was paired when it was read. */
export async function withPairs(
  repository: Repository,
  evidence: readonly Evidence[],
  { evidence: files, artifacts }: Pick<ParsedManifest, 'evidence' | 'artifacts'>,
  criteria: Criteria | undefined,
  folders: ReadonlyMap<string, Folder> | undefined,
): Promise<readonly Evidence[]> {
  const found = new Map<string, PairedReading[]>()
  for (const pair of pairsAmong<NamedRows>([...files, ...artifacts])) {
    const [one, other] = await Promise.all(
      pair.map(async (named) => {
        const file = evidence.find(({ path }) => path === named.path)
        const content = file && (await contentOf(repository, file, named, folders))
        return content === undefined || file?.sha === undefined
          ? undefined
          : pairedFile(named, file.sha, content, criteria)
      }),
    )
    // What is not there, or not at hand, has its own problem.
    if (one === undefined || other === undefined) continue
    found.set(one.path, [...(found.get(one.path) ?? []), await pairRows(one, other)])
  }
  return evidence.map((file) => {
    const own = found.get(file.path)
    return own === undefined ? file : { ...file, ...withReadings(file, own) }
  })
}

async function contentOf(
  repository: Repository,
  { sha, lfs: pointer, awaited, producer }: Evidence,
  { artifact, file = '' }: NamedRows,
  folders: ReadonlyMap<string, Folder> | undefined,
): Promise<RowsContent | undefined> {
  if (sha === undefined || producer !== undefined) return undefined
  if (artifact !== undefined) return awaited === 'read' ? await folders?.get(artifact)?.(file) : undefined
  if (pointer === undefined) return await repository.blob(sha)
  const fetched = await repository.lfs?.(pointer)
  return fetched !== undefined && 'content' in fetched ? fetched.content : undefined
}
