import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import { trainingAsked } from '../checks/record.ts'
import { isObservedRecord, type Observed } from '../core/observed.ts'
import { type EvidenceRecord, type Filled, TRAINING_FIELDS, type TrainingField } from '../core/record.ts'
import type { Field, RecordKind } from '../core/records/field.ts'
import { isRequired, isWrittenKind, WRITTEN, type WrittenKind } from '../core/records/kinds.ts'
import { OUTCOMES, type Outcome, type Standing } from '../core/records/outcome.ts'
import type { WrittenRecord } from '../core/written-record.ts'
import { aboutAnother } from './counter-binding.ts'
import { forBom } from './counter-bom.ts'
import { amongOthers, countersOf, partsOfWhole } from './counter-documents.ts'
import { forCaiq, forOscal } from './counter-foreign.ts'
import { recordContext } from './counter-records.ts'
import { LONG_AGO, type Made, type Piece, SOURCE, TODAY, TOMORROW } from './made.ts'
import { fieldsOf } from './record-problems.ts'

type RecordCriterion = Extract<Criterion, { check: 'record' }>

/** A run whose workflow says nothing against any record, and one that anybody starts. */
const WORKFLOW = {
  path: '.github/workflows/train.yml',
  sha: SOURCE.sha,
  kind: 'read',
  environments: [],
  outside: [],
  unread: [],
} as const
const SEEN: Observed = {
  run: 1,
  workflow: { ...WORKFLOW, faults: [] },
  environments: { seen: [] },
  paths: [],
}
/** Accounts that a whole record names, and one that may write though it does not. */
const NAMED = { accounts: ['ada'], teams: [], others: 0 }
const ACCESS = { change_training_data: NAMED, start_runs: NAMED, read_outputs: NAMED }
const OTHERS: Observed = {
  ...SEEN,
  access: {
    ...{ review: { seen: false }, owners: [], teams: {} },
    writers: { seen: { count: 2, accounts: ['ada', 'grace'] } },
  },
}
const OPEN: Observed = {
  ...SEEN,
  workflow: { ...WORKFLOW, faults: [{ what: 'open_to_anyone', event: 'pull_request_target' }] },
}

/** Fields that have a day which must have come. */
const DATED: ReadonlySet<Field['kind']> = new Set(['test', 'day', 'signers'])

/** A record with every field filled in, and what lacks one, is of another day, or comes to something else. */
export function forRecord(criterion: RecordCriterion): Made {
  const { record } = criterion
  if (isWrittenKind(record)) return forWritten(criterion, record)
  if (record === 'bom') return forBom(criterion)
  if (record === 'caiq') return forCaiq(criterion)
  return record === 'oscal' ? forOscal(criterion) : forTraining(criterion)
}

function forTraining(criterion: RecordCriterion): Made {
  const { max_age } = criterion
  const all = (filled: Filled): Readonly<Record<TrainingField, Filled>> =>
    // Every field is there: the list is the type's own.
    Object.fromEntries(TRAINING_FIELDS.map((field) => [field, filled])) as Record<TrainingField, Filled>
  const made = (given: Partial<Extract<EvidenceRecord, { kind: 'training' }>>) =>
    recordContext([
      {
        ...{ kind: 'training', owner: 'given', date: TODAY, fields: all('given'), outcome: 'completed' },
        ...{ source: SOURCE, ...given },
      },
    ])
  return {
    criterion,
    good: made({}),
    counter: [
      { kind: 'missing', context: recordContext([]) },
      { kind: 'unowned', context: made({ owner: 'missing' }) },
      { kind: 'unowned', context: made({ owner: 'placeholder' }) },
      { kind: 'placeholder', context: made({ outcome: 'placeholder' }) },
      { kind: 'rejected', context: made({ outcome: 'failed' }) },
      { kind: 'unfinished', context: made({ outcome: 'unfinished' }) },
      ...trainingAsked(criterion).flatMap((field) =>
        (['missing', 'placeholder'] as const).map((kind) => ({
          kind,
          context: made({ fields: { ...all('given'), [field]: kind } }),
        })),
      ),
      { kind: 'other_model', context: aboutAnother(made({})) },
      { kind: 'in_future', context: made({ date: TOMORROW }) },
      ...(['started', 'finished'] as const).map((name) => ({
        ...{ kind: 'in_future' as const, context: made({ times: { [name]: `${TOMORROW}T00:00:00Z` } }) },
      })),
      { kind: 'expired', context: made({ expires: LONG_AGO }) },
      ...(max_age === undefined ? [] : [{ kind: 'expired' as const, context: made({ date: LONG_AGO }) }]),
    ],
  }
}

