import { describe, expect, test } from 'vitest'
import type { TipAt } from '../../src/facts.ts'
import { gatherBegun, withReuse } from '../../src/sources/begun.ts'
import type { ToldRun, ToldTicket, Witness } from '../../src/sources/witness.ts'
import { NO_APPROVALS, NO_WITNESS } from '../support/approvals.ts'
import { NO_ARTIFACTS } from '../support/artifacts.ts'
import { NO_ATTESTATIONS } from '../support/attestations.ts'
import { anId } from '../support/build.ts'
import { parsedManifest } from '../support/facts.ts'

const NOW = anId('f')
const BEGAN = '2026-02-02T08:00:00Z'
const TIP: TipAt = { kind: 'known', commit: anId('2'), since: '2026-02-01T08:00:00Z', source: 'receipt' }
const run: ToldRun = {
  began: BEGAN,
  commit: anId('1'),
  workflow: '.github/workflows/train.yml',
  fork: false,
  success: true,
}
const ticket: ToldTicket = {
  began: BEGAN,
  nonce: 'once',
  repository: 'acme/credit',
  model: 'credit-risk',
  tip: anId('2'),
  criteria: anId('c'),
}
const LISTED = { kind: 'listed', artifact: 'weights', digest: 'sha256:5' } as const

/** A witness that says all is well, and keeps what it was asked. */
function aWitness(given: Partial<Witness> = {}) {
  const asked: unknown[] = []
  const keep =
    <A extends readonly unknown[], T>(name: string, answer: T) =>
    async (...args: A): Promise<T> => {
      asked.push([name, ...args])
      return answer
    }
  const witness: Witness = {
    run: keep('run', run),
    tipAt: keep('tipAt', TIP),
    workflow: keep('workflow', 'trusted' as const),
    produced: keep('produced', LISTED),
    ticket: keep('ticket', ticket),
    reused: keep('reused', undefined),
    rewritten: keep('rewritten', undefined),
    received: keep('received', undefined),
    released: keep('released', 'none' as const),
    artifacts: NO_ARTIFACTS,
    attestations: NO_ATTESTATIONS,
    approvals: NO_APPROVALS,
    waivers: async () => [],
    attempts: async () => ({}),
    environments: async () => ({ seen: [] }),
    access: NO_WITNESS.access,
    sibling: async () => undefined,
    ...given,
  }
  return { witness, asked }
}

const WEIGHTS = `weights: [{ path: model.safetensors, sha256: ${'a'.repeat(64)} }]`

function begun(witness: Witness | undefined, work: string, weights = WEIGHTS) {
  const manifest = parsedManifest(`gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\n${weights}\n${work}\n`)
  if (manifest.manifest === undefined) throw new Error(JSON.stringify(manifest.problems))
  return gatherBegun(witness, { repository: 'acme/credit', tip: NOW }, manifest, async (path) =>
    path.endsWith('gone.jwt')
      ? { problem: { path, code: 'not_found', file: path } }
      : { text: `text of ${path}` },
  )
}

describe('a run that the manifest names', () => {
  const named = { clock: 'run', work: 'training', run: 77, repository: 'acme/credit' }

  test('is asked about with the weights by name', async () => {
    const { witness, asked } = aWitness()

    expect(await begun(witness, 'training: { run: 77 }')).toEqual({
      begun: { ...named, kind: 'seen', ...run, tip: TIP, file: 'trusted', produced: LISTED },
      problems: [],
    })
    const weights = [{ name: 'model.safetensors', sha256: 'a'.repeat(64) }]
    expect(asked).toEqual([
      ['run', 'acme/credit', 77, 'weights', weights],
      ['tipAt', BEGAN, NOW],
      ['workflow', 'acme/credit', run, NOW],
      ['produced', 'acme/credit', 77, 'weights', weights],
    ])
  })

  test('in a sibling repository, by an artifact of another name', async () => {
    const { witness, asked } = aWitness()

    const { begun: found } = await begun(
      witness,
      'training: { run: 77, repository: Acme/train, artifact: sums }',
    )

    expect(found).toMatchObject({ kind: 'seen', repository: 'Acme/train' })
    expect(asked).toContainEqual(['run', 'Acme/train', 77, 'sums', expect.anything()])
    expect(asked).toContainEqual(['produced', 'Acme/train', 77, 'sums', expect.anything()])
  })

  test('of another owner is never asked about', async () => {
    const { witness, asked } = aWitness()

    expect(await begun(witness, 'training: { run: 77, repository: mallory/credit }')).toEqual({
      begun: { ...named, repository: 'mallory/credit', kind: 'elsewhere' },
      problems: [],
    })
    expect(asked).toEqual([])
  })

  test('that is gone', async () => {
    const { witness } = aWitness({ run: async () => undefined })

    expect(await begun(witness, 'training: { run: 77 }')).toMatchObject({ begun: { kind: 'not_found' } })
  })

  test('in a clone is awaited', async () => {
    expect(await begun(undefined, 'training: { run: 77 }')).toEqual({
      begun: { ...named, kind: 'awaiting' },
      problems: [],
    })
  })

  test.each([
    ['a service', 'service: { provider: p, model: m, snapshot: s }'],
    [
      'weights of which one has no digest',
      `weights: [{ path: a.onnx, sha256: ${'a'.repeat(64)} }, { hub: acme/b, revision: ${anId('b')} }]`,
    ],
    ['sums', 'weights: [{ uri: "s3://m/", sums: SHA256SUMS }]'],
  ])('%s cannot be seen to be produced', async (_, weights) => {
    const { witness, asked } = aWitness()

    const { begun: found } = await begun(witness, 'evaluation: { run: 77 }', weights)

    expect(found).toMatchObject({ kind: 'seen', work: 'evaluation', produced: { kind: 'no_digests' } })
    expect(asked).not.toContainEqual(expect.arrayContaining(['produced']))
  })
})

