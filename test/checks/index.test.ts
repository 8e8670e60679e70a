import { expect, test } from 'vitest'
import { answer, Criterion } from '../../src/checks/index.ts'
import { aMeasurement } from '../support/build.ts'
import { aContext } from '../support/facts.ts'

const base = { id: 'a', control: 'performance' }
const metric = { ...base, check: 'metric', metric: 'accuracy', at_least: 0.5 }

test.each<readonly [string, object, string]>([
  ['metric', metric, 'within_bound'],
  ['confidence', { ...metric, confidence: 0.95 }, 'within_bound'],
  ['document', { ...base, check: 'document', document: 'model-card', sections: ['A'] }, 'no_document'],
  ['record', { ...base, check: 'record', record: 'training' }, 'no_record'],
  ['suite', { ...base, check: 'suite' }, 'no_suite'],
  ['scan', { ...base, check: 'scan' }, 'nothing_to_scan'],
  ['integrity', { ...base, check: 'integrity', control: 'data-integrity', of: ['data'] }, 'integrity_open'],
  ['attestation', { ...base, check: 'attestation', predicate: 'provenance' }, 'nothing_to_cover'],
  ['lineage', { ...base, check: 'lineage', of: ['pinned'] }, 'no_base_model'],
])('each check is judged by its own: %s', (_, written, code) => {
  const criterion = Criterion.parse(written)

  const came = answer(criterion, aContext([aMeasurement()]))

  expect(came.code).toBe(code)
})
