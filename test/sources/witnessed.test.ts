import { describe, expect, test } from 'vitest'
import { awaiting, onlyAwaiting } from '../../src/core/awaiting.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { Rewrite, TipAt } from '../../src/facts.ts'
import { gather } from '../../src/sources/gather.ts'
import type { ToldRun, ToldTicket, Witness } from '../../src/sources/witness.ts'
import { NO_APPROVALS, NO_WITNESS } from '../support/approvals.ts'
import { NO_ARTIFACTS } from '../support/artifacts.ts'
import { NO_ATTESTATIONS } from '../support/attestations.ts'
import { anId } from '../support/build.ts'
import { aFloor } from '../support/floor.ts'
import { memory } from '../support/memory.ts'
import { anInstance, RUN as CERTIFIED, COMMIT, provenance, weights } from '../support/sigstore.ts'

const PATH = '.gonogo/criteria/sentiment.yml'
const MANIFEST = 'models/sentiment/release.yml'
const SHA = '9f86d081'.repeat(8)
const BEGAN = '2026-02-02T08:00:00Z'

const criteria = (bound: number, registration: string): string => `gonogo: 1
model: sentiment
risk: low
approach: build
registration: ${registration}
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: ${bound} }
`

/** The criteria that were there when the work began, others since then, and a release that names its work. */
function released(work: string, tier = 'witnessed', later = 0.5, attestation?: object) {
  const repository = memory()
  const first = repository.commit({ files: { [PATH]: criteria(0.9, tier) } })
  const tip = repository.commit({ files: { [PATH]: criteria(later, tier) }, parents: [first] })
  repository.move('main', tip)
  const files = {
    [PATH]: criteria(later, tier),
    'models/sentiment/ticket.jwt': 'a.b.c',
    'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
    [MANIFEST]: `gonogo: 1\nmodel: sentiment\nversion: 1.0.0\nweights: [{ uri: "s3://a/b", sha256: ${SHA} }]\ntraining: ${work}\nevidence: [metrics.json${attestation ? ', a.sigstore.json' : ''}]\n`,
    ...(attestation && { 'models/sentiment/a.sigstore.json': JSON.stringify(attestation) }),
  }
  return { repository, first, tip, release: repository.commit({ files, parents: [tip] }) }
}

function aWitness(tip: TipAt, given: Partial<Witness> & { readonly rewrite?: Rewrite } = {}): Witness {
  const run: ToldRun = {
    began: BEGAN,
    commit: anId('b'),
    workflow: '.github/workflows/train.yml',
    fork: false,
    success: true,
  }
  const { rewrite, ...other } = given
  return {
    run: async () => run,
    tipAt: async () => tip,
    workflow: async () => 'trusted',
    produced: async () => ({ kind: 'listed', artifact: 'weights', digest: `sha256:${SHA}` }),
    ticket: async () => undefined,
    reused: async () => undefined,
    rewritten: async () => rewrite,
    received: async () => undefined,
    released: async () => 'none',
    artifacts: NO_ARTIFACTS,
    attestations: NO_ATTESTATIONS,
    approvals: NO_APPROVALS,
    waivers: async () => [],
    attempts: async () => ({}),
    environments: async () => ({ seen: [] }),
    access: NO_WITNESS.access,
    sibling: async () => undefined,
    ...other,
  }
}

const knownTip = (commit: string): TipAt => ({
  kind: 'known',
  commit,
  since: '2026-02-01T08:00:00Z',
  source: 'receipt',
})

async function judged(
  { repository, release }: ReturnType<typeof released>,
  witness?: Witness,
  more: Partial<Parameters<typeof gather>[1]> = {},
) {
  const asking = { commit: release, now: '2026-03-01T12:00:00Z', engine: '0.1.0', ...more }
  const facts = await gather(repository, { ...asking, ...(witness && { witness }) })
  const verdict = evaluate(JSON.parse(JSON.stringify(facts)))
  return { facts, verdict, finding: verdict.models[0]?.findings[0]?.answer }
}