describe('a ticket that the manifest names', () => {
  const named = { clock: 'ticket', work: 'training', path: 'models/credit-risk/t.jwt' }

  test('is read and asked about', async () => {
    const { witness, asked } = aWitness()

    expect(await begun(witness, 'training: { ticket: t.jwt }')).toEqual({
      begun: { ...named, kind: 'seen', ...ticket },
      problems: [],
    })
    expect(asked).toEqual([['ticket', 'text of models/credit-risk/t.jwt']])
  })

  test('that nobody signed', async () => {
    const { witness } = aWitness({ ticket: async () => undefined })

    expect(await begun(witness, 'training: { ticket: t.jwt }')).toEqual({
      begun: { ...named, kind: 'forged' },
      problems: [],
    })
  })

  test('that is not there is a problem too', async () => {
    const path = 'models/credit-risk/gone.jwt'

    expect(await begun(aWitness().witness, 'training: { ticket: gone.jwt }')).toEqual({
      begun: { ...named, path, kind: 'not_there' },
      problems: [{ path, code: 'not_found', file: path }],
    })
  })

  test('in a clone is awaited', async () => {
    expect(await begun(undefined, 'training: { ticket: t.jwt }')).toMatchObject({
      begun: { kind: 'awaiting' },
    })
  })
})

test('where neither is named there is no clock', async () => {
  expect(await begun(aWitness().witness, `training: { commit: ${anId('b')} }`)).toEqual({ problems: [] })
})

test.each([
  ['a run and a ticket', 'training: { run: 77, ticket: t.jwt }'],
  ['a repository without a run', 'training: { repository: acme/train }'],
  ['an artifact without a run', 'training: { artifact: sums }'],
  ['a run that is no number', 'training: { run: "77" }'],
  ['a run of nobody', 'training: { run: 0 }'],
  ['an address for a repository', 'training: { run: 77, repository: "https://github.com/acme/train" }'],
])('%s is a problem', (_, work) => {
  const { problems } = parsedManifest(`gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\n${WEIGHTS}\n${work}\n`)

  expect(problems).toHaveLength(1)
})

describe('a start that was used', () => {
  const SERVICE = { provider: 'p', model: 'm', snapshot: 's' }
  const weights = (digest: string) => ({ name: 'm', digest, trust: 'declared' }) as const
  const nothing = { components: [], problems: [] }

  test.each([
    ['by sha256', { weights: [weights(`sha256:${'a'.repeat(64)}`)] }, ['a'.repeat(64)]],
    [
      'by a revision, or by a list of digests',
      { weights: [weights('revision:1'), weights('sums:2')] },
      ['revision:1', 'sums:2'],
    ],
    ['by a service', { weights: [], service: SERVICE }, ['service:["p","m","s",null]']],
  ])('for what is identified %s', async (_, released, parts) => {
    const { witness, asked } = aWitness()
    const { begun: run } = await begun(witness, 'training: { run: 77 }')
    const { begun: job } = await begun(witness, 'training: { ticket: t.jwt }')
    asked.length = 0

    expect(await withReuse(witness, 'm', run, { ...nothing, ...released })).toEqual(run)
    await withReuse(witness, 'm', job, { ...nothing, ...released })

    expect(asked).toEqual([
      ['reused', 'm', 'acme/credit#77', parts],
      ['reused', 'm', 'once', parts],
    ])
    const used = aWitness({ reused: async () => anId('7') }).witness
    expect(await withReuse(used, 'm', run, { ...nothing, ...released })).toEqual({
      ...run,
      reused: anId('7'),
    })
  })
})
