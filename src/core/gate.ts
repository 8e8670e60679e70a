/** The name that a required check is pinned to. */
export const CHECK_NAME = 'go/no-go'

/** GitHub Actions as an app: what any writer's workflow posts check runs as. */
export const ACTIONS_APP = 15368

export type Level = 'read' | 'write'

/**
 * What the app asks for in `app.yml`, which a test holds against this, and what does not work without it. What is
 * a gap lets something pass unjudged; the rest only holds things up.
 */
export const APP_PERMISSIONS = {
  actions: { level: 'read', gap: false, without: 'no run can be seen that trained or evaluated a model' },
  attestations: {
    level: 'read',
    gap: false,
    without: 'no attestation can be seen but those that the evidence names',
  },
  checks: { level: 'write', gap: true, without: 'no check run is posted' },
  contents: { level: 'read', gap: true, without: 'neither criteria nor releases are read' },
  deployments: { level: 'write', gap: true, without: 'no deployment is answered or flagged' },
  issues: { level: 'read', gap: false, without: 'no command in a comment is heard' },
  members: {
    level: 'read',
    gap: false,
    without: 'no approval by a team can be seen, nor who is in a team that a record of access names',
  },
  merge_queues: { level: 'read', gap: false, without: 'a merge queue waits for a check that never comes' },
  metadata: { level: 'read', gap: true, without: 'nothing of the repository can be seen' },
  pull_requests: { level: 'write', gap: true, without: 'pull requests and their reviews are not heard of' },
  statuses: { level: 'write', gap: false, without: 'no receipt stands on the default branch' },
} as const satisfies Readonly<Record<string, AskedFor & { readonly level: Level }>>

/** The same of events. What the sweep finds out all the same is no gap. */
export const APP_EVENTS = {
  deployment: { gap: true, without: 'a deployment that nothing held back is not flagged' },
  deployment_protection_rule: { gap: false, without: 'a job waits at an environment and is never answered' },
  issue_comment: { gap: false, without: 'no command in a comment is heard' },
  merge_group: { gap: false, without: 'a merge queue waits for a check that never comes' },
  pull_request: { gap: false, without: 'a pull request is judged only when the hourly sweep finds it' },
  pull_request_review: { gap: false, without: 'an approval counts only when something else happens' },
  push: { gap: false, without: 'a merge is judged only when the hourly sweep finds it' },
  release: { gap: true, without: 'no release is judged' },
  repository: { gap: false, without: 'a repository that is renamed is taken for another one' },
  workflow_run: { gap: false, without: 'nothing is judged again when a run ends' },
} as const satisfies Readonly<Record<string, AskedFor>>

type AskedFor = { readonly gap: boolean; readonly without: string }
export type AppPermission = keyof typeof APP_PERMISSIONS
export type AppEvent = keyof typeof APP_EVENTS

/** Whether a permission that is held is enough. */
export function isEnough(held: string | undefined, wanted: Level): boolean {
  return held === 'admin' || held === 'write' || held === wanted
}
