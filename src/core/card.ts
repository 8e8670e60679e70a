import type { Evidence } from './evidence.ts'

/** Formats in which somebody sums up what was measured elsewhere. */
const CARDS: ReadonlySet<string> = new Set([
  ...['hf-model-index', 'model-card-toolkit', 'sagemaker-model-card'],
  ...['cyclonedx', 'spdx3'],
])

/** Whether a file sums up what was measured elsewhere. */
export function isCard({ document, format, records }: Evidence): boolean {
  return document !== undefined || CARDS.has(format ?? '') || records.some(({ kind }) => kind === 'document')
}
