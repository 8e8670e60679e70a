import type { Review } from '../../core/approval.ts'
import { type Coordinates, type GitHub, isNotFound } from './client.ts'
import { mayNotSee } from './runs.ts'

/**
 * Whether a person is an active member of a team of the owner: who is only invited, or has left, is none.
 * docs.github.com, "Get team membership for a user": child teams are included, and 404 is no member.
 */
export async function membership(
  { rest }: Pick<GitHub, 'rest'>,
  { owner: org }: Coordinates,
  team_slug: string,
  username: string,
): Promise<Review['teams'][string]> {
  try {
    const { data } = await rest.teams.getMembershipForUserInOrg({ org, team_slug, username })
    return data.state === 'active' ? 'active' : 'none'
  } catch (error) {
    if (isNotFound(error)) return 'none'
    // Another error is a failure; this one is a permission that nobody has given.
    if (mayNotSee(error)) return 'unseen'
    throw error
  }
}

/** Whether a person may write to the repository; of custom roles GitHub tells the one that they are built on. */
export async function mayWrite(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Coordinates,
  username: string,
): Promise<boolean> {
  try {
    const { data } = await rest.repos.getCollaboratorPermissionLevel({ owner, repo, username })
    return ['admin', 'maintain', 'write'].includes(data.permission)
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}
