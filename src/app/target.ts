import type { Asked, Task } from './asked.ts'

/** What an event asks to be judged. A verdict belongs to a commit: nothing here asks which pull request. */
export type Target = {
  readonly owner: string
  readonly repo: string
  /** The default branch, as the event names it. */
  readonly branch: string
  readonly commit: string
}

/** Two targets with one key must never be worked on at the same time. */
export function keyOf({ owner, repo, commit }: Target): string {
  return `${owner}/${repo}@${commit}`.toLowerCase()
}

/** The same of whatever may be asked; two of one key collapse into the newer one. */
export function workKeyOf(asked: Asked): string {
  if ('target' in asked) return keyOf(asked.target)
  return keyOf({ ...asked.at, commit: subjectOf(asked.task) })
}

/** What a task is about, as a word that names nothing else. */
export function subjectOf(task: Task): string {
  switch (task.kind) {
    case 'command':
      return `comment/${task.comment}`
    case 'button':
      return `check-run/${task.run}`
    case 'protection':
      return `run/${task.run}/${encodeURIComponent(task.environment)}`
    case 'deployment':
      return `deployment/${task.deployment}`
    case 'release':
      return `release/${task.release}`
    case 'review':
      return `review/${task.commit}`
  }
}

/** What is asked, for the log: names and numbers only. */
export function loggedOf(asked: Asked): Readonly<Record<string, unknown>> {
  if ('target' in asked) return asked.target
  return { ...asked.at, task: asked.task.kind, about: subjectOf(asked.task) }
}
