import type { Reading } from '../core/evidence.ts'
import type { Doubt } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { isoOf } from './times.ts'

const format = 'mlmodel'

/** Flavours whose weights are pickled, whatever the file says of it. */
const PICKLING = ['cloudpickle', 'pickle', 'joblib', 'dill']

/**
 * `MLmodel` of MLflow, https://mlflow.org/docs/latest/ml/model/: which frameworks it takes, and what hinders to load or to
 * make it again. It has no digest and no commit.
 */
export const mlmodel: Reader = {
  format,
  labels: [],
  shapes: [['flavors', 'mlflow_version']],
  recognises: (content) => modelOf(content) !== undefined,
  read,
}

function modelOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { flavors, mlflow_version, model_uuid, model_id, run_id } = content.value
  const named = [mlflow_version, model_uuid, model_id, run_id].some((one) => typeof one === 'string')
  return isFields(flavors) && named ? content.value : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const model = modelOf(input.content) ?? {}
  const flavors = Object.entries(fieldsAt(model, 'flavors')).slice(0, 50)
  const doubts: readonly Doubt[] = [
    ...flavors.flatMap(([, flavor]) => (isFields(flavor) ? pickledIn(flavor) : [])),
    ...localIn(model.artifact_path),
    ...(model.signature === undefined || model.signature === null ? [{ what: 'no_signature' } as const] : []),
  ]
  const versions = flavors.flatMap(([, flavor]) =>
    Object.entries(isFields(flavor) ? flavor : {}).flatMap(([key, value]) => {
      const [, name] = /^(\w{1,50})_version$/.exec(key) ?? []
      const version = nameOf(value)
      return name === undefined || version === undefined ? [] : [[name, version] as const]
    }),
  )
  const mlflow = nameOf(model.mlflow_version)
  const run = nameOf(model.run_id)
  const finished = isoOf(model.utc_time_created, 'utc')
  found.record((source) => ({
    ...{ kind: 'run', packaged: true, ...(run !== undefined && { run }) },
    frameworks: Object.fromEntries([
      ...versions,
      ...(mlflow === undefined ? [] : [['mlflow', mlflow] as const]),
    ]),
    doubts,
    ...(finished !== undefined && { finished }),
    tool: 'mlflow',
    source,
  }))
  return found.reading()
}

function pickledIn(flavor: Fields): readonly Doubt[] {
  const { pickled_model, serialization_format, data } = flavor
  const by = nameOf(serialization_format)
  const isPickled = typeof pickled_model === 'string' || (by !== undefined && PICKLING.includes(by))
  const file = nameOf(pickled_model) ?? nameOf(data)
  return isPickled
    ? [
        {
          what: 'pickled',
          found: by ?? nameOf(pickled_model) ?? 'pickle',
          ...(file !== undefined && { file }),
        },
      ]
    : []
}

/** A path of the machine that wrote it leads nowhere else. */
function localIn(path: unknown): readonly Doubt[] {
  const name = nameOf(path)
  const isLocal = name !== undefined && /^(?:file:|[A-Za-z]:[\\/]|\/|\\\\)/.test(name)
  return isLocal ? [{ what: 'local_path', found: name }] : []
}
