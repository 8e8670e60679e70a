import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/checks/context.ts'
import { answer, Criterion } from '../../src/checks/index.ts'
import { type Evidence, TRUSTS, type Trust } from '../../src/core/evidence.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aSource } from '../support/build.ts'
import { ALL_GIVEN, aContext, anEvidence } from '../support/facts.ts'
import { aRecordText, SIGNED_BLOB } from '../support/records.ts'
import {
  asItWas,
  CLAIMS,
  COMMIT,
  data,
  environment,
  MADE,
  named,
  provenance,
  run,
  SHA,
  settings,
} from '../support/training.ts'

const judged = (keys: object, evidence: readonly Evidence[], more: Partial<Context> = {}) =>
  answer(
    Criterion.parse({ id: 'c', control: 'reproducibility', ...keys }),
    aContext([], { evidence, now: '2026-03-01T12:00:00Z', ...more }),
  )

const of = (record: EvidenceRecord, trust: Trust, more: Partial<Evidence> = {}) =>
  anEvidence({ path: record.source.path, measurements: [], records: [record], trust, ...more })

const TRAINING: EvidenceRecord = {
  ...{ kind: 'training', owner: 'given', date: '2026-02-01', fields: ALL_GIVEN, outcome: 'completed' },
  source: aSource({ path: 'training.yml' }),
}
const CARD: EvidenceRecord = {
  ...{ kind: 'document', sections: [{ title: 'Use', line: 1, words: 50 }] },
  source: aSource({ path: 'CARD.md' }),
}
const RECORD = { check: 'record', record: 'training' }
const DOCUMENT = { control: 'documentation', check: 'document', document: 'card', sections: ['Use'] }

/** Each trust that is found, and each that is asked; a criterion that asks none takes all. */
const PAIRS = TRUSTS.flatMap((found) =>
  [undefined, 'produced', 'signed'].map((asked) => [found, asked] as const),
)

describe('the trust that a criterion asks of the file that it rests on', () => {
  const isEnough = (found: Trust, asked: string | undefined) =>
    asked === undefined || found === 'signed' || found === asked

  test.each(PAIRS)('a record that is %s, where %s is asked', (found, asked) => {
    const came = judged({ ...RECORD, ...(asked && { trust: asked }) }, [of(TRAINING, found)])

    expect(came).toMatchObject(
      isEnough(found, asked)
        ? { code: 'record_holds', outcome: 'met' }
        : {
            ...{ code: 'source_too_weak', outcome: 'undecided', wanted: asked },
            sources: [{ path: 'training.yml', found }],
          },
    )
  })

  test.each(PAIRS)('a document that is %s, where %s is asked', (found, asked) => {
    const evidence = [of(CARD, found, { document: 'card' })]
    const came = judged({ ...DOCUMENT, ...(asked && { trust: asked }) }, evidence)

    expect(came.code).toBe(isEnough(found, asked) ? 'sections_written' : 'source_too_weak')
  })

  test('of several reports, each', () => {
    const results = anEvidence({ path: 'metrics.json', sha: SIGNED_BLOB, trust: 'typed' })
    const report = (path: string, trust: Trust) => {
      const { reading } = readEvidence(Buffer.from(aRecordText('test-report')), path, 'f00d')
      return anEvidence({ ...reading, path, trust })
    }
    const keys = { control: 'documentation', check: 'record', record: 'test-report', trust: 'signed' }

    expect(judged(keys, [report('a.yml', 'signed'), report('b.yml', 'signed'), results]).code).toBe(
      'report_signed',
    )
    expect(judged(keys, [report('a.yml', 'signed'), report('b.yml', 'produced'), results])).toMatchObject({
      ...{ code: 'source_too_weak', sources: [{ path: 'b.yml', found: 'produced' }] },
    })
  })

  test('a run that the floor does not list is said', () => {
    const came = judged({ ...RECORD, trust: 'produced' }, [of(TRAINING, 'typed', { unlisted: 'train.yml' })])

    expect(came).toMatchObject({ sources: [{ found: 'typed', unlisted: 'train.yml' }] })
  })

  test('what is wanting is said before where it comes from', () => {
    const open: EvidenceRecord = { ...TRAINING, owner: 'missing' }

    expect(judged({ ...RECORD, trust: 'signed' }, [of(open, 'typed')]).code).toBe('record_unowned')
  })

  test.each(['typed', 'any'])('%s is no trust that a criterion may ask', (trust) => {
    expect(Criterion.safeParse({ id: 'c', control: 'reproducibility', ...RECORD, trust }).success).toBe(false)
  })
})

