import type { Reading } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import type { Content } from '../text/content.ts'
import { decode } from '../text/decode.ts'
import { parseContent } from '../text/parse-content.ts'
import { document } from './document.ts'
import { hfModelIndex } from './hf-model-index.ts'
import { hfTrainer } from './hf-trainer.ts'
import { lmEval } from './lm-eval.ts'
import { plainData } from './plain-data.ts'
import { plainTable } from './plain-table.ts'
import type { Reader } from './reader.ts'
import { sklearnReport } from './sklearn-report.ts'
import { trainingRecord } from './training-record.ts'

/** Readers of one tool's format: exactly one of them may claim a file. */
export const SPECIFIC: readonly Reader[] = [
  lmEval,
  hfTrainer,
  hfModelIndex,
  sklearnReport,
  trainingRecord,
  document,
]

/** Readers of numbers in no tool's format, for files that no specific reader claims. */
export const PLAIN: readonly Reader[] = [plainData, plainTable]

/** Every evidence format that is read. */
export const READERS: readonly Reader[] = [...SPECIFIC, ...PLAIN]

/**
 * One evidence file as facts. `format` is absent where no reader, or more than one, claims the content; faults
 * of the text stand beside what could still be read of it. Never throws for bad input.
 */
export function readEvidence(
  bytes: Uint8Array,
  path: string,
  sha: string,
): { readonly format?: string; readonly reading: Reading } {
  const decoded = decode(bytes, path)
  if ('problem' in decoded) return { reading: onlyProblems([decoded.problem]) }
  const { content, problems } = parseContent(decoded.text, path)
  if (!content) return { reading: onlyProblems(problems) }
  const claims = claimsOf(content)
  const [reader] = claims
  if (!reader) return { reading: onlyProblems([...problems, { path, code: 'unknown_format' }]) }
  if (claims.length > 1) {
    const formats = claims.map(({ format }) => format)
    return { reading: onlyProblems([...problems, { path, code: 'several_formats', formats }]) }
  }
  const { measurements, records, problems: found } = reader.read({ path, sha, content })
  const all = [...problems, ...found]
  const nothing = measurements.length === 0 && records.length === 0 && all.length === 0
  const empty: readonly Problem[] = nothing ? [{ path, code: 'no_measurements', format: reader.format }] : []
  return { format: reader.format, reading: { measurements, records, problems: [...all, ...empty] } }
}

function claimsOf(content: Content): readonly Reader[] {
  const specific = SPECIFIC.filter((reader) => reader.recognises(content))
  return specific.length > 0 ? specific : PLAIN.filter((reader) => reader.recognises(content))
}

function onlyProblems(problems: readonly Problem[]): Reading {
  return { measurements: [], records: [], problems }
}
