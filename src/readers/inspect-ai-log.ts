import type { Content } from '../text/content.ts'
import { decode } from '../text/decode.ts'
import { parseJson } from '../text/json.ts'
import { pointer } from '../text/pointer.ts'
import type { Collector } from './collect.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input } from './reader.ts'

type Keys = readonly (string | number)[]

const HEADER = 'header.json'
const REDUCTIONS = 'reductions.json'
const START = '_journal/start.json'

/** A log without its samples, and under which keys its parts stand in the file. */
export type Log = {
  readonly header: Fields
  readonly keys: Keys
  /** What each scorer made of each sample over its epochs, by `reductionKey`. */
  readonly reductions: ReadonlyMap<string, readonly (readonly unknown[])[]>
}

/** A scorer's reductions are told apart by what reduced them. */
export function reductionKey(scorer: unknown, reducer: unknown): string {
  return JSON.stringify([scorer, reducer ?? null])
}

/** Whether this is a log, as JSON or as an archive, be it one that broke off. */
export function isLog(content: Content): boolean {
  if (content.kind === 'archive') {
    const { names } = content
    return (
      names.includes(START) || (names.includes(HEADER) && names.some((name) => name.startsWith('samples/')))
    )
  }
  return content.kind === 'data' && isHeader(content.value)
}

/** The log of a file; undefined, with the problem told, where it has no header. */
export function logOf({ content, path }: Input, found: Collector): Log | undefined {
  if (content.kind === 'data' && isHeader(content.value)) {
    const { value } = content
    // Until 2024-10 they stood within the results.
    const reductions = value.reductions ?? fieldsAt(value, 'results').sample_reductions
    return { header: value, keys: [], reductions: byKey(reductions) }
  }
  if (content.kind !== 'archive') return undefined
  if (!content.names.includes(HEADER)) {
    found.fault([], { code: 'not_finished', found: `no ${HEADER}` })
    return undefined
  }
  const entry = (name: string): unknown => {
    const bytes = content.names.includes(name) ? content.read(name) : undefined
    const text = bytes && decode(bytes, path)
    const parsed = text && 'text' in text ? parseJson(text.text, path) : undefined
    // A line of an entry is no line of the archive.
    for (const { path: _, line: __, column: ___, ...fault } of parsed?.problems ?? []) {
      // A reduction that is not a number is how a sample without a score is written.
      if (name !== REDUCTIONS || fault.code !== 'not_finite') found.fault([name], fault)
    }
    return parsed?.value
  }
  const header = entry(HEADER)
  const reductions = entry(REDUCTIONS)
  if (content.names.includes(REDUCTIONS) && !Array.isArray(reductions))
    found.malformed([REDUCTIONS], 'a list of what scorers made of samples')
  if (!isHeader(header)) {
    found.malformed([HEADER], 'the header of a log')
    return undefined
  }
  return { header, keys: [HEADER], reductions: byKey(reductions) }
}

function byKey(reductions: unknown): Log['reductions'] {
  const found = new Map<string, (readonly unknown[])[]>()
  for (const one of Array.isArray(reductions) ? reductions : []) {
    if (!isFields(one) || !Array.isArray(one.samples)) continue
    const key = reductionKey(one.scorer, one.reducer)
    const known = found.get(key)
    if (known) known.push(one.samples)
    else found.set(key, [one.samples])
  }
  return found
}

/** What the log says that keeps it from being a whole result: its status, and how much of its data it took. */
export function unfinished({ header, keys }: Log, found: Collector): void {
  const { status, results } = header
  if (status !== 'success')
    found.fault([...keys, 'status'], { code: 'not_finished', found: `status ${String(status).slice(0, 40)}` })
  const { scores, total_samples: total, early_stopping: early } = isFields(results) ? results : {}
  if (!Array.isArray(scores) || scores.length === 0) {
    const at = isFields(results) ? [...keys, 'results', 'scores'] : [...keys, 'results']
    found.fault(at, { code: 'nothing_evaluated', at: pointer(at) })
  }
  const { dataset } = fieldsAt(header, 'eval')
  const all = isFields(dataset) ? dataset.samples : undefined
  const done = typeof total === 'number' ? total / epochsOf(header) : undefined
  if (typeof all === 'number' && done !== undefined && done < all) {
    const at = [...keys, 'eval', 'dataset', 'samples']
    found.fault(at, { code: 'limited_run', done: String(done), all: String(all) })
  }
  const { early_stops: stops } = isFields(early) ? early : {}
  if (Array.isArray(stops) && stops.length > 0) {
    const at = [...keys, 'results', 'early_stopping']
    found.fault(at, { code: 'not_finished', found: `${stops.length} samples stopped early` })
  }
}

/** How often each sample was run. */
export function epochsOf(header: Fields): number {
  const { epochs } = fieldsAt(fieldsAt(header, 'eval'), 'config')
  return typeof epochs === 'number' && Number.isSafeInteger(epochs) && epochs > 0 ? epochs : 1
}

function isHeader(value: unknown): value is Fields {
  if (!isFields(value) || typeof value.status !== 'string') return false
  const { task, model, dataset } = fieldsAt(value, 'eval')
  return typeof task === 'string' && typeof model === 'string' && isFields(dataset)
}
