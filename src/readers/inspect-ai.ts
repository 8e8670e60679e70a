import { z } from 'zod'
import type { Reading } from '../core/evidence.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { type Counts, countsOf } from './inspect-ai-counts.ts'
import { isLog, type Log, logOf, unfinished } from './inspect-ai-log.ts'
import { identityOf, namesOf } from './names.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNumber, overSamples } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { isoOf, timeText } from './times.ts'

const format = 'inspect_ai'

const Count = z.int().min(0).nullish()
const Score = z.object({
  name: z.string(),
  scorer: z.string(),
  reducer: z.string().nullish(),
  scored_samples: Count,
  unscored_samples: Count,
  metrics: z.record(z.string(), z.unknown()),
})
type Score = z.infer<typeof Score>

/** Each score looks at all of its scorer's samples; more looks than this are no log that anybody wrote. */
const MAX_LOOKS = 20_000_000

/** What is the mean of the scores, so that the standard error beside it is its own. */
const MEANS: ReadonlySet<string> = new Set(['accuracy', 'mean'])

/**
 * Logs of inspect_ai, as JSON or as an archive `.eval`. `revision` is the commit of the evaluation, not of the
 * model, and is not read; neither is anything that models or graders wrote.
 */
export const inspectAi: Reader = {
  format,
  labels: ['task', 'task_version', 'dataset', 'scorer', 'score', 'reducer'],
  recognises: isLog,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const log = logOf(input, found)
  if (!log) return found.reading()
  unfinished(log, found)
  const { scores: listed } = fieldsAt(log.header, 'results')
  const scores = Array.isArray(listed) ? listed : []
  const longest = [...log.reductions.values()].reduce(
    (most, [samples = []]) => Math.max(most, samples.length),
    0,
  )
  if (scores.length * longest > MAX_LOOKS) {
    found.fault([...log.keys, 'results', 'scores'], { code: 'too_many', limit: MAX_LOOKS })
    return found.reading()
  }
  for (const [index, entry] of scores.entries()) {
    const keys = [...log.keys, 'results', 'scores', index]
    const score = Score.safeParse(entry)
    if (score.success) readScore(score.data, keys, log, found)
    else found.malformed([...keys, String(score.error.issues[0]?.path[0] ?? '')], 'a score with its metrics')
  }
  return found.reading()
}

function readScore(score: Score, keys: readonly (string | number)[], log: Log, found: Collector): void {
  const counts = countsOf(score, log)
  if ('fault' in counts) {
    found.fault(keys, counts.fault)
    return
  }
  const { metrics } = score
  const error = numberIn(metrics.stderr)
  const labels = labelsFor(score, log.header)
  const identity = runOf(log.header)
  for (const [name, metric] of Object.entries(metrics)) {
    const at = [...keys, 'metrics', name, 'value']
    const value = numberIn(metric)
    const plain = name.replace(/^inspect_ai\//, '')
    const isMean = MEANS.has(plain)
    if (plain === 'stderr' && [...MEANS].some((mean) => numberIn(metrics[mean]) !== undefined)) continue
    if (value === undefined) found.malformed(at, 'a number')
    else if (isMean && counts.mean !== undefined && Math.abs(counts.mean - value) > 1e-6) {
      const other = `${counts.mean} by the reductions of each sample`
      found.fault(at, { code: 'contradiction', at: pointer(at), one: String(value), other })
    } else {
      found.measure(at, {
        metric: plain,
        value,
        unit: fractionOf(plain, value),
        ...countsFor(plain, counts, isClustered(metrics.stderr)),
        ...(isMean && error !== undefined && error >= 0 ? { stderr: error } : {}),
        labels,
        ...identity,
      })
    }
  }
}

function countsFor(metric: string, counts: Counts, clustered: boolean): Omit<Counts, 'mean'> {
  const { samples, clusters, successes, unevaluated } = counts
  const left = unevaluated === undefined ? {} : { unevaluated }
  // How many clusters its error is over is not in the log: then its samples are not independent ones.
  if (clustered || !overSamples(metric)) return left
  return {
    ...(samples === undefined ? {} : { samples }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(successes === undefined || metric !== 'accuracy' ? {} : { successes }),
    ...left,
  }
}

/** Whether the standard error was asked to be over clusters of samples. */
function isClustered(stderr: unknown): boolean {
  if (!isFields(stderr)) return false
  return [fieldsAt(stderr, 'params'), fieldsAt(stderr, 'options')].some(
    ({ cluster }) => typeof cluster === 'string',
  )
}

function numberIn(metric: unknown): number | undefined {
  return isFields(metric) && isNumber(metric.value) ? metric.value : undefined
}

function labelsFor({ name, scorer, reducer }: Score, header: Fields): Readonly<Record<string, string>> {
  const run = fieldsAt(header, 'eval')
  return namesOf({
    task: run.task,
    task_version: run.task_version,
    dataset: fieldsAt(run, 'dataset').name,
    scorer,
    // A scorer that gives several answers of one sample has a score of each.
    score: name === scorer ? undefined : name,
    reducer,
  })
}

function runOf(header: Fields): ReturnType<typeof identityOf> {
  const run = fieldsAt(header, 'eval')
  const { inspect_ai: version } = fieldsAt(run, 'packages')
  const tool = typeof version === 'string' ? `${format} ${version}` : format
  return identityOf({ model: run.model, tool, at: isoOf(run.created) ?? timeText(run.created) })
}
