import type { Answer } from '../core/answer.ts'
import type { Evidence } from '../core/evidence.ts'
import { othersNamed, pathsOf } from '../core/named-evidence.ts'
import { isBesideFloor } from '../core/paths.ts'
import type { ShownIn, TestUnshown, WrittenRecord } from '../core/written-record.ts'
import type { Context } from './context.ts'
import { filesOf, saysSomething } from './evidence-named.ts'

/**
 * How many tests one report may be of. A protocol of one drill shows that the system stops and that people override it, and
 * a round of checks may show a few things; what is to show them all tells of none.
 */
export const TESTS_OF_A_REPORT = 4

/**
 * A record that holds, if the report of each test in it is a file of this release that says something, or a document
 * elsewhere with its digest; and what the tests rest on, so that whoever reads the verdict sees it. Beside the floor only
 * the latter can be: there is no release whose files it could name.
 */
export function asShown(record: WrittenRecord, answer: Answer, context: Context): Answer {
  if (answer.code !== 'record_holds') return answer
  const shown = Object.entries(record.shown ?? {})
  const own = record.source.path
  const unshown = shown.flatMap(([field, where]): readonly TestUnshown[] => {
    const fault =
      (where.kind === 'evidence' ? faultOf(where.path, own, context) : undefined) ??
      crowded(where, own, context)
    const path = where.kind === 'evidence' ? where.path : where.name
    return fault === undefined ? [] : [{ field, path, ...fault }]
  })
  const { path, date } = answer
  if (unshown.length > 0)
    return { code: 'record_unshown', outcome: 'unmet', record: record.record, path, date, unshown }
  const byKey = new Map(shown.map(([, where]) => [keyOf(where, own, context), where] as const))
  const rests = [...byKey].map(([key, where]) =>
    where.kind === 'evidence' ? { ...where, path: key } : where,
  )
  return rests.length === 0 ? answer : { ...answer, tests: rests }
}

/** Whether more tests than one report may be of have this one, in all records that people wrote of the release. */
function crowded(where: ShownIn, own: string, context: Context): Fault | undefined {
  const wanted = keyOf(where, own, context)
  const tests = filesOf(context).flatMap(({ records }) =>
    records.flatMap((record) =>
      record.kind === 'written'
        ? Object.values(record.shown ?? {}).filter(
            (one) => keyOf(one, record.source.path, context) === wanted,
          )
        : [],
    ),
  ).length
  return tests > TESTS_OF_A_REPORT ? { why: 'of_too_many', tests, most: TESTS_OF_A_REPORT } : undefined
}

/** What two tests have in common that have one report: the path of the file, or the digest of what lies elsewhere. */
function keyOf(where: ShownIn, own: string, context: Context): string {
  if (where.kind === 'elsewhere') return where.sha256
  const [only, second] = pathsOf(othersNamed(where.path, own, filesOf(context)))
  return second === undefined ? (only ?? where.path) : where.path
}

// Of each fault all but the field and the path that it is about.
type Fault = TestUnshown extends infer One
  ? One extends unknown
    ? Omit<One, 'field' | 'path'>
    : never
  : never

function faultOf(path: string, own: string, context: Context): Fault | undefined {
  if (isBesideFloor(own)) return { why: 'beside_floor' }
  const files = othersNamed(path, own, filesOf(context))
  const [first] = files
  if (first === undefined) return { why: 'not_there' }
  if (pathsOf(files).length > 1) return { why: 'several', paths: pathsOf(files) }
  const described = files.find(isDescription)
  if (described !== undefined)
    return { why: 'describes', ...(described.document !== undefined && { document: described.document }) }
  if (files.every(isProblem)) return undefined
  if (files.every(({ sha }) => sha === undefined)) return { why: 'not_there' }
  const reports = files.filter(isReport)
  if (reports.length === 0 && files.some(isRead)) return { why: 'no_report' }
  // Numbers beside an empty report do not fill it.
  const says = (file: Evidence) => saysSomething({ ...file, measurements: [] }, context)
  return reports.some(says) ? undefined : { why: 'says_nothing' }
}

/**
 * What describes the model, its data or the system, as the manifest, a tool or its own name says: whatever stands in it, it
 * is not what somebody wrote down of one test.
 */
function isDescription({ document, path, records }: Evidence): boolean {
  return (
    document !== undefined ||
    records.some(({ kind }) => kind === 'card') ||
    DESCRIBING.test(path.split('/').at(-1) ?? path)
  )
}

const DESCRIBING = /^(?:readme|(?:model|data|dataset|system)[-_ ]?card|changelog|licen[cs]e)(?:[.-]|$)/i

/** What the manifest names and nobody has: that is a problem of its own, which keeps the release from a go. */
function isProblem({ sha, problems }: Evidence): boolean {
  return sha === undefined && problems.length > 0
}

/**
 * A report tells of a test: in words, or as a tool does that ran it. Any other record is what somebody says, and numbers
 * alone, a list of packages or a configuration tell of no drill.
 */
function isReport({ records }: Evidence): boolean {
  return records.some((one) => REPORTS.includes(one.kind === 'written' ? one.record : one.kind))
}

function isRead({ measurements, records }: Evidence): boolean {
  return measurements.length > 0 || records.length > 0
}

const REPORTS: readonly string[] = ['document', 'test-report', 'suite', 'scan', 'attestation']
