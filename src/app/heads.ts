import { type Coordinates, type GitHub, statusOf } from '../sources/github/client.ts'

const PAGE = 100

/** The heads of a repository's open pull requests, each once, whatever repository they come from. */
export async function headsOf({ rest }: GitHub, { owner, repo }: Coordinates): Promise<readonly string[]> {
  const heads = new Set<string>()
  for (let page = 1, last = PAGE; last === PAGE; page += 1) {
    const { data } = await rest.pulls.list({ owner, repo, state: 'open', per_page: PAGE, page })
    last = data.length
    for (const { head } of data) heads.add(head.sha)
  }
  return [...heads]
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
