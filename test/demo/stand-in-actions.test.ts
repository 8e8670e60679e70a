import { createHash } from 'node:crypto'
import type { Octokit } from '@octokit/rest'
import { unzipSync } from 'fflate'
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { readArtifact } from '../../src/sources/artifact/download.ts'
import { asApp, asInstallation, client, refusal } from './app-client.ts'
import { at } from './each.ts'

const TRAIN = '.github/workflows/train.yml'
const sibling = { owner: 'acme', repo: 'training' }
const permissions = {
  contents: 'read',
  checks: 'write',
  pull_requests: 'read',
  metadata: 'read',
  actions: 'read',
} as const

let standIn: StandIn
let app: Octokit
let sha: string

beforeAll(async () => {
  standIn = await startStandIn({ repos: [{ name: 'models' }, { name: 'training' }], app: { permissions } })
  app = await asInstallation(standIn)
  sha = await standIn.commit({ branch: 'main', message: 'Train\n\nBody', files: { [TRAIN]: 'on: push' } })
})
afterAll(async () => {
  await standIn.close()
})

const hours = (hour: number): string => `2026-05-01T${`${hour}`.padStart(2, '0')}:00:00Z`
const runOf = async (run_id: number, where = at) =>
  (await app.rest.actions.getWorkflowRun({ ...where, run_id })).data
const artifactOf = async (artifact_id: number) =>
  (await app.rest.actions.getArtifact({ ...at, artifact_id })).data

/** Asks for an artifact's address and does not go there. */
async function address(artifact_id: number, octokit = app): Promise<string> {
  const answer = await octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip', {
    ...at,
    artifact_id,
    request: { redirect: 'manual' },
  })
  expect(Number(answer.status)).toBe(302)
  return answer.headers.location ?? ''
}

