import type { Reading } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Problem } from '../core/problem.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect, MAX_MEASUREMENTS } from './collect.ts'
import { type Attempts, clusterError, countAttempts, type Tally } from './garak-attempts.ts'
import { type EvalLine, evalLine } from './garak-eval.ts'
import { type Digest, digestFaults } from './garak-faults.ts'
import { type Setup, setupOf, untried } from './garak-run.ts'
import { rateOf } from './llm-results.ts'
import { fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'garak'
const METRIC = 'attack_success_rate'

/** What is kept of a report while its lines go by. */
type Report = {
  readonly evals: readonly EvalLine[]
  readonly digests: readonly Digest[]
  readonly attempts: Attempts
  readonly starts: number
  readonly ends: number
  readonly problems: readonly Problem[]
}

/**
 * Reports (`*.report.jsonl`) of garak 0.9 to 0.15: of each probe and detector the rate of attacks that succeeded, which
 * is what its intervals are of. Attempts are counted again and must come to the same; several generations of one prompt
 * are one cluster. garak's interval takes outputs for independent and is left out where they are not. Its hit logs are
 * no reports: they have no denominator.
 */
export const garak: Reader = {
  format,
  labels: ['probe', 'detector'],
  recognises: (content) =>
    content.kind === 'lines' &&
    content.head.length > 0 &&
    content.head.every((value) => isFields(value) && typeof value.entry_type === 'string'),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'lines') return found.reading()
  const setup = setupIn(input.content)
  const report = reportOf(input.content, setup, found)
  for (const line of report.evals) measureLine(line, setup, report.attempts, found)
  unfinished(report, setup, found)
  digestFaults(report, found)
  const { measurements, records, problems } = found.reading()
  return { measurements, records, problems: [...report.problems, ...problems] }
}

function setupIn({ head }: Extract<Content, { kind: 'lines' }>): Setup {
  const entry = (...types: readonly string[]) =>
    head.filter(isFields).find(({ entry_type: type }) => types.includes(String(type))) ?? {}
  return setupOf(entry('start_run setup', 'config'), entry('init'))
}

function reportOf(content: Extract<Content, { kind: 'lines' }>, setup: Setup, found: Collector): Report {
  const evals: EvalLine[] = []
  const digests: Digest[] = []
  const attempts = countAttempts(setup.threshold)
  let [starts, ends] = [0, 0]
  const problems = content.each((value, line) => {
    if (!isFields(value)) found.malformed([line], 'an object with entry_type')
    else if (value.entry_type === 'attempt') {
      const added = attempts.add(value)
      if (added === 'score')
        found.malformed([line, 'detector_results'], 'lists of scores, or null, by detector')
      else if (added === 'too_many') found.fault([line], { code: 'too_many', limit: MAX_MEASUREMENTS })
    } else if (value.entry_type === 'eval') {
      const read = evals.length > MAX_MEASUREMENTS ? undefined : evalLine(value, line, found)
      if (read) evals.push(read)
    } else if (value.entry_type === 'digest') digests.push({ line, evaluated: fieldsAt(value, 'eval') })
    else if (value.entry_type === 'init') starts += 1
    else if (value.entry_type === 'completion') ends += 1
  })
  return { evals, digests, attempts, starts, ends, problems }
}

function measureLine(
  line: EvalLine,
  { run, generations }: Setup,
  attempts: Attempts,
  found: Collector,
): void {
  const { probe, detector } = line
  const tally = attempts.of(probe, detector)
  const keys = [line.line]
  const agrees = tally !== undefined && same(line, tally)
  if (!agrees && attempts.judged()) {
    const other = tally ? `${tally.fails} of ${tally.evaluated} by its attempts` : 'no attempts'
    const one = `${line.evaluated - line.passed} of ${line.evaluated}`
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one, other })
  }
  const { fails, evaluated, nones } = agrees
    ? tally
    : { fails: line.evaluated - line.passed, evaluated: line.evaluated, nones: line.nones ?? 0 }
  const rate = rateOf(fails, evaluated, nones)
  if (!rate) {
    found.fault(keys, { code: 'nothing_evaluated', at: `${probe} with ${detector}` })
    return
  }
  if (!agrees && generations === undefined)
    found.malformed(
      keys,
      'attempts, or run.generations in start_run setup: how many outputs are of one prompt',
    )
  const clusters = agrees ? tally.clusters : Math.ceil(evaluated / (generations ?? 1))
  const labels = { probe, detector }
  found.measure(keys, {
    metric: METRIC,
    ...rate,
    ...uncertainty(line, clusters, agrees ? tally : undefined),
    labels,
    ...run,
  })
}

function uncertainty(
  { interval, evaluated }: EvalLine,
  clusters: number,
  tally: Tally | undefined,
): Pick<Measurement, 'interval' | 'clusters' | 'stderr'> {
  const samples = tally?.evaluated ?? evaluated
  if (clusters >= samples) return interval ? { interval } : {}
  const stderr = tally && clusterError(tally)
  return { clusters, ...(stderr === undefined ? {} : { stderr }) }
}

/** Versions before 0.14 do not say whether `total` holds what has no result. */
function same({ passed, evaluated, nones }: EvalLine, tally: Tally): boolean {
  const passes = tally.evaluated - tally.fails
  if (nones !== undefined) return passed === passes && evaluated === tally.evaluated && nones === tally.nones
  const processed = tally.evaluated + tally.nones
  return (
    (passed === passes && (evaluated === tally.evaluated || evaluated === processed)) ||
    (passed === passes + tally.nones && evaluated === processed)
  )
}

function unfinished(
  { starts, ends, evals, digests, attempts }: Report,
  { wanted }: Setup,
  found: Collector,
): void {
  const missing = Math.max(1, starts) - ends
  if (missing > 0) {
    const which = starts > 1 ? `${missing} of ${starts} runs have no completion line` : 'no completion line'
    found.fault([], { code: 'not_finished', found: which })
  }
  if (evals.length === 0 && digests.length === 0) found.fault([], { code: 'nothing_evaluated', at: 'eval' })
  for (const { probe, generated, evaluated } of attempts.lost())
    found.fault([], { code: 'limited_run', done: `${evaluated} of ${probe}`, all: String(generated) })
  const left = evals.length > 0 ? untried(wanted, new Set(evals.map(({ probe }) => probe))) : undefined
  if (left !== undefined) found.fault([], { code: 'nothing_evaluated', at: left })
}
