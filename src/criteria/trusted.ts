import { z } from 'zod'

const Name = z.string().min(1).max(200)
const Names = z.array(Name).min(1).max(100)
/** `owner/name/.github/workflows/file.yml`: what lies elsewhere is no workflow of GitHub. */
const WorkflowPath = z
  .string()
  .max(400)
  .regex(
    /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+\/\.github\/workflows\/[^/]+\.ya?ml$/,
    'owner/name/.github/workflows/file.yml',
  )

/** What the organisation trusts, beside what everybody does. */
export const Trusted = z.strictObject({
  workflows: z
    .array(WorkflowPath)
    .min(1)
    .max(1000)
    .optional()
    .describe('where given, only runs of these witness work and produce evidence'),
  signers: z.array(z.strictObject({ issuer: Name, subject: Name })).optional(),
  base_models: z.strictObject({ publishers: Names.optional(), licences: Names.optional() }).optional(),
  pickle: z
    .array(
      z
        .string()
        .max(500)
        .regex(
          /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/,
          'a whole name such as sklearn.tree._classes.DecisionTreeClassifier',
        ),
    )
    .min(1)
    .max(1000)
    .optional()
    .describe('what pickles in weights may name beside plain containers, numbers and arrays; whole names'),
})
