import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { type Fields, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { settingsOf } from './settings.ts'

const format = 'wandb-config'

/** `config.yaml` of a run of W&B: every key has its value under `value`, what W&B adds is under `_wandb`. */
export const wandbConfig: Reader = {
  format,
  labels: [],
  shapes: [['_wandb', 'wandb_version']],
  recognises: (content) => configOf(content) !== undefined,
  read,
}

function configOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  if (!isFields(value._wandb) || !('value' in value._wandb)) return undefined
  const own = Object.entries(value).filter(([key]) => key !== 'wandb_version')
  return own.every(([, one]) => isFields(one) && 'value' in one) ? value : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const own = Object.entries(configOf(input.content) ?? {}).flatMap(([key, one]) =>
    key === '_wandb' || !isFields(one) || !('value' in one) ? [] : [[key, one.value] as const],
  )
  const { values, unresolved, tooMany } = settingsOf(Object.fromEntries(own))
  if (tooMany) found.fault([], { code: 'too_many', limit: 2_000 })
  else
    found.record((source) => ({ kind: 'parameters', of: 'run', values, unresolved, tool: 'wandb', source }))
  return found.reading()
}
