import { describe, expect, test } from 'vitest'
import type { InvalidWhy } from '../../src/core/attestation.ts'
import type { IntegrityFact } from '../../src/core/integrity-answer.ts'
import { ANSWER_CODES } from '../../src/render/codes.ts'
import { PROBLEM_CODES } from '../../src/render/problem-codes.ts'
import { markdown, plain, type Sentence } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { limitWords } from '../../src/render/words-limits.ts'
import { problemWords } from '../../src/render/words-problems.ts'
import { aMeasurement, aSource } from '../support/build.ts'
import { everyAnswer, everyFault, everyLimit } from './every.ts'

const ANSWERS = Object.values(everyAnswer('some text'))
const FAULTS = Object.values(everyFault('some text'))

function expectSentence(parts: Sentence): void {
  for (const shown of [plain(parts), markdown(parts)]) {
    expect(shown).toMatch(/^[a-z0-9`]/)
    expect(shown).not.toMatch(/\.$/)
    expect(shown).not.toMatch(/[\n\r]/)
    expect(shown).not.toMatch(/ {2}|undefined|\[object|NaN/)
  }
  // Outside quotes there is never a code of ours.
  expect(plain(parts).replace(/`[^`]*`/g, '')).not.toMatch(/[a-z]_[a-z]/)
}

test('only where something differs does anybody need to look for who changed it', () => {
  const advice = (why: InvalidWhy) =>
    plain(problemWords({ path: 'a', code: 'attestation_invalid', why, predicate: '' }).next)

  for (const why of ['signature', 'log', 'files_differ', 'contradicts_certificate'] as const)
    expect(advice(why)).toMatch(/^find out who changed what/)
  for (const why of ['root', 'other_file', 'malformed', 'statement', 'time', 'certificate'] as const)
    expect(advice(why)).not.toMatch(/who changed/)
  expect(advice('root')).toMatch(/`trusted:`/)
})

describe('what to do about the integrity of a training', () => {
  const loose = (name: string, path = 'requirements.txt') =>
    ({ what: 'package_loose', path, package: name, loose: 'range' }) as const
  const changed = {
    ...({ what: 'changed_after_training', path: 'params.yaml', commit: 'a'.repeat(40) } as const),
    ...{ found: 'b'.repeat(40), wanted: 'c'.repeat(40) },
  }
  const unused = { what: 'parameter_uncommitted', path: 'r.yml', key: 'lr', found: 1 } as const
  const noCommit = { what: 'no_commit' } as const
  const noData = { what: 'no_data' } as const
  const seeds = { what: 'seeds', path: 'p', keys: ['seed'] } as const
  const advice = (facts: readonly IntegrityFact[]) => {
    const given = { of: ['data'], facts, more: 0, outcome: 'undecided', code: 'integrity_open' } as const
    return plain(answerWords(given).next ?? [])
  }

  test.each<readonly [string, readonly IntegrityFact[], readonly RegExp[], number]>([
    [
      'each of two faults',
      [loose('numpy'), changed, seeds],
      [/commit a lock of the environment/, /put `params/],
      2,
    ],
    ['each of two that are open', [unused, noCommit], [/commit `lr`/, /add what the training wrote/], 2],
    [
      'a fault that several packages have, once',
      [loose('a'), loose('b', 'conda.yaml')],
      [/commit a lock of the environment/],
      1,
    ],
    ['three at most', [unused, noCommit, noData, changed], [/commit `lr`/, /name them under/], 3],
  ])('names the remedy of %s', (_, facts, wanted, many) => {
    for (const one of wanted) expect(advice(facts)).toMatch(one)
    expect(advice(facts).split('; and ')).toHaveLength(many)
  })
})

test('what is listed and what is only counted are one count of more', () => {
  const open = Array.from({ length: 20 }, (_, index) => ({
    ...{ question: `AIS-01.${index}`, answer: 'none' as const },
  }))
  const about = { record: 'caiq', path: 'caiq.json', answers: 30 }
  const { says } = answerWords({ code: 'caiq_open', outcome: 'unmet', ...about, open, more: 2 })

  expect(plain(says)).toMatch(/`AIS-01\.4` \(not answered\) and 17 more$/)
})

describe('answers', () => {
  test.each(ANSWERS.map((answer) => [answer.code, answer] as const))('%s', (_, answer) => {
    const { says, next } = answerWords(answer)

    expectSentence(says)
    if (next) expectSentence(next)
    expect(next === undefined).toBe(answer.outcome === 'met')
    expect(plain(next ?? [])).not.toMatch(/lower the bound|(?:loosen|relax|weaken)/)
    expect(ANSWER_CODES[answer.code]).toMatch(/^[a-z].*[^.]$/)
  })
})

describe('problems', () => {
  test.each(FAULTS.map((fault) => [fault.code, fault] as const))('%s', (_, fault) => {
    const { says, next } = problemWords({ path: 'a.json', line: 1, ...fault })

    expectSentence(says)
    expectSentence(next)
    expect(PROBLEM_CODES[fault.code]).toMatch(/^[a-zN].*[^.]$/)
  })
})

describe('what keeps a tier down', () => {
  const limits = Object.values(everyLimit('some text'))

  test.each(limits.map((limit) => [limit.code, limit] as const))('%s', (_, limit) => {
    const { says, next } = limitWords(limit)

    expectSentence(says)
    expectSentence(next)
    expectSentence(answerWords({ ...everyAnswer('x').tier_too_low, limit }).says)
  })
})

describe('what a person reads', () => {
  const answers = everyAnswer('x')

  test('a value beyond its bound', () => {
    const observed = aMeasurement({ value: 0.871 })
    const { says, next = [] } = answerWords({ ...answers.beyond_bound, observed })

    expect(plain(says)).toBe('`accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`)')
    expect(plain(next)).toBe(
      'improve the model and evaluate it again; the bound was registered before training',
    )
  })

  test('samples that were computed say so', () => {
    const observed = aMeasurement({ value: 0.871, samples: 948, recovered: true, labels: {} })
    const { says } = answerWords({ ...answers.beyond_bound, observed })

    expect(plain(says)).toContain('(n = 948, computed from its standard error)')
  })

  test('candidates are bounded, and the rest is counted', () => {
    const candidates = Array.from({ length: 12 }, (_, index) =>
      aMeasurement({ value: index / 100, source: aSource({ path: 'm.json', line: index + 1 }) }),
    )
    const { says, next = [] } = answerWords({
      ...answers.ambiguous,
      candidates,
      choose: [{ split: 'test' }, { split: 'validation set' }],
    })

    expect(plain(says)).toContain('12 measurements of ')
    expect(plain(says)).toContain('0.04 from `m.json:5` and 7 more')
    expect(plain(says)).not.toContain('m.json:6`')
    expect(plain(next)).toContain('`where: { split: test }` or `where: { split: "validation set" }`')
  })

  test('the worst members come first', () => {
    const bound = { kind: 'at_most', value: 0.1 } as const
    const members = [0.2, 0.9, 0.5, 0.05].map((value, index) => ({
      member: `m${index}`,
      answer:
        value > 0.1
          ? ({ code: 'beyond_bound', outcome: 'unmet', observed: aMeasurement({ value }), bound } as const)
          : ({ code: 'within_bound', outcome: 'met', observed: aMeasurement({ value }), bound } as const),
    }))
    const { says } = answerWords({ ...answers.members_unmet, label: 'probe', members })

    expect(plain(says)).toBe(
      '3 of 4 members of `probe` are unmet: `m1` at 0.9, `m2` at 0.5, `m0` at 0.2; `accuracy` must be at most 0.1',
    )
  })

  test('a bound with its own unit', () => {
    const { says } = answerWords({
      code: 'beyond_bound',
      outcome: 'unmet',
      observed: aMeasurement({ value: 88.5, unit: 'unknown', labels: {} }),
      bound: { kind: 'at_least', value: 90 },
      unit: 'percent',
    })

    expect(plain(says)).toBe('`accuracy` is 88.5% and must be at least 90% (n = 1,000)')
  })

  test('an unclear scale claims no unit for the bound', () => {
    const { says } = answerWords({
      code: 'unit_unclear',
      outcome: 'undecided',
      observed: aMeasurement({ value: 93, unit: 'percent' }),
      bound: { kind: 'at_least', value: 0.9 },
    })

    expect(plain(says)).toContain('is 93% and must be at least 0.9, so')
  })
})

test.each([
  ['uv.lock', "fill in `seeds` in `t.yml`, and add `uv.lock` to the manifest's evidence"],
  [
    `sha256:${'a'.repeat(64)}`,
    `fill in \`seeds\` in \`t.yml\`, and add the lock that is \`sha256:${'a'.repeat(64)}\` to the manifest's evidence`,
  ],
])('a lock that is written down is not to be filled in again: %s', (lock, says) => {
  const { next } = answerWords({
    ...{ code: 'record_lacks', outcome: 'unmet', record: 'training', path: 't.yml' },
    lacking: [
      { field: 'seeds', why: 'missing' },
      { field: 'environment', why: 'lock_absent', lock },
    ],
  })

  expect(plain(next ?? [])).toBe(says)
})
