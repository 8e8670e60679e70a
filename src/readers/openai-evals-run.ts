import type { JsonLines } from '../text/lines.ts'
import type { Collector } from './collect.ts'
import { type Fields, isFields } from './narrow.ts'

/** Names of samples past this many are not kept. */
const MAX_SAMPLES = 500_000

/** What one file of events comes to. */
export type Run = {
  readonly specs: readonly Fields[]
  readonly reports: readonly { readonly line: number; readonly report: Fields }[]
  /** Answers that were right, and all that were judged so. */
  readonly correct: number
  readonly matches: number
  /** Different samples that were judged, and that were asked. */
  readonly judged: number
  readonly asked: number
  readonly ids: ReadonlySet<string>
}

/** Goes through the events once and keeps counts and names of samples, never what was asked or answered. */
export function runOf(lines: JsonLines, found: Collector): Run {
  const specs: Fields[] = []
  const reports: { line: number; report: Fields }[] = []
  const asked = new Set<string>()
  const judged = new Set<string>()
  const ids = new Set<string>()
  let correct = 0
  let matches = 0
  const problems = lines.each((value, line) => {
    if (!isFields(value)) return found.malformed([line], 'an event')
    const { spec, final_report: report, type, data, sample_id: sample, run_id: run } = value
    if (typeof run === 'string' && ids.size < 2) ids.add(run)
    if (isFields(spec)) {
      specs.push(spec)
      if (typeof spec.run_id === 'string' && ids.size < 2) ids.add(spec.run_id)
    } else if (isFields(report)) reports.push({ line, report })
    if (typeof sample === 'string' && asked.size < MAX_SAMPLES) asked.add(sample)
    if (type !== 'match') return
    if (!isFields(data) || typeof data.correct !== 'boolean') {
      found.malformed([line, 'data', 'correct'], 'true or false')
      return
    }
    matches += 1
    if (data.correct) correct += 1
    if (typeof sample === 'string' && judged.size < MAX_SAMPLES) judged.add(sample)
  })
  for (const { path: _, line = 1, column: __, ...fault } of problems) found.fault([line], fault)
  if (asked.size >= MAX_SAMPLES) found.fault([], { code: 'too_many', limit: MAX_SAMPLES })
  return { specs, reports, correct, matches, judged: judged.size, asked: asked.size, ids }
}
