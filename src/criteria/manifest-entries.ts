import { z } from 'zod'
import { ROLES } from '../core/exam.ts'
import { Digest, Snapshot } from './criteria.ts'

export const Path = z.string().min(1).max(500)
export const Name = z.string().min(1).max(200)

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
  workflow: z
    .string()
    .regex(/^\.github\/workflows\/[^/]{1,200}\.ya?ml$/, 'a file such as .github/workflows/validate.yml')
    .describe('file of the workflow whose run uploads it, from the root of the repository'),
  dataset: Name.optional().describe('fills a label that the file does not give'),
  about: z.enum(['candidate', 'base']).optional(),
  document: z.string().min(1).max(100).optional().describe('what this document is, such as model-card'),
  format: Name.optional().describe('the reader that must claim the file'),
})
/** Rows, one for each sample, and how they are read. */
export const RowsEntry = z.strictObject({
  rows: Path,
  dataset: Name,
  label: Name.optional(),
  prediction: Name.optional(),
  score: Name.optional(),
  groups: z.array(Name).optional(),
  cluster: Name.optional(),
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
  })
  .superRefine((dataset, context) => {
    if (dataset.digest !== undefined && dataset.snapshot !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['snapshot'],
        message: 'only one of digest and snapshot',
        input: dataset,
      })
  })
