import type { GitHub } from './client.ts'
import { mayNotSee, type Place } from './runs.ts'

/** Values of custom properties, by name; a property may take several. */
type Properties = Readonly<Record<string, string | readonly string[]>>

/**
 * Those of a repository's custom properties of these names that only the organisation can set, as far as the app may
 * see that they are: one that an administrator of the repository can set says nothing. docs.github.com, "REST API
 * endpoints for custom properties", `values_editable_by`.
 */
export async function askProperties(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  names: readonly string[],
): Promise<Properties> {
  const told = await Promise.all(names.map((name) => isOrgOnly({ rest }, owner, name)))
  const own = names.filter((_, index) => told[index])
  if (own.length === 0) return {}
  try {
    const { data } = await rest.repos.customPropertiesForReposGetRepositoryValues({ owner, repo })
    return Object.fromEntries(
      data.flatMap(({ property_name: name, value }) =>
        own.includes(name) && value !== null ? [[name, value] as const] : [],
      ),
    )
  } catch (error) {
    if (mayNotSee(error)) return {}
    throw error
  }
}

async function isOrgOnly({ rest }: Pick<GitHub, 'rest'>, org: string, name: string): Promise<boolean> {
  try {
    const { data } = await rest.orgs.customPropertiesForReposGetOrganizationDefinition({
      org,
      custom_property_name: name,
    })
    return data.values_editable_by === 'org_actors'
  } catch (error) {
    if (mayNotSee(error)) return false
    throw error
  }
}
