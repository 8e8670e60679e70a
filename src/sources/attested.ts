import { createHash } from 'node:crypto'
import type { AttestationRecord, AttestationSigner } from '../core/attestation.ts'
import type { Evidence } from '../core/evidence.ts'
import { isOfArtifact } from '../core/paths.ts'
import type { Repository } from './repository.ts'

/**
 * The evidence with what is attested of it: by whom, where its digest is a subject of provenance that verifies, or is
 * named by a verified reference; `kept` are attestations beside it. Whether such a signer is trusted is for the floor to say.
 */
export async function withAttested(
  repository: Repository,
  evidence: readonly Evidence[],
  kept: readonly Evidence[] = [],
): Promise<readonly Evidence[]> {
  const given = [...evidence, ...kept].flatMap(({ path, records }) =>
    records.flatMap((record) => (record.kind === 'attestation' ? attestsOf(record, path) : [])),
  )
  if (given.length === 0) return evidence
  return await Promise.all(
    evidence.map(async (file) => {
      const digest = await contentDigest(repository, file)
      const attested = given
        .filter(({ by, digests }) => by !== file.path && digest !== undefined && digests.includes(digest))
        .map(({ by, signer }) => ({ by, signer }))
      return attested.length === 0 ? file : { ...file, attested }
    }),
  )
}

type Attests = {
  readonly by: string
  readonly signer: AttestationSigner
  readonly digests: readonly string[]
}

/** What a statement vouches for: a verdict on something is not where it comes from. */
function attestsOf({ shown, says, subjects }: AttestationRecord, by: string): readonly Attests[] {
  if (shown.state !== 'verified') return []
  const { signer } = shown
  const about = subjects.flatMap(({ digests }) => digests)
  if (says.predicate === 'provenance') return [{ by, signer, digests: about }]
  return says.predicate === 'reference' ? [{ by, signer, digests: says.references }] : []
}

/** sha256 of what was read: an artifact's file and a Git LFS object are known by it, a blob is not. */
export async function contentDigest(
  repository: Repository,
  { path, sha, lfs }: Pick<Evidence, 'path' | 'sha' | 'lfs'>,
): Promise<string | undefined> {
  if (sha === undefined) return undefined
  if (isOfArtifact(path)) return `sha256:${sha}`
  if (lfs !== undefined) return `sha256:${lfs.oid}`
  return `sha256:${createHash('sha256')
    .update(await repository.blob(sha))
    .digest('hex')}`
}