describe('a release whose start a clock shows', () => {
  test('is judged by the criteria that the default branch had then, and asks no more of the commits', async () => {
    const made = released(`{ run: 77, commit: ${anId('b')} }`, 'witnessed', 0.99)

    const { facts, verdict } = await judged(made, aWitness(knownTip(made.first)))

    expect(verdict).toMatchObject({ decision: 'go', models: [{ registration: { tier: 'witnessed' } }] })
    expect(facts.models[0]).toMatchObject({
      start: { kind: 'by_clock', work: { kind: 'training', commit: anId('b') } },
      criteria: { registered: { commit: made.first }, today: { commit: made.tip } },
    })
    expect(made.repository.asked.filter((one) => one.startsWith('mergeBase'))).toEqual([])
  })

  test('is no-go where it misses those, though today the bound is lower', async () => {
    const made = released('{ run: 77 }', 'started', 0.5)
    const low = { ...made, release: made.release }
    const strict = made.repository.commit({ files: { [PATH]: criteria(0.97, 'started') } })

    expect((await judged(low, aWitness(knownTip(strict)))).verdict.decision).toBe('no-go')
  })

  test('by a ticket in the commit', async () => {
    const made = released('{ ticket: ticket.jwt }', 'started')
    const { facts } = await judged(made)
    const registered = await made.repository.entry(made.first, PATH)
    const says: ToldTicket = {
      began: BEGAN,
      nonce: 'once',
      repository: made.repository.name,
      model: 'sentiment',
      tip: made.first,
      criteria: registered && 'oid' in registered ? registered.oid : '',
    }
    const shown: string[] = []
    const witness = aWitness(knownTip(made.tip), {
      ticket: async (text) => {
        shown.push(text)
        return says
      },
    })

    expect(facts.models[0]?.begun).toMatchObject({ kind: 'awaiting', path: 'models/sentiment/ticket.jwt' })
    expect((await judged(made, witness)).verdict).toMatchObject({
      decision: 'go',
      models: [{ registration: { tier: 'started', at: made.first } }],
    })
    expect(shown).toEqual(['a.b.c'])
    const other = { ...says, repository: 'acme/other', tip: anId('9') }
    const { finding } = await judged(made, aWitness(knownTip(made.tip), { ticket: async () => other }))
    expect(finding).toMatchObject({ code: 'ticket_for_other', outcome: 'unmet', what: 'repository' })
  })

  test('and whose branch was rewritten since, even where nothing is left of its commit', async () => {
    const made = released('{ run: 77 }', 'started')
    const rewrite = { before: anId('7'), after: made.tip, at: BEGAN }

    const gone = await judged(made, aWitness(knownTip(anId('7')), { rewrite }))
    const there = await judged(made, aWitness(knownTip(made.first), { rewrite }))

    expect(gone.facts.models[0]).not.toHaveProperty('criteria.registered')
    for (const { finding } of [gone, there])
      expect(finding).toMatchObject({
        code: 'branch_rewritten',
        outcome: 'undecided',
        ...rewrite,
        at: expect.anything(),
      })
  })

  test.each([
    ['a run that is gone', { run: async () => undefined }, 'run_not_found'],
    ['a moment that nobody saw', { tipAt: async () => ({ kind: 'gap' }) as const }, 'tip_unknown'],
  ] as const)('%s, and no commit beside it', async (_, given, code) => {
    const made = released('{ run: 77 }', 'ordered')

    const { finding, verdict } = await judged(made, aWitness(knownTip(made.first), given))

    expect(finding).toMatchObject({ code: 'work_not_seen', outcome: 'undecided', limit: { code } })
    expect(onlyAwaiting(verdict)).toBe(false)
  })
})

describe('a run whose artifact is gone, and that signed provenance', async () => {
  const sigstore = await anInstance()
  const floor = aFloor(`trusted: { roots: [{ name: own, root: ${JSON.stringify(sigstore.root)} }] }`)
  // What is signed now is judged a little later.
  const now = new Date(Date.now() + 3_600_000).toISOString()
  const told: ToldRun = {
    ...{ began: BEGAN, commit: COMMIT, workflow: '.github/workflows/train.yml' },
    ...{ fork: false, success: true, repositoryId: 4711 },
  }
  const asked: string[] = []
  const seen = (tip: TipAt) =>
    aWitness(tip, {
      run: async () => {
        asked.push('run')
        return told
      },
      produced: async () => {
        asked.push('produced')
        return { kind: 'expired', artifact: 'weights' }
      },
    })
  const certified = { ...CERTIFIED, 21: 'https://github.com/acme/models/actions/runs/77/attempts/1' }
  const subject = [weights(SHA)]
  const plain = {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://slsa.dev/provenance/v1',
  }
  const predicate = {
    buildDefinition: { buildType: 'x', externalParameters: {} },
    runDetails: { builder: { id: 'https://github.com/actions/runner/github-hosted' } },
  }

  test.each<readonly [string, object, Parameters<typeof sigstore.bundle>[1], string, string]>([
    ['of these weights', { ...plain, predicate }, { run: certified }, 'witnessed', 'go'],
    ['of another run', provenance(subject), {}, 'started', 'undecided'],
    [
      'for a pull request',
      { ...plain, predicate },
      { run: { ...certified, 20: 'pull_request' } },
      'started',
      'undecided',
    ],
    [
      'that says another run than its certificate',
      provenance(subject),
      { run: certified },
      'started',
      'undecided',
    ],
    [
      'of other weights',
      { ...plain, subject: [weights()], predicate },
      { run: certified },
      'started',
      'undecided',
    ],
  ])('%s', async (_, statement, minting, tier, decision) => {
    asked.length = 0
    const bundle = await sigstore.bundle(statement, minting)
    // Only a run that produced the weights keeps today's criteria out.
    const made = released('{ run: 77 }', 'witnessed', tier === 'witnessed' ? 0.99 : 0.5, bundle)

    const { verdict } = await judged(made, seen(knownTip(made.first)), { floor, now, repositoryId: 4711 })

    expect(verdict).toMatchObject({ decision, models: [{ registration: { tier } }] })
    expect(asked).toEqual(['run', 'produced'])
  })
})

describe('in a clone', () => {
  test.each(['{ run: 77 }', '{ ticket: ticket.jwt }'])(
    '%s is awaited, and nothing else is amiss',
    async (work) => {
      const { verdict, finding } = await judged(released(work, 'ordered'))

      expect(finding).toMatchObject({ code: 'work_not_seen', limit: { code: 'awaiting_github' } })
      expect(onlyAwaiting(verdict)).toBe(true)
      expect(awaiting(verdict)).toEqual([
        work.includes('77') ? 'acme/models#77' : 'models/sentiment/ticket.jwt',
      ])
    },
  )

  test('what is amiss besides is not only awaited', async () => {
    const { verdict } = await judged(released('{ run: 77 }', 'ordered', 0.99))

    expect(verdict.decision).toBe('no-go')
    expect(onlyAwaiting(verdict)).toBe(false)
    expect(onlyAwaiting({ ...verdict, decision: 'undecided' })).toBe(false)
  })
})
