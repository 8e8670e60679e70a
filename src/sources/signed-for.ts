import type { Evidence } from '../core/evidence.ts'
import { filesNamed, isDigest } from '../core/named-evidence.ts'
import { contentDigest } from './attested.ts'
import type { Repository } from './repository.ts'

/** The evidence with the digest of each file that a test report or a training record among it names by one. */
export async function withSignedFor(
  repository: Repository,
  evidence: readonly Evidence[],
): Promise<readonly Evidence[]> {
  const signed = evidence.flatMap(({ records }) =>
    records.flatMap((record) => (record.kind === 'written' ? (record.signs ?? []) : [])),
  )
  const byDigest = evidence.some(({ records }) =>
    records.some((record) => record.kind === 'training' && isDigest(record.lock ?? '')),
  )
  const locks = evidence.filter(({ records }) => records.some(({ kind }) => kind === 'environment'))
  const named = new Set([
    ...signed.flatMap(({ path }) => filesNamed(path, evidence)),
    ...(byDigest ? locks : []),
  ])
  if (named.size === 0) return evidence
  return await Promise.all(
    evidence.map(async (file) => {
      const digest = named.has(file) ? await contentDigest(repository, file) : undefined
      return digest === undefined ? file : { ...file, digest }
    }),
  )
}
