import type { Field } from '../../src/core/records/field.ts'
import { WRITTEN, type WrittenKind } from '../../src/core/records/kinds.ts'
import type { Fill, WrittenRecord } from '../../src/core/written-record.ts'
import { aSource } from './build.ts'
import { anEvidence } from './facts.ts'

/** What stands in for the file that a test report signs for. */
export const SIGNED_BLOB = `${'e'.repeat(39)}1`

/** A value that fills a field, on a day. */
function filling(name: string, field: Field, day: string): unknown {
  switch (field.kind) {
    case 'prose':
      return `what there is to say about ${name}, in the Parrot service`
    case 'text':
      return name === 'service' ? 'Parrot service' : `the ${name}`
    case 'who':
      return { issuer: 'Hale Auditors', vendor: 'Parrot Models Ltd' }[name] ?? 'Grace Okafor'
    case 'people':
      return ['Ada Quist', 'Tom Brandt']
    case 'parties':
    case 'list':
      return [`one ${name}`, `another ${name}`]
    case 'choice':
      return field.of[0]
    case 'day':
      // A period is no day.
      return name === 'period_start' ? `${Number(day.slice(0, 4)) - 1}-01-01` : day
    case 'file':
      return {
        name: 'document.pdf',
        sha256: '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
      }
    case 'cost':
      return `some 40,000 EUR a year for ${name}, people among them`
    case 'clauses':
      return ['7.1', 'Annex C']
    case 'provision':
      return { clause: '7.1', says: `what there is to say about ${name}` }
    case 'vulnerabilities':
      return [{ id: 'CVE-2026-1234', state: 'fixed', says: 'the loader was replaced by version 2.4 of it' }]
    case 'answer':
      return { document: 'technical', section: name }
    case 'files':
      return [{ path: 'metrics.json', blob: SIGNED_BLOB }]
    case 'signers':
      return [{ name: 'Ada Quist', role: 'head of validation', signed: day }]
    case 'test':
      return { date: day, result: 'passed', evidence: 'drills/report.md' }
  }
}

/** A record as somebody would write it, with nothing left out; a change to undefined leaves a field out. */
export function aRecordText(kind: WrittenKind, changes: object = {}, day = '2026-02-20'): string {
  const { fields, outcome } = WRITTEN[kind]
  const own = Object.entries(fields).map(([name, field]) => [name, filling(name, field, day)])
  return JSON.stringify({
    ...{ gonogo: 1, record: kind, owner: 'ml-risk@acme.example', date: day, expires: '2027-02-20' },
    ...Object.fromEntries(own),
    outcome: outcome.of[0],
    ...changes,
  })
}

/** A record of secure development, all of whose fields are given but those. */
export function aWrittenRecord(
  fields: Readonly<Record<string, Fill>> = {},
  given: Partial<WrittenRecord> = {},
): WrittenRecord {
  const own = Object.keys(WRITTEN['secure-development'].fields)
  return {
    ...{ kind: 'written', record: 'secure-development', owner: 'given', date: '2026-02-20' },
    fields: {
      ...Object.fromEntries([...own, 'date', 'outcome'].map((name) => [name, 'given' as const])),
      ...fields,
    },
    outcome: 'passed',
    ...{ choices: {}, days: {}, failing: [], conditions: [], source: aSource(), ...given },
  }
}

/** The report of a test: a document that says something. */
export const aReport = (path: string, words = 12) =>
  anEvidence({
    ...{ path, sha: 'ab'.repeat(20), measurements: [] },
    records: [
      { kind: 'document', sections: [{ title: 'Drill', line: 1, words }], source: aSource({ path }) },
    ],
  })
