import { type Coordinates, type GitHub, statusOf } from '../sources/github/client.ts'

const PAGE = 100

/** The heads of a repository's open pull requests, each once, whatever repository they come from. */
export async function headsOf(github: GitHub, at: Coordinates): Promise<readonly string[]> {
  return [...new Set((await openPulls(github, at)).map(({ head }) => head))]
}

/** The heads of open pull requests that lie in other repositories only, where anybody may push. */
export async function openHeads(
  github: GitHub,
  at: Coordinates,
): Promise<{ readonly heads: readonly string[]; readonly forks: ReadonlySet<string> }> {
  const pulls = await openPulls(github, at)
  const own = new Set(pulls.filter(({ fork }) => !fork).map(({ head }) => head))
  const heads = new Set(pulls.map(({ head }) => head))
  return { heads: [...heads], forks: heads.difference(own) }
}

/** The open pull requests with this head, from whatever repository. */
export async function pullsWithHead(
  github: GitHub,
  at: Coordinates,
  commit: string,
): Promise<readonly number[]> {
  const pulls = await openPulls(github, at)
  return pulls.filter(({ head }) => head === commit).map(({ number }) => number)
}

type OpenPull = { readonly number: number; readonly head: string; readonly fork: boolean }

async function openPulls({ rest }: GitHub, { owner, repo }: Coordinates): Promise<readonly OpenPull[]> {
  const pulls: OpenPull[] = []
  for (let page = 1, last = PAGE; last === PAGE; page += 1) {
    const { data } = await rest.pulls.list({ owner, repo, state: 'open', per_page: PAGE, page })
    last = data.length
    pulls.push(
      ...data.map(({ number, head, base }) => ({
        ...{ number, head: head.sha },
        // GitHub describes it as always there; of a fork that is deleted it is null.
        fork: (head.repo as { readonly id: number } | null)?.id !== base.repo.id,
      })),
    )
  }
  return pulls
}

/** The default branch's tip; undefined where there is no such branch, as in an empty repository. */
export async function tipOf(
  { rest }: GitHub,
  { owner, repo, branch }: Coordinates,
): Promise<string | undefined> {
  try {
    return (await rest.git.getRef({ owner, repo, ref: `heads/${branch}` })).data.object.sha
  } catch (error) {
    // 409 is GitHub's answer for a repository without a commit.
    const status = statusOf(error)
    if (status === 404 || status === 409) return undefined
    throw error
  }
}
