import { z } from 'zod'
import { Sha } from './commit-events.ts'

/** Whether a job may enter an environment, which a protection rule waits for; and a deployment that somebody created. */
export type DeploymentTask = z.infer<typeof DeploymentTask>
export const DeploymentTask = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('protection'),
    environment: z.string(),
    /** The Actions run whose job waits. */
    run: z.int(),
    /** GitHub's id of the deployment that waits with it, where the event told it. */
    deployment: z.int().optional(),
    commit: z.string(),
    ref: z.string(),
  }),
  z.object({
    kind: z.literal('deployment'),
    environment: z.string(),
    /** GitHub's id of the deployment. */
    deployment: z.int(),
    commit: z.string(),
    ref: z.string(),
  }),
])

/** What GitHub can have called one: neither keys nor the database take more. */
const Environment = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
const Ref = z.string().min(1).max(1000)
const Named = z.object({ repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }) })
const Protection = z.object({
  environment: Environment,
  deployment_callback_url: z.string().max(2000),
  deployment: z.object({ id: z.int().positive().optional(), sha: Sha, ref: Ref }),
})
const Deployment = z.object({
  deployment: z.object({ id: z.int().positive(), sha: Sha, ref: Ref, environment: Environment }),
})

/**
 * Where the answer goes is told by nobody but the run's id: no token is ever sent to an address of a payload. So its host
 * need not be the one that is asked: behind a proxy GitHub is known by another name than the one that it calls itself.
 */
const CALLBACK =
  /^https?:\/\/[^/?#@\s]+(?:\/api\/v3)?\/repos\/([\w.-]+)\/([\w.-]+)\/actions\/runs\/(\d{1,15})\/deployment_protection_rule$/

/** Events of deployments. */
export const DEPLOYMENTS: Readonly<Record<string, (payload: unknown) => DeploymentTask>> = {
  'deployment_protection_rule.requested': (payload) => {
    const { environment, deployment_callback_url: address, deployment } = Protection.parse(payload)
    const { name, owner } = Named.parse(payload).repository
    const [, callbackOwner = '', callbackRepo = '', run] = CALLBACK.exec(address) ?? []
    if (run === undefined || !sameName(`${callbackOwner}/${callbackRepo}`, `${owner.login}/${name}`))
      throw new z.ZodError([
        {
          code: 'custom',
          path: ['deployment_callback_url'],
          message: 'is none of this repository',
          input: '',
        },
      ])
    const { id, sha: commit, ref } = deployment
    const about = { environment, run: Number(run), commit, ref }
    return { kind: 'protection', ...about, ...(id !== undefined && { deployment: id }) }
  },
  'deployment.created': (payload) => {
    const { id, sha, ref, environment } = Deployment.parse(payload).deployment
    return { kind: 'deployment', environment, deployment: id, commit: sha, ref }
  },
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
