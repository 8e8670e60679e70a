import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { readSpec } from './helm-spec.ts'
import { isStat, readStats } from './helm-stats.ts'
import { isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'helm'

/**
 * HELM. `stats.json` has the numbers and no name of model or data; `run_spec.json` has the names and how many
 * were asked for, and no result. `per_instance_stats.json` is no result but what one is made of.
 */
export const helm: Reader = {
  format,
  labels: ['split', 'sub_split', 'perturbation', 'computed_on', 'task', 'method'],
  recognises: (content) => kindOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  const value = content.kind === 'data' ? content.value : undefined
  const kind = kindOf(content)
  if (kind === 'stats' && Array.isArray(value)) readStats(value, found)
  else if (kind === 'spec' && isFields(value)) readSpec(value, found)
  else found.malformed([], 'stats.json of the same run: these are the statistics of single instances')
  return found.reading()
}

function kindOf(content: Content): 'stats' | 'instances' | 'spec' | undefined {
  if (content.kind !== 'data') return undefined
  const { value } = content
  if (isFields(value))
    return isFields(value.adapter_spec) && isFields(value.scenario_spec) ? 'spec' : undefined
  if (!Array.isArray(value) || value.length === 0) return undefined
  if (value.every(isStat)) return 'stats'
  const isInstance = (one: unknown): boolean =>
    isFields(one) && Object.hasOwn(one, 'instance_id') && Array.isArray(one.stats)
  return value.every(isInstance) ? 'instances' : undefined
}
