import { describe, expect, test } from 'vitest'
import { missingOf } from '../../src/core/coverage.ts'
import { coverage } from '../../src/criteria/coverage.ts'
import { effective } from '../../src/criteria/effective.ts'
import { ACCURACY, criteriaText, parsedCriteria } from '../support/facts.ts'
import { parsedFloor } from '../support/floor.ts'

const PERSONAL = 'risk: low\napproach: build\ntraits: [personal-data]'
const asks = (control: string, rest = '') =>
  `{ id: ${control}, control: ${control}, check: metric, metric: ${control}, at_most: 0.1${rest} }`

function covered(lines: readonly string[], given: { tail?: string; floor?: string } = {}) {
  const { criteria } = parsedCriteria(`${criteriaText(lines, PERSONAL)}${given.tail ?? ''}`)
  const { floor } = parsedFloor(`gonogo: 1\n${given.floor ?? ''}`)
  const about = { repository: 'acme/credit', model: 'credit-risk', began: '2026-03-01T12:00:00Z' }
  const model = criteria && effective([criteria], floor, about)
  if (criteria === undefined || model === undefined) throw new Error('no criteria')
  return coverage(model, criteria)
}

const state = (found: ReturnType<typeof covered>, control: string) =>
  found.find((one) => one.control === control)

describe('what answers a control', () => {
  test('each is asked, excused or missing', () => {
    expect(covered([ACCURACY, asks('fairness')])).toEqual([
      { control: 'preregistration', because: ['every release'], state: 'built-in' },
      { control: 'performance', because: ['every release'], state: 'asked', by: [{ criterion: 'accuracy' }] },
      {
        control: 'fairness',
        because: ['trait: personal-data'],
        state: 'asked',
        by: [{ criterion: 'fairness' }],
      },
      ...['extraction', 'membership-inference', 'data-leakage'].map((control) => ({
        ...{ control, because: ['trait: personal-data'], state: 'missing', advisory: [] },
      })),
    ])
  })

  test('advisory criteria cover nothing, and are named', () => {
    const found = covered([ACCURACY, asks('fairness', ', blocking: false')])

    expect(state(found, 'fairness')).toMatchObject({ state: 'missing', advisory: ['fairness'] })
  })

  test('a document or a record is no result of a measurement', () => {
    const found = covered([
      ACCURACY,
      '{ id: words, control: fairness, check: document, document: card, sections: [Fairness] }',
      '{ id: note, control: extraction, check: record, record: training }',
    ])

    expect(state(found, 'fairness')).toMatchObject({
      ...{ state: 'missing', advisory: [] },
      unfit: [{ criterion: 'words', why: 'check', check: 'document' }],
    })
    expect(state(found, 'extraction')).toMatchObject({
      ...{ state: 'missing', advisory: [] },
      unfit: [{ criterion: 'note', why: 'record', record: 'training' }],
    })
  })

  test('a record answers the controls of its kind only', () => {
    const record = (control: string, kind: string) =>
      `{ id: ${kind}, control: ${control}, check: record, record: ${kind} }`
    const floor = 'unlisted: low\nrisk: { low: { require: [human-oversight, vendor-monitoring] } }\n'
    const of = (control: string, kind: string) =>
      state(covered([ACCURACY, record(control, kind)], { floor }), control)?.state

    expect(of('human-oversight', 'human-oversight')).toBe('asked')
    expect(of('human-oversight', 'training')).toBe('missing')
    expect(of('vendor-monitoring', 'vendor-monitoring')).toBe('asked')
    expect(of('vendor-monitoring', 'certificate')).toBe('asked')
    expect(of('vendor-monitoring', 'vendor-risk-assessment')).toBe('missing')
  })

  test('one that blocks beside one that advises covers', () => {
    const found = covered([
      ACCURACY,
      asks('fairness', ', blocking: false'),
      '{ id: parity, control: fairness, check: metric, metric: parity, at_least: 0.8 }',
    ])

    expect(state(found, 'fairness')).toMatchObject({ state: 'asked', by: [{ criterion: 'parity' }] })
  })

  test("the floor's criteria cover, unless they only advise or do not hold yet", () => {
    const floor = (rest: string) =>
      `criteria:\n  - { id: fair, control: fairness, check: metric, metric: parity, at_least: 0.8${rest} }`

    expect(state(covered([ACCURACY], { floor: floor('') }), 'fairness')).toMatchObject({
      by: [{ criterion: 'fair', floor: true }],
    })
    expect(state(covered([ACCURACY], { floor: floor(', blocking: false') }), 'fairness')).toMatchObject({
      ...{ state: 'missing', advisory: ['fair'] },
    })
    expect(state(covered([ACCURACY], { floor: floor(', from: 2027-01-01') }), 'fairness')).toMatchObject({
      ...{ state: 'missing', advisory: [] },
    })
  })

  test('the floor requires more, and says so', () => {
    const floor = 'unlisted: low\nrisk:\n  low: { require: [documentation, fairness] }'

    expect(state(covered([ACCURACY], { floor }), 'documentation')).toMatchObject({
      because: ['floor'],
      state: 'missing',
    })
    expect(state(covered([ACCURACY], { floor }), 'fairness')).toMatchObject({
      because: ['trait: personal-data', 'floor'],
    })
  })
})

describe('not applicable', () => {
  const tail = 'not_applicable: [{ control: fairness, because: no people in it }]\n'

  test('is an excuse, with its reason', () => {
    const found = covered([ACCURACY], { tail })

    expect(state(found, 'fairness')).toMatchObject({ state: 'excused', reason: 'no people in it' })
    expect(missingOf(found).some(({ control }) => control === 'fairness')).toBe(false)
  })

  test('what is asked needs no excuse', () => {
    const found = covered([ACCURACY, asks('fairness')], { tail })

    expect(state(found, 'fairness')).toMatchObject({ state: 'asked' })
  })
})

test('fairness and security come first of what is missing', () => {
  const { criteria } = parsedCriteria(criteriaText([ACCURACY], 'risk: high\napproach: build'))
  const model =
    criteria && effective([criteria], undefined, { repository: 'a', model: 'b', began: '2026-03-01' })
  if (criteria === undefined || model === undefined) throw new Error('no criteria')

  const first = missingOf(coverage(model, criteria)).map(({ control }) => control)

  expect(first.slice(0, 3)).toEqual(['fairness', 'security-testing', 'sourcing-decision'])
})
