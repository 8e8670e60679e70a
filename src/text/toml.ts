import { parse, TomlDate, TomlError } from 'smol-toml'
import type { Fault, Problem } from '../core/problem.ts'
import { MAX_DEPTH, type Parsed, type Position } from './parsed.ts'
import { FORBIDDEN_KEYS, MAX_PROBLEMS, pointer } from './pointer.ts'

type Key = string | number
type Walk = { values: number; readonly report: (fault: Fault, at?: Position) => void }

/** The lock of a large workspace has a few megabytes. */
const MAX_TOML_BYTES = 10_000_000
/** Values past this many fill the memory, and are nobody's packages. */
const MAX_VALUES = 1_000_000

/**
 * TOML 1.1 as plain data. Dates and times stay text, and so do whole numbers that are too large for a double. Every fault
 * is a problem, the first of syntax with its line; with any fault `value` is undefined. Of values only the tables of a
 * list at the top (`[[package]]`) have a place.
 */
export function parseToml(text: string, path: string): Parsed {
  const problems: Problem[] = []
  const report = (fault: Fault, at?: Position): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ path, ...at, ...fault })
  }
  const nothing = (): Parsed => ({ value: undefined, problems, at: () => undefined })
  if (text.length > MAX_TOML_BYTES) {
    report({ code: 'too_large', bytes: text.length, limit: MAX_TOML_BYTES })
    return nothing()
  }
  const table = tableIn(text, report)
  if (table === undefined) return nothing()
  const walk: Walk = { values: 0, report }
  const value = plain(table, [], walk)
  if (walk.values > MAX_VALUES) report({ code: 'too_many', limit: MAX_VALUES })
  return problems.length > 0 ? nothing() : { value, problems, at: finder(text, value) }
}

function tableIn(text: string, report: Walk['report']): unknown {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_DEPTH })
  } catch (error) {
    if (!(error instanceof TomlError)) {
      // Attacker-controlled nesting, should the parser's own bound not hold.
      if (!(error instanceof RangeError)) throw error
      report({ code: 'too_deep', limit: MAX_DEPTH })
      return undefined
    }
    const { line, column, message } = error
    // The text of the file stands in the message behind its first line.
    const [first = ''] = message.replace(/^Invalid TOML document: /, '').split('\n')
    if (first.includes('excessively nested')) report({ code: 'too_deep', limit: MAX_DEPTH }, { line, column })
    else report({ code: 'syntax', detail: first.slice(0, 200) }, { line, column })
    return undefined
  }
}

function plain(value: unknown, keys: readonly Key[], walk: Walk): unknown {
  walk.values += 1
  if (walk.values > MAX_VALUES) return undefined
  if (keys.length > MAX_DEPTH) {
    walk.report({ code: 'too_deep', limit: MAX_DEPTH })
    return undefined
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    walk.report({ code: 'not_finite', at: pointer(keys), found: String(value) })
    return undefined
  }
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof TomlDate) return value.toISOString()
  if (Array.isArray(value)) return value.map((inner, index) => plain(inner, [...keys, index], walk))
  if (typeof value !== 'object' || value === null) return value
  const map: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) walk.report({ code: 'forbidden_key', key })
    else map[key] = plain(inner, [...keys, key], walk)
  }
  return map
}

/** Where the tables of a list stand; known only where as many headers are found as the list has tables. */
function finder(text: string, value: unknown): Parsed['at'] {
  const found = new Map<Key, readonly number[]>()
  return ([name, index, ...rest]) => {
    if (name === undefined) return { line: 1, column: 1 }
    const list: unknown = Reflect.get(Object(value), name)
    if (!Array.isArray(list) || typeof index !== 'number' || rest.length > 0) return undefined
    const header = `[[${String(name)}]]`
    const lines =
      found.get(name) ?? text.split('\n').flatMap((line, at) => (line.trim() === header ? [at + 1] : []))
    found.set(name, lines)
    const line = lines.length === list.length ? lines[index] : undefined
    return line === undefined ? undefined : { line, column: 1 }
  }
}