function forWritten(criterion: RecordCriterion, kind: WrittenKind): Made {
  const { fields, outcome, expires, apart = [], several }: RecordKind = WRITTEN[kind]
  const whole = wholeRecord(kind)
  const made = (given: Partial<WrittenRecord>, seen: Observed = SEEN): Context => ({
    ...amongOthers({ ...whole, ...given }),
    observed: seen,
  })
  const unseen = amongOthers(whole)
  const own = Object.entries(fields)
  const required = own.flatMap((entry) =>
    isRequired(entry, whole.choices, criterion.fields ?? []) ? [entry[0]] : [],
  )
  const wanted = [...required, 'date', 'outcome', ...(expires ? ['expires'] : [])]
  const dated = own.flatMap(([name, field]) => (DATED.has(field.kind) ? [name] : []))
  const tests = own.flatMap(([name, field]) => (field.kind === 'test' ? [name] : []))
  const ended = outcome.of.flatMap((word) => endedWith(word, made))
  const weak = own.flatMap(([name, field]) => (isWeakly(field) ? [name] : []))
  const conditional = outcome.of.find((word) => OUTCOMES[word] === 'conditional')
  return {
    criterion,
    good: made({}),
    counter: [
      { kind: 'missing', context: recordContext([]) },
      ...(['missing', 'placeholder', 'nobody'] as const).map((owner) => ({
        ...{ kind: 'unowned' as const, context: made({ owner }) },
      })),
      ...wanted.flatMap((field) =>
        (['missing', 'placeholder', 'bare'] as const).map((fill) => ({
          ...{ kind: fill, context: made({ fields: { ...whole.fields, [field]: fill } }) },
        })),
      ),
      { kind: 'other_model', context: aboutAnother(made({})) },
      { kind: 'in_future', context: made({ date: TOMORROW }) },
      ...dated.map((field) => ({
        ...{ kind: 'in_future' as const, context: made({ days: { ...whole.days, [field]: TOMORROW } }) },
      })),
      { kind: 'expired', context: made({ expires: LONG_AGO }) },
      { kind: 'expired', context: made({ date: LONG_AGO }) },
      ...tests.flatMap((field): readonly Piece[] => [
        { kind: 'expired', context: made({ days: { ...whole.days, [field]: LONG_AGO } }) },
        ...[outcome.of[0], conditional].flatMap((word): readonly Piece[] =>
          word === undefined
            ? []
            : [
                {
                  ...{ kind: 'speaks_against' },
                  context: made({ outcome: word, failing: [{ field, why: 'says', found: 'failed' }] }),
                },
              ],
        ),
      ]),
      ...apart.map((fields) => ({
        ...{ kind: 'same_party' as const, context: made({ same: { fields, who: 'Acme' } }) },
      })),
      ...ended,
      ...weak.flatMap((field): readonly Piece[] => {
        const said = { weak: [{ field, found: 'weak' }] }
        const other = { what: 'a condition for something else', due: TOMORROW }
        const on = conditional && { outcome: conditional, conditions: [other] }
        return [
          { kind: 'unconditional', context: made(said) },
          ...(on ? [{ kind: 'unconditional' as const, context: made({ ...said, ...on }) }] : []),
        ]
      }),
      ...countersOf(whole, criterion),
      // What holds does not make good another that does not.
      ...(several
        ? [{ kind: 'expired' as const, context: beside(made({}), made({ date: LONG_AGO, source: NEXT })) }]
        : []),
      ...(fields.base === undefined
        ? []
        : [{ kind: 'missing' as const, context: ofOneBase(made({ named: { base: ONE } })) }]),
      ...(isObservedRecord(kind) ? [{ kind: 'seen_otherwise' as const, context: made({}, OPEN) }] : []),
      ...(kind === 'access-control' ? [{ kind: 'seen_otherwise' as const, context: made({}, OTHERS) }] : []),
      ...(criterion.observed ? [{ kind: 'unseen' as const, context: unseen }] : []),
    ],
  }
}

const NEXT = { ...SOURCE, path: `${SOURCE.path} too` }

function beside(context: Context, other: Context): Context {
  const more = other.evidence.filter(({ records }) => records.some(({ source }) => source.path === NEXT.path))
  return { ...context, evidence: [...context.evidence, ...more] }
}

const [ONE, ANOTHER] = ['made/one', 'made/another']

/** A model that was made from two bases, of which only one is written about. */
function ofOneBase(context: Context): Context {
  const base = (name: string) => ({ name, revision: SOURCE.sha, digests: [], same: false })
  const bases = [base(ONE), base(ANOTHER)]
  return { ...context, ancestry: { bases, trained: [], trusted: {}, measured: [] } }
}

/** Whether a field may say what holds only with a condition. */
function isWeakly(field: Field): boolean {
  return field.kind === 'provision' || (field.kind === 'choice' && field.weak !== undefined)
}

/** What must be refused because of the word that it ends with. */
function endedWith(word: Outcome, made: (given: Partial<WrittenRecord>) => Context): readonly Piece[] {
  const overdue = [{ what: 'a condition that was not met', due: LONG_AGO }]
  const pieces: { readonly [S in Standing]: readonly Piece[] } = {
    good: [],
    conditional: [{ kind: 'overdue', context: made({ outcome: word, conditions: overdue }) }],
    bad: [{ kind: 'rejected', context: made({ outcome: word }) }],
    open: [{ kind: 'unfinished', context: made({ outcome: word }) }],
  }
  return pieces[OUTCOMES[word]]
}

/** A record of today that leaves nothing out. */
function wholeRecord(kind: WrittenKind): WrittenRecord {
  const { fields, outcome } = WRITTEN[kind]
  const own = Object.entries(fields)
  const good = outcome.of.find((word) => OUTCOMES[word] === 'good')
  return {
    ...{ kind: 'written', record: kind, owner: 'given', date: TODAY, expires: TOMORROW },
    fields: Object.fromEntries([...fieldsOf(kind), 'date'].map((field) => [field, 'given'])),
    choices: Object.fromEntries(
      own.flatMap(([name, field]) => (field.kind === 'choice' ? [[name, field.of[1] ?? '']] : [])),
    ),
    days: Object.fromEntries(own.flatMap(([name, field]) => (DATED.has(field.kind) ? [[name, TODAY]] : []))),
    ...(good && { outcome: good }),
    ...partsOfWhole(kind),
    ...(kind === 'access-control' && { access: ACCESS }),
    ...{ failing: [], conditions: [], source: SOURCE },
  }
}