describe('the trust that a criterion asks of what tells of a training', () => {
  const LOCK = data('dvc.lock', [named('train', SHA)])
  const ALL: readonly EvidenceRecord[] = [
    LOCK,
    settings('params.yaml', 'committed', { seed: 1 }),
    settings('run.json', 'run', { seed: 1 }),
    environment('freeze.txt', [{ written: 'a==1' }]),
    run('wandb.json', { commit: COMMIT }),
  ]
  const PARTS = ['data', 'parameters', 'environment', 'code']
  const came = (
    trustOf: (path: string) => Trust,
    asked?: string,
    records = ALL,
    more: Partial<Context> = {},
  ) => {
    const evidence = records.map((one) => of(one, trustOf(one.source.path)))
    return judged({ check: 'integrity', of: PARTS, ...(asked && { trust: asked }) }, evidence, {
      ...{ claims: CLAIMS, atTraining: asItWas(evidence) },
      ...more,
    })
  }

  test('is not asked by itself', () => {
    expect(came(() => 'typed').code).toBe('integrity_holds')
  })

  test.each(['dvc.lock', 'run.json', 'freeze.txt', 'wandb.json'])('%s must have it', (path) => {
    expect(came((one) => (one === path ? 'typed' : 'produced'), 'produced')).toMatchObject({
      ...{
        code: 'source_too_weak',
        outcome: 'undecided',
        wanted: 'produced',
        sources: [{ path, found: 'typed' }],
      },
    })
    expect(came((one) => (one === path ? 'produced' : 'signed'), 'signed').code).toBe('source_too_weak')
  })

  test('committed parameters are typed, and what ran with them is not', () => {
    expect(came((path) => (path === 'params.yaml' ? 'typed' : 'produced'), 'produced').code).toBe(
      'integrity_holds',
    )
  })

  test('beside what has it, what has not may say the same, and never something else', () => {
    const trustOf = (path: string): Trust => (/^(?:more|params)/.test(path) ? 'typed' : 'produced')
    const more = data('more.json', [named('train', SHA)])
    const other = data('more.json', [named('train', `sha256:${'9f8e'.repeat(16)}`)])

    expect(came(trustOf, 'produced', [...ALL, more]).code).toBe('integrity_holds')
    expect(came(trustOf, 'produced', [...ALL, other])).toMatchObject({
      code: 'integrity_broken',
      outcome: 'unmet',
    })
  })

  test('a digest that only the criteria name comes from no file', () => {
    const exams = { ...aContext([]).exams, pinned: new Map([['train', { digest: SHA }]]) }
    const asked = (trust?: string) =>
      judged({ control: 'data-integrity', check: 'integrity', of: ['data'], ...(trust && { trust }) }, [], {
        ...{ claims: CLAIMS, exams },
      })

    expect(asked().code).toBe('integrity_holds')
    expect(asked('produced')).toMatchObject({ code: 'source_too_weak', sources: [{ path: 'criteria' }] })
  })

  test('provenance is as good as who signed it', () => {
    const record = provenance({ commits: [COMMIT] })
    const judgedBy = (name: string) =>
      judged({ check: 'integrity', of: ['code'], trust: 'signed' }, [of(record, 'typed')], {
        ...{ claims: CLAIMS, weights: [{ name: 'm', digest: MADE }] },
        signers: [{ name, key: 'PEM' }],
      })

    expect(judgedBy('lab').code).toBe('integrity_holds')
    expect(judgedBy('another').code).toBe('source_too_weak')
  })
})
