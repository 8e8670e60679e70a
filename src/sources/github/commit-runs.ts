import type { ListedArtifact, RunOfCommit } from '../artifact-witness.ts'
import { type GitHub, GitHubAnswerError } from './client.ts'
import { callsOf, foreignOf, mayNotSee, type Place, workflowOf } from './runs.ts'

const PAGE = 100

/** Artifacts, and whether these are all that there are. */
export type Listed = { readonly artifacts: readonly ListedArtifact[]; readonly whole: boolean }

/** The newest artifacts of a name. docs.github.com, "List artifacts for a repository". */
export async function artifactsNamed(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  name: string,
): Promise<Listed> {
  try {
    const { data } = await rest.actions.listArtifactsForRepo({ owner, repo, name, per_page: PAGE })
    const artifacts = data.artifacts.flatMap((one) => listed(one, name))
    return { artifacts, whole: data.total_count <= PAGE }
  } catch (error) {
    if (mayNotSee(error)) return { artifacts: [], whole: true }
    throw error
  }
}

/** Every artifact of a name that a run has. Throws where there are more than are listed at once. */
export async function artifactsOf(
  github: Pick<GitHub, 'rest'>,
  place: Place,
  run: number,
  name: string,
): Promise<readonly ListedArtifact[]> {
  return (await artifactsOfRun(github, place, run, name)).flatMap((one) => listed(one, name))
}

/** The same as GitHub describes them. docs.github.com, "List workflow run artifacts". */
export async function artifactsOfRun(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  run: number,
  name: string,
): Promise<readonly Given[]> {
  const { data } = await rest.actions.listWorkflowRunArtifacts({
    owner,
    repo,
    run_id: run,
    name,
    per_page: PAGE,
  })
  if (data.total_count > PAGE)
    throw new GitHubAnswerError('a run has more artifacts of one name than are listed')
  return data.artifacts.filter((artifact) => artifact.name === name)
}

/**
 * Every run of a commit; none where the app may not see runs. A run that was run again is as its last attempt left
 * it. Throws where there are more than are listed at once. docs.github.com, "List workflow runs for a repository".
 */
export async function runsOfCommit(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  commit: string,
): Promise<readonly RunOfCommit[]> {
  try {
    const { data } = await rest.actions.listWorkflowRunsForRepo({
      owner,
      repo,
      head_sha: commit,
      per_page: PAGE,
    })
    if (data.total_count > PAGE)
      throw new GitHubAnswerError('a commit has more workflow runs than are listed')
    return data.workflow_runs
      .filter((run) => run.head_sha === commit)
      .map((run): RunOfCommit => {
        // GitHub describes the fork as always there; of one that is deleted it is null.
        const head: { readonly id: number } | null = run.head_repository
        const ended = run.status === 'completed'
        return {
          id: run.id,
          commit,
          workflow: workflowOf(run.path),
          fork: head?.id !== run.repository.id,
          ...foreignOf(run.event),
          ...callsOf({ owner, repo }, run.referenced_workflows),
          state: !ended ? 'running' : run.conclusion === 'success' ? 'succeeded' : 'failed',
        }
      })
  } catch (error) {
    if (mayNotSee(error)) return []
    throw error
  }
}

type Given = Awaited<
  ReturnType<GitHub['rest']['actions']['listArtifactsForRepo']>
>['data']['artifacts'][number]

/** An artifact that GitHub does not say the run of is nobody's. */
function listed(
  { id, name, expired, digest, created_at: created, workflow_run: of }: Given,
  wanted: string,
): readonly ListedArtifact[] {
  if (name !== wanted || of?.id === undefined || of.head_sha === undefined) return []
  const own = of.repository_id !== undefined && of.repository_id === of.head_repository_id
  const about = { run: of.id, commit: of.head_sha, fork: !own }
  return [{ id, name, ...about, expired, digest: digest ?? null, ...(created !== null && { created }) }]
}
