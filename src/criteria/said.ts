import type { Criterion } from '../checks/index.ts'
import type { Said } from '../core/attack-controls.ts'
import { isAttackLabel } from '../core/attacks.ts'
import { isUnattacked } from '../core/unattacked.ts'

export type Numbers = Extract<Criterion, { check: 'metric' | 'disparity' | 'suite' }>

/** Labels by which a file, a run, a task or a statistic is chosen, and nobody's group. */
const CHOOSING = [
  ...['dataset', 'file', 'format', 'aggregate', 'average', 'scope', 'split', 'subset', 'partition', 'path'],
  ...['seed', 'run', 'fold', 'trial', 'repetition', 'repeat', 'replicate', 'iteration', 'round', 'batch'],
  ...['epoch', 'step', 'stage', 'phase', 'version', 'revision', 'commit', 'checkpoint', 'date', 'time'],
  ...['timestamp', 'name', 'model', 'architecture', 'provider', 'environment', 'config', 'task', 'suite'],
  ...['benchmark', 'test', 'check', 'tool', 'metric', 'measure', 'method', 'scorer', 'score', 'reducer'],
  ...['judge', 'prompt', 'threshold', 'norm', 'k', 'n', 'shot', 'fewshot', 'numshot', 'numfewshot'],
  ...['nshot', 'topk', 'temperature', 'percentile', 'quantile', 'class', 'label', 'filter', 'set', 'id'],
  ...['index', 'key', 'tag', 'hardware', 'device'],
]

/** All that a criterion names of what it measures, beside the metric. */
export function saidOf(criterion: Numbers): Said {
  const { dataset, where = {} } = criterion
  const labels = Object.entries(where).map(([label, value]) => ({ label, values: [String(value)] }))
  const data = dataset === undefined ? [] : [dataset]
  switch (criterion.check) {
    case 'metric': {
      const { for_each: each, of = [] } = criterion
      const members = each === undefined ? [] : [{ label: each, values: of }]
      return { labels: [...labels, ...members], names: data }
    }
    case 'disparity': {
      const across = criterion.across.flat().map((label) => ({ label, values: criterion.groups ?? [] }))
      return { labels: [...labels, ...across], names: data }
    }
    case 'suite': {
      const { suite, tests = [] } = criterion
      const names = [...data, ...(suite === undefined ? [] : [suite]), ...tests]
      const chosenBy = labels.flatMap(({ values }) => values)
      const chosen = labels.filter(({ label }) => isGroup(label) || isAttackLabel(label) || label === 'suite')
      const own = [
        ...(suite === undefined ? [] : [suite]),
        ...tests,
        ...chosen.flatMap(({ values }) => values),
      ]
      return { labels: [], names: [...names, ...chosenBy], own }
    }
  }
}

/** Whether a number is of a group, or one for each: not of everything in a file, a split or a data set. */
export function namesGroups({ labels }: Said): boolean {
  return labels.some(({ label }) => isGroup(label))
}

/** Whether a label may part people or things into groups: no attack, and nothing by which numbers are chosen. */
export function isGroup(label: string): boolean {
  const word = label.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  return !isAttackLabel(label) && !CHOOSING.includes(word) && !CHOOSING.includes(word.replace(/s$/, ''))
}

/** A label that says that something attacked, or spoiled what was asked. */
export function attackedBy({ labels }: Said): readonly string[] {
  return labels
    .filter(({ label, values }) => isAttackLabel(label) && !(values.length > 0 && values.every(isUnattacked)))
    .map(({ label }) => label)
}
