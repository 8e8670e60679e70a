import type { Evidence } from '../core/evidence.ts'
import { filesNamed } from '../core/named-evidence.ts'
import { contentDigest } from './attested.ts'
import type { Repository } from './repository.ts'

/** The evidence with the digest of each file that a test report among it signs for by one. */
export async function withSignedFor(
  repository: Repository,
  evidence: readonly Evidence[],
): Promise<readonly Evidence[]> {
  const signed = evidence.flatMap(({ records }) =>
    records.flatMap((record) => (record.kind === 'written' ? (record.signs ?? []) : [])),
  )
  const named = new Set(signed.flatMap(({ path }) => filesNamed(path, evidence)))
  if (named.size === 0) return evidence
  return await Promise.all(
    evidence.map(async (file) => {
      const digest = named.has(file) ? await contentDigest(repository, file) : undefined
      return digest === undefined ? file : { ...file, digest }
    }),
  )
}
