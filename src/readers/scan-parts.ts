import type { ScanIssue, ScannedFile, ScanRecord, Severity } from '../core/scan.ts'
import type { Collector } from './collect.ts'

/** More files or issues than this in one report are a log, not a result. */
const MOST = 50_000
const LONGEST = 300

/** A text of a scanner as it is kept: on one line, without control characters, and cut. */
export function short(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value
    .slice(0, 5000)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return line === ''
    ? undefined
    : line.length > LONGEST
      ? `${line.slice(0, LONGEST - 1).toWellFormed()}…`
      : line
}

/** The path of a file as it is kept: one that is longer than any path names nothing. */
export function pathOf(value: unknown): string | undefined {
  const isPath = typeof value === 'string' && value !== '' && value.length <= 1000
  return isPath && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) ? value : undefined
}

/** A severity by its own name, in whatever case; what is none of them is not known. */
export function severityOf(value: unknown): Severity | 'unknown' {
  switch (typeof value === 'string' ? value.toLowerCase() : '') {
    case 'low':
      return 'low'
    case 'medium':
      return 'medium'
    case 'high':
      return 'high'
    case 'critical':
      return 'critical'
    default:
      return 'unknown'
  }
}

/** An issue with what is there of it. */
export function issueOf(
  severity: ScanIssue['severity'],
  what: string | undefined,
  file: string | undefined,
): ScanIssue {
  return { severity, what: what ?? 'an issue without a name', ...(file !== undefined && { file }) }
}

/** A scanned file, with its digest where it is one. */
export function scannedFile(name: string, sha256: unknown): ScannedFile {
  const digest = typeof sha256 === 'string' ? sha256.replace(/^sha256:/i, '').toLowerCase() : ''
  return { name, ...(/^[0-9a-f]{64}$/.test(digest) && { sha256: digest }) }
}

/** Adds a record, unless it is too long to be one. */
export function recordScan(
  found: Collector,
  scan: Omit<ScanRecord, 'kind' | 'source'>,
  keys: readonly (string | number)[] = [],
): void {
  if (Math.max(scan.files.length, scan.skipped.length, scan.errors.length, scan.issues.length) > MOST)
    found.fault(keys, { code: 'too_many', limit: MOST })
  else found.record((source) => ({ kind: 'scan', ...scan, source }), keys)
}

/** What is no list is an empty one, and a fault where something is there. */
export function listAt(
  value: unknown,
  keys: readonly (string | number)[],
  found: Collector,
): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value !== undefined && value !== null) found.malformed(keys, 'a list')
  return []
}
