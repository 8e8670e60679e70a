import type { Trust } from '../attest/proof/trust.ts'
import type { Evidence, Reading } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import type { NamedData } from '../core/training-evidence.ts'
import type { NamedEvidence } from '../criteria/manifest.ts'
import { hasNoResults } from '../readers/hf-model-index.ts'
import { readEvidence } from '../readers/index.ts'
import { find } from './files.ts'
import { followed, readByPointer } from './lfs.ts'
import type { Repository } from './repository.ts'
import { type Pinning, planOf } from './rows/plan.ts'
import { readRows } from './rows/read.ts'

export const NOTHING: Reading = { measurements: [], records: [], problems: [] }

/** One evidence file that a manifest names, read from the judged commit; a fault is a problem of the evidence. */
export async function gatherEvidence(
  repository: Repository,
  head: string,
  manifest: string,
  named: NamedEvidence,
  criteria?: Promise<Pinning | undefined>,
  trust?: Trust,
): Promise<Evidence> {
  const about = {
    path: named.path,
    about: named.about,
    trust: 'typed',
    ...(named.document && { document: named.document }),
  } as const
  const found = await find(repository, head, named.path, { path: manifest, line: named.line })
  if ('problem' in found) return { ...about, ...NOTHING, problems: [found.problem] }

  const sha = found.entry.oid
  const bytes = await repository.blob(sha)
  const pinning = await criteria
  const read = (content: Uint8Array) => readNamed(content, named, sha, pinning, trust)
  const pointer = repository.lfs && followed(bytes)
  if (repository.lfs === undefined || pointer === undefined)
    return { ...about, sha, ...asNamed(await read(bytes), named, manifest) }
  const behind = await readByPointer(repository.lfs, pointer, named.path, read)
  return { ...about, sha, lfs: pointer, ...asNamed(behind, named, manifest) }
}

/** A file as the manifest names it: as a tool's output, or as rows, which are counted as the criteria have it. */
export async function readNamed(
  bytes: Uint8Array,
  { path, rows, dataset = '', format }: Pick<NamedEvidence, 'path' | 'rows' | 'dataset' | 'format'>,
  sha: string,
  criteria: Pinning | undefined,
  trust?: Trust,
): Promise<Read> {
  if (rows === undefined) return readEvidence(bytes, path, sha, { trust, named: format })
  return await readRows(bytes, planOf(rows, dataset, criteria), { path, sha })
}

type Read = Pick<ReturnType<typeof readEvidence>, 'format' | 'reading'>

/** What was read from a file as the manifest names it: with its dataset, and held to its format. */
export function asNamed(
  { format, reading }: Read,
  named: NamedEvidence,
  manifest: string,
): Reading & Pick<Evidence, 'format'> {
  const labelled = withDataset(reading, named.dataset)
  // A document need state no number: what the Trainer writes of data that it does not know is an index without results.
  const isWanting = (problem: Problem) => named.document === undefined || !hasNoResults(problem)
  const problems = [
    ...labelled.problems.filter(isWanting),
    ...otherFormat(named, format, manifest),
    ...otherDataset(reading, named, manifest),
  ]
  return { ...(format && { format }), ...labelled, problems }
}

/** The manifest fills the label `dataset` where the file gives none. */
function withDataset(reading: Reading, dataset: string | undefined): Reading {
  if (dataset === undefined) return reading
  const measurements = reading.measurements.map((measurement) =>
    Object.hasOwn(measurement.labels, 'dataset')
      ? measurement
      : { ...measurement, labels: { ...measurement.labels, dataset } },
  )
  const records = reading.records.map((record) =>
    record.kind === 'suite' && record.dataset === undefined
      ? { ...record, dataset }
      : record.kind === 'data'
        ? { ...record, datasets: calledToo(record.datasets, dataset) }
        : record,
  )
  return { ...reading, measurements, records }
}

/** A description without any digest is of the data that the manifest says; a name proves nothing of bytes. */
function calledToo(datasets: readonly NamedData[], dataset: string): readonly NamedData[] {
  if (datasets.some(({ digests }) => digests.length > 0)) return datasets
  const [first = { names: [], digests: [] }, ...rest] = datasets
  return [{ ...first, names: [...new Set([...first.names, dataset])] }, ...rest]
}

function otherDataset(
  reading: Reading,
  { dataset, line, path }: NamedEvidence,
  manifest: string,
): readonly Problem[] {
  const suites = reading.records.flatMap((record) => (record.kind === 'suite' ? (record.dataset ?? []) : []))
  const measured = reading.measurements.flatMap(({ labels }) => labels.dataset ?? [])
  const found = [...measured, ...suites].filter((name) => name !== dataset)
  const [first] = found.toSorted()
  if (dataset === undefined || first === undefined) return []
  return [{ path: manifest, line, code: 'other_dataset', found: `${first} in ${path}`, wanted: dataset }]
}

function otherFormat(
  { format, line }: NamedEvidence,
  found: string | undefined,
  manifest: string,
): readonly Problem[] {
  if (format === undefined || format === found) return []
  return [{ path: manifest, line, code: 'other_format', found: found ?? 'no known format', wanted: format }]
}
