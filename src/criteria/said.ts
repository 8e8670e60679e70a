import type { Criterion } from '../checks/index.ts'
import type { Said } from '../core/attack-controls.ts'
import { isAttackLabel, isUnattacked } from '../core/attacks.ts'

export type Numbers = Extract<Criterion, { check: 'metric' | 'disparity' | 'suite' }>

/** Labels by which a file, a run or a statistic is chosen, and no part of what was measured. */
const CHOOSING = ['dataset', 'file', 'format', 'aggregate', 'scope', 'split', 'path']

/** All that a criterion names of what it measures. */
export function saidOf(criterion: Numbers): Said {
  const { dataset, where = {} } = criterion
  const labels = Object.entries(where).map(([label, value]) => ({ label, values: [String(value)] }))
  const data = dataset === undefined ? [] : [dataset]
  switch (criterion.check) {
    case 'metric': {
      const { metric, for_each: each, of = [] } = criterion
      const members = each === undefined ? [] : [{ label: each, values: of }]
      return { metric, labels: [...labels, ...members], names: data }
    }
    case 'disparity': {
      const across = criterion.across.flat().map((label) => ({ label, values: criterion.groups ?? [] }))
      return { metric: criterion.metric, labels: [...labels, ...across], names: data }
    }
    case 'suite': {
      const { suite, tests = [] } = criterion
      const names = [...data, ...(suite === undefined ? [] : [suite]), ...tests]
      return { labels: [], names: [...names, ...labels.flatMap(({ values }) => values)] }
    }
  }
}

/** Whether a number is of a group, or one for each: not of everything in a file, a split or a data set. */
export function namesGroups({ labels }: Said): boolean {
  return labels.some(({ label }) => !CHOOSING.includes(label))
}

/** A label that says that something attacked, or spoiled what was asked. */
export function attackedBy({ labels }: Said): readonly string[] {
  return labels
    .filter(({ label, values }) => isAttackLabel(label) && !(values.length > 0 && values.every(isUnattacked)))
    .map(({ label }) => label)
}
