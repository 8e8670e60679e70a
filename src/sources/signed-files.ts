import { createHash } from 'node:crypto'
import type { AttestationRecord } from '../core/attestation.ts'
import type { Evidence } from '../core/evidence.ts'
import { isOfArtifact, resolvePath } from '../core/paths.ts'
import type { EvidenceRecord } from '../core/record.ts'
import { leafAt } from './files.ts'
import { followed } from './lfs.ts'
import type { Released } from './released.ts'
import type { Repository } from './repository.ts'

/** Files of a signed model past this are not looked for; what was not looked for is not there. */
const MOST_FILES = 500
/** A larger file of the repository itself is taken for absent, unless it is among the weights. */
const MAX_BYTES = 10_000_000

type Judged = { readonly commit: string; readonly manifest: string; readonly released: Released }
type Listed = Extract<AttestationRecord['says'], { predicate: 'model-signing' }>['files']

/**
 * Holds the signed lists of a model's files to what is there: every file that is listed lies beside the signature as it
 * was signed, or is among the weights, and every component is listed. A file that is another one makes the signature
 * invalid, like any other change after signing. A model of one file, `.`, lies nowhere: it is one of the weights, or absent.
 */
export async function withSignedFiles(
  repository: Repository,
  judged: Judged,
  evidence: readonly Evidence[],
): Promise<readonly Evidence[]> {
  return await Promise.all(
    evidence.map(async (file) => {
      if (!file.records.some((record) => listedIn(record) !== undefined)) return file
      // In an artifact lies the signature alone; its model lies with the manifest.
      const root = isOfArtifact(file.path) ? judged.manifest : file.path
      const records = await Promise.all(file.records.map((record) => held(repository, judged, root, record)))
      const differing = records.filter(
        (record, index) => isInvalid(record) && !isInvalid(file.records[index] ?? record),
      )
      const problems = differing.map(() => ({
        ...{ path: file.path, code: 'attestation_invalid', why: 'files_differ' },
        predicate: 'https://model_signing/signature/v1.0',
      }))
      // The literal types are lost where objects are spread.
      return { ...file, records, problems: [...file.problems, ...(problems as Evidence['problems'])] }
    }),
  )
}

function listedIn(record: EvidenceRecord): Listed | undefined {
  return record.kind === 'attestation' && record.says.predicate === 'model-signing' && !isInvalid(record)
    ? record.says.files
    : undefined
}

function isInvalid(record: EvidenceRecord): boolean {
  return record.kind === 'attestation' && record.shown.state === 'invalid'
}

async function held(
  repository: Repository,
  { commit, released }: Judged,
  root: string,
  record: EvidenceRecord,
): Promise<EvidenceRecord> {
  const files = listedIn(record)
  if (files === undefined || record.kind !== 'attestation') return record
  const weights = new Set([...released.weights, ...(released.loaded ?? [])].map(({ digest }) => digest))
  const looked = await Promise.all(
    files.slice(0, MOST_FILES).map(async ({ name, digest }) => {
      const path = resolvePath(root, name)
      const found = path === undefined ? undefined : await digestAt(repository, commit, path)
      return { name, path, state: stateOf(found, digest, weights.has(digest)) }
    }),
  )
  const uncounted = files.slice(MOST_FILES).filter(({ digest }) => !weights.has(digest))
  const absent = [
    ...looked.flatMap(({ name, state }) => (state === 'absent' ? [name] : [])),
    ...uncounted.map(({ name }) => name),
  ]
  const listed = new Set(looked.map(({ path }) => path))
  const unsigned = released.components.map(({ path }) => path).filter((path) => !listed.has(path))
  if (looked.some(({ state }) => state === 'differs'))
    return { ...record, shown: { state: 'invalid', why: 'files_differ' } }
  return { ...record, files: { absent, unsigned } }
}

function stateOf(
  found: string | undefined,
  signed: string,
  isReleased: boolean,
): 'same' | 'differs' | 'absent' {
  if (found === signed) return 'same'
  if (found !== undefined && found !== 'unread') return 'differs'
  return isReleased ? 'same' : 'absent'
}

/** The digest of a file of the commit; of a Git LFS pointer that of its object; undefined where nothing is there. */
async function digestAt(repository: Repository, commit: string, path: string): Promise<string | undefined> {
  const entry = await leafAt(repository, commit, path)
  if (entry === undefined) return undefined
  // A link or a submodule in the place of a file is another file than was signed.
  if (entry.kind !== 'file') return entry.kind
  if ((entry.bytes ?? 0) > MAX_BYTES) return 'unread'
  const bytes = await repository.blob(entry.oid)
  return `sha256:${followed(bytes)?.oid ?? createHash('sha256').update(bytes).digest('hex')}`
}
