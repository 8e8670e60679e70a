import { createHash } from 'node:crypto'
import { attestedBare, signedFileOf } from '../attest/proof/bare.ts'
import type { Trust } from '../attest/proof/trust.ts'
import type { AttestationRecord } from '../core/attestation.ts'
import type { Evidence } from '../core/evidence.ts'
import { isOfArtifact } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { ParsedManifest } from '../criteria/manifest.ts'
import { decode } from '../text/decode.ts'
import { parseJson } from '../text/json.ts'
import { leafAt, MAX_BLOB_BYTES } from './files.ts'
import { fetchedBy, followed } from './lfs.ts'
import type { Released } from './released.ts'
import type { Repository } from './repository.ts'

type Judged = {
  readonly commit: string
  readonly released: Released
  readonly weights: ParsedManifest['weights']
  readonly trust: Trust
}
/** No bundle of one signature is larger. */
const MAX_BUNDLE_BYTES = 1_000_000
/** More components are not hashed to find the one that was signed. */
const MOST_COMPONENTS = 200

/**
 * Holds signatures of bare files, a bundle of its own each, to the files: one of the released weights or components
 * that lie in the commit. What is signed and not found among them stays what it was read as.
 */
export async function withBareSignatures(
  repository: Repository,
  judged: Judged,
  evidence: readonly Evidence[],
): Promise<readonly Evidence[]> {
  const all: Evidence[] = []
  // One after another, so that memory holds one file.
  for (const file of evidence) all.push(await verified(repository, judged, file))
  return all
}

async function verified(repository: Repository, judged: Judged, file: Evidence): Promise<Evidence> {
  const [record, more] = file.records
  if (record?.kind !== 'attestation' || more !== undefined || !isOfFile(record)) return file
  if (file.sha === undefined || file.lfs !== undefined || isOfArtifact(file.path)) return file
  const bundle = await bundleIn(repository, file.sha, file.path)
  const sha256 = signedFileOf(bundle)
  const content = sha256 === undefined ? undefined : await contentOf(repository, judged, sha256)
  if (content === undefined && !isNamed(judged, sha256)) return file
  const found: AttestationRecord = {
    ...record,
    ...(content === undefined ? UNREAD : attestedBare(bundle, content, judged.trust)),
  }
  const { shown, predicateType: predicate } = found
  const problems = file.problems.flatMap((problem): readonly Problem[] => {
    if (problem.code !== 'attestation_invalid') return [problem]
    return shown.state === 'invalid' ? [{ ...problem, why: shown.why, predicate }] : []
  })
  return { ...file, records: [found], problems }
}

/** Weights of that digest are released, and their bytes were not to be had here. */
const UNREAD = { shown: { state: 'claimed', why: 'unsupported' } } as const

function isNamed({ weights }: Judged, sha256: string | undefined): boolean {
  return weights.some(({ entry }) => 'sha256' in entry && entry.sha256 === sha256)
}

function isOfFile({ shown }: AttestationRecord): boolean {
  return (
    (shown.state === 'invalid' && shown.why === 'other_file') ||
    (shown.state === 'claimed' && shown.why === 'unsupported')
  )
}

async function bundleIn(repository: Repository, sha: string, path: string): Promise<unknown> {
  const bytes = await repository.blob(sha)
  if (bytes.length > MAX_BUNDLE_BYTES) return undefined
  const decoded = decode(bytes, path)
  if ('problem' in decoded) return undefined
  // What is amiss in it is a problem since it was read as evidence.
  return parseJson(decoded.text, path).value
}

/** The bytes of the released file of a digest, which is computed from them. */
async function contentOf(
  repository: Repository,
  { commit, released, weights }: Judged,
  sha256: string,
): Promise<Uint8Array | undefined> {
  const own = weights.flatMap(({ entry, path }) =>
    'path' in entry && 'sha256' in entry && entry.sha256 === sha256 ? [path] : [],
  )
  const paths = [...own, ...released.components.slice(0, MOST_COMPONENTS).map(({ path }) => path)]
  for (const path of paths) {
    const content = await bytesAt(repository, commit, path, sha256)
    if (content !== undefined && createHash('sha256').update(content).digest('hex') === sha256) return content
  }
  return undefined
}

/** What stands in a commit; behind a pointer only what has the digest is fetched. */
async function bytesAt(
  repository: Repository,
  commit: string,
  path: string,
  sha256: string,
): Promise<Uint8Array | undefined> {
  const entry = await leafAt(repository, commit, path)
  if (entry?.kind !== 'file' || (entry.bytes ?? 0) > MAX_BLOB_BYTES) return undefined
  const bytes = await repository.blob(entry.oid)
  const pointer = followed(bytes)
  if (pointer === undefined) return bytes
  if (repository.lfs === undefined || pointer.oid !== sha256) return undefined
  const fetched = await fetchedBy(repository.lfs, pointer)
  return 'content' in fetched ? fetched.content : undefined
}
