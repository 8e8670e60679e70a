import { randomUUID } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import type { Run } from './actions-state.ts'
import type { IdTokenOptions } from './actions-types.ts'
import { type Answer, type Call, json } from './http.ts'
import { Account, Repository } from './shapes.ts'
import { repoPath, type World } from './world.ts'

const LIFE = { before: 600, after: 300 }

/** What the issuer publishes: where its keys are, and the keys; undefined for any other address. */
export async function discovery(world: World, call: Call): Promise<Answer | undefined> {
  const { pathname } = new URL(call.path, world.elsewhere)
  if (pathname === '/.well-known/openid-configuration') {
    return json(200, {
      issuer: world.elsewhere,
      jwks_uri: `${world.elsewhere}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      claims_supported: CLAIMS,
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    })
  }
  if (pathname !== '/.well-known/jwks') return undefined
  return json(200, { keys: [(await world.issuerKeys()).published.verify] })
}

/** The identity of a run's job, as GitHub vouches for it: every number is written as text. */
export async function idToken(world: World, run: Run, options: IdTokenOptions): Promise<string> {
  const { published, unpublished } = await world.issuerKeys()
  const key = options.signedBy === 'somebody-else' ? unpublished : published
  const now = Math.floor(Date.parse(world.clock.now()) / 1000)
  const claims: JWTPayload = {
    ...(await claimsOf(world, run)),
    aud: options.audience ?? `${world.url}/${world.setting.owner}`,
    iss: world.elsewhere,
    jti: randomUUID(),
    iat: now,
    nbf: now - LIFE.before,
    exp: now + LIFE.after,
    ...options.overrides,
  }
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.id, typ: 'JWT' }).sign(key.sign)
}

async function claimsOf(world: World, run: Run): Promise<Readonly<Record<string, string>>> {
  const repository = await world.emulate.read(Repository, repoPath(world, run.repo))
  const owner = await world.emulate.read(Account, `/orgs/${world.setting.owner}`)
  const actor = await world.emulate.look(Account, `/users/${encodeURIComponent(run.actor)}`)
  const pulled = run.event.startsWith('pull_request')
  const ref = `refs/heads/${run.branch ?? repository.default_branch}`
  const workflow = `${repository.full_name}/${run.file}@${ref}`
  return {
    sub: `${subject(owner, repository)}:${pulled ? 'pull_request' : `ref:${ref}`}`,
    repository: repository.full_name,
    repository_id: `${repository.id}`,
    repository_owner: owner.login,
    repository_owner_id: `${owner.id}`,
    repository_visibility: repository.private === false ? 'public' : 'private',
    run_id: `${run.id}`,
    run_number: `${run.number}`,
    run_attempt: `${run.attempt}`,
    sha: run.sha,
    ref,
    ref_type: 'branch',
    ref_protected: `${world.protections.has(`${run.repo} ${run.branch}`)}`,
    head_ref: pulled ? (run.branch ?? '') : '',
    base_ref: pulled ? repository.default_branch : '',
    workflow: run.file.replace(/^.*\//, '').replace(/\.ya?ml$/, ''),
    workflow_ref: workflow,
    workflow_sha: run.sha,
    job_workflow_ref: workflow,
    job_workflow_sha: run.sha,
    event_name: run.event,
    actor: run.triggeredBy,
    actor_id: `${actor?.id ?? 0}`,
    runner_environment: 'github-hosted',
  }
}

/** Repositories made since July 2026 have the ids in their subject; older ones the names alone. */
const subject = (owner: Account, repository: Repository): string =>
  `repo:${owner.login}@${owner.id}/${repository.name}@${repository.id}`

const CLAIMS = [
  ...['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'ref', 'sha', 'repository', 'repository_id'],
  ...['repository_owner', 'repository_owner_id', 'run_id', 'run_number', 'run_attempt', 'actor', 'actor_id'],
  ...['workflow', 'workflow_ref', 'workflow_sha', 'head_ref', 'base_ref', 'event_name', 'ref_type'],
  ...['ref_protected', 'environment', 'job_workflow_ref', 'job_workflow_sha', 'repository_visibility'],
  ...['runner_environment', 'issuer_scope', 'check_run_id'],
]
