import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { type Fields, isFields, isNumber, labelsOf, overSamples } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'hf-trainer'
type Keys = readonly (string | number)[]

const STAGES = ['train', 'eval', 'predict', 'test'] as const
const SPEED =
  /(?:^|_)(?:runtime|samples_per_second|steps_per_second|tokens_per_second)$|^(?:epoch|total_flos)$/

/**
 * Files of the Hugging Face Trainer: flat `all_results.json` / `eval_results.json`, and the evaluations in
 * `trainer_state.json`. Its prefix becomes the label `stage`: it names what the Trainer did, not a split of the
 * data. Progress of training (`loss`, `grad_norm`) and `best_metric` are no results and are left out.
 */
export const hfTrainer: Reader = {
  format,
  labels: ['stage', 'step', 'epoch'],
  recognises: (content) => stateOf(content) !== undefined || isFlat(content),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const history = stateOf(input.content)
  if (history) {
    for (const [index, row] of history.entries()) {
      if (found.full()) break
      if (!isFields(row)) found.malformed(['log_history', index], 'a map of keys')
      else if (Object.keys(row).some((key) => stageOf(key))) {
        measureAll(row, ['log_history', index], labelsOf({ step: row.step, epoch: row.epoch }), found)
      }
    }
  } else if (input.content.kind === 'data' && isFields(input.content.value)) {
    measureAll(input.content.value, [], {}, found)
  }
  return found.reading()
}

function stateOf(content: Content): readonly unknown[] | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { log_history: history, global_step: step } = content.value
  return Array.isArray(history) && typeof step === 'number' ? history : undefined
}

function isFlat(content: Content): boolean {
  if (content.kind !== 'data' || !isFields(content.value)) return false
  const { value } = content
  if (Object.values(value).some((inner) => typeof inner === 'object' && inner !== null)) return false
  const has = (name: string): boolean => Object.hasOwn(value, name)
  // A summary of W&B may hold the Trainer's own keys.
  if (has('_timestamp') || has('_runtime')) return false
  return STAGES.some(
    (stage) =>
      has(`${stage}_runtime`) || has(`${stage}_samples_per_second`) || (has('epoch') && has(`${stage}_loss`)),
  )
}

function measureAll(
  row: Fields,
  keys: Keys,
  labels: Readonly<Record<string, string>>,
  found: Collector,
): void {
  for (const [key, value] of Object.entries(row)) {
    const stage = stageOf(key)
    const metric = stage ? key.slice(stage.length + 1) : key
    if (metric === 'samples' || (labels.step !== undefined && (key === 'step' || key === 'epoch'))) continue
    if (!isNumber(value)) {
      // A text such as "N/A" is no number; null and objects were never one.
      if (typeof value === 'string') found.malformed([...keys, key], 'a number')
      continue
    }
    const own = stage ? { ...labels, stage } : labels
    if (SPEED.test(metric)) found.measure([...keys, key], { metric, value, unit: 'value', labels: own })
    else {
      const samples = stage && overSamples(metric) ? samplesOf(row, stage) : {}
      found.measure([...keys, key], { metric, value, unit: 'unknown', labels: own, ...samples })
    }
  }
}

function stageOf(key: string): (typeof STAGES)[number] | undefined {
  return STAGES.find((stage) => key.startsWith(`${stage}_`) && key.length > stage.length + 1)
}

/** The count that the script put there; else runtime times throughput, where their rounding leaves one integer. */
function samplesOf(row: Fields, stage: string): { readonly samples?: number; readonly recovered?: true } {
  const stated = row[`${stage}_samples`]
  if (isNumber(stated)) return Number.isSafeInteger(stated) && stated >= 0 ? { samples: stated } : {}
  const runtime = row[`${stage}_runtime`]
  const speed = row[`${stage}_samples_per_second`]
  if (!isNumber(runtime) || !isNumber(speed)) return {}
  const product = runtime * speed
  const nearest = Math.round(product)
  // The Trainer rounds runtime to 4 decimals and throughput to 3 (`transformers.trainer_utils.speed_metrics`).
  const rounding = runtime * 0.0005 + speed * 0.00005
  return nearest > 0 && rounding < 0.25 && Math.abs(product - nearest) <= rounding + 1e-9
    ? { samples: nearest, recovered: true }
    : {}
}
