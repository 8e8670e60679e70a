import { describe, expect, test } from 'vitest'
import { backgroundSentences } from '../src/render/registration-lines.ts'
import { plain } from '../src/render/sentence.ts'
import { examSentences } from '../src/render/words-exams.ts'
import { MANIFEST_PATH } from './support/facts.ts'
import {
  A,
  accuracy,
  answerOf,
  B,
  BOUGHT,
  HIGH,
  M,
  md5,
  PINNED,
  release,
  type Story,
  sha,
  TEST,
  TRAIN,
} from './support/release.ts'

describe('what was chosen afterwards', () => {
  const OPEN = [accuracy('at_least: 0.9')]
  const named = '{ path: metrics.json, dataset: holdout }'

  test.each<readonly [string, Story, readonly object[], string | undefined]>([
    ['nothing, where the exam is pinned', {}, [], 'pinned'],
    [
      'nothing, where the criterion names the dataset',
      { pins: '', datasets: '', evidence: named },
      [],
      undefined,
    ],
    [
      'a dataset that only the evidence entry names',
      { asks: OPEN, pins: '', datasets: '', evidence: named },
      [{ what: 'dataset', dataset: 'holdout', path: 'models/credit-risk/metrics.json' }],
      'chosen',
    ],
    [
      'a test set that is not pinned',
      { asks: OPEN, pins: '', evidence: named },
      [{ what: 'dataset', dataset: 'holdout', digest: `sha256:${A}` }],
      'chosen',
    ],
    [
      'the data behind a name that the criterion has',
      { pins: '' },
      [{ what: 'dataset', dataset: 'holdout', digest: `sha256:${A}` }],
      'chosen',
    ],
    [
      'no data of training, and no other data',
      { asks: OPEN, pins: '', datasets: `${TRAIN}, { name: x, role: other }` },
      [],
      undefined,
    ],
    [
      'a weak pin is no choice',
      { pins: `holdout: { ${md5(M)} }`, datasets: `{ name: holdout, role: test, ${md5(M)} }` },
      [],
      'weak',
    ],
    [
      'a threshold that is not pinned',
      { measured: [{ labels: { dataset: 'holdout', threshold: '0.5' } }] },
      [{ what: 'threshold', dataset: 'holdout', value: '0.5', path: 'models/credit-risk/metrics.json' }],
      'chosen',
    ],
    [
      'columns of rows that are not pinned',
      {
        pins: `holdout: { ${sha(A)}, groups: { sex: [F, M] } }`,
        evidence: 'metrics.json, { rows: p.csv, dataset: holdout, label: y, groups: [sex, age] }',
      },
      [
        { what: 'label', dataset: 'holdout', value: 'y', path: 'models/credit-risk/p.csv' },
        { what: 'groups', dataset: 'holdout', value: 'age', path: 'models/credit-risk/p.csv' },
      ],
      'pinned',
    ],
  ])('%s', (_, story, chosen, exam) => {
    const model = release(story)

    expect(model.chosen).toEqual(chosen)
    expect(model.findings[1]?.exam).toBe(exam)
    expect(answerOf(model)?.code).toBe('within_bound')
  })

  test.each<readonly [string, Story, object]>([
    [
      'a dataset that only the manifest names',
      { asks: OPEN, pins: '', evidence: named },
      { what: 'dataset', value: 'holdout', pinned: [] },
    ],
    [
      'a dataset that the criterion names and nobody pins',
      { pins: '' },
      { what: 'dataset', value: 'holdout' },
    ],
    [
      'another dataset than the pinned one',
      { asks: OPEN, measured: [{ labels: { dataset: 'other' } }] },
      { what: 'dataset', value: 'other', pinned: ['holdout'] },
    ],
    [
      'saying nothing is no way out',
      { asks: OPEN, measured: [{ labels: {} }] },
      { what: 'unnamed', pinned: ['holdout'] },
    ],
    [
      'nor where nothing is pinned',
      { asks: OPEN, pins: '', measured: [{ labels: {} }] },
      { what: 'unnamed', pinned: [] },
    ],
    [
      'a threshold',
      { measured: [{ labels: { dataset: 'holdout', threshold: '0.5' } }] },
      { what: 'threshold', value: '0.5' },
    ],
  ])('is refused at high risk: %s', (_, story, expected) => {
    const model = release({ ...story, head: HIGH })

    expect(answerOf(model)).toMatchObject({ code: 'chosen_afterwards', outcome: 'undecided', ...expected })
    expect(model.decision).toBe('undecided')
  })

  test('a threshold that the criterion asks for was fixed with it', () => {
    const asks = [accuracy('dataset: holdout, where: { threshold: 0.5 }, at_least: 0.9')]
    const measured = [{ labels: { dataset: 'holdout', threshold: '0.5' } }]

    expect(answerOf(release({ asks, measured, head: HIGH }))?.code).toBe('within_bound')
  })

  test('a pin that came after the work does not make up for it', () => {
    const model = release({ asks: OPEN, pins: '', today: PINNED, head: HIGH })

    expect(model.chosen).toHaveLength(1)
    expect(model.decision).toBe('undecided')
  })

  test('another column for the truth contradicts the criteria', () => {
    const pins = `holdout: { ${sha(A)}, label: y }`
    const evidence = 'metrics.json, { rows: p.csv, dataset: holdout, label: z, prediction: p }'

    const { problems } = release({ pins, evidence })

    expect(problems.filter(({ code }) => code === 'contradiction')).toMatchObject([
      { path: MANIFEST_PATH, at: 'evidence.1.label', one: 'z', other: 'y' },
    ])
  })
})

