import type { Evidence } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import type { Criteria } from '../criteria/criteria.ts'
import type { NamedArtifact, NamedEvidence, ParsedManifest } from '../criteria/manifest.ts'
import type { Folder } from './artifact-evidence.ts'
import type { Repository } from './repository.ts'
import type { RowsContent } from './rows/engine.ts'
import { type PairedFile, type PairedReading, pairRows } from './rows/pair.ts'
import { planOf } from './rows/plan.ts'

type Named = Pick<NamedEvidence, 'path' | 'about' | 'dataset' | 'rows'> &
  Partial<Pick<NamedArtifact, 'artifact' | 'workflow' | 'file'>>

/**
 * Rows of the candidate, each with those of another model on the same data, where both name their samples and lie
 * together: in the commit, or in one artifact, as no other content is at hand at the same time.
 */
export function pairsAmong<N extends Named>(
  named: readonly N[],
): readonly (readonly [candidate: N, other: N])[] {
  const known = named.filter(({ rows }) => rows?.id !== undefined)
  const own = known.filter(({ about }) => about === 'candidate')
  return own.flatMap((one) =>
    known
      .filter(({ about }) => about !== 'candidate')
      .filter((other) => other.dataset === one.dataset)
      .filter((other) => other.artifact === one.artifact && other.workflow === one.workflow)
      .map((other) => [one, other] as const),
  )
}

/** How the rows of a named file are read, and as what; undefined where they name no sample. */
export function pairedFile(
  { path, dataset = '', rows }: Named,
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
  for (const pair of pairsAmong<Named>([...files, ...artifacts])) {
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

/** What was read of a file by itself, with what it is beside others. */
export function withReadings<R extends { readonly problems: readonly Problem[] }>(
  reading: R,
  paired: readonly PairedReading[],
): R & Partial<Pick<PairedReading, 'pairs'>> {
  const pairs = paired.flatMap((one) => one.pairs)
  return {
    ...reading,
    ...(pairs.length > 0 && { pairs }),
    problems: [...reading.problems, ...paired.flatMap(({ problems }) => problems)],
  }
}

async function contentOf(
  repository: Repository,
  { sha, lfs: pointer, awaited, producer }: Evidence,
  { artifact, file = '' }: Named,
  folders: ReadonlyMap<string, Folder> | undefined,
): Promise<RowsContent | undefined> {
  if (sha === undefined || producer !== undefined) return undefined
  if (artifact !== undefined) return awaited === 'read' ? await folders?.get(artifact)?.(file) : undefined
  if (pointer === undefined) return await repository.blob(sha)
  const fetched = await repository.lfs?.(pointer)
  return fetched !== undefined && 'content' in fetched ? fetched.content : undefined
}
