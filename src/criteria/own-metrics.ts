import type { Evidence } from '../core/evidence.ts'
import { isOfModel } from '../core/meanings.ts'
import type { Measurement } from '../core/measurement.ts'
import { isOfSentences } from '../text/card-words.ts'
import { isMetricName, metricKey } from '../text/metric-key.ts'
import type { IsMetric } from '../text/named-metrics.ts'
import { plainWords } from '../text/words.ts'

/** Metrics that evidence measures and the table does not have, by the key of each. */
export type OwnMetrics = ReadonlySet<string>

/** How long an evaluation took, which is another time on another machine. */
const OF_RUN = /(?:^|[_/])(?:runtime|[a-z]+_per_second)$/i

/** What is measured beside the metrics of the table; what a training was set to, and what counts its steps, is none. */
export function ownMetrics(measured: readonly Measurement[], evidence: readonly Evidence[]): OwnMetrics {
  const names = new Set(measured.map(({ metric }) => metric))
  const own = [...names].filter((name) => !isMetricName(name) && isOfModel(name) && !OF_RUN.test(name))
  const set = evidence.flatMap(({ records }) =>
    records.flatMap((one) => (one.kind === 'parameters' ? Object.keys(one.values) : [])),
  )
  return new Set(own.map(metricKey)).difference(new Set(set.map(metricKey)))
}

/** Whether a text means a metric by a name: by a word of which sentences are made it means none of one's own. */
export function namedBy(own: OwnMetrics): IsMetric {
  const known = new Map<string, ReturnType<IsMetric>>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const isOwn = own.has(metricKey(name)) && !isOfSentences(plainWords(name))
    const is = isMetricName(name) || (isOwn && 'own')
    known.set(name, is)
    return is
  }
}
