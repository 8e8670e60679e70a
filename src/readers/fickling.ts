import type { Reading } from '../core/evidence.ts'
import type { ScanIssue } from '../core/scan.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { issueOf, recordScan, short } from './scan-parts.ts'

const format = 'fickling'

/** fickling/analysis.py, `Severity`. */
const SEVERITIES: ReadonlyMap<string, ScanIssue['severity'] | 'none'> = new Map([
  ['LIKELY_SAFE', 'none'],
  ['POSSIBLY_UNSAFE', 'low'],
  ['SUSPICIOUS', 'medium'],
  ['LIKELY_UNSAFE', 'high'],
  ['LIKELY_OVERTLY_MALICIOUS', 'critical'],
  ['OVERTLY_MALICIOUS', 'critical'],
])

/**
 * The analysis of one pickle by fickling (`--check-safety --json-output`). It says what it found and not in which
 * file, so that it is a proof about no file.
 */
export const fickling: Reader = {
  format,
  labels: [],
  shapes: [['severity', 'analysis', 'detailed_results']],
  recognises: (content) => analysisOf(content) !== undefined,
  read,
}

function analysisOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { severity, analysis, detailed_results: details } = content.value
  const isAnalysis = typeof analysis === 'string' && isFields(details)
  return isAnalysis && typeof severity === 'string' && SEVERITIES.has(severity) ? content.value : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = analysisOf(input.content)
  if (file === undefined) return found.reading()
  const severity = SEVERITIES.get(String(file.severity)) ?? 'unknown'
  const kinds = Object.keys(fieldsAt(fieldsAt(file, 'detailed_results'), 'AnalysisResult'))
  const what = short(kinds.join(', ')) ?? short(file.analysis)
  const issues = severity === 'none' ? [] : [issueOf(severity, what, undefined)]
  recordScan(found, { tool: format, proof: 'ran', files: [], skipped: [], errors: [], issues })
  return found.reading()
}
