import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { giveReceipt, receivedBy } from '../../src/app/receipt.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { receiptFor } from '../../src/ledger/received.ts'
import { openStore, type Store } from '../../src/ledger/store.ts'
import { rememberTips } from '../../src/ledger/tips.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { renderReceipt } from '../../src/render/receipt.ts'
import { NOTHING_KEPT } from '../../src/sources/github/objects.ts'
import { asInstallation } from '../demo/app-client.ts'
import { rowsOf } from '../e2e/other-app.ts'
import { SILENT } from '../e2e/scene.ts'
import { dataFolder } from '../support/data-folder.ts'

const AT = '2026-03-01T12:00:00.000Z'
const PATH = '.gonogo/criteria/sentiment.yml'
const at = { owner: 'acme', repo: 'models', branch: 'main' }
let github: StandIn
let folder: string
let store: Store
beforeAll(async () => {
  const people = [{ login: 'ada', admin: true }, { login: 'grace' }, { login: 'alan' }]
  folder = await dataFolder()
  ;[github, store] = await Promise.all([startStandIn({ people }), openStore({ folder })])
})
afterAll(async () => {
  await store.close()
  await github.close()
  await rm(folder, { recursive: true, force: true })
})

/** The verdict on a tip that brought criteria in. */
function verdictOn(commit: string, given: Partial<Verdict> = {}): Verdict {
  return {
    decision: 'nothing',
    repository: 'acme/models',
    branch: 'main',
    commit,
    base: commit,
    tip: commit,
    now: AT,
    engine: 'test',
    pushed: true,
    models: [],
    problems: [],
    proposals: [{ path: PATH, change: 'added', model: 'sentiment', deviations: [], problems: [] }],
    ...given,
  }
}

async function give(commit: string, given: Partial<Verdict> = {}) {
  await store.db
    .transaction()
    .execute((trx) =>
      rememberTips(trx, [
        { repository: 'acme/models', commit, delivery: commit, at: AT, deliveredAt: AT, forced: false },
      ]),
    )
  const client = await asInstallation(github)
  const receiving = {
    github: client,
    at,
    objects: NOTHING_KEPT,
    store,
    clock: () => new Date(AT),
    log: SILENT,
  }
  await giveReceipt(receiving, verdictOn(commit, given))
  const { rest } = github.as('ada')
  const { data } = await rest.repos.listCommitStatusesForRef({ owner: 'acme', repo: 'models', ref: commit })
  return data.map(({ context, state, description, creator }) => ({
    context,
    state,
    description,
    by: creator?.login,
  }))
}

async function blobOf(ref: string): Promise<string> {
  const { data } = await github
    .as('ada')
    .rest.repos.getContent({ owner: 'acme', repo: 'models', ref, path: PATH })
  return 'sha' in data ? data.sha : ''
}

async function received(repository: string, path: string, blob: string) {
  const receipt = await receiptFor(store.db, repository, path, blob)
  return receipt && receivedBy(receipt)
}

const receipts = async () => (await rowsOf(store, 'receipt')).map(({ body }) => body)

