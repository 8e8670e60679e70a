import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { publish } from '../../src/github/publish.ts'
import type { CheckRun } from '../../src/render/check-run.ts'
import { API, about, client, memoryNotes, PATH, SHA } from './publishing.ts'

const Body = z.record(z.string(), z.unknown())

function aRun(change: Partial<CheckRun> = {}): CheckRun {
  return {
    name: 'go/no-go',
    head_sha: SHA,
    conclusion: 'failure',
    title: 'no-go',
    summary: 'why',
    annotations: [note(1)],
    actions: [],
    ...change,
  }
}

function note(line: number): CheckRun['annotations'][number] {
  return {
    path: 'a.json',
    start_line: line,
    end_line: line,
    annotation_level: 'failure',
    title: 'beyond',
    message: 'too low',
  }
}

type Sent = {
  readonly method: string
  readonly id?: number
  readonly body: Readonly<Record<string, unknown>>
}

/** How often GitHub was asked which runs there are. */
let lists = 0

/** A GitHub that knows the given runs and notes what it is sent. */
function github(runs: readonly object[], created: number | readonly number[] = 201): Sent[] {
  const sent: Sent[] = []
  const statuses = [created].flat()
  const known = [...runs]
  nock(API)
    .get(`${PATH}/commits/${SHA}/check-runs`)
    .query({ check_name: 'go/no-go', app_id: 7, filter: 'latest' })
    .times(9)
    .reply(200, () => {
      lists += 1
      return { total_count: known.length, check_runs: known }
    })
  nock(API)
    .post(`${PATH}/check-runs`)
    .times(9)
    .reply(async (request: Request) => {
      const body = Body.parse(await request.json())
      sent.push({ method: 'POST', body })
      const status = statuses[Math.min(sent.length, statuses.length) - 1] ?? 201
      // A gateway may give up on an answer although the run was taken.
      if (status === 201 || status === 502)
        known.push({ id: 100 + sent.length, name: 'go/no-go', app: { id: 7 }, ...body })
      return [status, { id: 100 + sent.length }]
    })
  nock(API)
    .patch(/check-runs\/\d+$/)
    .times(9)
    .reply(200, async (request: Request) => {
      sent.push({
        method: 'PATCH',
        id: Number(request.url.split('/').at(-1)),
        body: Body.parse(await request.json()),
      })
      return { id: 1 }
    })
  return sent
}

async function keyOf(run: CheckRun): Promise<unknown> {
  const sent = github([])
  await publish(client, about, run)
  nock.cleanAll()
  return sent[0]?.body.external_id
}

beforeEach(() => {
  lists = 0
  nock.disableNetConnect()
})
afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

test('a commit without a run gets one, complete', async () => {
  const sent = github([])

  await publish(client, about, aRun())

  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject({
    method: 'POST',
    body: {
      name: 'go/no-go',
      head_sha: SHA,
      status: 'completed',
      conclusion: 'failure',
      completed_at: about.now,
      output: { title: 'no-go', summary: 'why' },
    },
  })
})

test('the same annotations: the run is patched, with its time, and none is appended', async () => {
  const key = await keyOf(aRun())
  const sent = github([{ id: 5, name: 'go/no-go', app: { id: 7 }, external_id: key }])

  await publish(client, about, aRun({ conclusion: 'success', title: 'go' }))

  expect(sent).toEqual([
    {
      method: 'PATCH',
      id: 5,
      body: expect.objectContaining({
        conclusion: 'success',
        completed_at: about.now,
        output: { title: 'go', summary: 'why' },
      }),
    },
  ])
})

test('other annotations: a new run, since they can only be appended', async () => {
  const key = await keyOf(aRun())
  const sent = github([{ id: 5, name: 'go/no-go', app: { id: 7 }, external_id: key }])

  await publish(client, about, aRun({ annotations: [note(2)] }))

  expect(sent.map(({ method }) => method)).toEqual(['POST'])
})

test("the newest run of this app counts, not another app's and not an older one", async () => {
  const key = await keyOf(aRun())
  const sent = github([
    { id: 5, name: 'go/no-go', app: { id: 7 }, external_id: key },
    { id: 9, name: 'go/no-go', app: { id: 15368 }, external_id: key },
    { id: 6, name: 'go/no-go', app: { id: 7 }, external_id: 'older annotations' },
  ])

  await publish(client, about, aRun())

  expect(sent.map(({ method }) => method)).toEqual(['POST'])
})

