import { type Fields, fieldsAt, isFields, isNumber, labelsOf, partOf } from './narrow.ts'

type Keys = readonly (string | number)[]
type Labels = Readonly<Record<string, string>>

/** One task's (or group's) row of results in any generation of the harness. */
export type TaskRow = {
  readonly keys: Keys
  readonly fields: Fields
  readonly labels: Labels
  readonly group: boolean
  /** Documents that the task has, and that were run; from 0.4.9 on. */
  readonly original?: number
  readonly effective?: number
}

/**
 * The rows of a results file. `results` is a map of tasks (harness), a map of tasks of timestamps (aggregates of
 * the bigscience fork) or a list (bigscience fork). A group stands in both `results` and `groups` and is taken
 * from `groups` only, so that it is not counted twice.
 */
export function taskRows(file: Fields): readonly TaskRow[] {
  const { results } = file
  if (Array.isArray(results))
    return results.flatMap((row, index) => (isFields(row) ? [listRow(file, row, index)] : []))
  const groups = fieldsAt(file, 'groups')
  return [
    ...Object.entries(fieldsAt(file, 'results')).flatMap(([task, row]) => {
      if (!isFields(row) || Object.hasOwn(groups, task)) return []
      return isByTime(row)
        ? timedRows(file, task, row)
        : [taskRow(file, task, row, ['results', task], isGroup(file, task))]
    }),
    ...Object.entries(groups).flatMap(([task, row]) =>
      isFields(row) ? [taskRow(file, task, row, ['groups', task], true)] : [],
    ),
  ]
}

function taskRow(file: Fields, task: string, fields: Fields, keys: Keys, group: boolean): TaskRow {
  const config = fieldsAt(fieldsAt(file, 'configs'), task)
  const samples = fieldsAt(fieldsAt(file, 'n-samples'), task)
  const labels = {
    task,
    task_version: partOf(fieldsAt(file, 'versions'), task),
    shots:
      partOf(fieldsAt(file, 'n-shot'), task) ?? config.num_fewshot ?? fieldsAt(file, 'config').num_fewshot,
    dataset: config.dataset_path,
    dataset_config: config.dataset_name,
    // The harness runs on the test split where the task has one, else on the validation split.
    split: config.test_split ?? config.validation_split,
    group: group ? 'yes' : undefined,
  }
  return {
    keys,
    fields,
    labels: labelsOf(labels),
    group,
    ...(isNumber(samples.original) ? { original: samples.original } : {}),
    ...(isNumber(samples.effective) ? { effective: samples.effective } : {}),
  }
}

function listRow(file: Fields, row: Fields, index: number): TaskRow {
  const labels = {
    task: row.task_name,
    prompt: row.prompt_name,
    task_version: partOf(fieldsAt(file, 'versions'), `${row.task_name}+${row.prompt_name}`),
    shots: fieldsAt(file, 'config').num_fewshot,
    dataset: row.dataset_path,
    dataset_config: row.dataset_name,
  }
  return { keys: ['results', index], fields: row, labels: labelsOf(labels), group: false }
}

function timedRows(file: Fields, name: string, times: Fields): readonly TaskRow[] {
  const plus = name.indexOf('+')
  const [task, prompt] = plus === -1 ? [name, undefined] : [name.slice(0, plus), name.slice(plus + 1)]
  return Object.entries(times).flatMap(([timestamp, row]) => {
    if (!isFields(row)) return []
    const labels = {
      task,
      prompt,
      timestamp,
      task_version: partOf(fieldsAt(file, 'versions'), name),
      shots: fieldsAt(file, 'config').num_fewshot,
    }
    return [{ keys: ['results', name, timestamp], fields: row, labels: labelsOf(labels), group: false }]
  })
}

function isByTime(row: Fields): boolean {
  const inner = Object.values(row)
  return inner.length > 0 && inner.every(isFields)
}

function isGroup(file: Fields, task: string): boolean {
  const members = partOf(fieldsAt(file, 'group_subtasks'), task)
  return Array.isArray(members) && members.length > 0
}
