import type { Collector } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { type Fields, fieldsAt, isNumber } from './narrow.ts'

/** How many were asked for, by the names of the adapter; none of it is a result. */
const ASKED = ['max_eval_instances', 'max_train_instances', 'num_train_trials'] as const

/** What a run was set up to do: model, task and the numbers that were asked for. */
export function readSpec(spec: Fields, found: Collector): void {
  const adapter = fieldsAt(spec, 'adapter_spec')
  const { groups, name } = spec
  const [group, second] = Array.isArray(groups) ? groups : []
  // The name of a run is its scenario, a colon and arguments.
  const task =
    group !== undefined && second === undefined
      ? group
      : typeof name === 'string'
        ? name.split(':')[0]
        : undefined
  const labels = namesOf({ task, method: adapter.method })
  for (const metric of ASKED) {
    const value = adapter[metric]
    if (!isNumber(value)) continue
    found.measure(['adapter_spec', metric], {
      metric,
      value,
      unit: 'count',
      labels,
      ...identityOf({ model: adapter.model, tool: 'helm' }),
    })
  }
  if (typeof adapter.model !== 'string') found.malformed(['adapter_spec', 'model'], 'the name of a model')
}
