import { type Fields, isFields } from '../core/fields.ts'
import type { WorkflowSeen } from '../core/observed.ts'

/** A job of a workflow, as far as it decides what has to be let in before it. */
export type Job = {
  readonly name: string
  /** It enters an environment; of a job that calls a workflow that one's jobs do. */
  readonly enters: boolean
  /** The workflow that it calls, as it is written. */
  readonly calls?: string
  readonly needs: readonly string[]
  /** It starts whatever came of the jobs that it needs. */
  readonly always: boolean
  /** What needs it starts whatever came of it. */
  readonly tolerated: boolean
}

/** The jobs of each workflow of the same commit that is called, by what calls it: `./path`. */
export type CalledJobs = ReadonlyMap<string, readonly Job[]>

/** So many jobs of a workflow are named. */
const MOST = 20
/** And so many letters of a name are kept. */
const MOST_LETTERS = 200
/** Of a workflow with more jobs none is taken to be let in. */
const MOST_JOBS = 500

/** docs.github.com, "Workflow syntax": `needs`, `if`, `continue-on-error` and `uses` of a job. */
export function jobIn(name: string, job: Fields): Job {
  const { needs, if: condition, 'continue-on-error': tolerated, uses } = job
  return {
    name,
    enters: uses === undefined && environmentOf(job.environment) !== undefined,
    ...(typeof uses === 'string' && { calls: uses }),
    needs: (Array.isArray(needs) ? needs : [needs]).filter((one) => typeof one === 'string'),
    // Any of these functions takes away that what it needs must have succeeded.
    always: typeof condition === 'string' && /always|failure|cancelled/i.test(condition),
    tolerated: tolerated !== undefined && tolerated !== false,
  }
}

/** The environment that a job enters, by name; an expression as it is written. */
export function environmentOf(environment: unknown): string | undefined {
  const name = isFields(environment) ? environment.name : environment
  return typeof name === 'string' && name !== '' ? name.slice(0, 255) : undefined
}

/**
 * The jobs of a workflow that may run though nobody let anything in: that enter no environment, and need no job that does,
 * directly or through others, so that they wait for it and don't start where it was not let in. Any of them can train,
 * and hand on what came of it. Those of a workflow that is called are named as `caller / job`. What a workflow of another
 * repository does nobody reads: whether what it is called for, and what waits for that, is let in is not known.
 */
export function jobsOutside(
  jobs: readonly Job[],
  called: CalledJobs,
): Pick<WorkflowSeen, 'outside' | 'unread'> {
  const found = outside(jobs, called, new Map())
  const open = new Set(found.flatMap(({ unread }) => unread ?? []))
  const unread = [jobs, ...called.values()].flat().flatMap(({ calls }) => (isElsewhere(calls) ? [calls] : []))
  return {
    outside: found.flatMap(({ job, unread }) => (unread === undefined ? [job.slice(0, MOST_LETTERS)] : [])),
    unread: [...new Set(unread)]
      .toSorted((a, b) => Number(open.has(b)) - Number(open.has(a)))
      .slice(0, MOST)
      .map((uses) => ({ uses: uses.slice(0, MOST_LETTERS), letIn: !open.has(uses) })),
  }
}

/** `unread`: the workflow that may let it in, or may not. */
type Outside = { readonly job: string; readonly unread?: string }

function outside(
  jobs: readonly Job[],
  called: CalledJobs,
  /** What is known of called workflows already: each is looked at once, by however many jobs it is called. */
  files: Map<string, readonly Outside[]>,
): readonly Outside[] {
  if (jobs.length > MOST_JOBS) return jobs.slice(0, MOST).map(({ name }) => ({ job: name }))
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const known = new Map<string, readonly Outside[]>()
  // Of a job that is asked about while it is looked at, as in a circle, nothing is known yet.
  const of = (job: Job): readonly Outside[] => {
    const before = known.get(job.name)
    if (before !== undefined) return before
    known.set(job.name, [{ job: job.name }])
    const found = after(job, alone(job))
    known.set(job.name, found)
    return found
  }
  const after = ({ always, needs }: Job, own: readonly Outside[]): readonly Outside[] => {
    if (always || own.length === 0) return own
    const needed = needs.flatMap((name) => byName.get(name) ?? []).filter(({ tolerated }) => !tolerated)
    const before = needed.map(of)
    if (before.some((all) => all.length === 0)) return []
    const [hidden] = before.flatMap((all) =>
      all.every(({ unread }) => unread !== undefined) ? (all[0]?.unread ?? []) : [],
    )
    return hidden === undefined ? own : own.map(({ job, unread = hidden }) => ({ job, unread }))
  }
  const alone = ({ name, enters, calls }: Job): readonly Outside[] => {
    if (enters) return []
    if (isElsewhere(calls)) return [{ job: name, unread: calls }]
    const inner = calls === undefined ? undefined : called.get(calls)
    if (calls === undefined || inner === undefined || inner.length === 0) return [{ job: name }]
    const before = files.get(calls)
    if (before === undefined) files.set(calls, [{ job: '…' }])
    const found = before ?? outside(inner, called, files)
    files.set(calls, found)
    return found.map((one) => ({ ...one, job: `${name} / ${one.job}` }))
  }
  return firstOf(jobs.flatMap(of))
}

/** What is outside for certain comes first, so that it is never left out for what may be. */
function firstOf(all: readonly Outside[]): readonly Outside[] {
  return [
    ...all.filter(({ unread }) => unread === undefined).slice(0, MOST),
    ...all.filter(({ unread }) => unread !== undefined).slice(0, MOST),
  ]
}

function isElsewhere(calls: string | undefined): calls is string {
  return calls !== undefined && !calls.startsWith('./')
}
