import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, fractionOf, isFields, isNotFiniteText, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { remoteOf } from './remotes.ts'
import { settingsOf } from './settings.ts'
import { isoFrom } from './times.ts'

const format = 'mlflow-run'

/**
 * One run of MLflow as JSON, as `mlflow runs describe` prints it and as the tracking server tells it: its parameters, the
 * code that ran by `mlflow.source.git.*`, and its last metrics, which have neither samples nor errors.
 */
export const mlflowTracked: Reader = {
  format,
  labels: ['run'],
  shapes: [['info', 'data']],
  recognises: (content) => runOf(content) !== undefined,
  read,
}

function runOf(content: Content): { readonly run: Fields; readonly keys: readonly string[] } | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { value } = content
  const [run, keys] = isFields(value.run) ? [value.run, ['run']] : [value, []]
  const info = fieldsAt(run, 'info')
  const named = typeof info.run_id === 'string' || typeof info.run_uuid === 'string'
  return named && isFields(run.data) ? { run, keys } : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { run = {}, keys: above = [] } = runOf(input.content) ?? {}
  const info = fieldsAt(run, 'info')
  const data = fieldsAt(run, 'data')
  const { status } = info
  if (status !== 'FINISHED' && status !== 3)
    found.fault([...above, 'info', 'status'], {
      code: 'not_finished',
      found: `status ${nameOf(status) ?? '?'}`,
    })
  const id = nameOf(info.run_id) ?? nameOf(info.run_uuid)
  for (const { key, value, keys } of pairsOf(data.metrics)) {
    const at = [...above, 'data', 'metrics', ...keys]
    if (isNotFiniteText(value)) found.fault(at, { code: 'not_finite', at: key, found: value })
    else if (isNumber(value))
      found.measure(at, {
        ...{ metric: key, value, unit: fractionOf(key, value), labels: id === undefined ? {} : { run: id } },
        tool: 'mlflow',
      })
  }
  const params = settingsOf(Object.fromEntries(pairsOf(data.params).map(({ key, value }) => [key, value])))
  if (params.tooMany) found.fault([...above, 'data', 'params'], { code: 'too_many', limit: 2_000 })
  const { values, unresolved } = params
  if (Object.keys(values).length > 0)
    found.record((source) => ({ kind: 'parameters', of: 'run', values, unresolved, tool: 'mlflow', source }))
  const tags = new Map(pairsOf(data.tags).map(({ key, value }) => [key, value]))
  const commit = nameOf(tags.get('mlflow.source.git.commit'))
  const remote = remoteOf(tags.get('mlflow.source.git.repoURL'))
  const [started, finished] = [isoFrom(info.start_time), isoFrom(info.end_time)]
  found.record((source) => ({
    kind: 'run',
    ...(id !== undefined && { run: id }),
    ...(commit !== undefined && { commit }),
    ...(remote !== undefined && { remote }),
    ...(started !== undefined && { started }),
    ...(finished !== undefined && { finished }),
    ...{ frameworks: {}, doubts: [], tool: 'mlflow' },
    source,
  }))
  return found.reading()
}

type Pair = { readonly key: string; readonly value: unknown; readonly keys: readonly (string | number)[] }

/** The command prints a map, the server a list of `{ key, value }`. */
function pairsOf(given: unknown): readonly Pair[] {
  if (isFields(given)) return Object.entries(given).map(([key, value]) => ({ key, value, keys: [key] }))
  if (!Array.isArray(given)) return []
  return given.flatMap((pair, index): readonly Pair[] => {
    const key = isFields(pair) ? pair.key : undefined
    return typeof key === 'string' && isFields(pair)
      ? [{ key, value: pair.value, keys: [index, 'value'] }]
      : []
  })
}
