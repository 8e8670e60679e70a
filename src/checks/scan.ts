import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import type { Evidence } from '../core/evidence.ts'
import { type ScanIssue, type ScanRecord, SEVERITIES } from '../core/scan.ts'
import type { ScanGap, ScanShown } from '../core/scan-answer.ts'
import type { Weights } from '../core/verdict.ts'
import { WEIGHT_FORMATS } from '../core/weight-format.ts'
import { COMMON, Days } from './common.ts'
import type { Context } from './context.ts'
import { type Cover, coveredBy, isReadWhole, skippedOf } from './scan-cover.ts'
import { formatAnswer } from './scan-formats.ts'
import { gapsOf, scanAge } from './scan-gaps.ts'
import { endsAt, ranAt } from './scan-time.ts'
import { distrusted } from './trusted.ts'

/** The tool that is gonogo itself. */
export const OWN = 'gonogo'

/** A scan that ran over every file of the released weights and found nothing. */
export const ScanCheck = z.strictObject({
  ...COMMON,
  check: z.literal('scan'),
  tool: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('the scanner, as its report names it; gonogo: its own reading of the bytes; any without it'),
  version_at_least: z
    .string()
    .regex(/^\d{1,6}(?:\.\d{1,6}){0,3}$/, 'a version such as 0.8.5')
    .optional()
    .describe('the oldest version of the scanner that counts'),
  severity: z
    .enum(SEVERITIES)
    .optional()
    .describe('the least severe issue that counts; every one without it'),
  suppressed: z
    .literal('accepted')
    .optional()
    .describe('issues that the report itself says were accepted do not count; they do without it'),
  named: z
    .literal('accepted')
    .optional()
    .describe(
      'files that a report only names, and gives no sha256 of, count as scanned; they do not without it',
    ),
  formats: z
    .array(z.enum(WEIGHT_FORMATS))
    .min(1)
    .optional()
    .describe('the only formats that weights may have by their bytes'),
  max_age: Days.optional().describe('the scan expires so long after it ran; 365 days without it'),
})
export type ScanCheck = z.infer<typeof ScanCheck>

/** Past this many, a list says nothing new. */
const LISTED = 20

/** Whether every released weight was scanned, by its digest where the scan has one, and nothing was found. */
export function answerScan(criterion: ScanCheck, context: Context): Answer {
  const { release } = context
  const weights = release?.weights ?? []
  if (weights.length === 0)
    return { code: 'nothing_to_scan', outcome: 'undecided', service: release?.service === true }
  const scans = criterion.tool === OWN ? [] : scansIn(context.evidence, criterion.tool)
  const formats = criterion.formats === undefined ? undefined : formatAnswer(weights, criterion.formats)
  if (formats?.outcome === 'unmet') return formats
  return (
    foundIn(criterion, scans) ??
    formats ??
    untrusted(scans, context) ??
    judged(criterion, scans, weights, context)
  )
}

/** When a scan that is relied on will have become too old. */
export function scanExpiry(criterion: ScanCheck, context: Context): string | undefined {
  if (answerScan(criterion, context).outcome !== 'met') return undefined
  const ends = scansIn(context.evidence, criterion.tool).flatMap(({ record }) => {
    const [earliest] = ranAt(record.at) ?? []
    return earliest === undefined ? [] : [endsAt(earliest, scanAge(criterion))]
  })
  return ends.length === 0 ? undefined : new Date(Math.min(...ends)).toISOString()
}

type Found = { readonly record: ScanRecord; readonly file: Evidence }

function scansIn(evidence: readonly Evidence[], tool: string | undefined): readonly Found[] {
  return evidence.flatMap((file) =>
    file.records.flatMap((record) =>
      record.kind === 'scan' && (tool === undefined || record.tool.toLowerCase() === tool.toLowerCase())
        ? [{ record, file }]
        : [],
    ),
  )
}

/** What no severity is known of counts as the worst. */
function counts(
  { severity, suppressed }: ScanIssue,
  { severity: least, suppressed: accepts }: ScanCheck,
): boolean {
  if (suppressed && accepts === 'accepted') return false
  return (
    least === undefined || severity === 'unknown' || SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)
  )
}

/** Who a report comes from does not matter where it speaks against the weights. */
function foundIn(criterion: ScanCheck, scans: readonly Found[]): Answer | undefined {
  for (const { record } of scans) {
    const issues = record.issues.filter((issue) => counts(issue, criterion))
    if (issues.length > 0)
      return {
        ...{ code: 'scan_found', outcome: 'unmet', path: record.source.path, tool: record.tool },
        issues: issues.toSorted((a, b) => rank(b) - rank(a)).slice(0, LISTED),
        more: Math.max(0, issues.length - LISTED),
      }
  }
  return undefined
}

