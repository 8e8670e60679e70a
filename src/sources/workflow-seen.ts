import type { WorkflowSeen } from '../core/observed.ts'
import { readCalled, readWorkflow } from '../criteria/workflow.ts'
import { jobsOutside } from '../criteria/workflow-jobs.ts'
import { leafAt, MAX_WRITTEN_BYTES, shortText } from './files.ts'
import type { Repository } from './repository.ts'

/** A workflow that calls more than these is not understood. */
const MOST_CALLED = 30
/** Workflows and actions are short, and each is parsed. */
const MAX_CALLED_BYTES = 100_000

/**
 * A workflow as a commit has it, with what the workflows and actions add that it calls in that commit; undefined where
 * no file is at its path. One of them that is not there or not understood leaves all of it not understood.
 */
export async function workflowSeen(
  repository: Repository,
  { commit, workflow }: { readonly commit: string; readonly workflow: string },
): Promise<WorkflowSeen | undefined> {
  const leaf = await leafAt(repository, commit, workflow)
  if (leaf?.kind !== 'file') return undefined
  const about = { path: workflow, sha: leaf.oid }
  const text = await shortText(repository, leaf, MAX_WRITTEN_BYTES)
  if (text === undefined) return { ...about, kind: 'unreadable', faults: [], environments: [], ...NONE }
  const own = readWorkflow(text, repository.name)
  const called = await calledBy(repository, commit, own.uses)
  const all = [own, ...called.values()]
  const jobs = new Map([...called].map(([uses, one]) => [uses, one.jobs]))
  const isRead = all.every(({ kind }) => kind === 'read')
  return {
    ...about,
    kind: isRead ? 'read' : 'unreadable',
    faults: all.flatMap(({ faults }) => faults),
    environments: [...new Set(all.flatMap(({ environments }) => environments))],
    ...(isRead ? jobsOutside(own.jobs, jobs) : NONE),
  }
}

const NONE = { outside: [], unread: [] } as const

type Called = ReturnType<typeof readCalled>

const UNREADABLE: Called = { kind: 'unreadable', faults: [], environments: [], uses: [], jobs: [] }

/** What each file says that a workflow calls, and that those call; of one that is not there nothing can be read. */
async function calledBy(
  repository: Repository,
  commit: string,
  uses: readonly string[],
): Promise<ReadonlyMap<string, Called>> {
  const known = new Set(uses)
  const all = new Map<string, Called>()
  // A set hands out what is added while it is gone through.
  for (const one of known) {
    if (all.size >= MOST_CALLED) return all.set(one, UNREADABLE)
    const text = await localText(repository, commit, one)
    const called = text === undefined ? UNREADABLE : readCalled(text, repository.name)
    all.set(one, called)
    for (const more of called.uses) known.add(more)
  }
  return all
}

async function localText(repository: Repository, commit: string, uses: string): Promise<string | undefined> {
  const path = uses
    .split('/')
    .filter((part) => part !== '.' && part !== '')
    .join('/')
  const folder = path === '' ? '' : `${path}/`
  const files = /\.ya?ml$/.test(path) ? [path] : [`${folder}action.yml`, `${folder}action.yaml`]
  for (const file of files) {
    const text = await shortText(repository, await leafAt(repository, commit, file), MAX_CALLED_BYTES)
    if (text !== undefined) return text
  }
  return undefined
}
