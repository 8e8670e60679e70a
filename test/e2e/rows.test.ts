import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ready, ready } from './scene.ts'

const VALIDATE = '.github/workflows/validate.yml'
const AT = { owner: 'acme', repo: 'models' }
const DIGEST = '9c1f'.repeat(16)

let scene: Ready
const now = Math.floor(Date.now() / 1000) * 1000
beforeAll(async () => {
  scene = await ready({ clock: () => new Date(now) })
  const criteria = `gonogo: 1
model: credit
risk: low
approach: build
trust: produced
datasets:
  holdout: { digest: { sha256: ${DIGEST} }, rows: 1000, label: y, positive: 1, groups: { desk: { F: 400, M: 600 } } }
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, dataset: holdout, at_least: 0.9, confidence: 0.95 }
  - { id: parity, control: fairness, check: disparity, metric: selection_rate, dataset: holdout, across: [desk], as: ratio, at_least: 0.8, confidence: 0.95 }
`
  const files = {
    '.gonogo/criteria/credit.yml': criteria,
    [VALIDATE]: 'on: push\njobs: { validate: { steps: [{ run: python validate.py }] } }\n',
  }
  await scene.github.commit({ branch: 'main', message: 'Criteria', files })
  await scene.settled()
}, 60_000)
afterAll(() => scene.close())

type Made = { readonly women?: number; readonly chosen?: number; readonly wrong?: number }

/** Predictions on 1,000 rows: half of the men are chosen, so many of the women, and so many answers are wrong. */
function predictions({ women = 400, chosen = 200, wrong = 60 }: Made = {}): string {
  const rows = Array.from({ length: 1000 }, (_, index) => {
    const isWoman = index < women
    const yhat = isWoman ? index < chosen : index % 2 === 0
    const y = index % 10 === 9 && index < wrong * 10 ? !yhat : yhat
    return `${Number(y)},${Number(yhat)},${isWoman ? 'F' : 'M'}\n`
  })
  return `y,yhat,desk\n${rows.join('')}`
}

let releases = 0
async function judged(content: string | Uint8Array, entry = 'prediction: yhat, groups: [desk]') {
  releases += 1
  const branch = `credit-${releases}`
  const { data } = await scene.github.as('ada').rest.git.getRef({ ...AT, ref: 'heads/main' })
  const sha256 = `a${releases.toString(16).padStart(63, '0')}`
  const manifest = `gonogo: 1
model: credit
version: 1.0.${releases}
weights: [{ uri: "s3://a/b", sha256: ${sha256} }]
training: { commit: ${data.object.sha} }
datasets: [{ name: holdout, role: test, digest: { sha256: ${DIGEST} } }]
evidence:
  - { artifact: validation, rows: predictions.csv, workflow: ${VALIDATE}, dataset: holdout, ${entry} }
`
  const files = { 'models/credit/release.yml': manifest }
  const sha = await scene.github.commit({ branch, from: 'main', message: 'Release', files })
  const artifacts = [{ name: 'validation', files: { 'predictions.csv': content } }]
  await scene.github.actions.run({ workflow: VALIDATE, event: 'push', sha, artifacts })
  await scene.send('check_run', scene.payload({ action: 'rerequested', check_run: { head_sha: sha } }))
  const run = await scene.run(sha)
  return { conclusion: run?.conclusion, summary: (run?.summary ?? '').replaceAll(/[`\\]/g, '') }
}

describe('rows in an artifact of a run', () => {
  test.each<readonly [string, () => string | Uint8Array]>([
    ['as they are', () => predictions()],
    ['packed', () => gzipSync(predictions())],
  ])('decide a metric and a gap between groups, %s', async (_, content) => {
    const { conclusion, summary } = await judged(content())

    // 940 of 1,000 right: exact lower bound 0.9261; 200 of 400 against 300 of 600: Koopman's lower bound.
    expect(summary).toMatch(
      /✅ \| accuracy \| performance \| 0\.94, at least 0\.926\d? \(exact binomial\) \| ≥ 0\.9 at 0\.95 \| 1,000 \| holdout.* \| produced \| artifact:validation\/predictions\.csv \|/,
    )
    expect(summary).toMatch(
      /✅ \| parity \| fairness \| ratio 1, at least 0\.\d+ \(Koopman\), \w against \w \| ≥ 0\.8 at 0\.95 \|/,
    )
    expect(conclusion).toBe('success')
  })

  test('block a model that treats a group otherwise', async () => {
    const { conclusion, summary } = await judged(predictions({ chosen: 100 }))

    expect(conclusion).toBe('failure')
    expect(summary).toMatch(/❌ \| parity \| fairness \| ratio 0\.5, at most 0\.\d+ \(Koopman\), F against M/)
    expect(summary).toContain('✅ | accuracy')
  })

  test('are not enough where they do not show it', async () => {
    const { conclusion, summary } = await judged(predictions({ wrong: 95 }))

    expect(conclusion).toBe('action_required')
    expect(summary).toContain('accuracy is 0.905 and must be at least 0.9, which is not shown yet')
    // 905 of 1,000, drawn beside 0.9.
    expect(summary).toMatch(/0\.\d+ ├─+┼─+●─+┤ 0\.\d+/)
  })

  test.each<readonly [string, string | Uint8Array, string, string]>([
    [
      'lines that end now so, now so',
      predictions().replace('\n1,1,M\n', '\n1,1,M\r\n'),
      'prediction: yhat, groups: [desk]',
      'this line ends with CR LF (as on Windows), and the lines before it end with LF (as on Linux)',
    ],
    [
      'a column that is not there',
      predictions(),
      'prediction: y_hat, groups: [desk]',
      'the file has no column y_hat; it has y, yhat, desk',
    ],
    [
      'a row without its group',
      predictions().replace(',F\n', ',\n'),
      'prediction: yhat, groups: [desk]',
      '1 row has no desk',
    ],
    ['no table', '\u0000\u0001', 'prediction: yhat, groups: [desk]', 'predictions.csv'],
    [
      'fewer rows of a group than the exam has',
      predictions({ women: 390, chosen: 195 }),
      'prediction: yhat, groups: [desk]',
      'group F has 390 samples of selection_rate, and at least 400 are wanted',
    ],
  ])('with %s are undecided, and why is said', async (_, content, entry, sentence) => {
    const { conclusion, summary } = await judged(content, entry)

    expect(conclusion).toBe('action_required')
    expect(summary).toContain(sentence)
  })

  test("nobody broke GitHub's own description, and no row left the engine", async () => {
    const { summary } = await judged(predictions())

    expect(summary).not.toContain('1,1,F')
    expect(scene.github.violations).toEqual([])
  })
})
