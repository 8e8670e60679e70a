import { select } from '../checks/select.ts'
import type { Asked } from '../core/answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { clean } from '../render/clean.ts'
import type { Selection } from '../render/selection.ts'
import { UsageError } from './world.ts'

const FORM =
  "metric=accuracy where task=hellaswag and filter=none, with quotes ('…') around what has spaces or commas"
const WORD = `'[^']*'|"[^"]*"`
const METRIC = new RegExp(`^(?:metric\\s*=\\s*)?(${WORD}|[^\\s=,]+)(?:\\s+where\\s+(.+))?$`, 'is')
const PAIR = new RegExp(
  `\\s*(${WORD}|[^\\s=,]+)\\s*=\\s*(${WORD}|[^,]*?)\\s*(?:,|\\s+and\\s+(?=\\S)|$)`,
  'iy',
)

/** A selection as people type it, `metric=accuracy where filter=strict-match`. Throws UsageError. */
export function askedIn(text: string): Asked {
  const [, metric, where] = METRIC.exec(text.trim()) ?? []
  const pairs = where === undefined ? [] : pairsIn(where)
  if (metric === undefined || pairs === undefined)
    throw new UsageError(`${clean(text)} is no selection: write ${FORM}`)
  const labels = new Map(pairs)
  if (labels.size < pairs.length) throw new UsageError(`${clean(text)} asks for one label twice`)
  return { metric: bare(metric), where: Object.fromEntries(labels) }
}

function pairsIn(text: string): readonly (readonly [string, string])[] | undefined {
  const pairs: (readonly [string, string])[] = []
  let at = 0
  while (at < text.length) {
    PAIR.lastIndex = at
    const found = PAIR.exec(text)
    const [whole, label, value] = found ?? []
    if (whole === undefined || label === undefined || value === undefined) return undefined
    pairs.push([bare(label), bare(value)])
    at += whole.length
  }
  return pairs
}

function bare(word: string): string {
  return /^(['"]).*\1$/s.test(word) ? word.slice(1, -1) : word
}

/** What a criterion that asks so would judge, of all that was read. */
export function selecting(asked: Asked, measurements: readonly Measurement[]): Selection {
  const selected = select(asked, measurements, 'performance')
  if (selected.kind === 'one') return { asked, observed: selected.observed }
  return { asked, answer: selected.answer }
}
