import { nameOf } from './llm-results.ts'
import { type Fields, fieldsAt, isFields, isNumber, objectsIn } from './narrow.ts'

/** `failureReason` of a row that has no result: the provider, or what graded it, failed. */
const ERROR = 2

/** One test of one prompt with one provider. */
export type Row = {
  readonly success: boolean
  /** It came to no result: never a pass, in no denominator. */
  readonly error: boolean
  /** It passed without having been tested, or its grader failed. */
  readonly untested: boolean
  readonly promptIndex: number
  /** What tells inputs apart; never shown. */
  readonly input: string
  readonly kind: Kind
}
type Kind = {
  readonly provider?: string
  readonly plugin?: string
  readonly strategy?: string
  readonly severity?: string
  readonly harm_category?: string
}
type Metric = 'attack_success_rate' | 'pass_rate'

export type Group = {
  readonly metric: Metric
  readonly labels: Readonly<Record<string, string | number | undefined>>
  readonly rows: readonly Row[]
}

/** Undefined where a row does not say whether it succeeded. */
export function rowOf(row: Fields): Row | undefined {
  const { success, failureReason, gradingResult: graded } = row
  if (typeof success !== 'boolean') return undefined
  const about = [row, fieldsAt(row, 'testCase'), fieldsAt(row, 'gradingResult')].map((fields) =>
    fieldsAt(fields, 'metadata'),
  )
  const named = (key: string): string | undefined =>
    about.map((fields) => nameOf(fields[key])).find((name) => name !== undefined)
  const provider = fieldsAt(row, 'provider')
  const kind = {
    provider: nameOf(provider.label) ?? nameOf(provider.id) ?? nameOf(row.provider),
    plugin: named('pluginId'),
    strategy: named('strategyId'),
    severity: named('severity'),
    harm_category: named('harmCategory'),
  }
  return {
    success,
    error: failureReason === ERROR || (!success && !isNumber(failureReason) && !isFields(graded)),
    untested: isFields(graded) && (assertsNothing(row, graded) || graderFailed(graded)),
    promptIndex: isNumber(row.promptIdx) ? row.promptIdx : 0,
    input: JSON.stringify([row.promptIdx, row.vars ?? fieldsAt(row, 'prompt').raw ?? row.id ?? row.testIdx]),
    kind: Object.fromEntries(Object.entries(kind).filter(([, name]) => name !== undefined)),
  }
}

function assertsNothing(row: Fields, graded: Fields): boolean {
  const { assert } = fieldsAt(row, 'testCase')
  const asked = Array.isArray(assert) && assert.length > 0
  const answered = Array.isArray(graded.componentResults) && graded.componentResults.length > 0
  return !asked && !answered && !isFields(graded.assertion)
}

function graderFailed(graded: Fields): boolean {
  const parts = objectsIn(graded.componentResults)
  return [graded, ...parts].some((part) => fieldsAt(part, 'metadata').graderError === true)
}

/** Rows by provider, prompt and what the red team says of them; with one group over all where there are several kinds. */
export function groupsOf(rows: readonly Row[]): readonly Group[] {
  const prompts = new Set(rows.map(({ promptIndex }) => promptIndex))
  const metricOf = ({ kind }: Row): Metric =>
    kind.plugin === undefined ? 'pass_rate' : 'attack_success_rate'
  const wholes = by(rows, (row) => [metricOf(row), row.kind.provider, row.promptIndex])
  return wholes.flatMap((whole) => {
    const [first] = whole
    if (!first) return []
    const metric = metricOf(first)
    const labels = {
      provider: first.kind.provider,
      ...(prompts.size > 1 ? { prompt: first.promptIndex } : {}),
    }
    const kinds = by(whole, ({ kind }) => [kind])
    const each = kinds.map((own) => ({ metric, labels: { ...labels, ...own[0]?.kind }, rows: own }))
    return kinds.length > 1 ? [...each, { metric, labels: { ...labels, group: 'yes' }, rows: whole }] : each
  })
}

function by(rows: readonly Row[], keysOf: (row: Row) => readonly unknown[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify(keysOf(row))
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

/** How many rows have a result, how many of those passed, and of how many different inputs they are. */
export function sumOf(rows: readonly Row[]): {
  readonly evaluated: number
  readonly passed: number
  readonly prompts: number
} {
  const evaluated = rows.filter(({ error, untested }) => !error && !untested)
  return {
    evaluated: evaluated.length,
    passed: evaluated.filter(({ success }) => success).length,
    prompts: new Set(evaluated.map(({ input }) => input)).size,
  }
}
