import { expect, test } from 'vitest'
import type { OscalRecord } from '../../src/core/foreign-record.ts'
import { evaluate } from '../../src/evaluate.ts'
import { anId, aSource } from '../support/build.ts'
import {
  ACCURACY,
  aCriteriaFile,
  anEvidence,
  asking,
  MANIFEST,
  modelFacts,
  someFacts,
} from '../support/facts.ts'

const SERVICE = { provider: 'parrot', model: 'parrot-large-3', snapshot: '2026-01-01', region: 'eu' }
const ASKED =
  '{ id: assessed, control: vendor-risk-assessment, check: record, record: oscal, controls: [ac-1], max_age: 9999 days }'
const criteria = aCriteriaFile([ACCURACY, ASKED])
const RESULTS: OscalRecord = {
  ...{ kind: 'oscal', date: '2026-01-12', assessors: ['Hale'], reviewed: ['ac-1'], all: false, not: [] },
  ...{ findings: [{ target: 'ac-1', satisfied: true }], risks: [], source: aSource({ path: 'ar.json' }) },
}

function answered(given: Partial<OscalRecord>) {
  const model = modelFacts({
    criteria: { ...asking([ACCURACY]), registered: criteria, today: criteria },
    manifest: {
      ...{ path: 'models/credit-risk/release.yml', sha: anId('d') },
      value: { ...MANIFEST, service: SERVICE },
    },
    evidence: [anEvidence({ path: 'ar.json', measurements: [], records: [{ ...RESULTS, ...given }] })],
  })
  const [found] = evaluate(someFacts([model])).models
  return found?.findings.find(({ criterion }) => criterion === 'assessed')?.answer
}

test('results of the provider of the manifest itself are unmet, and of somebody else met', () => {
  expect(answered({})).toMatchObject({ code: 'record_holds' })
  expect(answered({ assessors: ['Parrot Models Ltd'] })).toMatchObject({
    ...{ code: 'record_not_apart', outcome: 'unmet', who: 'Parrot Models Ltd' },
  })
})
