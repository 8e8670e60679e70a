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
