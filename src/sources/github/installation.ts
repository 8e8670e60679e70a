import type { Installed } from '../../core/doctor-facts.ts'
import { type GitHub, isNotFound } from './client.ts'
import type { Place } from './runs.ts'

/** The app's installation on a repository, as the app itself sees it; undefined where it is not installed. */
export async function installationAt(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
): Promise<{ readonly id: number; readonly suspended: boolean; readonly installed: Installed } | undefined> {
  try {
    const { data } = await rest.apps.getRepoInstallation({ owner, repo })
    const { id, permissions, events, suspended_at } = data
    return { id, suspended: suspended_at !== null, installed: { permissions: { ...permissions }, events } }
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
