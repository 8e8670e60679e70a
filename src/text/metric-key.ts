import { canonical, metricOf } from '../core/metrics.ts'
import { nameOf } from './stated.ts'

/** Whether the table of metrics has a name. */
export function isMetricName(name: string): boolean {
  return metricOf(name) !== undefined
}

/** What is measured to choose a model, and not what the model is judged by. */
const VALIDATED = /^(?:val|valid|validation|dev|development)_+(?=.)/
/** `Answer Relevancy [GEval]`, by what it was measured. */
const REMARK = /_*[([][^()[\]]*[)\]]$/

/**
 * By what a metric is told from others, however it is spelled: the name of the table where that has it; else its letters,
 * without the split before them, so that `eval/topic_hits` and `Topic hits` are one. One of validation is another one.
 */
export function metricKey(name: string): string {
  if (isMetricName(name)) return canonical(name)
  const own = nameOf(name.replaceAll('@', ' at ').replaceAll(/[/.:]+/g, ' '))
  if (isMetricName(own)) return canonical(own)
  if (VALIDATED.test(own)) return `val ${metricKey(own.replace(VALIDATED, ''))}`
  const bare = own.replace(REMARK, '')
  return (isMetricName(bare) || bare === '' ? own : bare).replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
