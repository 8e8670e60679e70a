import { describe, expect, test } from 'vitest'
import { COVERAGE } from '../src/core/controls.ts'
import { decide } from '../src/core/decide.ts'
import { plain } from '../src/render/sentence.ts'
import { answerWords } from '../src/render/words-answers.ts'
import { aMeasurement, isMet } from './support/build.ts'
import { anEvidence, MANIFEST_PATH } from './support/facts.ts'
import {
  A,
  accuracy,
  answerOf,
  B,
  BOUGHT,
  HIGH,
  M,
  md5,
  N,
  PINNED,
  record,
  release,
  type Story,
  sha,
  TEST,
  TRAIN,
} from './support/release.ts'

const row = (rows: number) => ({ pins: `holdout: { ${sha(A)}, rows: ${rows} }` })
const byClass = accuracy('dataset: holdout, for_each: class, of: [a, b], at_least: 0.9')

describe('a pinned exam is answered only by evidence about that very exam', () => {
  test.each<readonly [string, Story, string, string]>([
    // what the manifest gives under the pinned name
    ['the same data', {}, 'within_bound', 'go'],
    [
      'the same data, in the role of validation',
      { datasets: `${TEST.replace('test', 'validation')}, ${TRAIN}` },
      'within_bound',
      'go',
    ],
    [
      'another dataset under the pinned name',
      { datasets: `{ name: holdout, role: test, ${sha(B)} }` },
      'exam_differs',
      'no-go',
    ],
    [
      'another one beside it',
      { datasets: `${TEST}, { name: holdout, role: validation, ${sha(B)} }, ${TRAIN}` },
      'exam_differs',
      'no-go',
    ],
    [
      'another one, and the value misses too',
      { datasets: `{ name: holdout, role: test, ${sha(B)} }`, measured: [{ value: 0.1 }] },
      'exam_differs',
      'no-go',
    ],
    [
      'another one, and nothing was measured',
      { datasets: `{ name: holdout, role: test, ${sha(B)} }`, measured: [] },
      'exam_differs',
      'no-go',
    ],
    ['no dataset at all', { datasets: '' }, 'exam_not_given', 'undecided'],
    [
      'another name',
      { datasets: `{ name: other, role: test, ${sha(A)} }, ${TRAIN}` },
      'exam_not_given',
      'undecided',
    ],
    ['no digest', { datasets: `{ name: holdout, role: test }, ${TRAIN}` }, 'exam_not_given', 'undecided'],
    [
      'no digest, with one beside it',
      { datasets: `${TEST}, { name: holdout, role: validation }, ${TRAIN}` },
      'exam_not_given',
      'undecided',
    ],
    [
      'another algorithm',
      { datasets: `{ name: holdout, role: test, ${md5(M)} }, ${TRAIN}` },
      'exam_not_comparable',
      'undecided',
    ],
    [
      'a snapshot against a digest',
      { datasets: `{ name: holdout, role: test, snapshot: ${A} }, ${TRAIN}` },
      'exam_not_comparable',
      'undecided',
    ],
    [
      'a digest against a snapshot',
      { pins: 'holdout: { snapshot: v3 }' },
      'exam_not_comparable',
      'undecided',
    ],
    [
      'the same md5',
      { pins: `holdout: { ${md5(M)} }`, datasets: `{ name: holdout, role: test, ${md5(M)} }` },
      'within_bound',
      'go',
    ],
    [
      'another md5',
      { pins: `holdout: { ${md5(M)} }`, datasets: `{ name: holdout, role: test, ${md5(N)} }` },
      'exam_differs',
      'no-go',
    ],
    [
      'the same snapshot',
      { pins: 'holdout: { snapshot: v3 }', datasets: '{ name: holdout, role: test, snapshot: v3 }' },
      'within_bound',
      'go',
    ],
    [
      'another snapshot',
      { pins: 'holdout: { snapshot: v3 }', datasets: '{ name: holdout, role: test, snapshot: v4 }' },
      'exam_differs',
      'no-go',
    ],
    // where the criterion names it, or does not
    [
      'named as a label',
      { asks: [accuracy('where: { dataset: holdout }, at_least: 0.9')], datasets: '' },
      'exam_not_given',
      'undecided',
    ],
    [
      'named by the evidence alone',
      { asks: [accuracy('at_least: 0.9')], datasets: '' },
      'exam_not_given',
      'undecided',
    ],
    [
      'named by the evidence alone, another',
      { asks: [accuracy('at_least: 0.9')], datasets: `{ name: holdout, role: test, ${sha(B)} }` },
      'exam_differs',
      'no-go',
    ],
    ['for each class of it', { asks: [byClass], datasets: '' }, 'exam_not_given', 'undecided'],
    [
      'one of several exams',
      {
        asks: [accuracy('for_each: dataset, of: [holdout, drift], at_least: 0.9')],
        pins: `${PINNED}, drift: { ${sha(B)} }`,
        datasets: `${TEST}, { name: drift, role: test, ${sha(A)} }`,
        measured: [{}, { labels: { dataset: 'drift' } }],
      },
      'members_unmet',
      'no-go',
    ],
    // what the evidence says itself
    [
      'its own digest is the same',
      { measured: [{ labels: { dataset: 'holdout', dataset_sha256: A } }] },
      'within_bound',
      'go',
    ],
    [
      'its own digest is another',
      { measured: [{ labels: { dataset: 'holdout', dataset_sha256: 'f'.repeat(64) } }] },
      'exam_taken_otherwise',
      'no-go',
    ],
    [
      'its own digest is of another kind',
      { measured: [{ labels: { dataset: 'holdout', dataset_md5: M } }] },
      'within_bound',
      'go',
    ],
    [
      'its own md5 is another',
      {
        pins: `holdout: { ${md5(M)} }`,
        datasets: `{ name: holdout, role: test, ${md5(M)} }`,
        measured: [{ labels: { dataset: 'holdout', dataset_md5: N } }],
      },
      'exam_taken_otherwise',
      'no-go',
    ],
    [
      'the pinned threshold',
      {
        pins: `holdout: { ${sha(A)}, threshold: 0.5 }`,
        measured: [{ labels: { dataset: 'holdout', threshold: '0.50' } }],
      },
      'within_bound',
      'go',
    ],
    [
      'another threshold',
      {
        pins: `holdout: { ${sha(A)}, threshold: 0.18 }`,
        measured: [{ labels: { dataset: 'holdout', threshold: '0.5' } }],
      },
      'exam_taken_otherwise',
      'no-go',
    ],
    [
      'a threshold that the criterion asks for',
      {
        asks: [accuracy('dataset: holdout, where: { threshold: 0.5 }, at_least: 0.9')],
        pins: `holdout: { ${sha(A)}, threshold: 0.18 }`,
        measured: [{ labels: { dataset: 'holdout', threshold: '0.5' } }],
      },
      'within_bound',
      'go',
    ],
    // how much of it was measured
    ['the whole exam', row(1000), 'within_bound', 'go'],
    ['a part of it', row(1001), 'exam_in_part', 'undecided'],
    ['nobody knows how much of it', { ...row(1000), uncounted: true }, 'samples_unknown', 'undecided'],
    [
      'a part, and a part is enough',
      { ...row(1001), asks: [accuracy('dataset: holdout, min_samples: 900, at_least: 0.9')] },
      'within_bound',
      'go',
    ],
    [
      'a part, and less than is enough',
      { ...row(1001), asks: [accuracy('dataset: holdout, min_samples: 1001, at_least: 0.9')] },
      'too_few_samples',
      'undecided',
    ],
    [
      'classes are parts',
      {
        ...row(2000),
        asks: [byClass],
        measured: [
          { labels: { dataset: 'holdout', class: 'a' } },
          { labels: { dataset: 'holdout', class: 'b' } },
        ],
      },
      'members_met',
      'go',
    ],
    [
      'seeds are no parts',
      {
        ...row(1001),
        asks: [accuracy('dataset: holdout, for_each: seed, count: 1, at_least: 0.9')],
        measured: [{ labels: { dataset: 'holdout', seed: '1' } }],
      },
      'members_undecided',
      'undecided',
    ],
    [
      'a part that nobody asked for',
      { ...row(1001), measured: [{ labels: { dataset: 'holdout', class: 'a' } }] },
      'exam_in_part',
      'undecided',
    ],
    [
      'a metric over positives',
      {
        ...row(1001),
        asks: [accuracy('dataset: holdout, at_least: 0.9').replace('metric: accuracy', 'metric: tpr')],
        measured: [{ metric: 'recall' }],
      },
      'within_bound',
      'go',
    ],
    [
      'a metric of another name',
      {
        ...row(1001),
        asks: [accuracy('dataset: holdout, at_least: 0.9').replace('metric: accuracy', 'metric: acc')],
      },
      'exam_in_part',
      'undecided',
    ],
    ['more than there is', row(999), 'within_bound', 'undecided'],
    // the test set among the training sets
    [
      'in the manifest',
      { datasets: `${TEST}, { name: corpus, role: train, ${sha(A)} }` },
      'exam_in_training',
      'no-go',
    ],
    [
      'to fine-tune',
      { datasets: `${TEST}, ${TRAIN}, { name: more, role: fine-tune, ${sha(A)} }` },
      'exam_in_training',
      'no-go',
    ],
    ['to tune', { datasets: `${TEST}, { name: dev, role: tune, ${sha(A)} }` }, 'exam_in_training', 'no-go'],
    [
      'to calibrate',
      { datasets: `${TEST}, { name: cal, role: calibration, ${sha(A)} }` },
      'exam_in_training',
      'no-go',
    ],
    [
      'under its own name, and only there',
      { datasets: `{ name: holdout, role: train, ${sha(A)} }` },
      'exam_in_training',
      'no-go',
    ],
    [
      'in the training record',
      { files: [record([{ name: 'x', digest: `sha256:${A}` }], 'candidate')] },
      'exam_in_training',
      'no-go',
    ],
    [
      'in the training record of the base',
      { files: [record([{ name: 'x', digest: `sha256:${A}` }], 'base')] },
      'exam_in_training',
      'no-go',
    ],
    [
      'and nothing was measured',
      { datasets: `${TEST}, { name: c, role: train, ${sha(A)} }`, measured: [] },
      'exam_in_training',
      'no-go',
    ],
    [
      'for each class',
      { asks: [byClass], datasets: `${TEST}, { name: c, role: train, ${sha(A)} }` },
      'exam_in_training',
      'no-go',
    ],
    [
      'one snapshot of one table',
      {
        pins: 'holdout: { snapshot: v3 }',
        datasets: '{ name: holdout, role: test, snapshot: v3 }, { name: holdout, role: train, snapshot: v3 }',
      },
      'exam_in_training',
      'no-go',
    ],
    [
      'the same snapshot of another table',
      {
        pins: 'holdout: { snapshot: v3 }',
        datasets: '{ name: holdout, role: test, snapshot: v3 }, { name: corpus, role: train, snapshot: v3 }',
      },
      'within_bound',
      'go',
    ],
    [
      'the same name, other data',
      { datasets: `${TEST}, { name: holdout, role: train, ${sha(B)} }` },
      'within_bound',
      'go',
    ],
    [
      'the same name, unknown data',
      { datasets: `${TEST}, { name: holdout, role: train }` },
      'training_data_unknown',
      'undecided',
    ],
    [
      'the same name, data of another kind',
      { datasets: `${TEST}, { name: holdout, role: train, ${md5(M)} }` },
      'training_data_unknown',
      'undecided',
    ],
    [
      'other data without a digest',
      { datasets: `${TEST}, { name: corpus, role: train }` },
      'within_bound',
      'go',
    ],
    ['no training data', { datasets: TEST }, 'within_bound', 'go'],
    // high risk
    ['at high risk', { head: HIGH }, 'within_bound', 'go'],
    [
      'at high risk without training data',
      { head: HIGH, datasets: TEST },
      'training_data_unknown',
      'undecided',
    ],
    [
      'at high risk with training data of another kind',
      { head: HIGH, datasets: `${TEST}, ${TRAIN}, { name: c, role: train, ${md5(M)} }` },
      'training_data_unknown',
      'undecided',
    ],
    [
      'at high risk with a training record that only names what the manifest gives a digest',
      { head: HIGH, files: [record([{ name: 'corpus' }], 'candidate')] },
      'within_bound',
      'go',
    ],
    [
      'at high risk with a training record that names other data',
      { head: HIGH, files: [record([{ name: 'more' }], 'candidate')] },
      'training_data_unknown',
      'undecided',
    ],
    [
      'at high risk with data of the base that are called the same',
      { head: HIGH, files: [record([{ name: 'corpus' }], 'base')] },
      'training_data_unknown',
      'undecided',
    ],
    ['a bought model without training data', { head: BOUGHT, datasets: TEST }, 'within_bound', 'go'],
  ])('%s', (_, story, code, decision) => {
    const model = release(story)

    expect(answerOf(model)?.code).toBe(code)
    // Which controls the criteria cover is another matter.
    const others = model.findings.filter(({ control }) => control !== COVERAGE)
    expect(decide(others, model.problems)).toBe(decision)
  })

  test('an exam that was not taken says so before its measurements are looked at, member by member', () => {
    const asks = [accuracy('for_each: dataset, of: [holdout, drift], at_least: 0.9')]
    const drift = { labels: { dataset: 'drift' } }

    const model = release({
      asks,
      pins: `${PINNED}, drift: { ${md5(M)} }`,
      datasets: `${TEST}, { name: drift, role: test, ${md5(N)} }`,
      measured: [{}, drift, drift],
    })

    expect(answerOf(model)).toMatchObject({
      code: 'members_unmet',
      members: [{ answer: { code: 'within_bound' } }, { answer: { code: 'exam_differs' } }],
    })
    expect(model.findings[1]?.exam).toBe('weak')
    expect(plain(answerWords(model.findings[1]?.answer ?? isMet()).says)).toMatch(
      /^1 of 2 members of `dataset` is unmet: `drift`; `drift`: the manifest gives `drift` as/,
    )
  })

  test.each<readonly [string, Partial<Story>]>([
    ['in the manifest', { datasets: `${TEST}, { name: corpus, role: tune, ${sha(A)} }` }],
    ['in the training record', { files: [record([{ name: 'corpus', digest: `sha256:${A}` }], 'candidate')] }],
  ])('a test set that nobody pins is not among the training data: %s', (_, story) => {
    const model = release({ pins: '', ...story })

    expect(model.problems).toEqual([
      {
        path: MANIFEST_PATH,
        line: 1,
        code: 'test_in_training',
        dataset: 'holdout',
        under: 'corpus',
        digest: `sha256:${A}`,
      },
    ])
    expect(model.decision).toBe('undecided')
  })

  test.each(['sha256', 'md5'])('evidence that says by %s that it was measured on training data', (kind) => {
    const digest = kind === 'md5' ? M : B
    const model = release({
      pins: '',
      asks: [accuracy('at_least: 0.9')],
      datasets: `{ name: corpus, role: train, ${kind === 'md5' ? md5(M) : sha(B)} }`,
      measured: [{ labels: { [`dataset_${kind}`]: digest } }],
    })

    expect(answerOf(model)).toMatchObject({ code: 'exam_in_training', outcome: 'unmet', under: 'corpus' })
  })

  test('more samples than rows are a problem at the measurement', () => {
    expect(release(row(999)).problems).toEqual([
      {
        path: 'models/credit-risk/metrics.json',
        line: 3,
        code: 'more_than_rows',
        metric: 'accuracy',
        dataset: 'holdout',
        samples: 1000,
        rows: 999,
      },
    ])
  })

  test.each(['base', 'candidate'] as const)('nor are there more rows for %s evidence beside it', (about) => {
    const measured = (samples: number) => {
      const measurements = [aMeasurement({ samples, labels: { dataset: 'holdout', run: '2' } })]
      return [anEvidence({ path: 'models/credit-risk/base.json', about, measurements })]
    }

    expect(release({ ...row(1000), files: measured(1000) }).problems).toEqual([])
    expect(release({ ...row(1000), files: measured(1001) }).problems).toMatchObject([
      { code: 'more_than_rows', samples: 1001, rows: 1000 },
    ])
  })

  test('an attack may try each row many times', () => {
    const measured = [{}, { metric: 'attack_success_rate' }]

    expect(release({ ...row(1000), measured }).problems).toEqual([])
    expect(release({ ...row(999), measured }).problems).toHaveLength(1)
  })

  test.each(['recall', 'true_negative_rate', 'precision', 'negative_predictive_value'])(
    'no part of the samples is more than all of them: %s',
    (metric) => {
      const measured = [{}, { metric }]

      expect(release({ ...row(999), measured }).problems).toHaveLength(2)
    },
  )

  test('a pin that was changed after the work softens nothing', () => {
    const other = { datasets: `{ name: holdout, role: test, ${sha(B)} }`, today: `holdout: { ${sha(B)} }` }

    expect(release(other)).toMatchObject({ decision: 'no-go', findings: [{}, { version: 'registered' }] })
    expect(release({ today: `holdout: { ${sha('c'.repeat(64))} }` })).toMatchObject({
      decision: 'no-go',
      findings: [{}, { version: 'today', answer: { code: 'exam_differs' } }],
    })
  })

  test('names of the language are no exams', () => {
    const asks = [accuracy('dataset: constructor, at_least: 0.9')]

    expect(release({ asks, pins: '', measured: [{ labels: { dataset: 'constructor' } }] }).decision).toBe(
      'go',
    )
  })
})
