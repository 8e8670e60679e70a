import { type Fields, isFields } from '../core/fields.ts'

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
 * and hand on what came of it. Those of a workflow that is called are named as `caller / job`.
 */
export function jobsOutside(jobs: readonly Job[], called: CalledJobs): readonly string[] {
  return outside(jobs, called, new Map())
}

function outside(
  jobs: readonly Job[],
  called: CalledJobs,
  /** What is known of called workflows already: each is looked at once, by however many jobs it is called. */
  files: Map<string, readonly string[]>,
): readonly string[] {
  if (jobs.length > MOST_JOBS) return jobs.slice(0, MOST).map(({ name }) => shortened(name))
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const known = new Map<string, readonly string[]>()
  // Of a job that is asked about while it is looked at, as in a circle, nothing is known yet.
  const of = (job: Job): readonly string[] => {
    const before = known.get(job.name)
    if (before !== undefined) return before
    known.set(job.name, [job.name])
    const found = waits(job) ? [] : alone(job)
    known.set(job.name, found)
    return found
  }
  const waits = ({ always, needs }: Job): boolean =>
    !always &&
    needs.some((name) => {
      const needed = byName.get(name)
      return needed !== undefined && !needed.tolerated && of(needed).length === 0
    })
  const alone = ({ name, enters, calls }: Job): readonly string[] => {
    if (enters) return []
    const inner = calls === undefined ? undefined : called.get(calls)
    if (calls === undefined || inner === undefined || inner.length === 0) return [name]
    const before = files.get(calls)
    if (before === undefined) files.set(calls, ['…'])
    const found = before ?? outside(inner, called, files)
    files.set(calls, found)
    return found.map((job) => `${name} / ${job}`)
  }
  return [...new Set(jobs.flatMap(of))].slice(0, MOST).map(shortened)
}

function shortened(name: string): string {
  return name.slice(0, 200)
}
