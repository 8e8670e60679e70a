import { z } from 'zod'
import { looksLikeProduction } from '../../core/doctor-around.ts'
import type {
  BranchRule,
  Bypass,
  DoctorFacts,
  Environment,
  GateFiles,
  Installed,
  RuleSource,
  Seen,
  Unseen,
} from '../../core/doctor-facts.ts'
import { CHECK_NAME } from '../../core/gate.ts'
import { gateFilesOf } from '../gate-files.ts'
import type { Coordinates, GitHub } from './client.ts'
import { listedEnvironments, shown } from './environments.ts'
import { openRemote } from './remote.ts'
import { branchOf, rulesOf } from './rules.ts'

export type Examining = {
  /** The app's id, where it is known. */
  readonly appId?: number
  readonly installation: Seen<Installed>
}

/** Of so many rulesets and environments each is asked for what it alone tells. */
const MOST_RULESETS = 5
const MOST_ENVIRONMENTS = 20

/** Everything about the gate of a repository that GitHub shows to whoever asks; within bounds. */
export async function examine(
  github: GitHub,
  { owner, repo }: Place,
  { appId, installation }: Examining,
): Promise<DoctorFacts> {
  const { rest } = github
  const { data } = await rest.repos.get({ owner, repo })
  const place = { owner: data.owner.login, repo: data.name }
  const branch = data.default_branch
  const [rules, found, environments] = await Promise.all([
    rulesOf(github, { ...place, branch }),
    branchOf(github, { ...place, branch }),
    listedEnvironments(github, place),
  ])
  const coordinates = { ...place, branch }
  const files: Seen<GateFiles> =
    'unseen' in found ? found : await gateFilesOf(openRemote(github, coordinates), found.seen.tip)
  return {
    repository: `${place.owner}/${place.repo}`,
    branch,
    organization: data.owner.type === 'Organization',
    ...(appId !== undefined && { appId }),
    rules,
    classic: 'unseen' in found ? found : { seen: found.seen.classic },
    bypasses: 'unseen' in rules ? [] : await bypassesOf(github, place, rules.seen),
    files,
    environments: await withRules(github, place, environments, files),
    installation,
  }
}

type Place = Pick<Coordinates, 'owner' | 'repo'>

const Ruleset = z.looseObject({
  bypass_actors: z
    .array(
      z.looseObject({
        actor_id: z.number().nullish(),
        actor_type: z.string(),
        bypass_mode: z.string().optional(),
      }),
    )
    .optional(),
})

/** Who may pass by the rulesets that require the check; GitHub tells it to those who may change them. */
async function bypassesOf(
  { rest }: GitHub,
  place: Place,
  rules: readonly BranchRule[],
): Promise<DoctorFacts['bypasses']> {
  const sources = rules.flatMap((one) =>
    one.rule === 'checks' && one.checks.some(({ context }) => context === CHECK_NAME) ? [one.source] : [],
  )
  const unique = [...new Map(sources.map((source) => [source.ruleset, source])).values()]
  return await Promise.all(
    unique.map(async (source: RuleSource, index) => {
      const { ruleset } = source
      const needs: Unseen = { needs: 'Administration: write' }
      if (ruleset === undefined || index >= MOST_RULESETS) return { source, actors: { unseen: needs } }
      const answer = await shown('Administration: write', async () =>
        Ruleset.parse((await rest.repos.getRepoRuleset({ ...place, ruleset_id: ruleset })).data),
      )
      if ('unseen' in answer) return { source, actors: answer }
      const actors = answer.seen.bypass_actors?.map(bypassOf)
      return { source, actors: actors ? { seen: actors } : { unseen: needs } }
    }),
  )
}

function bypassOf({
  actor_type,
  actor_id,
  bypass_mode,
}: {
  readonly actor_type: string
  readonly actor_id?: number | null | undefined
  readonly bypass_mode?: string | undefined
}): Bypass {
  return {
    actor: actor_id ? `${actor_type} ${actor_id}` : actor_type,
    mode: bypass_mode ?? 'always',
  }
}

/** The environments that matter with the rules on each, those first that criteria name. */
async function withRules(
  { rest }: GitHub,
  place: Place,
  environments: Seen<readonly Pick<Environment, 'name'>[]>,
  files: Seen<GateFiles>,
): Promise<Seen<readonly Environment[]>> {
  if ('unseen' in environments) return environments
  const named = 'seen' in files ? files.seen.environments : []
  const isNamed = (name: string): boolean =>
    named.some(({ environment }) => environment.toLowerCase() === name.toLowerCase())
  const names = environments.seen
    .map(({ name }) => name)
    .filter((name) => isNamed(name) || looksLikeProduction(name))
    .toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
  const seen = await Promise.all(
    names.map(async (name, index): Promise<Environment> => {
      if (index >= MOST_ENVIRONMENTS) return { name, rules: { unseen: { more: MOST_ENVIRONMENTS } } }
      const rules = await shown('Actions: read', async () => {
        const asked = { ...place, environment_name: name }
        const { data } = await rest.repos.getAllDeploymentProtectionRules(asked)
        const custom = data.custom_deployment_protection_rules ?? []
        return custom.map(({ app, enabled }) => ({ appId: app.id, enabled }))
      })
      return { name, rules }
    }),
  )
  return { seen }
}
