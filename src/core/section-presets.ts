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
