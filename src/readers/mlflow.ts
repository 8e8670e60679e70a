import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { isMetricFile, readMetricFile } from './mlflow-metric.ts'
import { isRun, readRun } from './mlflow-run.ts'
import { readScores, scoresOf } from './mlflow-scores.ts'
import type { Input, Reader } from './reader.ts'

const format = 'mlflow'

/**
 * MLflow: a metric's file in the store of runs, whose name is the metric's; `meta.yaml` of a run, which says
 * whether it finished; and `eval_results_table.json` of `mlflow.evaluate`, whose scores are one a row.
 */
export const mlflow: Reader = {
  format,
  labels: ['step', 'run', 'dataset', 'dataset_digest'],
  recognises: (content) => kindOf(content) !== undefined,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content, path } = input
  switch (kindOf(content)) {
    case 'metric':
      if (content.kind === 'text') readMetricFile(content.text, path, found)
      break
    case 'run':
      if (content.kind === 'data') readRun(content, found)
      break
    case 'scores':
      if (content.kind === 'data') readScores(content.value, found)
      break
  }
  return found.reading()
}

function kindOf(content: Content): 'metric' | 'run' | 'scores' | undefined {
  if (content.kind === 'text') return isMetricFile(content.text) ? 'metric' : undefined
  if (content.kind !== 'data') return undefined
  if (isRun(content.value)) return 'run'
  return scoresOf(content.value) ? 'scores' : undefined
}
