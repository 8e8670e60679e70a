import type { Evidence } from '../core/evidence.ts'
import type { Fault, Problem } from '../core/problem.ts'
import type { ParsedManifest } from '../criteria/manifest.ts'
import type { Folder } from './artifact-evidence.ts'
import { fetchedBy } from './lfs.ts'
import type { Repository } from './repository.ts'
import { type NamedRows, pairsAmong, withReadings } from './rows/beside.ts'
import type { RowsContent } from './rows/engine.ts'
import { type PairedFile, type PairedReading, pairRows } from './rows/pair.ts'
import { type Pinning, planOf } from './rows/plan.ts'

type Loaded = { readonly file: PairedFile | undefined } | { readonly problem: Problem }

/** How the rows of a named file are read, and as what; undefined where they name no sample. */
function pairedFile(
  { path, dataset = '', rows }: NamedRows,
  sha: string,
  content: RowsContent,
  criteria: Pinning | undefined,
): PairedFile | undefined {
  if (rows?.id === undefined) return undefined
  return { content, path, sha, plan: { ...planOf(rows, dataset, criteria), id: rows.id } }
}

/** Evidence with what its rows come to beside those of other models; what a run produced was paired when it was read. */
export async function withPairs(
  repository: Repository,
  evidence: readonly Evidence[],
  { evidence: files, artifacts }: Pick<ParsedManifest, 'evidence' | 'artifacts'>,
  criteria: Pinning | undefined,
  folders: ReadonlyMap<string, Folder> | undefined,
): Promise<readonly Evidence[]> {
  const found = new Map<string, PairedReading[]>()
  const add = (path: string, reading: PairedReading): void => {
    found.set(path, [...(found.get(path) ?? []), reading])
  }
  const load = async (named: NamedRows): Promise<Loaded | undefined> => {
    const file = evidence.find(({ path }) => path === named.path)
    if (file?.sha === undefined) return undefined
    const content = await contentOf(repository, file, named, folders)
    if (content === undefined) return undefined
    return 'fault' in content
      ? faultOf(file, content.fault)
      : { file: pairedFile(named, file.sha, content.content, criteria) }
  }
  let own: { readonly named: NamedRows; readonly loaded: Promise<Loaded | undefined> } | undefined
  for (const [candidate, beside] of pairsAmong<NamedRows>([...files, ...artifacts])) {
    // The pairs of one candidate follow each other: memory holds it, and one beside it.
    if (own?.named !== candidate) own = undefined
    own ??= { named: candidate, loaded: load(candidate) }
    const both = await Promise.all([own.loaded, load(beside)])
    const problems = both.flatMap((one) => (one !== undefined && 'problem' in one ? [one.problem] : []))
    const [one, other] = both.map((each) => (each !== undefined && 'file' in each ? each.file : undefined))
    if (problems.length > 0) add(candidate.path, { pairs: [], problems })
    // What is not there has its own problem.
    if (one !== undefined && other !== undefined) add(one.path, await pairRows(one, other))
  }
  return evidence.map((file) => {
    const paired = found.get(file.path)
    return paired === undefined ? file : { ...file, ...withReadings(file, paired) }
  })
}

async function contentOf(
  repository: Repository,
  { sha, lfs: pointer, awaited, producer }: Evidence,
  { artifact, file = '' }: NamedRows,
  folders: ReadonlyMap<string, Folder> | undefined,
): Promise<{ readonly content: RowsContent } | { readonly fault: Fault } | undefined> {
  if (sha === undefined || producer !== undefined) return undefined
  if (artifact !== undefined) {
    const content = awaited === 'read' ? await folders?.get(artifact)?.(file) : undefined
    return content && { content }
  }
  if (pointer === undefined) return { content: await repository.blob(sha) }
  return repository.lfs && (await fetchedBy(repository.lfs, pointer))
}

/** A content that could be had once may be beyond what is fetched the second time; else it is said already. */
function faultOf({ path, problems }: Evidence, fault: Fault): { readonly problem: Problem } | undefined {
  return problems.some(({ code }) => code === fault.code) ? undefined : { problem: { path, ...fault } }
}
