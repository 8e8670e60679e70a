import type { Collector } from './collect.ts'
import { type About, type Keys, measureDrift } from './evidently-drift.ts'
import { type Fields, fractionOf, isFields, isNumber, overSamples } from './narrow.ts'
import { nameOf } from './suite.ts'

type Named = { readonly name: string; readonly parameters: string; readonly config: Fields }

/** One entry `{ metric_id | metric_name, config?, value }` of a report (0.6 and 0.7). */
export function readValue(entry: Fields, keys: Keys, about: About, found: Collector): void {
  const { name, parameters, config } = namedIn(entry)
  const at = [...keys, 'value']
  const { value } = entry
  const column = typeof config.column === 'string' ? { column: nameOf(config.column) } : {}
  if (name === 'ValueDrift') {
    const method = typeof config.method === 'string' ? { method: config.method } : {}
    measureDrift({ ...column, ...method, threshold: config.threshold, value, keys: at }, about, found)
  } else if (name === 'DriftedColumnsCount' && isFields(value)) drifted(value, at, about, found)
  else {
    const labels = { ...about.labels, ...column, ...(parameters !== '' && { parameters }) }
    if (isNumber(value))
      found.measure(at, { ...about, metric: name, value, unit: fractionOf(name, value), labels })
    else if (isFields(value)) parts(name, value, at, { ...about, labels }, found)
    else if (value !== null && value !== undefined) found.malformed(at, 'a number, or numbers by name')
  }
}

/** Counts, shares and means by their name; `…ByLabel` by class. A deviation over samples is no standard error. */
function parts(name: string, value: Fields, keys: Keys, about: About, found: Collector): void {
  const byClass = name.endsWith('ByLabel')
  const metric = byClass ? name.slice(0, -'ByLabel'.length) : name
  for (const [key, part] of Object.entries(value)) {
    if (!isNumber(part)) continue
    const own = byClass ? { class: nameOf(key) } : { part: nameOf(key) }
    const labels = { ...about.labels, ...own }
    const called = byClass || (key === 'mean' && overSamples(metric)) ? metric : `${metric}_${nameOf(key)}`
    found.measure([...keys, key], {
      ...about,
      metric: called,
      value: part,
      unit: fractionOf(called, part),
      labels,
    })
  }
}

function drifted({ count, share }: Fields, keys: Keys, about: About, found: Collector): void {
  const at = [...keys, 'share']
  if (!isNumber(share)) {
    found.malformed(at, 'a number')
    return
  }
  // Of all columns how many: the file gives only two of the three.
  const all = isNumber(count) && share > 0 ? Math.round(count / share) : 0
  const isWhole = isNumber(count) && all > 0 && Math.abs(count / all - share) < 1e-9
  const counts = isWhole ? ({ samples: all, recovered: true, successes: count } as const) : {}
  found.measure(at, { ...about, metric: 'drifted_column_share', value: share, unit: 'fraction', ...counts })
}

/** 0.7 gives its configuration; before, it stands in the name only: `ValueDrift(column=age)`. */
function namedIn({ metric_id: id, metric_name: called, config }: Fields): Named {
  const text = typeof called === 'string' ? called : String(id)
  const [, name = text, inside = ''] = /^(\w{1,100})\((.*)\)$/s.exec(text) ?? []
  const written = Object.fromEntries(
    inside.split(',').flatMap((pair) => {
      const at = pair.indexOf('=')
      return at === -1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const]
    }),
  )
  const given = isFields(config) ? config : {}
  const threshold = Number(written.threshold)
  const parsed = { ...written, ...(written.threshold !== undefined && { threshold }) }
  return { name: nameOf(name), parameters: nameOf(inside), config: { ...parsed, ...given } }
}
