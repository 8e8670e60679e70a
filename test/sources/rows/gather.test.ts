import { describe, expect, test } from 'vitest'
import { evaluate } from '../../../src/evaluate.ts'
import { plain as plainly } from '../../../src/render/sentence.ts'
import { answerWords } from '../../../src/render/words-answers.ts'
import { NOT_MEASURED } from '../../../src/render/words-shown.ts'
import { gather } from '../../../src/sources/gather.ts'
import { aFloor } from '../../support/floor.ts'
import { memory } from '../../support/memory.ts'

const PATHS = { criteria: '.gonogo/criteria/credit.yml', manifest: 'models/credit/release.yml' }
const DIGEST = 'a'.repeat(64)
const PIN = `digest: { sha256: ${DIGEST} }, rows: 200, label: y, positive: 1, groups: { desk: [F, M] }`
const ON = 'dataset: holdout'

const criteria = (asked: readonly string[], pin: string) =>
  `gonogo: 1\nmodel: credit\nrisk: low\napproach: build\ndatasets: { holdout: { ${pin} } }\ncriteria:\n${asked
    .map((one, index) => `  - { id: c${index}, control: performance, ${one} }\n`)
    .join('')}`

/** 200 people: of 50 women and 50 men each, with the truth 1 and 0; so many of them are answered 1. */
function predictions({
  women = [45, 5],
  men = [45, 5],
}: {
  women?: readonly number[]
  men?: readonly number[]
} = {}) {
  const people = (desk: string, y: number, chosen = 0) =>
    Array.from({ length: 50 }, (_, index) => `${y},${index < chosen ? 1 : 0},${desk},${100 + index}`)
  const all = [
    ...people('F', 1, women[0]),
    ...people('F', 0, women[1]),
    ...people('M', 1, men[0]),
    ...people('M', 0, men[1]),
  ]
  return `y,yhat,desk,ms\n${all.join('\n')}\n`
}

type Story = {
  readonly asked: readonly string[]
  readonly pin?: string
  readonly rows?: string
  readonly entry?: string
  readonly today?: string
  readonly datasets?: string
  readonly files?: Readonly<Record<string, string>>
  readonly floor?: string
}

async function verdict(story: Story) {
  const { asked, pin = PIN, rows = predictions(), files = {} } = story
  const entry =
    story.entry ?? '{ rows: predictions.csv, dataset: holdout, prediction: yhat, values: { latency: ms } }'
  const datasets = story.datasets ?? `{ name: holdout, role: test, digest: { sha256: ${DIGEST} } }`
  const repository = memory()
  const written = { [PATHS.criteria]: criteria(asked, pin) }
  const first = repository.commit({ files: written })
  const training = repository.commit({ files: { ...written, 'train.py': 'fit()' }, parents: [first] })
  const main =
    story.today === undefined
      ? first
      : repository.commit({ files: { [PATHS.criteria]: criteria(asked, story.today) }, parents: [first] })
  repository.move('main', main)
  const manifest = [
    'gonogo: 1\nmodel: credit\nversion: 1.0.0',
    `weights: [{ uri: "s3://a/b", sha256: ${DIGEST} }]\ntraining: { commit: ${training} }`,
    `datasets: [${datasets}, { name: corpus, role: train, digest: { sha256: ${'b'.repeat(64)} } }]`,
    `evidence: [${entry}]\n`,
  ].join('\n')
  const release = repository.commit({
    files: {
      ...written,
      ...{ 'train.py': 'fit()', [PATHS.manifest]: manifest, 'models/credit/predictions.csv': rows },
      ...files,
    },
    parents: [training],
  })
  const asking = { commit: release, now: '2026-03-01T12:00:00Z', engine: '0.1.0' }
  const floor = story.floor === undefined ? {} : { floor: aFloor(story.floor) }
  const facts = await gather(repository, { ...asking, ...floor })
  const model = evaluate(facts).models[0]
  if (model === undefined) throw new Error('nothing was judged')
  return {
    facts,
    decision: model.decision,
    codes: model.findings.flatMap(({ criterion, answer }) => (/^c\d$/.test(criterion) ? [answer.code] : [])),
    answers: model.findings.map(({ answer }) => answer),
    problems: [...new Set(model.problems.map(({ code }) => code))],
    evidence: facts.models[0]?.evidence ?? [],
  }
}

