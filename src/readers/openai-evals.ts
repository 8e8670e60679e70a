import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber } from './narrow.ts'
import { type Run, runOf } from './openai-evals-run.ts'
import type { Input, Reader } from './reader.ts'
import { isoOf, timeText } from './times.ts'

const format = 'openai-evals'

/**
 * The log of one run of `oaieval`, one event a line: what `final_report` says, with the `match` events as the
 * samples of its accuracy. The report may stand before the events.
 */
export const openaiEvals: Reader = {
  format,
  labels: ['task', 'base_eval', 'split'],
  recognises: (content) => content.kind === 'lines' && specIn(content) !== undefined,
  read,
}

function specIn(content: Extract<Content, { kind: 'lines' }>): Fields | undefined {
  const [first] = content.head
  const spec = isFields(first) ? first.spec : undefined
  return isFields(spec) && typeof spec.eval_name === 'string' && isFields(spec.run_config) ? spec : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  const spec = content.kind === 'lines' ? specIn(content) : undefined
  if (content.kind !== 'lines' || !spec) return found.reading()
  const run = runOf(content, found)
  const [report, second] = run.reports
  if (run.specs.length > 1 || second !== undefined || run.ids.size > 1) {
    const runs = Math.max(run.specs.length, run.reports.length, run.ids.size)
    found.fault([second?.line ?? 1], {
      code: 'contradiction',
      at: 'the file',
      one: 'one run',
      other: `${runs} runs`,
    })
  } else if (report === undefined) found.fault([], { code: 'not_finished', found: 'no final_report' })
  else {
    readReport(report.report, report.line, spec, run, found)
    limits(spec, run, found)
  }
  return found.reading()
}

function readReport(report: Fields, line: number, spec: Fields, run: Run, found: Collector): void {
  const { completion_fns: models } = spec
  const model = Array.isArray(models) && models.length === 1 ? models[0] : undefined
  const labels = namesOf({ task: spec.eval_name, base_eval: spec.base_eval, split: spec.split })
  // `created_at` is `datetime.utcnow()`, written without its zone.
  const identity = identityOf({
    model,
    tool: format,
    at: isoOf(spec.created_at, 'utc') ?? timeText(spec.created_at),
  })
  if (Object.keys(report).length === 0)
    found.fault([line], { code: 'nothing_evaluated', at: pointer([line, 'final_report']) })
  for (const [metric, value] of Object.entries(report)) {
    const keys = [line, 'final_report', metric]
    const ratio = run.correct / run.matches
    if (!isNumber(value)) {
      if (typeof value === 'string') found.malformed(keys, 'a number')
    } else if (metric === 'accuracy' && run.matches > 0 && Math.abs(ratio - value) > 1e-9) {
      const other = `${run.correct} of ${run.matches} events`
      found.fault(keys, { code: 'contradiction', at: pointer(keys), one: String(value), other })
    } else {
      found.measure(keys, {
        metric,
        value,
        unit: metric.startsWith('counts/') ? 'count' : fractionOf(metric, value),
        ...(metric === 'accuracy' && run.matches > 0 ? countsOf(run) : {}),
        labels,
        ...identity,
      })
    }
  }
}

function countsOf({ matches, correct, judged, asked }: Run): {
  readonly samples: number
  readonly successes: number
  readonly clusters?: number
  readonly unevaluated?: number
} {
  return {
    samples: matches,
    successes: correct,
    ...(judged > 0 && judged < matches ? { clusters: judged } : {}),
    ...(asked > judged ? { unevaluated: asked - judged } : {}),
  }
}

/** A limit that was not reached cut nothing off. */
function limits(spec: Fields, { asked }: Run, found: Collector): void {
  const { max_samples: limit } = fieldsAt(spec, 'run_config')
  if (isNumber(limit) && asked >= limit)
    found.fault([1], { code: 'limited_run', done: String(asked), all: 'all' })
}
