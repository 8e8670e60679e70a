import { CHECK_NAME } from '../render/check-run.ts'
import type { GitHub } from '../sources/github/client.ts'

type Runs = Awaited<ReturnType<GitHub['rest']['checks']['listForRef']>>['data']['check_runs']

/** The newest check run of this app on a commit, which is the one that counts. */
export async function newestRun(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo, appId }: { readonly owner: string; readonly repo: string; readonly appId: number },
  commit: string,
): Promise<Runs[number] | undefined> {
  const { data } = await rest.checks.listForRef({
    owner,
    repo,
    ref: commit,
    check_name: CHECK_NAME,
    app_id: appId,
    filter: 'latest',
  })
  // A stand-in or an older server may not filter: another app's run of this name is never ours.
  const own = data.check_runs.filter(({ name, app }) => name === CHECK_NAME && app?.id === appId)
  return own.toSorted((a, b) => b.id - a.id)[0]
}
