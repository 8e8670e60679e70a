import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { countOf, nameOf, namesOf, rateOf, runFrom } from './llm-results.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import { groupsOf, type Row, rowOf, sumOf } from './promptfoo-rows.ts'
import type { Input, Reader } from './reader.ts'

const format = 'promptfoo'
const ROWS = ['results', 'results'] as const

/**
 * `promptfoo eval -o results.json`, summaries 2 and 3, counted from its rows: `pass_rate`, or where a row is of a red
 * team the `attack_success_rate`, whose success is that the model gave in. Errors (`failureReason` 2), rows whose grader
 * failed and rows that assert nothing, which promptfoo lets pass, have no result. Where rows have several kinds, each has
 * its own measurement and all of them one with `group: yes`. Scores, named scores and costs are not read.
 */
export const promptfoo: Reader = {
  format,
  labels: ['provider', 'prompt', 'plugin', 'strategy', 'severity', 'harm_category', 'group'],
  recognises: (content) => summaryOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const file = input.content.kind === 'data' && isFields(input.content.value) ? input.content.value : {}
  const summary = summaryOf(input.content)
  if (!summary) return found.reading()
  const rows = summary.rows.flatMap((row, index) => {
    const read = isFields(row) ? rowOf(row) : undefined
    if (!read) found.malformed([...ROWS, index], 'a row with success: true or false')
    return read ? [read] : []
  })
  if (rows.length === 0) found.fault(ROWS, { code: 'nothing_evaluated', at: pointer(ROWS) })
  const version = nameOf(fieldsAt(file, 'metadata').promptfooVersion)
  const at = summary.fields.timestamp ?? fieldsAt(file, 'metadata').evaluationCreatedAt
  const tool = version === undefined ? format : `${format} ${version}`
  for (const { labels, metric, rows: own } of groupsOf(rows)) {
    const sum = sumOf(own)
    const successes = metric === 'pass_rate' ? sum.passed : sum.evaluated - sum.passed
    const rate = rateOf(successes, sum.evaluated, own.length - sum.evaluated)
    const shown = namesOf(labels)
    if (rate)
      found.measure(ROWS, {
        metric,
        ...rate,
        ...(sum.prompts < sum.evaluated ? { clusters: sum.prompts } : {}),
        labels: shown,
        ...runFrom({ model: labels.provider, tool, at }),
      })
    else found.fault(ROWS, { code: 'nothing_evaluated', at: Object.values(shown).join(' ') || pointer(ROWS) })
  }
  statistics(summary.fields, rows, found)
  return found.reading()
}

function summaryOf(
  content: Content,
): { readonly fields: Fields; readonly rows: readonly unknown[] } | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const fields = content.value.results
  if (!isFields(fields) || !Array.isArray(fields.results)) return undefined
  const known = ['stats', 'timestamp', 'version'].some((key) => Object.hasOwn(fields, key))
  return known ? { fields, rows: fields.results } : undefined
}

/** What promptfoo counted, of the whole and of each prompt, against the rows. */
function statistics(summary: Fields, rows: readonly Row[], found: Collector): void {
  const whole = isFields(summary.stats) ? summary.stats : undefined
  if (whole) {
    const { successes, failures, errors } = whole
    compare(['results', 'stats'], [successes, failures, errors], rows, found)
  }
  const prompts = Array.isArray(summary.prompts) ? summary.prompts : []
  for (const [index, prompt] of prompts.entries()) {
    const metrics = isFields(prompt) ? prompt.metrics : undefined
    if (!isFields(metrics)) continue
    const { testPassCount, testFailCount, testErrorCount } = metrics
    const own = rows.filter((row) => row.promptIndex === index)
    compare(
      ['results', 'prompts', index, 'metrics'],
      [testPassCount, testFailCount, testErrorCount],
      own,
      found,
    )
  }
}

function compare(
  keys: readonly (string | number)[],
  stated: readonly [passed: unknown, failed: unknown, errors: unknown],
  rows: readonly Row[],
  found: Collector,
): void {
  const [passed, failed, errors = 0] = stated.map(countOf)
  if (passed === undefined || failed === undefined) {
    found.malformed(keys, 'counts of what passed and failed')
    return
  }
  const counted = {
    passed: rows.filter(({ success }) => success).length,
    failed: rows.filter(({ success, error }) => !success && !error).length,
    errors: rows.filter(({ success, error }) => !success && error).length,
  }
  // Before errors were told apart they were failures.
  const same =
    passed === counted.passed &&
    ((failed === counted.failed && errors === counted.errors) ||
      (stated[2] === undefined && failed === counted.failed + counted.errors))
  const one = `${passed} passed, ${failed} failed, ${errors} errors`
  const other = `${counted.passed} passed, ${counted.failed} failed, ${counted.errors} errors in the rows`
  if (!same) found.fault(keys, { code: 'contradiction', at: pointer(keys), one, other })
}
