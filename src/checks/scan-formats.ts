import type { ScanAnswer } from '../core/scan-answer.ts'
import type { Weights } from '../core/verdict.ts'
import type { WeightFormatName } from '../core/weight-format.ts'

/** What speaks against weights by their formats; undefined where each has one of those that are wanted. */
export function formatAnswer(
  weights: readonly Weights[],
  wanted: readonly WeightFormatName[],
): Extract<ScanAnswer, { code: 'format_refused' | 'format_unknown' }> | undefined {
  const refused = weights.flatMap(({ name, format }) => {
    if (format?.kind !== 'read') return []
    const { format: is, faults } = format
    if (is !== undefined && wanted.includes(is) && faults.length === 0) return []
    return [{ name, ...(is && { is }) }]
  })
  if (refused.length > 0)
    return { code: 'format_refused', outcome: 'unmet', wanted, files: refused.slice(0, 20) }
  type Unread = Extract<ScanAnswer, { code: 'format_unknown' }>['files']
  const unknown = weights.flatMap(({ name, format }): Unread => {
    if (format === undefined) return [{ name, why: 'elsewhere' }]
    return format.kind === 'read' ? [] : [{ name, why: format.why }]
  })
  if (unknown.length === 0) return undefined
  return { code: 'format_unknown', outcome: 'undecided', wanted, files: unknown.slice(0, 20) }
}
