import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Counter } from '../core/note.ts'
import { ANNEX_IV_ALWAYS } from '../core/records/documentation.ts'
import { WRITTEN, type WrittenKind } from '../core/records/kinds.ts'
import type { AnsweredIn, WrittenRecord } from '../core/written-record.ts'
import { recordContext } from './counter-records.ts'
import { type Piece, SOURCE } from './made.ts'

type RecordCriterion = Extract<Criterion, { check: 'record' }>

const ALWAYS: readonly string[] = ANNEX_IV_ALWAYS
const ZEROS = '0'.repeat(39)
const [OWN, OTHER] = [`${ZEROS}1`, `${ZEROS}2`]
const DOCUMENT = 'made'

/** What an index and a report have beside what every record has: all answered, and all signed for. */
export function partsOfWhole(kind: WrittenKind): Partial<WrittenRecord> {
  const { fields } = WRITTEN[kind]
  const of = (one: string) =>
    Object.entries(fields).flatMap(([name, field]) => (field.kind === one ? [name] : []))
  const where = (section: string): AnsweredIn => ({ kind: 'section', document: DOCUMENT, section })
  return {
    ...(of('answer').length > 0 && {
      answered: Object.fromEntries(of('answer').map((name) => [name, where(name)])),
    }),
    ...(of('test').length > 0 && {
      shown: Object.fromEntries(of('test').map((name) => [name, { kind: 'evidence', path: RESULTS.path }])),
    }),
    ...(of('files').length > 0 && { signs: [{ path: 'results', blob: OWN }] }),
  }
}

/** The record among what it is about: a document that says enough for all headings, and results. */
export function amongOthers(record: WrittenRecord, others: readonly Evidence[] = OTHERS): Context {
  const own = recordContext([record])
  return { ...own, evidence: [...others, ...own.evidence] }
}

/** What an index or a report must be refused with, beside what every record must. */
export function countersOf(
  record: WrittenRecord,
  { fields = [], covers }: RecordCriterion,
): readonly Piece[] {
  const { answered, signs } = record
  const first = Object.keys(answered ?? {})[0]
  const index = (kind: Counter, words: number, change: object = {}): Piece => ({
    ...{ kind, context: amongOthers(record, [aDocument(words, change), RESULTS]) },
  })
  const answers = (kind: Counter, where: AnsweredIn, names: readonly string[]): Piece => ({
    kind,
    context: amongOthers({
      ...record,
      answered: { ...answered, ...Object.fromEntries(names.map((name) => [name, where])) },
    }),
  })
  const excused: AnsweredIn = { kind: 'excused', reason: 'a reason in words' }
  const ofIndex =
    answered === undefined || first === undefined
      ? []
      : [
          { kind: 'missing' as const, context: amongOthers(record, [RESULTS]) },
          index('missing', 1000, { title: 'Another' }),
          index('placeholder', 1000, { placeholder: 'TODO' }),
          index('empty', 0),
          // A sentence that says too little.
          index('empty', 3),
          answers('shared', { kind: 'section', document: DOCUMENT, section: first }, Object.keys(answered)),
          answers('shared', { kind: 'evidence', path: RESULTS.path }, Object.keys(answered)),
          { kind: 'shared' as const, context: amongOthers(record, [oneInAnother(), RESULTS]) },
          answers('missing', { kind: 'evidence', path: 'nowhere' }, [first]),
          answers('empty', { kind: 'evidence', path: SOURCE.path }, [first]),
          answers('unexplained', excused, Object.keys(answered)),
          // One reason for all that may be excused at all.
          answers(
            'unexplained',
            excused,
            Object.keys(answered).filter((name) => !ALWAYS.includes(name)),
          ),
          answers('missing', excused, ALWAYS.slice(0, 1)),
          ...fields.filter((name) => name in answered).map((name) => answers('missing', excused, [name])),
        ]
  const ofReport: readonly Piece[] =
    signs === undefined
      ? []
      : [
          { kind: 'missing', context: amongOthers(record, []) },
          { kind: 'other_release', context: amongOthers(record, [{ ...RESULTS, sha: OTHER }]) },
          ...(covers === undefined
            ? []
            : [
                {
                  kind: 'missing' as const,
                  context: amongOthers(record, [RESULTS, { ...RESULTS, path: 'more', sha: OTHER }]),
                },
              ]),
        ]
  const ofTests = Object.keys(record.shown ?? {}).flatMap((name): readonly Piece[] => {
    const at = (path: string): Piece => ({
      ...{ kind: 'unshown' },
      context: amongOthers({ ...record, shown: { ...record.shown, [name]: { kind: 'evidence', path } } }),
    })
    return [at('nowhere'), at(SOURCE.path)]
  })
  return [...ofIndex, ...ofReport, ...ofTests]
}

const HEADINGS = Object.keys(WRITTEN['annex-iv'].fields)

const MADE = { trust: 'typed', about: 'candidate', measurements: [], problems: [] } as const

const RESULTS: Evidence = {
  ...{ path: 'results', sha: OWN, ...MADE },
  records: [{ kind: 'suite', tests: [{ name: 'made', outcome: 'passed', pointer: '' }], source: SOURCE }],
}

function aDocument(words: number, change: object = {}): Evidence {
  const sections = HEADINGS.map((title, at) => ({ title, line: at + 1, words, ...change }))
  return {
    ...{ path: 'made.md', sha: OWN, ...MADE, document: DOCUMENT },
    records: [{ kind: 'document', sections, source: SOURCE }],
  }
}

/** A paragraph under headings that all lie in one another. */
function oneInAnother(): Evidence {
  const whole = aDocument(100, { own: 0 })
  const records = whole.records.map((one) =>
    one.kind === 'document'
      ? {
          ...one,
          sections: one.sections.map((section, at) => (at === 0 ? { ...section, own: 100 } : section)),
        }
      : one,
  )
  return { ...whole, records }
}

const OTHERS = [aDocument(1000), RESULTS]
