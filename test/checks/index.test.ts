import { expect, test } from 'vitest'
import { answer, Criterion, unbuilt } from '../../src/checks/index.ts'
import { LATER } from '../../src/checks/later.ts'
import { aMeasurement } from '../support/build.ts'
import { aContext } from '../support/facts.ts'

const base = { id: 'a', control: 'performance' }
const metric = { ...base, check: 'metric', metric: 'accuracy', at_least: 0.5 }

test.each<readonly [string, object, string]>([
  ...LATER.map((check) => [check, { ...base, check, anything: 1 }, `check: ${check}`] as const),
])('what is not built is never met: %s', (_, written, what) => {
  const criterion = Criterion.parse(written)

  const came = answer(criterion, aContext([aMeasurement({ labels: { task: 'a' } })]))

  expect(came).toEqual({ code: 'not_built', outcome: 'undecided', what })
  expect(unbuilt(criterion)).toHaveLength(1)
})

test.each<readonly [string, object, string]>([
  ['metric', metric, 'within_bound'],
  ['confidence', { ...metric, confidence: 0.95 }, 'within_bound'],
  ['document', { ...base, check: 'document', document: 'model-card', sections: ['A'] }, 'no_document'],
  ['record', { ...base, check: 'record', record: 'training' }, 'no_record'],
  ['suite', { ...base, check: 'suite' }, 'no_suite'],
  ['scan', { ...base, check: 'scan' }, 'nothing_to_scan'],
])('what is built is judged: %s', (_, written, code) => {
  const criterion = Criterion.parse(written)

  const came = answer(criterion, aContext([aMeasurement()]))

  expect(came.code).toBe(code)
  expect(unbuilt(criterion)).toEqual([])
})
