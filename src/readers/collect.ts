import type { Reading } from '../core/evidence.ts'
import type { Measurement, Source } from '../core/measurement.ts'
import { canonical } from '../core/metrics.ts'
import type { Fault, Problem } from '../core/problem.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { Content } from '../text/content.ts'
import { MAX_PROBLEMS, pointer } from '../text/pointer.ts'
import type { Input } from './reader.ts'

/** More numbers than this in one file are a log, not a result. */
export const MAX_MEASUREMENTS = 50_000

type Keys = readonly (string | number)[]
type Found = Omit<Measurement, 'source'>

/** The place of what stands at some keys, as tests have it. */
export type PlaceOf = (keys: Keys) => Pick<Source, 'pointer' | 'line'>

/** Gathers what a reader finds in one file, each with the bytes it came from. */
export type Collector = {
  /** A number at these keys; its name becomes canonical, and one that is not finite becomes a problem. */
  readonly measure: (keys: Keys, found: Found) => void
  /** What a record at these keys is made of: where it stands, and where its parts do. */
  readonly record: (recordOf: (source: Source, placeOf: PlaceOf) => EvidenceRecord, keys?: Keys) => void
  readonly fault: (keys: Keys, fault: Fault) => void
  /** The value at these keys is not as the format has it. */
  readonly malformed: (keys: Keys, wanted: string) => void
  /** True once reading on is pointless. */
  readonly full: () => boolean
  readonly reading: () => Reading
}

export function collect({ path, sha, content }: Input, format: string): Collector {
  const measurements: Measurement[] = []
  const records: EvidenceRecord[] = []
  const problems: Problem[] = []
  const full = (): boolean => measurements.length > MAX_MEASUREMENTS

  // In text a line is the whole address.
  const pointerOf = (keys: Keys): string => (content.kind === 'text' ? '' : pointer(keys))
  const nameOf = (keys: Keys): string =>
    content.kind === 'text' && keys.length > 0 ? `line ${keys[0]}` : pointer(keys)
  const sourceOf = (keys: Keys): Source => {
    const line = placeIn(content, keys).line
    return { path, sha, format, pointer: pointerOf(keys), ...(line === undefined ? {} : { line }) }
  }
  const fault = (keys: Keys, found: Fault): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ path, ...placeIn(content, keys), ...found })
  }

  return {
    full,
    fault,
    malformed: (keys, wanted) =>
      fault(keys, { code: 'malformed', format, at: nameOf(keys) || 'the file', wanted }),
    measure: (keys, found) => {
      if (!Number.isFinite(found.value)) {
        fault(keys, { code: 'not_finite', at: nameOf(keys), found: String(found.value) })
      } else if (!full()) {
        measurements.push({ ...found, metric: canonical(found.metric), source: sourceOf(keys) })
      }
    },
    record: (recordOf, keys = []) => {
      const placeOf: PlaceOf = (at) => {
        const { pointer: to, line } = sourceOf(at)
        return { pointer: to, ...(line === undefined ? {} : { line }) }
      }
      records.push(recordOf(sourceOf(keys), placeOf))
    },
    reading: () =>
      full()
        ? {
            measurements: [],
            records,
            problems: [...problems, { path, code: 'too_many', limit: MAX_MEASUREMENTS }],
          }
        : { measurements, records, problems },
  }
}

function placeIn(content: Content, keys: Keys): { readonly line?: number; readonly column?: number } {
  switch (content.kind) {
    case 'data':
    case 'markdown': {
      if (content.kind === 'markdown' && keys.length === 0) return {}
      // What is missing stands where it should have been.
      const known =
        keys.length === 0
          ? 0
          : keys.findLastIndex((_, index) => content.at(keys.slice(0, index + 1)) !== undefined) + 1
      return content.at(keys.slice(0, known)) ?? {}
    }
    case 'table': {
      const line = content.rows[Number(keys[0]) - 1]?.line
      return line === undefined ? {} : { line }
    }
    case 'text':
    case 'lines': {
      const line = Number(keys[0])
      return Number.isSafeInteger(line) && line > 0 ? { line } : {}
    }
    case 'xml':
    case 'archive':
    case 'empty':
      return {}
  }
}
