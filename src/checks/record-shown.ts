import type { Answer } from '../core/answer.ts'
import type { Evidence } from '../core/evidence.ts'
import { othersNamed, pathsOf } from '../core/named-evidence.ts'
import { isBesideFloor } from '../core/paths.ts'
import type { TestUnshown, WrittenRecord } from '../core/written-record.ts'
import type { Context } from './context.ts'
import { filesOf, saysSomething } from './evidence-named.ts'

/**
 * A record that holds, if the report of each test in it is a file of this release that says something, or a document
 * elsewhere with its digest. Beside the floor only the latter can be: there is no release whose files it could name.
 */
export function asShown(record: WrittenRecord, answer: Answer, context: Context): Answer {
  if (answer.code !== 'record_holds') return answer
  const unshown = Object.entries(record.shown ?? {}).flatMap(([field, where]): readonly TestUnshown[] => {
    if (where.kind === 'elsewhere') return []
    const { path } = where
    const fault = faultOf(path, record.source.path, context)
    return fault === undefined ? [] : [{ field, path, ...fault }]
  })
  const { path, date } = answer
  return unshown.length === 0
    ? answer
    : { code: 'record_unshown', outcome: 'unmet', record: record.record, path, date, unshown }
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
  if (files.every(isProblem)) return undefined
  if (files.every(({ sha }) => sha === undefined)) return { why: 'not_there' }
  const reports = files.filter(isReport)
  if (reports.length === 0 && files.some(isRead)) return { why: 'no_report' }
  // Numbers beside an empty report do not fill it.
  const says = (file: Evidence) => saysSomething({ ...file, measurements: [] }, context)
  return reports.some(says) ? undefined : { why: 'says_nothing' }
}

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
