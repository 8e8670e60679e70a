import type { Reading } from '../core/evidence.ts'
import type { ScanIssue } from '../core/scan.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { issueOf, listAt, pathOf, recordScan, severityOf, short } from './scan-parts.ts'

const format = 'modelscan'
type Keys = readonly (string | number)[]

/**
 * Reports of modelscan, as JSON: of 0.6 to 0.8 with everything about the run in `summary`, and of 0.5 with it at the top
 * and the issues by severity. It names no digests, writes local time without a zone, and a run over nothing that it
 * supports has no issues. Its own sums must agree with its lists.
 */
export const modelscan: Reader = {
  format,
  labels: [],
  shapes: [
    ['summary', 'issues', 'errors'],
    ['modelscan_version', 'issues_by_severity', 'scanned', 'summary'],
  ],
  recognises: (content) => layoutOf(content) !== undefined,
  read,
}

type Layout = {
  readonly about: Fields
  readonly aboutKeys: Keys
  readonly scanned: Fields
  readonly skipped: Fields
  readonly sums: Fields
  readonly total: unknown
  readonly file: Fields
}

function layoutOf(content: Content): Layout | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const file = content.value
  const summary = fieldsAt(file, 'summary')
  const sums = fieldsAt(summary, 'total_issues_by_severity')
  if (
    typeof summary.modelscan_version === 'string' &&
    isFields(summary.scanned) &&
    Array.isArray(file.issues)
  )
    return {
      ...{ about: summary, aboutKeys: ['summary'], scanned: summary.scanned },
      ...{ skipped: fieldsAt(summary, 'skipped'), sums, total: summary.total_issues, file },
    }
  if (typeof file.modelscan_version === 'string' && isFields(file.issues_by_severity))
    return {
      ...{ about: file, aboutKeys: [], scanned: fieldsAt(file, 'scanned') },
      ...{ skipped: fieldsAt(file, 'skipped'), sums, total: file.total_issues, file },
    }
  return undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const layout = layoutOf(input.content)
  if (layout === undefined) return found.reading()
  const { about, aboutKeys, scanned, skipped, file } = layout
  const at = [...aboutKeys, 'scanned']
  const files = listAt(scanned.scanned_files, [...at, 'scanned_files'], found).flatMap((name, index) => {
    const path = pathOf(name)
    if (path === undefined) found.malformed([...at, 'scanned_files', index], 'the path of a file')
    return path === undefined ? [] : [{ name: path }]
  })
  const left = skippedIn(skipped, [...aboutKeys, 'skipped'], found)
  const errors = listAt(file.errors, ['errors'], found).map(
    (error) => (isFields(error) ? short(error.description ?? error.category) : short(error)) ?? 'an error',
  )
  const issues = issuesIn(file, found)
  agree(found, [...at, 'total_scanned'], scanned.total_scanned, files.length, 'scanned_files')
  if (skipped.total_skipped !== undefined)
    agree(
      found,
      [...aboutKeys, 'skipped', 'total_skipped'],
      skipped.total_skipped,
      left.length,
      'skipped_files',
    )
  agree(found, [...aboutKeys, 'total_issues'], layout.total, issues.length, 'issues')
  for (const [severity, total] of Object.entries(layout.sums)) {
    const listed = issues.filter((issue) => issue.severity === severityOf(severity)).length
    agree(found, ['summary', 'total_issues_by_severity', severity], total, listed, 'issues')
  }
  const [version, time] = [short(about.modelscan_version), short(about.timestamp)]
  recordScan(found, {
    tool: 'modelscan',
    ...(version !== undefined && { version }),
    ...(time !== undefined && { at: time }),
    proof: 'ran',
    ...{ files, skipped: left, errors, issues },
  })
  return found.reading()
}

function skippedIn(
  skipped: Fields,
  keys: Keys,
  found: Collector,
): readonly { readonly name: string; readonly why: string }[] {
  return listAt(skipped.skipped_files, [...keys, 'skipped_files'], found).map((one) => {
    const fields = isFields(one) ? one : {}
    return {
      name: pathOf(fields.source) ?? 'a file without a name',
      why: short(fields.category) ?? short(fields.description) ?? 'skipped',
    }
  })
}

function issuesIn(file: Fields, found: Collector): readonly ScanIssue[] {
  if (!isFields(file.issues_by_severity))
    return listAt(file.issues, ['issues'], found).map((one) => issueIn(one, undefined))
  return Object.entries(file.issues_by_severity).flatMap(([severity, some]) =>
    listAt(some, ['issues_by_severity', severity], found).map((one) => issueIn(one, severity)),
  )
}

function issueIn(one: unknown, severity: string | undefined): ScanIssue {
  const { description, operator, module, source, severity: own } = isFields(one) ? one : {}
  const called = [short(module), short(operator)].filter((part) => part !== undefined).join('.')
  const what = called === '' ? short(description) : called
  return issueOf(severityOf(severity ?? own), what, pathOf(source))
}

function agree(found: Collector, keys: Keys, said: unknown, listed: number, list: string): void {
  if (said !== listed)
    found.fault(keys, {
      code: 'contradiction',
      at: pointer(keys),
      one: typeof said === 'number' ? String(said) : 'no number',
      other: `${listed} in ${list}`,
    })
}
