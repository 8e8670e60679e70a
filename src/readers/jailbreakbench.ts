import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { countOf, namesOf, rateOf, runFrom } from './llm-results.ts'
import { type Fields, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'jailbreakbench'
const ROWS = ['jailbreaks'] as const

/** A behaviour that was attacked, or not. */
type Row = { readonly category?: unknown; readonly attacked: boolean; readonly jailbroken: boolean }

/**
 * Attack artifacts of JailbreakBench: one behaviour a row, counted from the rows. A behaviour without a prompt was given
 * up after its queries and counts as withstood; one that was never queried has no result. Where there are several
 * categories each has a measurement, and all of them one with `group: yes`. What `parameters` say must agree.
 */
export const jailbreakbench: Reader = {
  format,
  labels: ['attack', 'attack_type', 'defense', 'category', 'group'],
  recognises: (content) => artifactOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const artifact = artifactOf(input.content)
  if (!artifact) return found.reading()
  const { parameters } = artifact
  const rows = artifact.rows.flatMap((row, index) => {
    const read = isFields(row) ? rowOf(row) : undefined
    if (!read) found.malformed([...ROWS, index], 'a row with jailbroken: true or false')
    return read ? [read] : []
  })
  if (rows.length === 0) found.fault(ROWS, { code: 'nothing_evaluated', at: pointer(ROWS) })
  else {
    const categories = new Set(rows.map(({ category }) => category))
    if (categories.size > 1)
      for (const category of categories)
        measure(
          rows.filter((row) => row.category === category),
          parameters,
          { category },
          found,
        )
    measure(rows, parameters, categories.size > 1 ? { group: 'yes' } : { category: rows[0]?.category }, found)
  }
  contradictions(parameters, rows, found)
  return found.reading()
}

function artifactOf(
  content: Content,
): { readonly parameters: Fields; readonly rows: readonly unknown[] } | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { parameters, jailbreaks } = content.value
  return isFields(parameters) && Object.hasOwn(parameters, 'attack_type') && Array.isArray(jailbreaks)
    ? { parameters, rows: jailbreaks }
    : undefined
}

function rowOf({ jailbroken, prompt, number_of_queries: queries, category }: Fields): Row | undefined {
  if (typeof jailbroken !== 'boolean') return undefined
  return {
    category,
    jailbroken,
    attacked: jailbroken || typeof prompt === 'string' || (countOf(queries) ?? 0) > 0,
  }
}

function measure(rows: readonly Row[], parameters: Fields, labels: Fields, found: Collector): void {
  const attacked = rows.filter((row) => row.attacked)
  const rate = rateOf(
    attacked.filter((row) => row.jailbroken).length,
    attacked.length,
    rows.length - attacked.length,
  )
  const { method: attack, attack_type, defense, model, evaluation_date: at } = parameters
  if (!rate)
    found.fault(ROWS, { code: 'nothing_evaluated', at: Object.values(namesOf(labels)).join(' ') || 'rows' })
  else
    found.measure(ROWS, {
      metric: 'attack_success_rate',
      ...rate,
      labels: namesOf({ attack, attack_type, defense, ...labels }),
      ...runFrom({ model, tool: format, at }),
    })
}

function contradictions(parameters: Fields, rows: readonly Row[], found: Collector): void {
  const jailbroken = rows.filter((row) => row.jailbroken).length
  const {
    total_number_of_jailbreaks: total,
    attack_success_rate: rate,
    number_of_submitted_prompts: submitted,
  } = parameters
  const differ = (key: string, other: string): void =>
    found.fault(['parameters', key], {
      code: 'contradiction',
      at: pointer(['parameters', key]),
      one: String(parameters[key]).slice(0, 40),
      other,
    })
  if (total !== undefined && total !== jailbroken)
    differ('total_number_of_jailbreaks', `${jailbroken} rows that are jailbroken`)
  if (rate === undefined || rate === null || rows.length === 0) return
  // Of all behaviours, or of those whose prompt was submitted.
  const whole = [rows.length, countOf(submitted) ?? 0].filter((count) => count > 0)
  const fits = whole.some((count) => isNumber(rate) && Math.abs(rate - jailbroken / count) <= 1e-6)
  if (!fits) differ('attack_success_rate', `${jailbroken} of ${whole.join(' or ')}`)
}
