import { z } from 'zod'
import type { Push } from '../ledger/tips.ts'
import { COMMANDS, CommandTask } from './command-event.ts'
import { COMMIT_EVENTS } from './commit-events.ts'
import { DEPLOYMENTS, DeploymentTask } from './deployment-event.ts'
import { RELEASES, ReleaseTask } from './release-event.ts'
import { RENAMED, renamedBy } from './renamed-event.ts'
import { ReviewTask } from './review-task.ts'
import { type RunEvent, runEventOf } from './run-event.ts'

/** Where something is asked for: the installation, and the repository with its default branch as the event names it. */
const Where = z.object({
  installation: z.int(),
  /** GitHub's id of the repository, which no renaming changes; absent where nobody told it. */
  repositoryId: z.int().optional(),
})

/** A verdict that an event asks for, and the installation that it is to be given as; as it comes back from the database. */
export type CommitAsked = z.infer<typeof CommitAsked>
export const CommitAsked = Where.extend({
  target: z.object({ owner: z.string(), repo: z.string(), branch: z.string(), commit: z.string() }),
  /** The commit was seen in a pull request from another repository, where anybody may push. */
  fork: z.literal(true).optional(),
})

/** What else an event may ask for, by its kind. */
export type Task = z.infer<typeof Task>
export const Task = z.discriminatedUnion('kind', [
  ...CommandTask.options,
  ...DeploymentTask.options,
  ReleaseTask,
  ReviewTask,
])

export type TaskAsked = z.infer<typeof TaskAsked>
export const TaskAsked = Where.extend({
  at: z.object({ owner: z.string(), repo: z.string(), branch: z.string() }),
  task: Task,
})

export type Asked = z.infer<typeof Asked>
export const Asked = z.union([CommitAsked, TaskAsked])

/** What a delivery asks; `unreadable` where GitHub's own shape is missing, which the answer must show. */
export type Asking =
  | { readonly kind: 'verdict'; readonly asked: CommitAsked; readonly push?: Push }
  | { readonly kind: 'task'; readonly asked: TaskAsked }
  /** The app may see more than before: what is open there has no check yet. */
  | { readonly kind: 'installation'; readonly installation: number }
  /** The repository has another name, or another owner. */
  | { readonly kind: 'renamed'; readonly id: number; readonly from: string; readonly to: string }
  /** A run ended, which commits may wait for, or began again; only the database knows which. */
  | ({ readonly kind: 'run' } & RunEvent)
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable'; readonly fault: string }

/** What an event of another kind asks for; undefined where it asks for nothing. */
type ReadTask = (payload: unknown) => Task | undefined

/** Which events ask for something else than a verdict on a commit. */
const TASK_EVENTS: Readonly<Record<string, ReadTask>> = { ...COMMANDS, ...DEPLOYMENTS, ...RELEASES }

const Name = z.string().min(1).max(200)
// Made once: to make a schema takes longer than to parse a delivery by it.
const Action = z.object({ action: z.string() })
const Framed = z.object({
  repository: z.object({
    id: z.int().positive().optional().catch(undefined),
    name: Name,
    owner: z.object({ login: Name }),
    default_branch: Name,
  }),
  installation: z.object({ id: z.int().positive() }),
})

/** Events that may ask for nothing, which only the payload shows. */
const SOMETIMES = [
  'pull_request.edited',
  'pull_request_review.submitted',
  'pull_request_review.edited',
  'pull_request_review.dismissed',
  'push',
  ...Object.keys(COMMANDS),
]
const RUN = 'workflow_run'
/** Events after which the app may see more than before. */
const INSTALLED = [
  'installation.created',
  'installation.unsuspend',
  'installation.new_permissions_accepted',
  'installation_repositories.added',
]
const Installed = z.object({ installation: z.object({ id: z.int().positive() }) })

/** What can be told of a delivery by its name alone: whether it asks for something. */
export function asks(event: string, action: string | null): 'always' | 'sometimes' | 'never' {
  const name = action === null ? event : `${event}.${action}`
  if (event === RUN || INSTALLED.includes(name) || RENAMED.includes(name)) return 'sometimes'
  if (!Object.hasOwn(COMMIT_EVENTS, name) && !Object.hasOwn(TASK_EVENTS, name)) return 'never'
  return SOMETIMES.includes(name) ? 'sometimes' : 'always'
}

/** Turns a delivery into what it asks for, and nothing else. Never throws. */
export function askedBy(event: string, payload: unknown): Asking {
  const action = Action.safeParse(payload)
  const name = action.success ? `${event}.${action.data.action}` : event
  try {
    if (event === RUN) return { kind: 'run', ...runEventOf(payload) }
    if (RENAMED.includes(name)) return { kind: 'renamed', ...renamedBy(payload) }
    if (INSTALLED.includes(name))
      return { kind: 'installation', installation: Installed.parse(payload).installation.id }
    if (Object.hasOwn(TASK_EVENTS, name)) return taskAsked(payload, TASK_EVENTS[name]?.(payload))
    const found = Object.hasOwn(COMMIT_EVENTS, name) ? COMMIT_EVENTS[name]?.(payload) : undefined
    if (found === undefined) return { kind: 'nothing' }
    const { commit, fork, push } = typeof found === 'string' ? { commit: found } : found
    const { at, ...where } = whereOf(payload)
    const asked = { ...where, target: { ...at, commit }, ...(fork && { fork }) }
    return { kind: 'verdict', asked, ...(push && { push }) }
  } catch (error) {
    const first = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : undefined
    return { kind: 'unreadable', fault: `${name} came without a usable ${first || 'payload'}` }
  }
}

function taskAsked(payload: unknown, task: Task | undefined): Asking {
  return task === undefined ? { kind: 'nothing' } : { kind: 'task', asked: { ...whereOf(payload), task } }
}

function whereOf(payload: unknown): Omit<TaskAsked, 'task'> {
  const { repository, installation } = Framed.parse(payload)
  const { id: repositoryId, name: repo, owner, default_branch: branch } = repository
  return {
    installation: installation.id,
    ...(repositoryId !== undefined && { repositoryId }),
    at: { owner: owner.login, repo, branch },
  }
}
