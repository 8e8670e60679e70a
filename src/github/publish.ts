import { createHash } from 'node:crypto'
import { annotationsKey, batches, type CheckRun } from '../render/check-run.ts'
import { type GitHub, statusOf } from '../sources/github/client.ts'
import { newestRun } from './newest-run.ts'

/** Whose check run, in which repository. */
export type Publishing = {
  readonly owner: string
  readonly repo: string
  readonly appId: number
  /** ISO 8601. */
  readonly now: string
  readonly notes: Notes
}

/** What is known, before GitHub is asked, of the runs that this app posted on the commit; a port. */
export type Notes = {
  /** No run, the newest run with its external_id, or that nobody knows. */
  readonly last: () => Promise<
    | { readonly state: 'none' }
    | { readonly state: 'created'; readonly id: number; readonly key: string }
    | { readonly state: 'unsure' }
  >
  /** From before a run is posted to after GitHub's answer; in between the commit is `unsure`. */
  readonly creating: () => Promise<void>
  readonly created: (id: number, key: string) => Promise<void>
}

type Existing = { readonly id: number; readonly external_id: string | null }
type Listed = Existing & {
  readonly conclusion: string | null
  readonly output: { readonly title: string | null }
}

/**
 * Publishes a check run so that the newest run of this app on the commit says what `run` says. Annotations
 * can only be appended: when they are the same the run is patched, else a new one is created, and the newest
 * created decides. GitHub is asked which run is the newest only where no note tells it: after a crash, or an answer
 * that never came. The caller is the only writer for the commit.
 */
export async function publish(
  { rest }: GitHub,
  { owner, repo, appId, now, notes }: Publishing,
  run: CheckRun,
): Promise<void> {
  const key = createHash('sha256').update(annotationsKey(run)).digest('hex')
  const [first = [], ...rests] = batches(run.annotations)
  const output = {
    title: run.title,
    summary: run.summary,
    ...(run.text === undefined ? {} : { text: run.text }),
  }
  const common = {
    owner,
    repo,
    name: run.name,
    status: 'completed',
    conclusion: run.conclusion,
    completed_at: now,
    actions: run.actions.map((button) => ({ ...button })),
  } as const
  // A run that lost some of its annotations on the way is not one to patch.
  const created = rests.length === 0 ? key : `${key}:incomplete`

  const newest = () => newestRun({ rest }, { owner, repo, appId }, run.head_sha)

  async function last(): Promise<Existing | undefined> {
    const noted = await notes.last()
    if (noted.state === 'unsure') return await newest()
    return noted.state === 'none' ? undefined : { id: noted.id, external_id: noted.key }
  }

  async function create(seen: Existing | undefined): Promise<number> {
    await notes.creating()
    const id = await post(seen)
    await notes.created(id, created)
    return id
  }

  async function post(seen: Existing | undefined): Promise<number> {
    try {
      const { data } = await rest.checks.create({
        ...common,
        external_id: created,
        head_sha: run.head_sha,
        output: { ...output, annotations: [...first] },
        // Octokit would post again on a 5xx, which leaves two runs where the first was taken after all.
        request: { retries: 0 },
      })
      return data.id
    } catch (error) {
      const taken = await newest()
      if (taken !== undefined && taken.id !== seen?.id && taken.external_id === created && says(taken, run))
        return taken.id
      throw error
    }
  }

  const existing = await last()
  if (existing?.external_id === key) {
    try {
      await rest.checks.update({ ...common, external_id: key, check_run_id: existing.id, output })
      return
    } catch (error) {
      // A run that was archived or deleted meanwhile is replaced: what it last said must not stand.
      if (!isGone(error)) throw error
    }
  }
  const id = await create(existing)
  for (const [index, annotations] of rests.entries()) {
    const whole = index === rests.length - 1 ? { external_id: key } : {}
    await rest.checks.update({
      owner,
      repo,
      check_run_id: id,
      ...whole,
      output: { ...output, annotations: [...annotations] },
    })
  }
  if (rests.length > 0) await notes.created(id, key)
}

/** An older verdict whose annotations are the same must not pass for the one that was posted. */
function says({ conclusion, output }: Listed, run: CheckRun): boolean {
  return conclusion === run.conclusion && output.title === run.title
}

function isGone(error: unknown): boolean {
  const status = statusOf(error)
  return status === 404 || status === 422
}