test('more than 50 annotations: the run with the first 50, then the rest in batches', async () => {
  const sent = github([])

  await publish(
    client,
    about,
    aRun({ annotations: Array.from({ length: 120 }, (_, index) => note(index + 1)) }),
  )

  const counts = sent.map(({ body }) => (body.output as { annotations: unknown[] }).annotations.length)
  expect(sent.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH'])
  expect(counts).toEqual([50, 50, 20])
  expect(new Set(sent.map(({ body }) => body.external_id)).size).toBe(3)
})

test('a 5xx after which the run is there: not posted again', async () => {
  const sent = github([], 502)

  await publish(client, about, aRun())

  expect(sent.map(({ method }) => method)).toEqual(['POST'])
})

test('a 5xx after which the run is not there is an error', async () => {
  const sent = github([], 500)

  await expect(publish(client, about, aRun())).rejects.toMatchObject({ status: 500 })
  expect(sent).toHaveLength(1)
})

describe('what is noted of earlier runs', () => {
  const other = aRun({ annotations: [note(2)] })

  test('nothing was posted: a run is created, and GitHub is not asked which there are', async () => {
    const sent = github([])
    const notes = memoryNotes()

    await publish(client, { ...about, notes }, aRun())

    expect(sent.map(({ method }) => method)).toEqual(['POST'])
    expect(lists).toBe(0)
    expect(await notes.last()).toEqual({ state: 'created', id: 101, key: sent[0]?.body.external_id })
  })

  test('the run that was posted is patched where its annotations are the same, and replaced where not', async () => {
    const sent = github([])
    const notes = memoryNotes()

    await publish(client, { ...about, notes }, aRun())
    await publish(client, { ...about, notes }, aRun({ conclusion: 'success' }))
    await publish(client, { ...about, notes }, other)
    await publish(client, { ...about, notes }, other)

    expect(sent.map(({ method, id }) => `${method} ${id ?? ''}`)).toEqual([
      'POST ',
      'PATCH 101',
      'POST ',
      'PATCH 103',
    ])
    expect(lists).toBe(0)
  })

  test('a crash before the run was posted: GitHub is asked, has none, and one is created', async () => {
    const sent = github([])
    const notes = memoryNotes()
    await notes.creating()

    await publish(client, { ...about, notes }, aRun())

    expect(lists).toBe(1)
    expect(sent.map(({ method }) => method)).toEqual(['POST'])
  })

  test('a crash after the run was posted and before that was noted: it is found, and none is added', async () => {
    const sent = github([])
    const notes = memoryNotes()
    const crashing = { ...notes, created: () => Promise.reject(new Error('crash')) }

    await expect(publish(client, { ...about, notes: crashing }, aRun())).rejects.toThrow('crash')
    await publish(client, { ...about, notes }, aRun({ conclusion: 'success' }))

    expect(lists).toBe(1)
    expect(sent.map(({ method, id }) => `${method} ${id ?? ''}`)).toEqual(['POST ', 'PATCH 101'])
  })

  test('a crash between batches of annotations: the run is replaced by a whole one', async () => {
    const sent = github([])
    const notes = memoryNotes()
    const many = aRun({ annotations: Array.from({ length: 60 }, (_, index) => note(index + 1)) })
    let noted = 0
    const crashing = {
      ...notes,
      created: async (id: number, key: string) => {
        noted += 1
        if (noted > 1) throw new Error('crash')
        await notes.created(id, key)
      },
    }

    await expect(publish(client, { ...about, notes: crashing }, many)).rejects.toThrow('crash')
    await publish(client, { ...about, notes }, many)

    expect(sent.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'POST', 'PATCH'])
  })

  test('an answer that never came: GitHub is asked before the next is posted', async () => {
    const sent = github([], [500, 201])
    const notes = memoryNotes()

    await expect(publish(client, { ...about, notes }, aRun())).rejects.toMatchObject({ status: 500 })
    expect(await notes.last()).toEqual({ state: 'unsure' })
    lists = 0
    await publish(client, { ...about, notes }, aRun())

    expect(lists).toBe(1)
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST'])
  })

  test('nothing is posted where that could not be noted before', async () => {
    const sent = github([])
    const notes = { ...memoryNotes(), creating: () => Promise.reject(new Error('somebody else')) }

    await expect(publish(client, { ...about, notes }, aRun())).rejects.toThrow('somebody else')

    expect(sent).toEqual([])
  })
})
