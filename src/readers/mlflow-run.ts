import type { TestOutcome } from '../core/record.ts'
import type { Content } from '../text/content.ts'
import type { Collector } from './collect.ts'
import { nameOf } from './names.ts'
import { type Fields, isFields } from './narrow.ts'
import { isoFrom, timeText } from './times.ts'

/** `mlflow.entities.RunStatus`; files hold the number. */
const STATUS = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const

/** Whether this is `meta.yaml` of a run, not of an experiment or a registered model. */
export function isRun(value: unknown): value is Fields {
  if (!isFields(value)) return false
  const named = typeof value.run_id === 'string' || typeof value.run_uuid === 'string'
  return named && 'artifact_uri' in value && 'lifecycle_stage' in value && 'status' in value
}

/** A run as a suite of one test: that it finished; and when it was. Its numbers are in other files. */
export function readRun({ value, at }: Extract<Content, { kind: 'data' }>, found: Collector): void {
  if (!isRun(value)) return
  const status = statusOf(value.status)
  if (status === undefined) found.malformed(['status'], 'a status from 1 to 5')
  else if (status !== 'FINISHED') found.fault(['status'], { code: 'not_finished', found: `status ${status}` })
  if (value.lifecycle_stage !== 'active') found.malformed(['lifecycle_stage'], 'active: this run was deleted')
  const ended = isoFrom(value.end_time)
  const shown = ended ?? timeText(value.end_time)
  const line = at(['status'])?.line
  found.record((source) => ({
    kind: 'suite',
    suite: 'mlflow run',
    tests: [
      {
        name: 'finished',
        outcome: outcomeOf(status),
        pointer: '/status',
        ...(line === undefined ? {} : { line }),
      },
    ],
    tool: 'mlflow',
    ...(shown === undefined ? {} : { at: shown }),
    source,
  }))
  const started = isoFrom(value.start_time)
  const run = nameOf(value.run_id) ?? nameOf(value.run_uuid)
  if (started !== undefined)
    found.record((source) => ({
      ...{
        kind: 'run',
        ...(run !== undefined && { run }),
        started,
        ...(ended !== undefined && { finished: ended }),
      },
      ...{ frameworks: {}, doubts: [], tool: 'mlflow', source },
    }))
}

function statusOf(status: unknown): (typeof STATUS)[number] | undefined {
  return typeof status === 'number' ? STATUS[status - 1] : STATUS.find((name) => name === status)
}

function outcomeOf(status: (typeof STATUS)[number] | undefined): TestOutcome {
  if (status === 'FINISHED') return 'passed'
  return status === 'FAILED' ? 'failed' : 'error'
}
