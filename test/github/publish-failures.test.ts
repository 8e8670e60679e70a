import nock from 'nock'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { publish } from '../../src/github/publish.ts'
import { type CheckRun, renderCouldNotEvaluate } from '../../src/render/check-run.ts'
import { API, about, client, PATH, SHA } from './publishing.ts'

const failed = renderCouldNotEvaluate({ head_sha: SHA, correlation: 'id' })
const go: CheckRun = {
  name: 'go/no-go',
  head_sha: SHA,
  conclusion: 'success',
  title: 'go',
  summary: 'why',
  annotations: [],
  actions: [],
}

const Body = z.looseObject({ external_id: z.string() })
type Run = z.infer<typeof Body> & { readonly id: number }

function lists(...runs: readonly Run[]): void {
  nock(API)
    .get(`${PATH}/commits/${SHA}/check-runs`)
    .query(true)
    .reply(200, { total_count: runs.length, check_runs: runs })
}

/** The run that GitHub keeps once this is published. */
async function published(said: CheckRun): Promise<Run> {
  lists()
  let run: Run | undefined
  nock(API)
    .post(`${PATH}/check-runs`)
    .reply(201, async (request: Request) => {
      run = { ...Body.parse(await request.json()), id: 5, app: { id: 7 } }
      return { id: 5 }
    })
  await publish(client, about, said)
  if (run === undefined) throw new Error('nothing was posted')
  return run
}

beforeEach(() => nock.disableNetConnect())
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

test('an older go that turns up after a failed request is not the answer that was posted', async () => {
  const older = await published(go)
  lists()
  nock(API).post(`${PATH}/check-runs`).reply(500)
  lists(older)

  await expect(publish(client, about, failed)).rejects.toMatchObject({ status: 500 })
})

test.each([404, 422])(
  'a go that can be patched no more (%i) is replaced: it must not stand',
  async (status) => {
    const older = await published(go)
    lists(older)
    nock(API).patch(`${PATH}/check-runs/5`).reply(status)
    nock(API)
      .post(`${PATH}/check-runs`, (body) => body.conclusion === 'action_required')
      .reply(201, { id: 6 })

    await publish(client, about, failed)
  },
)

test('a run that GitHub did not answer for is not posted twice', async () => {
  const older = await published(go)
  lists(older)
  nock(API).patch(`${PATH}/check-runs/5`).reply(500)

  await expect(publish(client, about, failed)).rejects.toMatchObject({ status: 500 })
})
