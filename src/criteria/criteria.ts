import { z } from 'zod'
import { Criterion } from '../checks/index.ts'
import { CONTROLS } from '../core/controls.ts'
import { TRUSTS } from '../core/evidence.ts'
import { MODEL_NAME, modelOfCriteria } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import { APPROACHES, RISKS, TRAITS } from '../core/profile.ts'
import { TIERS } from '../core/registration.ts'
import type { Parsed } from '../text/parsed.ts'
import { strict } from '../text/strict.ts'
import { Environments } from './deploy.ts'
import { examProblems } from './exam-problems.ts'
import { type Lines, linesOf, listProblems } from './list.ts'

export const Digest = z.union(
  [
    z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 of 64 hex digits') }),
    z.strictObject({ md5: z.string().regex(/^[0-9a-f]{32}(\.dir)?$/, 'an md5 of 32 hex digits') }),
  ],
  { error: '{ sha256: … } or { md5: … }' },
)

export const ModelName = z.string().regex(MODEL_NAME, 'a name of a-z, 0-9 and -, at most 64 long')

/** A version of a table, where the bytes have no digest. */
export const Snapshot = z.string().min(1).max(200)

const Pinned = z
  .strictObject({
    digest: Digest.optional().describe('sha256 of the data; or md5 as DVC writes it, which is weak'),
    snapshot: Snapshot.optional().describe('version of a table instead of a digest; weak'),
    rows: z
      .int()
      .min(1)
      .optional()
      .describe('how many rows the exam has; an exam taken in part does not count'),
    label: z.string().min(1).optional().describe('the column with the truth'),
    positive: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .describe('the positive value of label'),
    threshold: z.number().optional().describe('the score from which the answer is positive'),
    groups: z
      .record(
        z.string(),
        z.union([
          z.array(z.union([z.string(), z.number()])).min(1),
          z
            .record(z.string(), z.int().min(1))
            .refine((sizes) => Object.keys(sizes).length > 0, 'at least one group'),
        ]),
      )
      .optional()
      .describe('columns that divide the rows, with their values: a list, or how many rows each has'),
    favourable: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .describe('the outcome that is good for the person'),
  })
  .superRefine((exam, context) => {
    if ((exam.digest === undefined) === (exam.snapshot === undefined))
      context.addIssue({
        code: 'custom',
        path: [],
        message: 'exactly one of digest and snapshot',
        input: exam,
      })
    for (const [label, groups] of Object.entries(exam.groups ?? {})) {
      if (Array.isArray(groups) || exam.rows === undefined) continue
      const sum = Object.values(groups).reduce((all, rows) => all + rows, 0)
      if (sum !== exam.rows)
        context.addIssue({
          code: 'custom',
          path: ['groups', label],
          message: `groups that together have the ${exam.rows} rows of the exam (found ${sum})`,
          input: exam,
        })
    }
  })

/** `.gonogo/criteria/<model>.yml`: what must hold, committed before the work. */
export const Criteria = z.strictObject({
  gonogo: z.literal(1).describe('version of this file format'),
  model: ModelName.describe('name of the model; the file is named after it'),
  risk: z.enum(RISKS).describe('decides which controls must be covered'),
  approach: z.enum(APPROACHES).describe('where the model, or its base, comes from'),
  traits: z.array(z.enum(TRAITS)).optional().describe('what the model is; brings controls'),
  registration: z.enum(TIERS).optional().describe('weakest tier accepted; ordered without it'),
  trust: z
    .enum(TRUSTS)
    .optional()
    .describe('weakest trust accepted for measurements; produced at high risk, typed below'),
  attempts: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'how many different weights may be measured on one test set; every confidence is spread over them',
    ),
  environments: Environments.optional().describe("deployments that need this model's go"),
  adopted: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 of 64 hex digits'))
    .min(1)
    .max(1000)
    .optional()
    .describe('sha256 of weights that were there before these criteria: their first evaluation is the work'),
  datasets: z
    .record(z.string().min(1).max(200), Pinned)
    .optional()
    .describe('the exam, fixed with the criteria'),
  criteria: z.array(Criterion).min(1).max(500).describe('the requirements'),
  not_applicable: z
    .array(z.strictObject({ control: z.enum(CONTROLS), because: z.string().min(1) }))
    .optional()
    .describe('controls that need no criterion, and why'),
  retired: z.literal(true).optional().describe('the model is released no more'),
})
export type Criteria = z.infer<typeof Criteria>

/** A criteria file as facts: what it asks, what is wrong with it, and the line of each criterion. */
export type ParsedCriteria = {
  readonly criteria?: Criteria
  readonly problems: readonly Problem[]
  readonly lines: Lines
}

/** Every fault of a criteria file is a problem with its line; `criteria` is there only if the file fits the schema. */
export function parseCriteria(parsed: Parsed, path: string): ParsedCriteria {
  const { value: criteria, problems } = strict(Criteria, parsed, path)
  if (criteria === undefined) return { problems, lines: {} }
  return {
    criteria,
    problems: [
      ...problems,
      ...misnamed(criteria, parsed, path),
      ...examProblems(criteria, parsed, path),
      ...uncounted(criteria, parsed, path),
      ...listProblems(criteria.criteria, parsed, path),
    ],
    lines: linesOf(criteria.criteria, parsed),
  }
}

function misnamed(criteria: Criteria, parsed: Parsed, path: string): readonly Problem[] {
  const wanted = modelOfCriteria(path)
  if (wanted === undefined || wanted === criteria.model) return []
  return [{ path, ...parsed.at(['model']), code: 'wrong_model', found: criteria.model, wanted }]
}

/** Attempts are counted at an exam by its digest: without any that is pinned nothing could be counted. */
function uncounted({ attempts, datasets }: Criteria, parsed: Parsed, path: string): readonly Problem[] {
  if (attempts === undefined || Object.keys(datasets ?? {}).length > 0) return []
  return [{ path, ...parsed.at(['attempts'], 'key'), code: 'attempts_of_nothing' }]
}
