import { z } from 'zod'
import { ROLES } from '../core/exam.ts'
import { Digest, Snapshot } from './criteria.ts'

export const Path = z.string().min(1).max(500)
export const Name = z.string().min(1).max(200)
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 of 64 hex digits')
/** Every pair of them is measured too. */
const MOST_GROUPS = 6
const Workflow = z
  .string()
  .regex(/^\.github\/workflows\/[^/]{1,200}\.ya?ml$/, 'a file such as .github/workflows/validate.yml')

/** A file of the commit. */
export const FileEvidence = z.strictObject({
  path: Path,
  dataset: Name.optional().describe('fills a label that the file does not give'),
  about: z.enum(['candidate', 'base']).optional(),
  document: z.string().min(1).max(100).optional().describe('what this document is, such as model-card'),
  format: Name.optional().describe('the reader that must claim the file'),
})
/** A file of an Actions artifact. */
export const ArtifactEvidence = z.strictObject({
  artifact: Name.describe('name of the artifact that the workflow uploads'),
  file: Path.describe('path of the file in the artifact'),
  workflow: Workflow.describe('file of the workflow whose run uploads it, from the root of the repository'),
  dataset: Name.optional().describe('fills a label that the file does not give'),
  about: z.enum(['candidate', 'base']).optional(),
  document: z.string().min(1).max(100).optional().describe('what this document is, such as model-card'),
  format: Name.optional().describe('the reader that must claim the file'),
})
/** Rows, one for each sample, and how they are read. */
export const RowsEntry = z.strictObject({
  rows: Path.describe('CSV, JSON lines or Parquet, one row for each sample'),
  artifact: Name.optional().describe('name of the artifact that has the file, where the commit has not'),
  workflow: Workflow.optional().describe('file of the workflow whose run uploads the artifact'),
  dataset: Name.describe('the data that the rows are about'),
  about: z
    .enum(['candidate', 'base', 'released'])
    .optional()
    .describe('released: the very rows of the last release that was a go'),
  label: Name.optional().describe('column with the truth; the one that the criteria pin without it'),
  prediction: Name.optional().describe('column with what the model answered'),
  score: Name.optional().describe('column with the probability of the positive class'),
  groups: z.array(Name).max(MOST_GROUPS).optional().describe('columns that divide the rows'),
  cluster: Name.optional().describe('column that says which rows belong together, such as customer'),
  id: Name.optional().describe(
    'column that names the sample, by which the rows of two models on the same data are paired',
  ),
  values: z
    .record(Name, Name)
    .optional()
    .describe('columns of numbers by the metric that they are: { latency: latency_ms }'),
})

/** Data of the training or of an exam. */
export const Dataset = z
  .strictObject({
    name: Name,
    role: z.enum(ROLES).describe('what it was to the model'),
    digest: Digest.optional(),
    snapshot: Snapshot.optional().describe('version of a table instead of a digest'),
    origin: Name.optional(),
    licence: Name.optional(),
    rows: Path.optional().describe(
      'file with its rows, or with their digests, to compare training with test',
    ),
    key: z.array(Name).min(1).max(20).optional().describe('columns by which a row of that file is known'),
  })
  .superRefine((dataset, context) => {
    if ((dataset.rows === undefined) !== (dataset.key === undefined))
      context.addIssue({ code: 'custom', path: [], message: 'rows and key together', input: dataset })
    if (dataset.digest !== undefined && dataset.snapshot !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['snapshot'],
        message: 'only one of digest and snapshot',
        input: dataset,
      })
  })
