import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { shortName } from './groups.ts'
import { type Fields, isFields, isNumber, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'robustbench'

/** Its keys, all percent, and what each was measured under. */
const NUMBERS = [
  ['clean_acc', 'accuracy', 'clean'],
  ['autoattack_acc', 'robust_accuracy', 'autoattack'],
  ['external', 'robust_accuracy', 'external'],
  ['corruptions_acc', 'robust_accuracy', 'corruptions'],
  ['corruptions_acc_3d', 'robust_accuracy', 'corruptions_3d'],
  ['corruptions_mce', 'mean_corruption_error', 'corruptions'],
  ['corruptions_mce_3d', 'mean_corruption_error', 'corruptions_3d'],
  ['reported', 'robust_accuracy', 'reported'],
] as const

/**
 * `model_info` of RobustBench: percent written as text, and no number of samples. An `external` evaluation that
 * breaks more than AutoAttack supersedes its number, which is then not given. `name` is the title of a paper.
 */
export const robustbench: Reader = {
  format,
  labels: ['dataset', 'attack', 'epsilon', 'architecture'],
  recognises: (content) => infoOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const info = infoOf(input.content)
  if (info) measureInfo(info, found)
  return found.reading()
}

function infoOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  const robust = ['autoattack_acc', 'corruptions_acc', 'external', 'reported'].some((key) => key in value)
  return 'clean_acc' in value && 'eps' in value && robust ? value : undefined
}

function measureInfo(info: Fields, found: Collector): void {
  const [external, attacked] = [percentOf(info.external), percentOf(info.autoattack_acc)]
  const superseded = external !== undefined && attacked !== undefined && external < attacked
  const doubted = info.unreliable === true && info.autoattack_acc !== undefined
  if (doubted) {
    const other = '`unreliable: true`'
    const one = `${attacked ?? 'a number'}%`
    found.fault(['unreliable'], { code: 'contradiction', at: '/autoattack_acc', one, other })
  }
  const [dataset, architecture, epsilon] = [info.dataset, info.architecture, info.eps].map(shortName)
  for (const [key, metric, attack] of NUMBERS) {
    const written = info[key]
    if (written === undefined || written === null) continue
    if (key === 'autoattack_acc' && (superseded || doubted)) continue
    const value = percentOf(written)
    if (value === undefined) {
      found.malformed([key], 'a number of percent from 0 to 100')
      continue
    }
    found.measure([key], {
      metric,
      value,
      unit: 'percent',
      labels: {
        ...(dataset === undefined ? {} : { dataset }),
        attack,
        ...(epsilon === undefined || attack === 'clean' ? {} : { epsilon }),
        ...(architecture === undefined ? {} : { architecture }),
      },
      tool: 'RobustBench',
    })
  }
}

function percentOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? numberOf(value) : value
  // The mean corruption error is relative to another model, and may exceed 100.
  return isNumber(number) && number >= 0 && number <= 1000 ? number : undefined
}