const ACCURACY = `check: metric, metric: accuracy, ${ON}, at_least: 0.8, confidence: 0.95`
const PARITY = `check: disparity, metric: selection_rate, across: [desk], as: ratio, at_least: 0.8, ${ON}`
const LATENCY = 'check: metric, metric: latency, aggregate: p95, unit: ms, at_most: 250, confidence: 0.95'

describe('a release by its rows', () => {
  test('goes: asked without a group, the whole answers, and every group by itself', async () => {
    const came = await verdict({
      asked: [
        ACCURACY,
        PARITY,
        LATENCY,
        `check: metric, metric: recall, for_each: desk, of: [F, M], at_least: 0.5, ${ON}`,
      ],
    })

    expect(came.problems).toEqual([])
    expect(came.codes).toEqual(['within_bound', 'gap_within', 'within_bound', 'members_met'])
    expect(came.decision).toBe('go')
    expect(came.evidence).toMatchObject([
      { path: 'models/credit/predictions.csv', format: 'rows', trust: 'typed', about: 'candidate' },
    ])
  })

  test.each<readonly [string, Story, string]>([
    [
      'an accuracy that is too low',
      { asked: [ACCURACY], rows: predictions({ women: [20, 40] }) },
      'beyond_bound',
    ],
    [
      'groups that are answered otherwise',
      { asked: [PARITY], rows: predictions({ women: [10, 1] }) },
      'gap_beyond',
    ],
    ['a latency that is too high', { asked: [LATENCY.replace('250', '120')] }, 'beyond_bound'],
    [
      'an exam taken in part',
      { asked: [ACCURACY], rows: predictions().split('\n').slice(0, 150).join('\n') },
      'exam_in_part',
    ],
    [
      'a group that is not pinned',
      { asked: [PARITY], rows: predictions().replaceAll(',F,', ',X,') },
      'groups_missing',
    ],
    [
      'an aggregate that nobody named',
      { asked: ['check: metric, metric: latency, at_most: 250'] },
      'ambiguous',
    ],
  ])('does not go for %s', async (_, story, code) => {
    const came = await verdict(story)

    expect(came.codes).toEqual([code])
    expect(came.decision).not.toBe('go')
  })

  test.each<readonly [string, Story, string]>([
    ['more rows than are pinned', { asked: [ACCURACY], pin: PIN.replace('200', '100') }, 'more_than_rows'],
    [
      'a threshold that the answers do not follow',
      { asked: [ACCURACY], pin: `${PIN}, threshold: 0.18` },
      'bad_rows',
    ],
    [
      'rows that are not there',
      { asked: [ACCURACY], entry: '{ rows: other.csv, dataset: holdout, prediction: yhat }' },
      'not_found',
    ],
    [
      'a report that says more',
      {
        asked: [ACCURACY.replace(ON, 'where: { dataset: holdout, format: rows }')],
        entry:
          '{ rows: predictions.csv, dataset: holdout, prediction: yhat }, { path: m.json, dataset: holdout }',
        files: { 'models/credit/m.json': '{ "accuracy": 0.97 }' },
      },
      'rows_disagree',
    ],
    [
      'rows of the exam among those of the training',
      {
        asked: [ACCURACY],
        datasets: `{ name: holdout, role: test, digest: { sha256: ${DIGEST} }, rows: exam.csv, key: [id] }, { name: more, role: train, rows: seen.jsonl, key: [sha], digest: { sha256: ${'c'.repeat(64)} } }`,
        files: { 'models/credit/exam.csv': 'id\n1\n2\n', 'models/credit/seen.jsonl': '{"sha":2}\n' },
      },
      'rows_shared',
    ],
  ])('has a problem with %s', async (_, story, code) => {
    const came = await verdict(story)

    expect(came.problems).toEqual([code])
    expect(came.decision).not.toBe('go')
  })

  test('is read as registered, and a later change of how it is read does not hold for it', async () => {
    const came = await verdict({
      asked: [ACCURACY, `check: metric, metric: recall, ${ON}, at_least: 0.5`],
      today: PIN.replace('positive: 1', 'positive: 0'),
    })

    expect(came.answers).toContainEqual(
      expect.objectContaining({ code: 'exam_taken_otherwise', what: 'positive', found: '1', wanted: '0' }),
    )
    expect(came.decision).toBe('no-go')
  })

  test('leaves no row in the facts', async () => {
    const { facts } = await verdict({
      asked: [ACCURACY],
      rows: predictions()
        .replaceAll(',F,', ',F ,')
        .replace('ms\n', 'ms,note\n')
        .replaceAll(/(\d{3})\n/g, '$1,a secret\n'),
    })

    expect(JSON.stringify(facts)).not.toContain('secret')
  })
})

