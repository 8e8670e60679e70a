import { z } from 'zod'
import type { EndedRun } from '../ledger/awaited.ts'
import { toldBy, workflowOf } from '../sources/github/runs.ts'
import type { ToldRun } from '../sources/witness.ts'

/** What was heard of a run that succeeded, with when it ended, ISO 8601. */
export type HeardRun = ToldRun & { readonly ended: string }

/** What a delivery tells of a run: that it ended or began again, and what it was. */
export type RunEvent = EndedRun & {
  readonly ended: boolean
  readonly attempt: number
  /** Of a run that succeeded, where the delivery says all of it. */
  readonly told?: HeardRun
}

const Name = z.string().min(1).max(200)
const Repository = z.object({ id: z.int(), name: Name, owner: z.object({ login: Name }) })
const Path = z.string().max(1000)

const Delivered = z.object({
  action: z.string(),
  workflow_run: z.object({
    id: z.int().positive(),
    head_sha: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
    // GitHub's own examples of an older time leave the path out.
    path: Path.default(''),
    run_attempt: z.int().positive().max(10_000).default(1),
  }),
  repository: z.object({ name: Name, owner: z.object({ login: Name }) }),
})

/** GitHub does not promise all of it; what is not there is asked for when it is needed. */
const Whole = z.object({
  workflow_run: z.object({
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true }),
    head_sha: z.string(),
    path: Path.min(1),
    status: z.literal('completed'),
    conclusion: z.literal('success'),
    event: z.string().max(100),
    run_attempt: z.int().positive(),
    head_repository: z.object({ id: z.int() }),
    repository: Repository,
    referenced_workflows: z.array(z.object({ path: Path, sha: z.string().max(64) })).max(100),
  }),
})

/** What a `workflow_run` delivery tells. Throws a ZodError for what is none. docs.github.com, "Webhook events". */
export function runEventOf(payload: unknown): RunEvent {
  const { action, workflow_run: run, repository } = Delivered.parse(payload)
  const whole = action === 'completed' ? Whole.safeParse(payload).data?.workflow_run : undefined
  return {
    repository: `${repository.owner.login}/${repository.name}`,
    run: run.id,
    commit: run.head_sha,
    workflow: workflowOf(run.path),
    ended: action === 'completed',
    attempt: run.run_attempt,
    ...(whole && { told: { ...toldBy(whole), ended: whole.updated_at } }),
  }
}
