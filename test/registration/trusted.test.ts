import { expect, test } from 'vitest'
import type { AttestationSigner } from '../../src/core/attestation.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { FloorSigner } from '../../src/core/signers.ts'
import type { Floor } from '../../src/criteria/floor.ts'
import { trusting } from '../../src/registration/trusted.ts'
import { anEvidence, modelFacts } from '../support/facts.ts'

const TRAIN = { issuer: 'https://issuer.example', subject: 'train' }
const identity = (change: object = {}): AttestationSigner => ({ by: 'identity', ...TRAIN, ...change })
const AUTHORITY: AttestationSigner = {
  ...{ by: 'authority', name: 'lab', subject: 'CN=lab' },
  ...{ from: '2026-01-01T00:00:00Z', until: '2026-07-01T00:00:00Z' },
}
const SIGNERS: FloorSigner[] = [TRAIN, { name: 'lab', ca: '' }]

function trustOf(signer: AttestationSigner, signers: FloorSigner[] = SIGNERS, now = '2026-06-01T00:00:00Z') {
  const file: Evidence = { ...anEvidence(), attested: [{ by: 'a.json', signer }] }
  const floor = { gonogo: 1 as const, trusted: { signers } } satisfies Floor
  const [seen] = trusting(modelFacts({ evidence: [file] }), floor, {
    repository: 'acme/models',
    now,
  }).evidence
  return seen?.trust
}

test.each<readonly [string, AttestationSigner, string]>([
  ['a signer of the floor', identity(), 'signed'],
  ['an authority of the floor', AUTHORITY, 'signed'],
  ['another subject', identity({ subject: 'train2' }), 'typed'],
  ['a run for a pull request', identity({ trigger: 'pull_request' }), 'typed'],
  ['a key that has the name of an authority elsewhere', { by: 'key', name: 'other' }, 'typed'],
])('what %s attests is %s', (_, signer, trust) => {
  expect(trustOf(signer)).toBe(trust)
})

test('certificates that have ended attest no more', () => {
  expect(trustOf(AUTHORITY, SIGNERS, '2026-07-02T00:00:00Z')).toBe('typed')
})

test('a floor that trusts nobody leaves it as it was', () => {
  expect(trustOf(identity(), [])).toBe('typed')
})
