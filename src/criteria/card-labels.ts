import type { Measurement } from '../core/measurement.ts'
import { wordsOf } from '../text/word-set.ts'

/** Labels that say how something was taken, and not of which part of which data. */
export const LOOSE = wordsOf(
  'path name task dataset_type dataset_config dataset_digest config revision scope threshold slice evaluation',
  'task_version version prompt timestamp report run judge model_id base_eval scorer score reducer eval_metric',
  'benchmark problem summary section dataloader architecture img_size computed_on favourable reference metric',
)

/** Labels of all of some data, or of the model. */
export const WHOLE = wordsOf('dataset split model_sha256 model_revision positive')

/** Labels that say how something was measured: such a measurement is not of a group, nor of the whole. */
export const HOW = wordsOf(
  'aggregate average filter shots n_shot fold seed step epoch k stage perturbation sub_split defense plugin strategy',
  'scenario provider framework model row index at_fpr delta level sampling column method measure check epsilon attack',
  'attack_type max_perturbation norm noise corruption severity probe detector suite about variant constraint',
)

/** What lm-evaluation-harness says of all of a group of tasks, and where it chose nothing from an answer. */
const NONE: Readonly<Record<string, string>> = { group: 'yes', filter: 'none' }

/** The labels by which a number is of less than the whole, or taken in another way. */
export function groupOf({ labels }: Pick<Measurement, 'labels'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels).filter(
      ([label, value]) => !LOOSE.has(label) && !WHOLE.has(label) && NONE[label] !== value,
    ),
  )
}
