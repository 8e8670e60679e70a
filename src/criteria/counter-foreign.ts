import type { Criterion } from '../checks/index.ts'
import { versionOf } from '../core/caiq.ts'
import type { CaiqRecord, OscalRecord } from '../core/foreign-record.ts'
import { recordContext } from './counter-records.ts'
import { LONG_AGO, type Made, SOURCE, TODAY, TOMORROW } from './made.ts'

type RecordCriterion = Extract<Criterion, { check: 'record' }>

const [LATER, BEFORE] = ['2027-01-01T00:00:00Z', '2000-01-01T00:00:00Z']

/** Answers that say why of each no, and what does not, or is of another day. */
export function forCaiq(criterion: RecordCriterion): Made {
  const answered = criterion.controls?.map(questionOf) ?? WHOLE
  const whole: CaiqRecord = {
    ...{ kind: 'caiq', date: TODAY, vendor: 'made', answers: answered.length, answered },
    ...{ no: 1, na: 1, open: [], source: SOURCE },
  }
  const made = (given: Partial<CaiqRecord>) => recordContext([{ ...whole, ...given }])
  const [{ date: _, ...undated }, { vendor: __, ...unnamed }] = [whole, whole]
  const last = answered.at(-1)
  return {
    criterion,
    good: made({}),
    counter: [
      { kind: 'missing', context: recordContext([]) },
      { kind: 'missing', context: recordContext([undated]) },
      { kind: 'missing', context: recordContext([unnamed]) },
      { kind: 'unasked', context: made({ answered: [] }) },
      { kind: 'unasked', context: made({ answered: answered.filter((one) => one !== last) }) },
      ...(['no', 'na', 'none'] as const).map((answer) => ({
        ...{ kind: 'unexplained' as const, context: made({ open: [{ question: 'AIS-01.1', answer }] }) },
      })),
      { kind: 'in_future', context: made({ date: TOMORROW }) },
      { kind: 'expired', context: made({ date: LONG_AGO }) },
    ],
  }
}

/** A question of a domain or a control; one stands for itself. */
function questionOf(asked: string): string {
  const id = asked.toUpperCase()
  if (!id.includes('-')) return `${id}-01.1`
  return id.includes('.') ? id : `${id}.1`
}

/** As many questions as version 4 has, over all of its domains. */
const WHOLE = (({ domains, questions = 0 }) =>
  Array.from({ length: questions }, (_, at) => `${domains[at % domains.length]}-01.${at + 1}`))(versionOf([]))

/** Results in which every control is satisfied, and those in which the last one is not, or is not known to be. */
export function forOscal(criterion: RecordCriterion): Made {
  const controls = criterion.controls ?? []
  const findings = controls.map((target) => ({ target, satisfied: true, until: LATER }))
  const last = controls.at(-1) ?? ''
  const made = (given: Partial<OscalRecord>) =>
    recordContext([
      {
        ...{ kind: 'oscal', date: TODAY, assessors: ['somebody'], reviewed: controls, all: false, not: [] },
        ...{ findings, risks: [], source: SOURCE, ...given },
      },
    ])
  const but = (change: object) =>
    made({ findings: findings.map((one) => (one.target === last ? { ...one, ...change } : one)) })
  return {
    criterion,
    good: made({}),
    counter: [
      { kind: 'missing', context: recordContext([]) },
      { kind: 'missing', context: made({ assessors: [] }) },
      { kind: 'speaks_against', context: but({ satisfied: false }) },
      { kind: 'expired', context: but({ until: BEFORE }) },
      { kind: 'expired', context: made({ date: LONG_AGO }) },
      { kind: 'in_future', context: made({ date: TOMORROW }) },
      { kind: 'no_finding', context: made({ findings: findings.filter(({ target }) => target !== last) }) },
      { kind: 'no_finding', context: made({ reviewed: controls.filter((one) => one !== last) }) },
      { kind: 'no_finding', context: made({ all: true, not: [last] }) },
      { kind: 'same_party', context: made({ same: 'somebody' }) },
      { kind: 'overdue', context: made({ risks: [{ title: 'a risk', deadline: BEFORE }] }) },
      { kind: 'overdue', context: made({ risks: [{ title: 'a risk' }] }) },
    ],
  }
}
