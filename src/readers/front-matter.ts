import { isFields } from './narrow.ts'

/** True for the front matter of a Hugging Face model card that carries results. */
export function hasModelIndex(front: unknown): boolean {
  return isFields(front) && Object.hasOwn(front, 'model-index')
}

/** What only the card of a dataset has: https://github.com/huggingface/hub-docs/blob/main/datasetcard.md. */
const OF_DATASETS = [
  'annotations_creators',
  'dataset_info',
  'language_creators',
  'size_categories',
  'source_datasets',
  'task_categories',
]

/** True for the front matter of a Hugging Face dataset card. */
export function isDatasetCard(front: unknown): boolean {
  return isFields(front) && OF_DATASETS.some((key) => Object.hasOwn(front, key))
}