/** Of each desk 100 people at each score, so many of whom are positive as a slope of recalibration says. */
function scored({ women = 1, men = 1, times = 1 }: { women?: number; men?: number; times?: number } = {}) {
  const people = (desk: string, slope: number) =>
    [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((p, at) => {
      const share = 1 / (1 + Math.exp(-slope * Math.log(p / (1 - p))))
      return Array.from({ length: 100 }, (_, index) =>
        `${index < Math.round(100 * share) ? 1 : 0},${p},${desk},${desk}${at}-${index}\n`.repeat(times),
      )
    })
  return `y,p,desk,prompt\n${[...people('F', women), ...people('M', men)].join('')}`
}

describe('a release by the calibration of its rows', () => {
  const pin = PIN.replace('rows: 200, ', '')
  const [plain, clustered] = ['', ', cluster: prompt'].map(
    (rest) => `{ rows: predictions.csv, dataset: holdout, score: p${rest} }`,
  )
  const slope = `check: metric, metric: calibration_slope, ${ON}, between: [0.8, 1.2], confidence: 0.95`
  const gap = (rest: string) =>
    `check: disparity, across: [desk], as: difference, confidence: 0.95, ${ON}, ${rest}`
  const SLOPES = gap('metric: calibration_slope, at_most: 0.4')
  const BRIERS = gap('metric: brier_score, at_most: 0.05')
  const LARGE = gap('metric: calibration_in_the_large, at_most: 0.5')
  const at_most = (metric: string, most: number) =>
    `check: metric, metric: ${metric}, ${ON}, at_most: ${most}, confidence: 0.95`

  test('is measured where the floor alone asks for it, and not where nobody does', async () => {
    const asked = [`check: metric, metric: roc_auc, ${ON}, at_least: 0.5`]
    const story = { asked, pin, ...(plain && { entry: plain }), rows: scored() }
    const floor = `enforcement: enforce\ncriteria:\n  - { id: slope, control: performance, ${slope} }\n`
    const metrics = async (more: object) =>
      (await verdict({ ...story, ...more })).evidence.flatMap(({ measurements }) =>
        measurements.map(({ metric }) => metric),
      )

    expect(await metrics({})).not.toContain('calibration_slope')
    expect(await metrics({})).toContain('roc_auc')
    expect(await metrics({ floor })).toContain('calibration_slope')
    expect((await verdict({ ...story, floor })).answers).toContainEqual(
      expect.objectContaining({
        code: 'within_bound',
        observed: expect.objectContaining({ metric: 'calibration_slope' }),
      }),
    )
  })

  test('goes, by each number of it and between its groups', async () => {
    const asked = [slope, SLOPES, BRIERS, LARGE, at_most('brier_score', 0.2), at_most('ece', 0.05)]
    const came = await verdict({ asked, pin, ...(plain && { entry: plain }), rows: scored() })

    expect(came.problems).toEqual([])
    expect(came.codes).toEqual([
      ...['within_bound', 'gap_within', 'gap_within', 'gap_within', 'within_bound', 'within_bound'],
    ])
    expect(came.decision).toBe('go')
  })

  test.each<readonly [string, string, string, string | undefined, string]>([
    ['scores that are too extreme', slope, scored({ women: 0.4, men: 0.4 }), plain, 'beyond_bound'],
    ['a slope that is not shown', slope.replace('0.8, 1.2', '0.95, 1.05'), scored(), plain, 'not_shown'],
    ['groups whose scores mean another thing', SLOPES, scored({ women: 2.5, men: 0.5 }), plain, 'gap_beyond'],
    ['a gap that is not shown', SLOPES.replace('0.4', '0.1'), scored(), plain, 'gap_not_shown'],
    // An expected calibration error has no bound on both sides, and so no gap of two has one.
    [
      'a gap of two calibration errors',
      gap('metric: ece, at_most: 0.2'),
      scored(),
      plain,
      'gap_nothing_shown',
    ],
    ['a calibration error that is not shown', at_most('ece', 0.01), scored(), plain, 'not_shown'],
    // Ten generations of each prompt: what 10,000 samples would show, 1,000 do not.
    [
      'generations that are no samples of their own',
      slope.replace('0.8, 1.2', '0.95, 1.05'),
      scored({ times: 10 }),
      clustered,
      'not_shown',
    ],
    [
      'generations that are none of their own between groups',
      SLOPES.replace('0.4', '0.1'),
      scored({ times: 10 }),
      clustered,
      'gap_not_shown',
    ],
  ])('does not go for %s', async (_, asked, rows, entry, code) => {
    const came = await verdict({ asked: [asked], pin, rows, ...(entry !== undefined && { entry }) })

    expect(came.codes).toEqual([code])
    expect(came.decision).not.toBe('go')
  })

  test('goes where those generations were samples, or where their clusters show it', async () => {
    const rows = scored({ times: 10 })
    const narrow = slope.replace('0.8, 1.2', '0.95, 1.05')
    const wide = `check: metric, metric: roc_auc, ${ON}, at_least: 0.7, confidence: 0.95`
    const [alone, together] = [
      await verdict({ asked: [narrow], pin, rows, ...(plain && { entry: plain }) }),
      await verdict({ asked: [slope, wide, SLOPES], pin, rows, ...(clustered && { entry: clustered }) }),
    ]

    expect(alone.codes).toEqual(['within_bound'])
    expect(together.codes).toEqual(['within_bound', 'within_bound', 'gap_within'])
    expect(together.decision).toBe('go')
  })

  const half = 'y,p,desk,prompt\n0,0.3,F,a\n1,0.4,F,b\n0,0.6,M,c\n1,0.7,M,d\n'
  test.each<readonly [string, string, string, string]>([
    ['a score of exactly 1', slope, `${half}1,1,M,e\n`, 'certain_scores'],
    ['classes that a score parts', slope, half.replace('1,0.4', '1,0.8'), 'separated'],
    ['one class', slope, half.replaceAll('\n0,', '\n1,'), 'one_class'],
    ['one class, of an area', at_most('roc_auc', 0.9), half.replaceAll('\n0,', '\n1,'), 'one_class'],
    [
      'one group of one class',
      slope.replace('between', 'where: { dataset: holdout, desk: M }, between').replace(`${ON}, `, ''),
      half.replace('0,0.6', '1,0.6'),
      'one_class',
    ],
  ])('says why it can not be told: %s', async (_, asked, rows, why) => {
    const came = await verdict({ asked: [asked], pin, rows, ...(plain && { entry: plain }) })
    const answer = came.answers.find(({ code }) => code === 'no_measurement')

    expect(came.codes).toEqual(['no_measurement'])
    expect(answer).toMatchObject({ why })
    expect(answer && plainly(answerWords(answer).says)).toContain(NOT_MEASURED[why as 'separated'].says) // one of its keys
  })

  test('of a whole that can be told no group says why it could not', async () => {
    const came = await verdict({
      asked: [slope.replace('calibration_slope', 'log_loss')],
      ...{ pin, rows: `${half}1,1,M,e\n`, ...(plain && { entry: plain }) },
    })

    expect(came.answers.find(({ code }) => code === 'no_measurement')).not.toHaveProperty('why')
  })
})
