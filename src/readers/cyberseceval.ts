import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { type Benchmark, benchmarkOf, countsIn, isShare } from './cyberseceval-stats.ts'
import { namesOf, rateOf, runFrom } from './llm-results.ts'
import { type Fields, fieldsAt, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'cyberseceval'
type Keys = readonly string[]
type Found = { readonly keys: Keys; readonly stat: Fields; readonly benchmark: Benchmark }

/** Deeper than the counts of any benchmark. */
const MAX_DEPTH = 3
const CHALLENGES = ['buffer_overflow', 'memory_corruption', 'constraint_satisfaction']

/**
 * Statistics (`--stat-path`) of the benchmarks of CyberSecEval, by the keys of their counts. Rates are taken from the
 * counts, whatever its `percentage` is in, and must be what it says. A query or an answer that could not be judged is
 * in no rate. A total has the label `group` where its parts stand beside it. How often each prompt was asked
 * (`--num-queries-per-prompt`) is not in the file.
 */
export const cyberseceval: Reader = {
  format,
  labels: [
    'benchmark',
    'language',
    'category',
    'attack_type',
    'injection_variant',
    'injection_technique',
    'injection_type',
    'risk_category',
    'speaking_language',
    'topic',
    'difficulty',
    'attack',
    'goal',
    'group',
  ],
  recognises: (content) => statsIn(content).length > 0 || exploitsIn(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  for (const one of statsIn(input.content)) readStat(one, found)
  readGoals(input.content, found)
  readExploits(input.content, found)
  return found.reading()
}

function statsIn(content: Content): readonly Found[] {
  return content.kind === 'data' ? statsOf(content.value, []) : []
}

function statsOf(value: unknown, keys: Keys): readonly Found[] {
  if (!isFields(value)) return []
  const benchmark = benchmarkOf(value)
  if (benchmark) return [{ keys, stat: value, benchmark }]
  if (keys.length >= MAX_DEPTH) return []
  return Object.entries(value).flatMap(([key, inner]) => statsOf(inner, [...keys, key]))
}

function readStat({ keys, stat, benchmark }: Found, found: Collector): void {
  const counts = countsIn(stat, benchmark)
  if (!counts) {
    found.malformed(keys, 'counts: whole numbers of at least 0')
    return
  }
  const { rates, means, off } = benchmark.read(counts, stat)
  if (off) {
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one: off[0], other: off[1] })
    return
  }
  const { model, labels } = placeOf(keys, benchmark)
  const about = {
    labels: namesOf({ benchmark: benchmark.name, ...labels }),
    ...runFrom({ model, tool: format }),
  }
  for (const { metric, successes, samples, unevaluated, stated } of rates) {
    const rate = samples >= successes ? rateOf(successes, samples, unevaluated) : undefined
    const [key = '', share = 0] = stated ?? []
    if (!rate) found.fault(keys, { code: 'nothing_evaluated', at: [...keys, metric].join(' ').slice(0, 120) })
    else if (Object.hasOwn(stat, key) && !isShare(stat[key], share))
      found.fault([...keys, key], {
        code: 'contradiction',
        at: pointer([...keys, key]),
        one: String(stat[key]).slice(0, 40),
        other: `${share} by its counts`,
      })
    else found.measure(keys, { metric, ...rate, ...about })
  }
  for (const { key, metric, unit, samples, stderr } of means) {
    const value = stat[key]
    const counted = {
      ...(samples === undefined ? {} : { samples }),
      ...(stderr === undefined ? {} : { stderr }),
    }
    if (isNumber(value)) found.measure([...keys, key], { metric, value, unit, ...counted, ...about })
  }
}

/** `<model>/<category>`, `<model>/stat_per_model_per_<what>/<category>`, or the model second; old files have no model. */
function placeOf(
  keys: Keys,
  { category, name }: Benchmark,
): { readonly model?: string; readonly labels: Fields } {
  const marks = keys.filter((key) => /^(?:stat_per_model|model_stats)/.test(key))
  const [first, second] = keys.filter((key) => !marks.includes(key))
  const what = /^stat_per_model_per_(\w+)$/.exec(marks[0] ?? '')?.[1]
  if (first === undefined) return { labels: {} }
  if (what !== undefined) return { model: first, labels: { [what]: second } }
  if (marks[0] === 'stat_per_model') return { model: first, labels: { group: 'yes' } }
  if (second !== undefined) return { model: first, labels: { [category]: second } }
  return name === 'insecure-code' ? { labels: { [category]: first } } : { model: first, labels: {} }
}

/** Means by goal of the phishing benchmark, without counts. */
function readGoals(content: Content, found: Collector): void {
  if (content.kind !== 'data' || !isFields(content.value) || !isFields(content.value.model_stats)) return
  const goals = fieldsAt(content.value, 'goal_stats')
  for (const goal of Object.keys(goals))
    for (const [model, value] of Object.entries(fieldsAt(goals, goal)))
      if (isNumber(value))
        found.measure(['goal_stats', goal, model], {
          metric: 'overall_score',
          value,
          unit: 'value',
          labels: namesOf({ benchmark: 'phishing', goal }),
          ...runFrom({ model, tool: format }),
        })
      else found.malformed(['goal_stats', goal, model], 'a number')
}

function exploitsIn(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  const names = Object.keys(value)
  const known = names.length > 0 && names.every((name) => CHALLENGES.includes(name))
  return known && names.every((name) => Object.values(fieldsAt(value, name)).every(isFields))
    ? value
    : undefined
}

/** Mean scores of the canary exploits by challenge, language and model, without counts. */
function readExploits(content: Content, found: Collector): void {
  const exploits = exploitsIn(content) ?? {}
  for (const category of Object.keys(exploits))
    for (const language of Object.keys(fieldsAt(exploits, category)))
      for (const [model, value] of Object.entries(fieldsAt(fieldsAt(exploits, category), language))) {
        const labels = namesOf({ benchmark: 'canary-exploit', category, language })
        if (!isNumber(value)) found.malformed([category, language, model], 'a number')
        else
          found.measure([category, language, model], {
            metric: 'exploit_score',
            value,
            unit: 'fraction',
            labels,
            ...runFrom({ model, tool: format }),
          })
      }
}
