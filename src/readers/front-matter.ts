import { isFields } from './narrow.ts'

/** True for the front matter of a Hugging Face model card that carries results. */
export function hasModelIndex(front: unknown): boolean {
  return isFields(front) && Object.hasOwn(front, 'model-index')
}
