import { type Coordinates, type GitHub, statusOf } from '../sources/github/client.ts'
import { mayNotSee, placeOf } from '../sources/github/runs.ts'
import { remember } from '../sources/remember.ts'

export type SiblingsOptions = {
  readonly github: GitHub
  readonly asApp: () => Promise<Pick<GitHub, 'rest'>>
  readonly installation: number
  readonly at: Coordinates
}

/** Finds repositories by name, for one evaluation: the judged one, and others of the same installation alone. */
export function openSiblings({ github, asApp, installation, at }: SiblingsOptions) {
  const known = new Map<string, Promise<Coordinates | undefined>>()

  async function find(name: string): Promise<Coordinates | undefined> {
    const place = placeOf(name)
    // A public repository could be read without being installed on: then nobody there has asked to be believed.
    if (place === undefined || (await installationOf(asApp, place)) !== installation) return undefined
    try {
      const { data } = await github.rest.repos.get(place)
      return { owner: data.owner.login, repo: data.name, branch: data.default_branch }
    } catch (error) {
      if (mayNotSee(error)) return undefined
      throw error
    }
  }

  return (name: string): Promise<Coordinates | undefined> => {
    const lower = name.toLowerCase()
    if (lower === `${at.owner}/${at.repo}`.toLowerCase()) return Promise.resolve(at)
    return remember(known, lower, () => find(name))
  }
}

/** The installation that has a repository; undefined where the app is not installed on it. */
export async function installationOf(
  asApp: SiblingsOptions['asApp'],
  { owner, repo }: { readonly owner: string; readonly repo: string },
): Promise<number | undefined> {
  try {
    return (await (await asApp()).rest.apps.getRepoInstallation({ owner, repo })).data.id
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw error
  }
}
