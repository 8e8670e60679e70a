import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { SignedFile } from '../../src/core/written-record.ts'
import { withSignedFor } from '../../src/sources/signed-for.ts'
import { anEvidence } from '../support/facts.ts'
import { memory } from '../support/memory.ts'
import { aWrittenRecord } from '../support/records.ts'
import { environment, training } from '../support/training.ts'

const TEXT = '{ "accuracy": 0.93 }\n'
const DIGEST = `sha256:${createHash('sha256').update(TEXT).digest('hex')}`
const OID = '4d'.repeat(32)

async function signedFor(signs: readonly SignedFile[]) {
  const repository = memory()
  const commit = repository.commit({ files: { 'models/m/metrics.json': TEXT } })
  const entry = await repository.entry(commit, 'models/m/metrics.json')
  const sha = entry?.kind === 'file' ? entry.oid : ''
  const { sha: _, ...absent } = anEvidence({ path: 'models/m/absent.json' })
  const evidence = await withSignedFor(repository, [
    anEvidence({ path: 'models/m/metrics.json', sha }),
    anEvidence({ path: 'models/m/large.json', sha: '1'.repeat(40), lfs: { oid: OID, bytes: 9 } }),
    anEvidence({ path: 'artifact:run/fairness.json', sha: OID }),
    absent,
    anEvidence({ path: 'r.yml', records: [aWrittenRecord({}, { record: 'test-report', signs })] }),
  ])
  return Object.fromEntries(evidence.map(({ path, digest }) => [path, digest]))
}

test('what is signed for has the digest of its content, wherever that lies; nothing else is read', async () => {
  const paths = ['metrics.json', 'large.json', 'run/fairness.json', 'absent.json', 'nowhere.json']
  const files = paths.map((path) => ({ path, blob: 'e'.repeat(40) }))

  expect(await signedFor([])).not.toMatchObject({ 'models/m/metrics.json': expect.anything() })
  expect(await signedFor(files.slice(0, 1))).toEqual({
    ...{ 'models/m/metrics.json': DIGEST, 'models/m/large.json': undefined, 'r.yml': undefined },
    ...{ 'artifact:run/fairness.json': undefined, 'models/m/absent.json': undefined },
  })
  expect(await signedFor(files)).toMatchObject({
    ...{ 'models/m/metrics.json': DIGEST, 'models/m/large.json': `sha256:${OID}` },
    ...{ 'models/m/absent.json': undefined },
  })
  expect(await signedFor([{ path: 'fairness.json', sha256: OID }])).toMatchObject({
    'artifact:run/fairness.json': `sha256:${OID}`,
  })
})

test('a lock that a training record names by its sha256 has its digest', async () => {
  const repository = memory()
  const commit = repository.commit({ files: { 'r.txt': TEXT } })
  const entry = await repository.entry(commit, 'r.txt')
  const sha = entry?.kind === 'file' ? entry.oid : ''
  const digestOf = async (lock: string) => {
    const evidence = await withSignedFor(repository, [
      anEvidence({ path: 'r.txt', sha, records: [environment('r.txt', [])] }),
      anEvidence({ path: 't.yml', records: [training({ lock })] }),
    ])
    return evidence.map(({ digest }) => digest)
  }

  expect(await digestOf(`sha256:${OID}`)).toEqual([DIGEST, undefined])
  expect(await digestOf('r.txt')).toEqual([undefined, undefined])
})
