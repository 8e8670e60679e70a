import { z } from 'zod'
import { pointer } from '../text/pointer.ts'
import type { Collector } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { fractionOf, isFields, overSamples } from './narrow.ts'

const Text = z.string().nullish()
const Perturbation = z.object({ name: z.string(), computed_on: Text })
const Name = z.object({
  name: z.string().min(1),
  split: Text,
  sub_split: Text,
  perturbation: Perturbation.nullish(),
})
type Name = z.infer<typeof Name>

// `helm.benchmark.metrics.statistic.Stat`: over the trials of a run; within one trial over its instances.
const Stat = z.object({
  name: Name,
  count: z.int().min(0),
  sum: z.number(),
  min: z.number().nullish(),
  max: z.number().nullish(),
  mean: z.number().nullish(),
})
type Stat = z.infer<typeof Stat>

const NUMBER_OF = 'num_instances'

/** Whether a value looks like one statistic of `stats.json`. */
export function isStat(value: unknown): boolean {
  return (
    isFields(value) &&
    isFields(value.name) &&
    typeof value.name.name === 'string' &&
    ['count', 'sum', 'sum_squared'].every((key) => Object.hasOwn(value, key))
  )
}

/**
 * The mean of each statistic. `stddev` is over trials, always 0 with one of them, and no error of the mean. The
 * instances behind it are counted by the statistic `num_instances` of the same split and perturbation.
 */
export function readStats(list: readonly unknown[], found: Collector): void {
  const stats = list.map((entry, index) => ({ index, parsed: Stat.safeParse(entry) }))
  const counts = new Map(
    stats.flatMap(({ parsed: { data } }) =>
      data?.name.name === NUMBER_OF && typeof data.mean === 'number'
        ? [[contextOf(data.name), data.mean]]
        : [],
    ),
  )
  const seen = new Map<string, number>()
  for (const { index, parsed } of stats) {
    if (!parsed.success) {
      const [at = ''] = parsed.error.issues[0]?.path ?? []
      found.malformed([index, String(at)], 'a statistic with name, count, sum and mean')
      continue
    }
    const key = `${contextOf(parsed.data.name)} ${parsed.data.name.name}`
    const first = seen.get(key)
    if (first === undefined) readStat(parsed.data, index, counts.get(contextOf(parsed.data.name)), found)
    else {
      const keys = [index, 'name']
      found.fault(keys, {
        code: 'contradiction',
        at: pointer(keys),
        one: `statistic ${first + 1}`,
        other: `statistic ${index + 1} of the same name, split and perturbation`,
      })
    }
    seen.set(key, first ?? index)
  }
}

function readStat(stat: Stat, index: number, instances: number | undefined, found: Collector): void {
  const { name, count, sum, min, max, mean } = stat
  // Costs that nobody measured have no trial and no mean.
  if (count === 0 && (mean === undefined || mean === null)) return
  if (typeof mean !== 'number') {
    found.malformed([index, 'mean'], 'a number')
    return
  }
  const slack = 1e-6 * Math.max(1, Math.abs(mean))
  const other =
    count === 0 || Math.abs(sum / count - mean) > slack
      ? `a sum of ${sum} over ${count}`
      : (min ?? mean) - slack > mean || (max ?? mean) + slack < mean
        ? `${min} to ${max}`
        : undefined
  const keys = [index, 'mean']
  if (other !== undefined) {
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one: String(mean), other })
    return
  }
  const labels = namesOf({
    split: name.split,
    sub_split: name.sub_split,
    // Without a word for it nobody could ask for what was not perturbed.
    perturbation: name.perturbation?.name ?? 'none',
    computed_on: name.perturbation?.computed_on,
  })
  const counted = name.name !== NUMBER_OF && overSamples(name.name)
  found.measure(keys, {
    metric: name.name,
    value: mean,
    unit: name.name === NUMBER_OF ? 'count' : fractionOf(name.name, mean),
    ...(counted ? samplesOf(instances, count) : {}),
    labels,
    ...identityOf({ tool: 'helm' }),
  })
}

/** Several trials ask the same instances again, so each instance is one cluster. */
function samplesOf(
  instances: number | undefined,
  trials: number,
): { readonly samples?: number; readonly clusters?: number } {
  if (instances === undefined || !Number.isSafeInteger(instances) || instances < 0) return {}
  return trials === 1 ? { samples: instances } : { samples: instances * trials, clusters: instances }
}

function contextOf({ split, sub_split, perturbation }: Name): string {
  return JSON.stringify(
    [split, sub_split, perturbation?.name, perturbation?.computed_on].map((one) => one ?? ''),
  )
}