test('criteria that were merged have a receipt with the pull request, who merged and who approved at last', async () => {
  const { rest } = github.as('ada')
  await github.commit({
    branch: 'criteria',
    from: 'main',
    message: 'Criteria',
    by: 'grace',
    files: { [PATH]: 'a' },
  })
  const { data } = await github.as('grace').rest.pulls.create({
    owner: 'acme',
    repo: 'models',
    base: 'main',
    head: 'criteria',
    title: 'Criteria',
  })
  const about = { owner: 'acme', repo: 'models', pull_number: data.number }
  const review = (login: string, event: 'APPROVE' | 'REQUEST_CHANGES') =>
    github.as(login).rest.pulls.createReview({ ...about, event, body: 'So be it' })
  await review('alan', 'APPROVE')
  await review('ada', 'APPROVE')
  await review('ada', 'REQUEST_CHANGES')
  const { sha } = (await rest.pulls.merge(about)).data

  const statuses = await give(sha)

  expect(statuses).toEqual([
    {
      context: 'gonogo/registered',
      state: 'success',
      description: expect.stringMatching(new RegExp(`^sentiment [0-9a-f]{10}; #${data.number}$`)),
      by: 'gonogo[bot]',
    },
  ])
  expect(await receipts()).toEqual([
    {
      branch: 'main',
      tip: sha,
      files: [{ path: PATH, change: 'added', blob: expect.stringMatching(/^[0-9a-f]{40}$/) }],
      pushed: AT,
      pull_request: { number: data.number, merged_by: 'ada', approved_by: ['alan'] },
    },
  ])
  expect(await give(sha)).toHaveLength(1)
  expect(await receipts()).toHaveLength(1)
  const blob = await blobOf(sha)
  const expected = {
    at: AT,
    pullRequest: { number: data.number, mergedBy: 'ada', approvedBy: ['alan'] },
  }
  expect(await received('acme/models', PATH, blob)).toEqual(expected)
  expect(await received('acme/models', '.gonogo/criteria/other.yml', blob)).toBeUndefined()
  expect(await received('acme/other', PATH, blob)).toBeUndefined()
  expect(await received('acme/models', PATH, '0'.repeat(40))).toBeUndefined()
  expect(await verifyChain(store.db)).not.toHaveProperty('broken')
})

test('a direct push registers too, and is called one', async () => {
  const sha = await github.commit({ branch: 'main', message: 'Criteria', files: { [PATH]: null } })
  const problem = { path: PATH, code: 'empty_file' } as const
  const proposals = [
    { ...(verdictOn(sha).proposals[0] ?? fail()), change: 'removed', problems: [problem] },
  ] as const

  const statuses = await give(sha, { proposals })

  const description = 'sentiment removed; direct push; with problems, see go/no-go'
  expect(statuses).toMatchObject([{ state: 'failure', description }])
  expect((await receipts())[1]).toEqual({
    branch: 'main',
    tip: sha,
    files: [{ path: PATH, change: 'removed' }],
    pushed: AT,
  })
})

test('what was taken away and brought back has the receipt that was first', async () => {
  const sha = await github.commit({ branch: 'main', message: 'Again', files: { [PATH]: 'a' } })
  await give(sha)

  expect(await received('acme/models', PATH, await blobOf(sha))).toHaveProperty('pullRequest')
})

test('nothing else has a receipt', async () => {
  const sha = await github.commit({ branch: 'main', message: 'Docs', files: { 'docs.md': '' } })
  const { pushed, ...elsewhere } = verdictOn(sha)

  expect(await give(sha, { proposals: [] })).toEqual([])
  await giveReceipt(
    {
      github: await asInstallation(github),
      at,
      objects: NOTHING_KEPT,
      store,
      clock: () => new Date(AT),
      log: SILENT,
    },
    elsewhere,
  )
  expect(pushed).toBe(true)
  expect(await receipts()).toHaveLength(3)
  expect(github.violations).toEqual([])
})

describe('the description of a status', () => {
  test('has room for as many files as GitHub takes', () => {
    const files = Array.from({ length: 30 }, (_, index) => ({
      path: `.gonogo/criteria/model-${index}.yml`,
      model: `model-${index}`,
      blob: 'a'.repeat(40),
    }))

    const { description } = renderReceipt({ files, faulty: false, pullRequest: 7 })

    expect(description).toMatch(/^model-0 a{10}, .*, 2\d more; #7$/)
    expect(description.length).toBeLessThanOrEqual(140)
  })

  test('names what belongs to no model by its path', () => {
    const files = [{ path: '.gonogo/unwatch', blob: 'b'.repeat(40) }]

    expect(renderReceipt({ files, faulty: false }).description).toBe('unwatch bbbbbbbbbb; direct push')
  })
})

function fail(): never {
  throw new Error('there is a proposal')
}
