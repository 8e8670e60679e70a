import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { artifactPath } from '../../src/core/paths.ts'
import type { Problem } from '../../src/core/problem.ts'
import type { ModelVerdict } from '../../src/core/verdict.ts'
import { annotationsKey, batches, renderCheckRun } from '../../src/render/check-run.ts'
import { bytes } from '../../src/render/clean.ts'
import {
  aFinding,
  aMeasurement,
  aModel,
  anId,
  aProposal,
  aRegistration,
  aSource,
  aVerdict,
  isUndecided,
  isUnmet,
} from '../support/build.ts'
import { everyAnswer } from './every.ts'

const MANIFEST = 'models/credit-risk/release.yml'
const CRITERIA = '.gonogo/criteria/credit-risk.yml'

function placed(given: Partial<ModelVerdict>): readonly string[] {
  const verdict = aVerdict({ decision: 'no-go', models: [aModel({ findings: [], ...given })] })
  return renderCheckRun(verdict).annotations.map(({ path, start_line }) => `${path}:${start_line}`)
}

function unmet(source: Parameters<typeof aSource>[0]): Finding {
  const answer = { ...everyAnswer('a').beyond_bound, observed: aMeasurement({ source: aSource(source) }) }
  return aFinding({ answer })
}

describe('places', () => {
  const { line: _, ...withoutLine } = aSource()

  test.each<[string, Partial<ModelVerdict>, string]>([
    ['the line of the evidence', { findings: [unmet({ path: 'm.json', line: 12 })] }, 'm.json:12'],
    ['nothing read', { findings: [aFinding({ answer: isUndecided() })] }, `${CRITERIA}:7`],
    [
      'no line in the evidence',
      {
        findings: [
          aFinding({
            answer: { ...everyAnswer('a').beyond_bound, observed: aMeasurement({ source: withoutLine }) },
          }),
        ],
      },
      `${CRITERIA}:7`,
    ],
    [
      'criteria that differ at the judged commit',
      {
        findings: [aFinding({ answer: isUndecided() })],
        registration: aRegistration({ proposed: anId('9') }),
      },
      `${MANIFEST}:1`,
    ],
    [
      'a file of an artifact, which no commit has',
      { findings: [unmet({ path: artifactPath('validation', 'm.json'), line: 12 })] },
      `${MANIFEST}:1`,
    ],
    ['an absolute path', { findings: [unmet({ path: '/etc/passwd', line: 1 })] }, `${MANIFEST}:1`],
    ['an empty path', { findings: [unmet({ path: '', line: 9 })] }, `${MANIFEST}:1`],
    ['a path that leaves', { findings: [unmet({ path: 'a/../../b', line: 9 })] }, `${MANIFEST}:1`],
    [
      'a section',
      { findings: [aFinding({ answer: { ...everyAnswer('card.md').sections_lacking } })] },
      'card.md:4',
    ],
    ['a record', { findings: [aFinding({ answer: everyAnswer('r.yml').record_lacks })] }, 'r.yml:1'],
    ['a problem', { problems: [{ path: 'a.json', line: 3, code: 'alias' }] }, 'a.json:3'],
    ['a problem without a line', { problems: [{ path: 'a.json', code: 'alias' }] }, 'a.json:1'],
    ['a problem without a path', { problems: [{ path: '', code: 'shallow_clone' }] }, `${MANIFEST}:1`],
    [
      'a problem of the criteria, as they are',
      { problems: [{ path: CRITERIA, line: 5, code: 'alias' }] },
      `${CRITERIA}:5`,
    ],
    [
      'a problem of the criteria, which differ here',
      {
        problems: [{ path: CRITERIA, line: 5, code: 'alias' }],
        registration: aRegistration({ proposed: anId('9') }),
      },
      `${MANIFEST}:1`,
    ],
  ])('%s', (_name, given, expected) => {
    expect(placed(given)).toEqual([expected])
  })
})

test('worst first: failure, warning, notice', () => {
  const { annotations } = renderCheckRun(
    aVerdict({
      decision: 'no-go',
      models: [
        aModel({
          findings: [
            aFinding(),
            aFinding({ criterion: 'hint', blocking: false, answer: isUnmet() }),
            aFinding({ criterion: 'open', answer: isUndecided() }),
            aFinding({ answer: isUnmet() }),
          ],
          problems: [{ path: 'a.json', line: 2, code: 'empty_file' }],
        }),
      ],
      proposals: [aProposal({ problems: [{ path: CRITERIA, line: 2, code: 'unknown_key', key: 'a' }] })],
    }),
  )

  expect(annotations.map(({ annotation_level, title }) => `${annotation_level} ${title}`)).toEqual([
    'failure unmet: accuracy of credit-risk',
    'warning undecided: open of credit-risk',
    'warning problem: empty file',
    'warning problem: unknown key',
    'notice unmet: hint of credit-risk (advisory)',
  ])
  expect(annotations[0]?.message).toBe(
    '`accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`)\nNext: improve the model and evaluate it again; the bound was registered before training',
  )
  expect(annotations.every(({ start_line, end_line }) => start_line === end_line)).toBe(true)
})

test('more than 50 go in batches, and none is lost', () => {
  const problems = Array.from(
    { length: 120 },
    (_, index): Problem => ({ path: 'a', line: index + 1, code: 'alias' }),
  )
  const run = renderCheckRun(aVerdict({ decision: 'undecided', models: [aModel({ problems })] }))

  expect(run.annotations).toHaveLength(120)
  expect(batches(run.annotations).map((batch) => batch.length)).toEqual([50, 50, 20])
  expect(batches(run.annotations).flat()).toEqual(run.annotations)
  expect(batches([])).toEqual([])
})

test('one problem in a file of two models is annotated once', () => {
  const problems: readonly Problem[] = [{ path: 'shared.json', line: 1, code: 'alias' }]
  const run = renderCheckRun(
    aVerdict({ models: [aModel({ model: 'a', problems }), aModel({ model: 'b', problems })] }),
  )

  expect(run.annotations).toHaveLength(1)
})

test('the key changes with the annotations, and with nothing else', () => {
  const one = aVerdict({ models: [aModel({ findings: [aFinding({ answer: isUnmet() })] })] })
  const key = annotationsKey(renderCheckRun(one))

  expect(annotationsKey(renderCheckRun({ ...one, now: '2027-01-01T00:00:00Z' }))).toBe(key)
  expect(annotationsKey(renderCheckRun(aVerdict()))).not.toBe(key)
})

test('hostile text stays within the limits and shows nothing invisible', () => {
  const text = `${'\u001b[31m\u202e@octocat'}${'é'.repeat(10_000)}`
  const answers = Object.values(everyAnswer(text))
  const findings = answers.map((answer) => aFinding({ criterion: text, answer }))
  const { annotations } = renderCheckRun(aVerdict({ models: [aModel({ model: text, findings })] }))

  expect(annotations.length).toBeGreaterThan(20)
  for (const { title, message } of annotations) {
    expect(title.length).toBeLessThanOrEqual(255)
    expect(bytes(message)).toBeLessThanOrEqual(64_000)
    expect(`${title}${message.replace('\n', '')}`).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
  }
})