function rank({ severity }: ScanIssue): number {
  return severity === 'unknown' ? SEVERITIES.length : SEVERITIES.indexOf(severity)
}

function untrusted(scans: readonly Found[], { trust }: Context): Answer | undefined {
  for (const { record, file } of scans) {
    const { tool, issues, source, at } = record
    const observed = {
      ...({ metric: 'issues', value: issues.length, unit: 'count', labels: {}, tool, source } as const),
      ...(at !== undefined && { at }),
    }
    const refused = distrusted(observed, file, trust)
    if (refused !== undefined) return refused
  }
  return undefined
}

function judged(
  criterion: ScanCheck,
  scans: readonly Found[],
  weights: readonly Weights[],
  context: Context,
): Answer {
  const { tool } = criterion
  const covers = new Map<Weights, Cover>()
  const claimed = new Map<Weights, string>()
  const gaps: ScanGap[] = []
  for (const { record, file } of scans) {
    const isShown = criterion.named === 'accepted' || file.trust !== 'typed'
    const own = gapsOf(record, criterion, context)
    const { covered, gaps: against } = coveredBy(record, weights)
    gaps.push(...own, ...against)
    if (own.length === 0)
      for (const [one, how] of covered) {
        if (how === 'name' && !isShown) claimed.set(one, record.source.path)
        else if (covers.get(one) !== 'digest') covers.set(one, how)
      }
  }
  // Only what holds no code by its format needs no scanner, unless gonogo was asked to be it.
  for (const one of weights) {
    // Whoever typed a name may have scanned other bytes; that these are clean gonogo has seen itself.
    const isOwn = tool === OWN || (tool === undefined && (isSafe(one) || claimed.has(one)))
    if (isOwn && !covers.has(one) && isReadWhole(one, context.release?.allowed ?? [])) covers.set(one, 'own')
  }
  const left = weights.filter((one) => !covers.has(one))
  if (scans.length === 0 && left.length > 0 && tool !== OWN) {
    const others = context.evidence.flatMap(({ records }) =>
      records.flatMap((record) => (record.kind === 'scan' ? [record.tool] : [])),
    )
    return {
      ...{ code: 'no_scan', outcome: 'undecided' },
      ...(tool !== undefined && { tool }),
      others: [...new Set(others)].toSorted().slice(0, LISTED),
    }
  }
  const skipped = scans.flatMap(({ record }) => skippedOf(record, left))
  const only = left.flatMap((one): readonly ScanGap[] => {
    const path = claimed.get(one)
    return path === undefined ? [] : [{ why: 'only_named', path, file: one.name }]
  })
  const told = new Set([...skipped, ...only].flatMap((gap) => ('file' in gap ? [gap.file] : [])))
  const names = left.map(({ name }) => name).filter((name) => !told.has(name))
  const all = [...gaps, ...skipped, ...only, ...(tool === OWN ? left.map(notSeen) : leftOut(names))]
  if (all.length > 0)
    return {
      ...{ code: 'scan_incomplete', outcome: 'undecided', wanting: all.slice(0, LISTED) },
      more: Math.max(0, all.length - LISTED),
    }
  return clean(criterion, scans, [...covers.values()])
}

function isSafe({ format }: Weights): boolean {
  return format?.kind === 'read' && format.format === 'safetensors'
}

/** No report of gonogo's could be missing: it says why its own reading was none. */
function notSeen({ name: file, format }: Weights): ScanGap {
  const about = { why: 'not_seen_through', file } as const
  if (format === undefined) return { ...about, of: 'elsewhere' }
  if (format.kind === 'not_read') return { ...about, of: format.why }
  return { ...about, of: format.whole ? 'faulty' : 'inside' }
}

function leftOut(names: readonly string[]): readonly ScanGap[] {
  if (names.length === 0) return []
  return [{ why: 'left_out', files: names.slice(0, LISTED), more: Math.max(0, names.length - LISTED) }]
}

function clean(criterion: ScanCheck, scans: readonly Found[], covers: readonly Cover[]): Answer {
  const issues = scans.flatMap(({ record }) => record.issues)
  const suppressed = issues.filter((issue) => issue.suppressed && criterion.suppressed === 'accepted').length
  const count = (how: Cover): number => covers.filter((one) => one === how).length
  return {
    ...{ code: 'scan_clean', outcome: 'met', scans: scans.map(shown).slice(0, LISTED) },
    by: { digest: count('digest'), name: count('name'), own: count('own') },
    ...{ lesser: issues.length - suppressed, suppressed },
  }
}

function shown({ record: { tool, version, at, source } }: Found): ScanShown {
  return {
    ...{ tool, path: source.path },
    ...(version !== undefined && { version }),
    ...(at !== undefined && { at }),
  }
}
