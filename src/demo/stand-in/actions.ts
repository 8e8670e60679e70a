import { createHash } from 'node:crypto'
import { zipSync } from 'fflate'
import type { Artifact, Run } from './actions-state.ts'
import type { ActionsControls, ArtifactSeed, MadeRun, RunEnd, RunSeed } from './actions-types.ts'
import { later } from './clock.ts'
import { commitOf } from './git.ts'
import { idToken } from './oidc.ts'
import { shownRun, shownWorkflow } from './runs.ts'
import { key, type World } from './world.ts'

const RETENTION_SECONDS = 90 * 86_400

/** What a test makes happen in GitHub Actions. */
export function actionsControls(world: World): ActionsControls {
  const { runs, artifacts } = world.actions
  const first = world.setting.people[0]?.login ?? ''
  const known = <T>(map: ReadonlyMap<number, T>, id: number): T => {
    const found = map.get(id)
    if (found === undefined) throw new Error(`GitHub Actions has no ${id}`)
    return found
  }
  async function ended(run: Run, seeds: readonly ArtifactSeed[] = []): Promise<MadeRun> {
    runs.set(run.id, run)
    const made = seeds.map((seed) => upload(world, run, seed))
    await tell(world, run)
    return { id: run.id, artifacts: made }
  }
  return {
    run: async (seed) => ended(await begin(world, seed, seed.actor ?? first), seed.artifacts),
    finish: async (id, end = {}) => ended(finished(world, known(runs, id), end), end.artifacts),
    rerun: async (id, end = {}) => {
      const before = known(runs, id)
      const now = world.clock.now()
      const again = { ...before, attempt: before.attempt + 1, startedAt: now }
      return ended(
        finished(world, { ...again, triggeredBy: end.actor ?? before.triggeredBy }, end),
        end.artifacts,
      )
    },
    deleteRun: (id) => {
      runs.delete(id)
      for (const artifact of artifacts.values()) if (artifact.runId === id) artifacts.delete(artifact.id)
    },
    expireArtifact: (id) => {
      artifacts.set(id, { ...known(artifacts, id), expiresAt: world.clock.now() })
    },
    deleteArtifact: (id) => {
      artifacts.delete(id)
    },
    replaceArtifact: (id, seed) => {
      const { name, runId } = known(artifacts, id)
      artifacts.delete(id)
      return upload(world, known(runs, runId), { ...seed, name })
    },
    idToken: (id, options = {}) => idToken(world, known(runs, id), options),
    issuer: world.elsewhere,
  }
}

async function begin(world: World, seed: RunSeed, actor: string): Promise<Run> {
  const { next, runs } = world.actions
  const repo = seed.repo ?? world.setting.repos[0]?.name ?? ''
  if ((await commitOf(world, repo, seed.sha)) === undefined)
    throw new Error(`${repo} has no commit ${seed.sha}`)
  const createdAt = seed.createdAt ?? world.clock.now()
  const workflowId = workflowIdOf(world, repo, seed.workflow)
  return {
    id: next.run++,
    repo,
    workflowId,
    file: seed.workflow,
    path: seed.path ?? seed.workflow,
    sha: seed.sha,
    branch: seed.branch === undefined ? 'main' : seed.branch,
    event: seed.event ?? 'push',
    actor,
    triggeredBy: actor,
    fork: seed.fork ?? null,
    number: 1 + [...runs.values()].filter((run) => run.workflowId === workflowId).length,
    attempt: 1,
    calls: seed.calls ?? [],
    conclusion: seed.conclusion === undefined ? 'success' : seed.conclusion,
    createdAt,
    startedAt: createdAt,
    updatedAt: world.clock.now(),
  }
}

const finished = (world: World, run: Run, { conclusion = 'success' }: RunEnd): Run => ({
  ...run,
  conclusion,
  updatedAt: world.clock.now(),
})

function workflowIdOf(world: World, repo: string, file: string): number {
  const { workflows, next } = world.actions
  const id = workflows.get(key(repo, file)) ?? next.workflow++
  workflows.set(key(repo, file), id)
  return id
}

function upload(world: World, run: Run, seed: ArtifactSeed): number {
  const { artifacts, next } = world.actions
  const bytes = seed.zip ?? zipped(seed.files ?? {})
  const createdAt = world.clock.now()
  const artifact: Artifact = {
    id: next.artifact++,
    repo: run.repo,
    runId: run.id,
    name: seed.name,
    bytes,
    contentType: seed.contentType ?? 'application/zip',
    digest:
      seed.digest === undefined ? `sha256:${createHash('sha256').update(bytes).digest('hex')}` : seed.digest,
    createdAt,
    expiresAt: seed.expiresAt ?? later(createdAt, RETENTION_SECONDS),
  }
  artifacts.set(artifact.id, artifact)
  return artifact.id
}

/** The same files always make the same archive. */
function zipped(files: NonNullable<ArtifactSeed['files']>): Uint8Array {
  const entries = Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])
  return zipSync(Object.fromEntries(entries), { mtime: '2026-01-01T00:00:00' })
}

async function tell(world: World, run: Run): Promise<void> {
  const action = run.conclusion === null ? 'in_progress' : 'completed'
  const [workflow_run, workflow] = [
    await shownRun(world, run),
    await shownWorkflow(world, run.repo, run.file),
  ]
  const fields = { action, workflow, workflow_run }
  await world.emit({ name: 'workflow_run', repo: run.repo, sender: run.triggeredBy, fields })
}
