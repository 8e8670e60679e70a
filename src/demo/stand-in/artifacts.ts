import { type Artifact, isExpired } from './actions-state.ts'
import { forkId } from './forks.ts'
import { type Answer, json, Refusal } from './http.ts'
import { paged } from './paging.ts'
import { mustHave } from './permissions.ts'
import { runOf } from './runs.ts'
import { Repository } from './shapes.ts'
import { signedAddress } from './storage.ts'
import { type Route, repoPath, type Visit, type World } from './world.ts'

/** Artifacts as GitHub keeps them: what was uploaded never changes, but anybody who writes may delete it. */
export const artifactRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/actions/artifacts', handle: list },
  { method: 'GET', pathname: '/repos/:owner/:repo/actions/runs/:run(\\d+)/artifacts', handle: list },
  { method: 'GET', pathname: '/repos/:owner/:repo/actions/artifacts/:id(\\d+)', handle: show },
  { method: 'GET', pathname: '/repos/:owner/:repo/actions/artifacts/:id(\\d+)/:format', handle: download },
]

async function list(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  const { call, repo, named } = visit
  const query = new URL(call.path, world.url).searchParams
  const run = named.run === undefined ? undefined : runOf(world, repo, named.run)
  const found = [...world.actions.artifacts.values()]
    .filter((artifact) => artifact.repo === repo && (run?.id ?? artifact.runId) === artifact.runId)
    .filter((artifact) => (query.get('name') ?? artifact.name) === artifact.name)
    .sort((one, other) => other.id - one.id)
  const inOrder = query.get('direction') === 'asc' ? found.toReversed() : found
  return paged(world.url, call.path, inOrder, async (shown) => ({
    total_count: found.length,
    artifacts: await Promise.all(shown.map((artifact) => shownArtifact(world, artifact))),
  }))
}

async function show(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  return json(200, await shownArtifact(world, artifactOf(world, visit)))
}

/** The bytes lie elsewhere, behind an address that is good for a minute and needs no token. */
async function download(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'actions', 'read')
  const artifact = artifactOf(world, visit)
  if (visit.named.format !== 'zip') throw new Refusal(404, 'Not Found')
  if (isExpired(artifact, world.clock.now())) throw new Refusal(410, 'Artifact has expired')
  return { status: 302, headers: { location: signedAddress(world, artifact) }, body: undefined }
}

function artifactOf(world: World, { repo, named }: Visit): Artifact {
  const artifact = world.actions.artifacts.get(Number(named.id))
  if (artifact === undefined || artifact.repo !== repo) throw new Refusal(404, 'Not Found')
  return artifact
}

async function shownArtifact(world: World, artifact: Artifact): Promise<unknown> {
  const repository = await world.emulate.read(Repository, repoPath(world, artifact.repo))
  const run = world.actions.runs.get(artifact.runId)
  const url = `${repository.url}/actions/artifacts/${artifact.id}`
  return {
    id: artifact.id,
    node_id: Buffer.from(`Artifact${artifact.id}`).toString('base64url'),
    name: artifact.name,
    size_in_bytes: artifact.bytes.byteLength,
    url,
    archive_download_url: `${url}/zip`,
    expired: isExpired(artifact, world.clock.now()),
    digest: artifact.digest,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: run
      ? {
          id: run.id,
          repository_id: repository.id,
          head_repository_id: run.fork === null ? repository.id : forkId(world, run.repo, run.fork),
          head_branch: run.branch,
          head_sha: run.sha,
        }
      : null,
  }
}