describe('a workflow run', () => {
  test('is what GitHub shows, and the app hears that it completed', async () => {
    const { id } = await standIn.actions.run({ workflow: TRAIN, sha, actor: 'grace', createdAt: hours(9) })
    const run = await runOf(id)
    const delivery = standIn.deliveries.at(-1)

    expect(run).toMatchObject({
      id,
      head_sha: sha,
      head_branch: 'main',
      path: TRAIN,
      event: 'push',
      status: 'completed',
      conclusion: 'success',
      run_attempt: 1,
      created_at: hours(9),
      run_started_at: hours(9),
      display_title: 'Train',
      actor: { login: 'grace' },
      repository: { full_name: 'acme/models' },
      head_repository: { full_name: 'acme/models', id: run.repository.id, fork: false },
    })
    expect(id).toBeGreaterThan(2 ** 32)
    expect(run.head_commit?.id).toBe(sha)
    expect([delivery?.event, delivery?.action]).toEqual(['workflow_run', 'completed'])
    expect(delivery?.payload).toMatchObject({
      workflow_run: { id, path: TRAIN, head_sha: sha },
      workflow: { path: TRAIN, id: run.workflow_id },
      repository: { full_name: 'acme/models' },
      installation: { id: standIn.app.installationId },
    })
    const { data: workflow } = await app.rest.actions.getWorkflow({ ...at, workflow_id: run.workflow_id })
    const { data: byName } = await app.rest.actions.getWorkflow({ ...at, workflow_id: 'train.yml' })
    expect([workflow.path, byName.id]).toEqual([TRAIN, run.workflow_id])
  })

  test('keeps its creation over a rerun, which starts anew and keeps the artifacts of before', async () => {
    standIn.clock.set(hours(10))
    const { id, artifacts } = await standIn.actions.run({
      workflow: TRAIN,
      sha,
      conclusion: 'failure',
      artifacts: [{ name: 'validation', files: { a: '1' } }],
    })
    const first = await runOf(id)
    standIn.clock.set(hours(12))
    const again = await standIn.actions.rerun(id, {
      actor: 'grace',
      artifacts: [{ name: 'validation', files: { a: '2' } }],
    })
    standIn.clock.set(null)
    const second = await runOf(id)
    const { data } = await app.rest.actions.listWorkflowRunArtifacts({ ...at, run_id: id })

    expect([first.run_attempt, first.conclusion, first.created_at, first.run_started_at]).toEqual([
      1,
      'failure',
      hours(10),
      hours(10),
    ])
    expect([second.run_attempt, second.conclusion, second.created_at, second.run_started_at]).toEqual([
      2,
      'success',
      hours(10),
      hours(12),
    ])
    expect([second.run_number, second.actor?.login, second.triggering_actor?.login]).toEqual([
      first.run_number,
      'ada',
      'grace',
    ])
    expect(data.artifacts.map((one) => [one.id, one.name, one.created_at])).toEqual([
      [again.artifacts[0], 'validation', hours(12)],
      [artifacts[0], 'validation', hours(10)],
    ])
  })

  test('goes on until it ends', async () => {
    const { id } = await standIn.actions.run({ workflow: TRAIN, sha, conclusion: null })
    const running = await runOf(id)
    const heard = standIn.deliveries.at(-1)?.action
    const { artifacts } = await standIn.actions.finish(id, {
      conclusion: 'cancelled',
      artifacts: [{ name: 'logs', files: { a: '' } }],
    })

    expect([running.status, running.conclusion, heard]).toEqual(['in_progress', null, 'in_progress'])
    expect(await runOf(id)).toMatchObject({ status: 'completed', conclusion: 'cancelled', run_attempt: 1 })
    expect(artifacts).toHaveLength(1)
  })

  test('of a fork names it, and is of a commit that no branch has', async () => {
    const { data: before } = await app.rest.repos.listCommits({ ...at })
    const foreign = await standIn.commitToFork({ message: 'From a fork', files: { 'x.py': 'x' } })
    const { id, artifacts } = await standIn.actions.run({
      workflow: TRAIN,
      path: `${TRAIN}@refs/pull/1/merge`,
      sha: foreign,
      branch: 'work',
      event: 'pull_request',
      fork: 'mallory',
      artifacts: [{ name: 'validation', files: { a: '1' } }],
    })
    const run = await runOf(id)
    const artifact = await artifactOf(artifacts[0] ?? 0)
    const { data: after } = await app.rest.repos.listCommits({ ...at })
    const { data: compared } = await app.rest.repos.compareCommitsWithBasehead({
      ...at,
      basehead: `main...${foreign}`,
    })

    expect(run.path).toBe(`${TRAIN}@refs/pull/1/merge`)
    expect(run.head_repository).toMatchObject({
      full_name: 'mallory/models',
      fork: true,
      owner: { login: 'mallory' },
    })
    expect(run.head_repository.id).not.toBe(run.repository.id)
    expect(artifact.workflow_run).toMatchObject({
      repository_id: run.repository.id,
      head_repository_id: run.head_repository.id,
      head_sha: foreign,
    })
    expect((await app.rest.repos.getCommit({ ...at, ref: foreign })).data.sha).toBe(foreign)
    expect(compared.status).toBe('ahead')
    expect(after).toEqual(before)
    expect(await refusal(app.rest.repos.get({ owner: 'mallory', repo: 'models' }))).toBe('404 Not Found')
  })

  test('is found by commit, event and status, newest first, a page at a time', async () => {
    const other = await standIn.commit({ branch: 'searched', message: 'Other', files: { a: '1' } })
    const make = (more: object) =>
      standIn.actions.run({ workflow: TRAIN, sha: other, branch: 'searched', ...more })
    const old = await make({ createdAt: hours(1) })
    const failed = await make({ createdAt: hours(3), conclusion: 'failure', event: 'workflow_dispatch' })
    const fresh = await make({ createdAt: hours(2) })
    const ids = async (query: object) => {
      const found = await app.rest.actions.listWorkflowRunsForRepo({ ...at, head_sha: other, ...query })
      return found.data.workflow_runs.map((run) => run.id)
    }

    expect(await ids({})).toEqual([failed.id, fresh.id, old.id])
    expect(await ids({ event: 'push' })).toEqual([fresh.id, old.id])
    expect(await ids({ status: 'failure' })).toEqual([failed.id])
    expect(await ids({ status: 'completed', per_page: 1, page: 2 })).toEqual([fresh.id])
    expect(await ids({ branch: 'main' })).toEqual([])
    const all = await app.paginate(app.rest.actions.listWorkflowRunsForRepo, {
      ...at,
      head_sha: other,
      per_page: 1,
    })
    expect(all.map((run) => run.id)).toEqual([failed.id, fresh.id, old.id])
    expect(await refusal(ids({ created: hours(1) }))).toMatch(/^422 The stand-in can't search/)
  })

  test('is gone when it is deleted, with its artifacts', async () => {
    const made = await standIn.actions.run({
      workflow: TRAIN,
      sha,
      artifacts: [{ name: 'a', files: { a: '' } }],
    })
    standIn.actions.deleteRun(made.id)

    expect(await refusal(runOf(made.id))).toBe('404 Not Found')
    expect(await refusal(artifactOf(made.artifacts[0] ?? 0))).toBe('404 Not Found')
  })

  test('of a sibling is seen there and nowhere else', async () => {
    const trained = await standIn.commit({
      repo: 'training',
      branch: 'main',
      message: 'm',
      files: { a: '1' },
    })
    const { id } = await standIn.actions.run({ repo: 'training', workflow: TRAIN, sha: trained })

    expect((await runOf(id, sibling)).repository.full_name).toBe('acme/training')
    expect(await refusal(runOf(id))).toBe('404 Not Found')
    expect(standIn.deliveries.at(-1)?.payload).toMatchObject({ repository: { full_name: 'acme/training' } })
  })
})

describe('an artifact', () => {
  const files = { 'metrics.json': '{"accuracy":0.9}', 'deep/er.txt': 'x' }
  const upload = async (more: object = {}) => {
    const { artifacts } = await standIn.actions.run({
      workflow: TRAIN,
      sha,
      artifacts: [{ name: 'validation', files, ...more }],
    })
    return artifacts[0] ?? 0
  }

  test('is a ZIP on another host that asks for no token, with the digest that GitHub tells', async () => {
    const id = await upload()
    const shown = await artifactOf(id)
    const answer = await fetch(await address(id))
    const bytes = new Uint8Array(await answer.arrayBuffer())

    expect(new URL(await address(id)).host).not.toBe(new URL(standIn.url).host)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(shown.digest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`)
    expect([shown.size_in_bytes, shown.expired, shown.workflow_run?.head_sha]).toEqual([
      bytes.byteLength,
      false,
      sha,
    ])
    const read = Object.entries(unzipSync(bytes)).map(([name, content]) => [
      name,
      Buffer.from(content).toString(),
    ])
    expect(Object.fromEntries(read)).toEqual(files)
  })

  test('is read as it was uploaded', async () => {
    const id = await upload()
    const { body } = await fetch(await address(id))
    const { digest } = await artifactOf(id)
    const asked = new Map([['metrics.json', 'content' as const]])
    const artifact = {
      path: 'artifact validation',
      chunks: body ?? new ReadableStream(),
      digest: digest ?? null,
    }
    const read = await readArtifact(artifact, asked)

    expect(read).toMatchObject({ digest: 'same', problems: [], entries: [{}, {}] })
    expect('files' in read && Buffer.from(read.files.get('metrics.json')?.content ?? []).toString()).toBe(
      files['metrics.json'],
    )
  })

  test('blames whoever sends the token there', async () => {
    const there = await address(await upload())
    const before = standIn.violations.length
    const answer = await fetch(there, { headers: { authorization: 'Bearer secret' } })

    expect(answer.status).toBe(400)
    expect(standIn.violations.slice(before)).toEqual([
      expect.objectContaining({ of: 'request', sentence: 'a token of the API was sent to another host' }),
    ])
    expect(JSON.stringify(standIn.violations)).not.toContain('sig=')
  })

  test('has an address that is good for a minute, as it was signed', async () => {
    standIn.clock.set(hours(8))
    const id = await upload()
    const [there, other] = [await address(id), await address(await upload())]
    const status = async (url: string) => (await fetch(url)).status
    const forged = there.replace(/\d+\.zip/, /\d+\.zip/.exec(other)?.[0] ?? '')

    standIn.clock.set('2026-05-01T08:01:00Z')
    expect([await status(there), await status(forged)]).toEqual([200, 403])
    standIn.clock.set('2026-05-01T08:01:01Z')
    expect(await status(there)).toBe(403)
    standIn.clock.set(hours(8))
    standIn.actions.deleteArtifact(id)
    expect(await status(there)).toBe(404)
    standIn.clock.set(null)
  })

  test('is gone when it expired, and was never there when it was deleted', async () => {
    const [expired, deleted] = [await upload(), await upload()]
    standIn.actions.expireArtifact(expired)
    standIn.actions.deleteArtifact(deleted)

    expect((await artifactOf(expired)).expired).toBe(true)
    expect(await refusal(address(expired))).toBe('410 Artifact has expired')
    expect(await refusal(artifactOf(deleted))).toBe('404 Not Found')
    expect(await refusal(address(deleted))).toBe('404 Not Found')
  })

  test('expires by the clock, and can be replaced under its name', async () => {
    standIn.clock.set(hours(1))
    const id = await upload({ expiresAt: hours(2) })
    const other = standIn.actions.replaceArtifact(id, { files: { a: 'other' } })
    const { data } = await app.rest.actions.listArtifactsForRepo({ ...at, name: 'validation', per_page: 100 })
    standIn.clock.set(hours(3))

    const mine = data.artifacts.filter((one) => one.id === id || one.id === other)
    expect(mine).toEqual([expect.objectContaining({ id: other, name: 'validation', expired: false })])
    standIn.clock.set(null)
    expect(await refusal(address(await upload({ expiresAt: hours(2) })))).toMatch(/^410/)
  })

  test('can be any bytes, with a digest that is another or none', async () => {
    const id = await upload({
      files: undefined,
      zip: Buffer.from('a,b\n1,2\n'),
      contentType: 'text/csv',
      digest: null,
    })
    const answer = await fetch(await address(id))

    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/csv', 'a,b\n1,2\n'])
    expect((await artifactOf(id)).digest).toBeNull()
  })

  test('is for whoever may read what Actions did', async () => {
    const id = await upload()
    const token = async (given: Record<string, string>) => {
      const { data } = await asApp(standIn).rest.apps.createInstallationAccessToken({
        installation_id: standIn.app.installationId,
        permissions: given,
      })
      return client(standIn.url, data.token)
    }
    const [narrow, actions] = [await token({ contents: 'read' }), await token({ actions: 'read' })]

    expect(await refusal(address(id, narrow))).toBe('403 Resource not accessible by integration')
    expect(await refusal(narrow.rest.actions.getArtifact({ ...at, artifact_id: id }))).toMatch(/^403/)
    expect(await refusal(actions.rest.actions.getArtifact({ ...at, artifact_id: id }))).toBe('not refused')
    expect(await refusal(actions.rest.repos.listActivities({ ...at }))).toMatch(/^403/)
    expect(
      await refusal(client(standIn.url, '').rest.actions.getArtifact({ ...at, artifact_id: id })),
    ).toMatch(/^404/)
  })
})

describe('an identity token', () => {
  const Discovery = z.object({ issuer: z.string(), jwks_uri: z.string() })

  test('is signed by the issuer’s published key, and says what GitHub says', async () => {
    const { id } = await standIn.actions.run({ workflow: TRAIN, sha, actor: 'grace' })
    const run = await runOf(id)
    const token = await standIn.actions.idToken(id, { audience: 'https://gonogo.example' })
    const { issuer } = standIn.actions
    const found = Discovery.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json())
    const keys = createRemoteJWKSet(new URL(found.jwks_uri))
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: 'https://gonogo.example',
      algorithms: ['RS256'],
    })

    expect(found.issuer).toBe(issuer)
    expect(protectedHeader.alg).toBe('RS256')
    expect(payload).toMatchObject({
      repository: 'acme/models',
      repository_id: `${run.repository.id}`,
      repository_owner: 'acme',
      run_id: `${id}`,
      run_number: `${run.run_number}`,
      run_attempt: '1',
      sha,
      ref: 'refs/heads/main',
      workflow_ref: `acme/models/${TRAIN}@refs/heads/main`,
      job_workflow_ref: `acme/models/${TRAIN}@refs/heads/main`,
      event_name: 'push',
      actor: 'grace',
      runner_environment: 'github-hosted',
    })
    expect(payload.sub).toMatch(/^repo:acme@\d+\/models@\d+:ref:refs\/heads\/main$/)
    expect(payload.exp).toBe(Number(payload.iat) + 300)
    expect(await standIn.actions.idToken(id)).not.toBe(await standIn.actions.idToken(id))
  })

  test('can be untrue in every way', async () => {
    standIn.clock.set(hours(9))
    const { id } = await standIn.actions.run({ workflow: TRAIN, sha })
    const [old, forged, changed] = [
      await standIn.actions.idToken(id),
      await standIn.actions.idToken(id, { signedBy: 'somebody-else' }),
      await standIn.actions.idToken(id, { overrides: { repository: 'mallory/models' } }),
    ]
    standIn.clock.set(null)
    const published = await (await fetch(`${standIn.actions.issuer}/.well-known/jwks`)).text()
    const keys = createLocalJWKSet(JSON.parse(published))

    const currentDate = new Date(hours(9))
    await expect(jwtVerify(old, keys)).rejects.toThrow(/exp/)
    await expect(jwtVerify(forged, keys, { currentDate })).rejects.toThrow(/signature/)
    expect(decodeJwt(changed).repository).toBe('mallory/models')
    expect(published).not.toMatch(/"d":/)
  })
})

test('the app kept to GitHub’s description, and so did the stand-in', () => {
  const sentences = standIn.violations.map(({ sentence }) => sentence)

  expect(sentences).toEqual(['a token of the API was sent to another host'])
})
