import type { RuleAnswer } from '../render/deployment.ts'
import { type GitHub, isNotFound, statusOf } from '../sources/github/client.ts'

type At = { readonly owner: string; readonly repo: string }

/** GitHub takes no 422 back: either it was decided already, or it does not take the comment. */
const REFUSED = 422

/**
 * Answers a job that waits to enter an environment. The address is made of the repository and the run alone. `known`:
 * it was decided already, which cannot be told from a comment that GitHub does not take, so that it is tried without.
 */
export async function answerRule(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: At,
  { run, environment, state, comment, short }: RuleAnswer,
): Promise<'told' | 'known'> {
  for (const text of [comment, short]) {
    try {
      await rest.actions.reviewCustomGatesForRun({
        ...{ owner, repo, run_id: run, environment_name: environment, state, comment: text },
        request: { retries: 0 },
      })
      return 'told'
    } catch (error) {
      if (statusOf(error) !== REFUSED) throw error
    }
  }
  return 'known'
}

/** A deployment as GitHub tells of it now; undefined where it is gone. */
export type SeenDeployment = {
  readonly commit: string
  readonly ref: string
  readonly environment: string
  /** This app made it. */
  readonly own: boolean
}

/** What GitHub says of a deployment, whatever the event said. */
export async function deploymentOf(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo, appId }: At & { readonly appId: number },
  deployment_id: number,
): Promise<SeenDeployment | undefined> {
  try {
    const { data } = await rest.repos.getDeployment({ owner, repo, deployment_id })
    const { sha: commit, ref, environment, performed_via_github_app: by } = data
    return { commit, ref, environment, own: by?.id === appId }
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

const PAGE = 100

/** Says of a deployment that it has no go, once; what else is told of it stays. */
export async function failDeployment(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo, appId }: At & { readonly appId: number },
  deployment_id: number,
  description: string,
): Promise<'told' | 'known'> {
  const at = { owner, repo, deployment_id }
  const { data } = await rest.repos.listDeploymentStatuses({ ...at, per_page: PAGE })
  // The answer to an earlier attempt may have been lost.
  if (data.some(({ performed_via_github_app: by }) => by?.id === appId)) return 'known'
  await rest.repos.createDeploymentStatus({
    ...{ ...at, state: 'failure', description, auto_inactive: false },
    request: { retries: 0 },
  })
  return 'told'
}
