import type { Reading } from '../../core/evidence.ts'
import type { ManifestNote } from '../../core/manifest-note.ts'
import type { Measurement } from '../../core/measurement.ts'
import { filesNamed } from '../../core/named-evidence.ts'
import type { EvidenceRecord } from '../../core/record.ts'
import { PLAIN, readEvidence } from '../../readers/index.ts'
import { MAX_BLOB_BYTES } from '../../sources/files.ts'
import type { Lying, LyingData } from '../../starter/lying.ts'
import { bytesOf, type LyingFile } from './walk.ts'

/** Evidence among files, and what it tells of data, commits and models. */
export type LyingEvidence = {
  readonly files: readonly {
    readonly path: string
    readonly document?: string
    readonly measurements: readonly Measurement[]
  }[]
  readonly datasets: readonly LyingData[]
  readonly commits: Lying['commits']
  readonly notes: readonly ManifestNote[]
}

/** What the criteria and other files say of evidence that a file itself does not. */
export type Known = {
  readonly documents: readonly string[]
  readonly metrics: readonly string[]
  /** A path as records name it, from the repository. */
  readonly own: (path: string) => string
}

/** Endings of evidence; what MLflow keeps in `metrics/` has none. */
const READ = /\.(jsonl?|ndjson|ya?ml|csv|tsv|md|markdown|xml|eval|log|txt)$|(^|\/)metrics\/[^.]+$/i
/** What tools keep beside results, and is none. */
const ASIDE =
  /(^|\/)(dvc\.(lock|yaml)|meta\.yaml|MLmodel|conda\.ya?ml|python_env\.ya?ml|requirements[^/]*\.txt|SHA256SUMS\.txt)$|(^|\/)(tags|params|inputs)\/|(^|\/)checkpoint-\d+\//
/** Numbers in no tool's format are results where their name says so. */
const RESULT = /(metric|result|eval|score|report|accuracy|fairness|robust|bench|attack)[^/]*$/i
const CARD = /(^|\/)model[-_ ]?card[^/]*\.(md|markdown)$/i
const MOST_DATASETS = 100
const MODEL_CARD = 'model-card'

/** The evidence among files, by what readers take. Results of tools are taken, plain numbers and documents only by name. */
export async function evidenceIn(files: readonly LyingFile[], known: Known): Promise<LyingEvidence> {
  const taken: LyingEvidence['files'][number][] = []
  const notes: ManifestNote[] = []
  const commits: { commit: string; from: string }[] = []
  const usual = files.filter(({ path }) => READ.test(path) && !ASIDE.test(path))
  const read = await allRead(usual, notes)
  const named = namedIn(read, files, known)
  const others = files.filter((file) => named.has(file.path) && !usual.includes(file))
  for (const { path, format, reading } of [...read, ...(await allRead(others, notes))]) {
    const { measurements, records, problems } = reading
    const isNamed = named.has(path)
    const isDocument = records.some(({ kind }) => kind === 'document')
    const document = isDocument ? documentOf(path, measurements.length > 0 && !isNamed, known) : undefined
    if (isDocument && document === undefined && measurements.length === 0 && !isNamed) {
      notes.push({ code: 'left', path, why: 'document' })
      continue
    }
    const plain = PLAIN.some((reader) => reader.format === format)
    if (plain && !isNamed && !RESULT.test(path) && !known.metrics.includes(path)) {
      notes.push({ code: 'left', path, why: 'numbers' })
      continue
    }
    taken.push({ path, measurements, ...(document && { document }) })
    if (problems.length > 0) notes.push({ code: 'with_problems', path, problems: problems.length })
    for (const record of records)
      if ((record.kind === 'training' || record.kind === 'run') && record.commit !== undefined)
        commits.push({ commit: record.commit, from: path })
  }
  const names = taken.flatMap((file) => file.measurements.flatMap(({ labels }) => dataOf(labels)))
  const once = [...new Map(names.map((data) => [data.name, data])).values()]
  return { files: taken, datasets: once.slice(0, MOST_DATASETS), commits, notes }
}

type Read = { readonly path: string; readonly format: string; readonly reading: Reading }

/** Those of the files that a reader takes, with what it finds. */
async function allRead(files: readonly LyingFile[], notes: ManifestNote[]): Promise<readonly Read[]> {
  const all: Read[] = []
  for (const { path, full } of files) {
    const bytes = await bytesOf(full, MAX_BLOB_BYTES)
    if (typeof bytes === 'string') {
      notes.push({ code: 'left', path, why: bytes })
      continue
    }
    const { format, reading } = readEvidence(bytes, path, '')
    if (format !== undefined && reading.measurements.length + reading.records.length > 0)
      all.push({ path, format, reading })
  }
  return all
}

/**
 * Files that records name: the report of a test, where an index is answered, the lock of a training. They are evidence
 * whatever they are called, and no documents; where a name fits more than one file, which is meant a person must say.
 */
function namedIn(read: readonly Read[], files: readonly LyingFile[], { own }: Known): ReadonlySet<string> {
  const all = files.map(({ path }) => ({ path: own(path), lies: path }))
  const names = read.flatMap(({ path, reading }) =>
    reading.records.flatMap((record) => namesIn(record).map((name) => ({ name, by: path }))),
  )
  return new Set(
    names.flatMap(({ name, by }) => {
      const [only, ...more] = filesNamed(name, all).filter(({ lies }) => lies !== by)
      return only === undefined || more.length > 0 ? [] : [only.lies]
    }),
  )
}

function namesIn(record: EvidenceRecord): readonly string[] {
  if (record.kind === 'training') return record.lock === undefined ? [] : [record.lock]
  if (record.kind !== 'written') return []
  return [...Object.values(record.shown ?? {}), ...Object.values(record.answered ?? {})].flatMap((where) =>
    where.kind === 'evidence' ? [where.path] : [],
  )
}

/** What a document is: the name that criteria ask for, which its file bears; a card with results is a model card. */
function documentOf(path: string, hasResults: boolean, { documents }: Known): string | undefined {
  const name = path
    .split('/')
    .at(-1)
    ?.replace(/\.[^.]+$/, '')
  const asked = documents.find(
    (document) => document.toLowerCase() === name?.toLowerCase().replaceAll('_', '-'),
  )
  if (asked !== undefined) return asked
  return CARD.test(path) || hasResults ? MODEL_CARD : undefined
}

function dataOf(labels: Measurement['labels']): readonly LyingData[] {
  const own = (label: string) => (Object.hasOwn(labels, label) ? labels[label] : undefined)
  const name = own('dataset')
  if (name === undefined || name === '' || name.length > 200) return []
  const [sha256, md5] = [own('dataset_sha256'), own('dataset_md5')]
  if (sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256))
    return [{ name, role: 'test', digest: { sha256 }, guessed: true }]
  if (md5 !== undefined && /^[0-9a-f]{32}(\.dir)?$/.test(md5))
    return [{ name, role: 'test', digest: { md5 }, guessed: true }]
  return [{ name, role: 'test', guessed: true }]
}
