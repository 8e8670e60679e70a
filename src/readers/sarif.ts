import type { Reading } from '../core/evidence.ts'
import type { ScanIssue, ScanProof } from '../core/scan.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { severityIn } from './sarif-severity.ts'
import { issueOf, listAt, pathOf, recordScan, scannedFile, short } from './scan-parts.ts'

const format = 'sarif'
type Keys = readonly (string | number)[]

/**
 * Logs of static analysis in SARIF 2.1.0 (OASIS), a record for each run. That it ran, only its invocations say: a log
 * without any says neither that something was looked at nor that nothing was found. What it looked at, only its
 * artifacts say. Results that are gone or no failure are none; a suppression counts only as accepted.
 */
export const sarif: Reader = {
  format,
  labels: [],
  shapes: [['version', 'runs', '$schema']],
  recognises: (content) => runsOf(content) !== undefined,
  read,
}

function runsOf(content: Content): readonly unknown[] | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { version, runs } = content.value
  return version === '2.1.0' &&
    Array.isArray(runs) &&
    runs.length > 0 &&
    runs.every((run) => isFields(run) && isFields(fieldsAt(run, 'tool').driver))
    ? runs
    : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  for (const [index, run] of (runsOf(input.content) ?? []).entries())
    if (isFields(run)) readRun(run, ['runs', index], found)
  return found.reading()
}

function readRun(run: Fields, keys: Keys, found: Collector): void {
  const driver = fieldsAt(fieldsAt(run, 'tool'), 'driver')
  const invocations = listAt(run.invocations, [...keys, 'invocations'], found).filter(isFields)
  const notes = invocations.flatMap((one) =>
    ['toolExecutionNotifications', 'toolConfigurationNotifications'].flatMap((key) =>
      listAt(one[key], [...keys, 'invocations', key], found),
    ),
  )
  const errors = notes.filter(isFields).flatMap((note) => (note.level === 'error' ? [messageOf(note)] : []))
  const ends = invocations.flatMap(({ endTimeUtc }) => short(endTimeUtc) ?? [])
  const version = short(driver.semanticVersion) ?? short(driver.version)
  // A log may leave its results out; then it says nothing of them, unlike an empty list.
  const isWhole = Array.isArray(run.results)
  const results = listAt(run.results, [...keys, 'results'], found).filter(isFields)
  const at = ends.toSorted().at(0)
  recordScan(
    found,
    {
      tool: short(driver.name) ?? 'a tool without a name',
      ...(version !== undefined && { version }),
      ...(at !== undefined && { at }),
      proof: isWhole ? proofOf(invocations) : 'not_said',
      files: filesOf(run, keys, found),
      skipped: [],
      errors,
      issues: results.flatMap((result) => issueIn(result, run, driver) ?? []),
    },
    keys,
  )
}

/** Every invocation must say that it succeeded. */
function proofOf(invocations: readonly Fields[]): ScanProof {
  if (invocations.some(({ executionSuccessful }) => executionSuccessful === false)) return 'failed'
  const all = invocations.length > 0 && invocations.every((one) => one.executionSuccessful === true)
  return all ? 'ran' : 'not_said'
}

/** SARIF 3.24: what an artifact was to the run, its roles say; without any it was looked at, or lists would be of no use. */
function filesOf(run: Fields, keys: Keys, found: Collector): ReturnType<typeof scannedFile>[] {
  return listAt(run.artifacts, [...keys, 'artifacts'], found)
    .filter(isFields)
    .flatMap((artifact) => {
      const roles = Array.isArray(artifact.roles) ? artifact.roles : ['analysisTarget']
      const name = pathOf(fieldsAt(artifact, 'location').uri)
      if (name === undefined || !roles.some((role) => role === 'analysisTarget' || role === 'resultFile'))
        return []
      return [scannedFile(decoded(name), fieldsAt(artifact, 'hashes')['sha-256'])]
    })
}

function issueIn(result: Fields, run: Fields, driver: Fields): ScanIssue | undefined {
  const { kind = 'fail', baselineState, suppressions } = result
  if (baselineState === 'absent') return undefined
  // `open` and `review` are for a person to decide, so that they are open here too.
  if (kind === 'pass' || kind === 'notApplicable' || kind === 'informational') return undefined
  const severity = severityIn(result, driver, fieldsAt(run, 'tool'))
  const rule = short(result.ruleId) ?? short(fieldsAt(result, 'rule').id) ?? messageOf(result)
  const issue = issueOf(severity, rule, fileOf(result))
  return isSuppressed(suppressions) ? { ...issue, suppressed: true } : issue
}

/** SARIF 3.27.23, 3.35.3: one that is accepted, or of which nobody says what became of it, and none under review. */
function isSuppressed(suppressions: unknown): boolean {
  if (!Array.isArray(suppressions) || suppressions.length === 0) return false
  return suppressions.every((one) => isFields(one) && (one.status === undefined || one.status === 'accepted'))
}

function fileOf(result: Fields): string | undefined {
  const [first] = Array.isArray(result.locations) ? result.locations : []
  const place = isFields(first) ? fieldsAt(fieldsAt(first, 'physicalLocation'), 'artifactLocation') : {}
  const name = pathOf(place.uri)
  return name === undefined ? undefined : decoded(name)
}

function messageOf(fields: Fields): string {
  const message = fieldsAt(fields, 'message')
  return short(message.text) ?? short(message.id) ?? 'without a message'
}

/** A URI as a path; one that cannot be decoded is kept. */
function decoded(uri: string): string {
  const path = uri.replace(/^file:\/\//i, '')
  try {
    return pathOf(decodeURIComponent(path)) ?? path
  } catch {
    return path
  }
}
