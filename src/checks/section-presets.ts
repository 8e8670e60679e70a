import { z } from 'zod'
import { headingOf } from './sections.ts'

/** One heading that is asked, by the names that it may have; the first is what it is called here. */
export type Heading = readonly [string, ...string[]]

const one = (...names: Heading): Heading => names

/**
 * Headings by the name of what has them, in our own words.
 *
 * - `model-card`: https://github.com/huggingface/huggingface_hub, `modelcard_template.md`;
 * - `dataset-card`: the seven questions of datasheets for datasets, arXiv:1803.09010, and where the template of the
 *   Hugging Face Hub answers them (`datasetcard_template.md` of the same repository);
 * - `instructions-for-use`: Article 13(3) of Regulation (EU) 2024/1689, point by point from (a) to (f).
 */
export const PRESETS = {
  'model-card': [
    one('Model Details'),
    one('Uses', 'Intended Use'),
    one('Out-of-Scope Use', 'Out-of-Scope Uses', 'Out of Scope'),
    one('Bias, Risks, and Limitations'),
    one('Training Details', 'Training'),
    one('Evaluation'),
  ],
  'dataset-card': [
    one('Motivation', 'Curation Rationale'),
    one('Composition', 'Dataset Structure'),
    one('Collection', 'Collection Process', 'Data Collection and Processing'),
    one('Preprocessing', 'Preprocessing, Cleaning, Labeling', 'Data Collection and Processing'),
    one('Uses'),
    one('Distribution', 'Dataset Sources', 'Dataset Sources [optional]'),
    one('Maintenance', 'Dataset Card Contact'),
  ],
  'instructions-for-use': [
    one('Provider and contact'),
    one('Intended purpose'),
    one('Accuracy, robustness and cybersecurity'),
    one('Risks of use and misuse'),
    one('Explaining outputs'),
    one('Performance by group'),
    one('Input data'),
    one('Interpreting outputs'),
    one('Planned changes'),
    one('Human oversight'),
    one('Resources, lifetime and maintenance'),
    one('Logs'),
  ],
} as const satisfies Readonly<Record<string, readonly Heading[]>>
export type Preset = keyof typeof PRESETS

// The names of the keys of the table are its own.
export const PRESET_NAMES = Object.keys(PRESETS) as readonly Preset[]

/** Headings by themselves, or all that something has by its name. */
export const Sections = z.union([
  z.enum(PRESET_NAMES, `a list of headings, or one of ${PRESET_NAMES.join(', ')}`),
  z.array(z.string().min(1).max(200)).min(1).max(500),
])
export type Sections = z.infer<typeof Sections>

/** Every heading that is asked, with the names that it may have. */
export function headingsOf(sections: Sections): readonly Heading[] {
  return typeof sections === 'string' ? PRESETS[sections] : sections.map((title) => one(title))
}

/** The same for headings that ask the same, however they are written and in whichever order. */
export function headingsMeant(sections: Sections): readonly (readonly string[])[] {
  const each = headingsOf(sections).map((names) => [...new Set(names.map(headingOf))].toSorted())
  const byText = new Map(each.map((names) => [names.join('\n'), names]))
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, names]) => names)
}