describe('what the verdict says of the exams', () => {
  const said = (story: Story) => backgroundSentences(release(story)).map(plain)

  test.each<readonly [string, Story, string]>([
    [
      'all is well',
      {},
      `exam \`holdout\`, pinned as \`sha256:${A}\`: the manifest declares the same; it is not among the training data that are declared; only the app's ledger knows how many models it has seen`,
    ],
    [
      'weak',
      {
        pins: 'holdout: { snapshot: v3, rows: 1000 }',
        datasets: '{ name: holdout, role: test, snapshot: v3 }',
      },
      "exam `holdout` of 1,000 rows, pinned as `snapshot:v3` (weak: a version is a name, and shows nothing of the data): the manifest declares the same; it is not known whether it is among the training data, since neither manifest nor training record names any; only the app's ledger knows how many models it has seen",
    ],
    [
      'bought',
      { head: BOUGHT, datasets: `${TEST}, { name: web, role: train }` },
      `exam \`holdout\`, pinned as \`sha256:${A}\`: the manifest declares the same; it is not known whether it is among the training data, since \`web\` has no digest that can be compared; only the app's ledger knows how many models it has seen`,
    ],
    [
      'another',
      { datasets: `{ name: holdout, role: test, ${sha(B)} }` },
      `exam \`holdout\`, pinned as \`sha256:${A}\`: the manifest declares another, \`sha256:${B}\`; it is not known whether it is among the training data, since neither manifest nor training record names any; only the app's ledger knows how many models it has seen`,
    ],
    ['the training data', {}, `dataset \`corpus\` as train, only declared in the manifest: \`sha256:${B}\``],
    [
      'chosen',
      { pins: '' },
      `chosen afterwards: dataset \`holdout\`, \`sha256:${A}\`, which the criteria did not pin`,
    ],
  ])('%s', (_, story, expected) => {
    expect(said(story)).toContain(expected)
  })

  test('what is not known of several for one reason is said once', () => {
    const exams = (['one', 'other', 'third'] as const).map((name) => ({
      ...({ name, digest: `sha256:${A}`, weak: false, state: 'same', training: 'unknown' } as const),
      unknown: name === 'third' ? ['web'] : [],
    }))
    const lines = examSentences(exams).map(plain)

    expect(lines.map((line) => /not known whether.*/.exec(line)?.[0] ?? '')).toEqual([
      ...['', '', expect.stringMatching(/^not known whether it is .* `web` has/)],
      'not known whether `one`, `other` are among the training data, since neither manifest nor training record names any',
    ])
    expect(examSentences(exams.slice(1)).map(plain)).toHaveLength(2)
  })
})
