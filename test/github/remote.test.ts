import { Octokit } from '@octokit/rest'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openRemote } from '../../src/sources/github/remote.ts'

const API = 'https://api.github.test'
const PATH = '/repos/acme/models'
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const [A, B, C] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)]

function remote() {
  return openRemote(new Octokit({ baseUrl: API, log: quiet }), {
    owner: 'acme',
    repo: 'models',
    branch: 'main',
  })
}

function commit(sha: string, ...parents: readonly string[]): object {
  return { sha, parents: parents.map((parent) => ({ sha: parent })) }
}

function branchAt(sha: string): void {
  nock(API).get(`${PATH}/git/ref/heads%2Fmain`).reply(200, { ref: 'refs/heads/main', object: { sha } })
}

function compares(one: string, other: string, common: object): void {
  nock(API)
    .get(`${PATH}/compare/${one}...${other}`)
    .query(true)
    .reply(200, { base_commit: { sha: one }, merge_base_commit: common })
}

beforeEach(() => nock.disableNetConnect())
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

describe('where a commit stands', () => {
  test('beside the default branch: against the merge base', async () => {
    branchAt(C)
    compares(C, B, commit(A))

    expect(await remote().position(B)).toEqual({ tip: C, base: A, related: true })
  })

  test('on the default branch: against its first parent', async () => {
    branchAt(C)
    compares(C, B, commit(B, A, C))

    expect(await remote().position(B)).toEqual({ tip: C, base: A, related: true })
  })

  test('the first commit of all has nothing to be compared with', async () => {
    branchAt(C)
    compares(C, A, commit(A))

    expect(await remote().position(A)).toEqual({ tip: C, base: undefined, related: true })
  })

  test('without shared history', async () => {
    branchAt(C)
    nock(API).get(`${PATH}/compare/${C}...${B}`).query(true).reply(404, { message: 'No common ancestor' })
    nock(API).get(`${PATH}/commits/${B}`).reply(200, commit(B))

    expect(await remote().position(B)).toEqual({ tip: C, base: undefined, related: false })
  })

  test('a branch that is gone is an error, not an answer', async () => {
    nock(API).get(`${PATH}/git/ref/heads%2Fmain`).reply(404, { message: 'Not Found' })

    await expect(remote().position(B)).rejects.toMatchObject({ status: 404 })
  })
})

describe('the merge base', () => {
  test.each([
    ['both are there', 200, 'unrelated'],
    ['one is not', 404, 'unknown'],
    ['one is no commit id', 422, 'unknown'],
  ])('404, and %s', async (_, status, kind) => {
    nock(API).get(`${PATH}/compare/${A}...${B}`).query(true).reply(404)
    nock(API).get(`${PATH}/commits/${A}`).reply(200, commit(A))
    nock(API).get(`${PATH}/commits/${B}`).reply(status, commit(B))

    expect(await remote().mergeBase(A, B)).toEqual({ kind })
  })

  test('a branch that is named like a commit is no commit', async () => {
    nock(API).get(`${PATH}/compare/${A}...${B}`).query(true).reply(404)
    nock(API).get(`${PATH}/commits/${A}`).reply(200, commit(A))
    nock(API).get(`${PATH}/commits/${B}`).reply(200, commit(C))

    expect(await remote().mergeBase(A, B)).toEqual({ kind: 'unknown' })
  })

  test('an outage is no answer', async () => {
    nock(API).get(`${PATH}/compare/${A}...${B}`).query(true).reply(500)

    await expect(remote().mergeBase(A, B)).rejects.toMatchObject({ status: 500 })
  })
})

describe('the first-parent line', () => {
  async function line(from: string): Promise<readonly string[]> {
    const commits: string[] = []
    for await (const sha of remote().firstParents(from)) commits.push(sha)
    return commits
  }

  test('over pages, whatever order GitHub lists in', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => index.toString(16).padStart(40, '0'))
    const commits = ids.map((id, index) =>
      commit(id, ...ids.slice(index + 1, index + 2), ...(index === 3 ? [C] : [])),
    )
    const shuffled = [...commits.slice(0, 90).toReversed(), ...commits.slice(140), ...commits.slice(90, 140)]
    nock(API)
      .get(`${PATH}/commits`)
      .query({ sha: ids[0] ?? '', per_page: 100, page: 1 })
      .reply(200, shuffled.slice(0, 100))
    nock(API)
      .get(`${PATH}/commits`)
      .query({ sha: ids[0] ?? '', per_page: 100, page: 2 })
      .reply(200, shuffled.slice(100))

    expect(await line(ids[0] ?? '')).toEqual(ids)
  })

  test('a history that ends before its first commit is an error', async () => {
    nock(API)
      .get(`${PATH}/commits`)
      .query(true)
      .reply(200, [commit(A, B)])

    await expect(line(A)).rejects.toThrow('ended before its first commit')
  })
})

describe('trees and blobs', () => {
  const entry = (path: string, mode: string, type: string) => ({ path, mode, type, sha: A, size: 3 })

  test('files, links and submodules; folders are no entries', async () => {
    const tree = [
      entry('a', '040000', 'tree'),
      entry('a/b', '100644', 'blob'),
      entry('l', '120000', 'blob'),
      entry('s', '160000', 'commit'),
    ]
    nock(API)
      .get(`${PATH}/git/trees/${A}`)
      .query({ recursive: 'true' })
      .reply(200, { truncated: false, tree })

    expect([...(await remote().tree(A))].map(([path, { kind }]) => [path, kind])).toEqual([
      ['a/b', 'file'],
      ['l', 'link'],
      ['s', 'submodule'],
    ])
  })

  test('a truncated tree is an error', async () => {
    nock(API).get(`${PATH}/git/trees/${A}`).query(true).reply(200, { truncated: true, tree: [] })

    await expect(remote().tree(A)).rejects.toThrow('too large')
  })

  test('an entry without an id is an error', async () => {
    nock(API)
      .get(`${PATH}/git/trees/${A}`)
      .query(true)
      .reply(200, { truncated: false, tree: [{ path: 'a', mode: '100644', type: 'blob' }] })

    await expect(remote().tree(A)).rejects.toThrow('without path, mode or id')
  })

  test('an object is asked for once; an answer that failed is asked for again', async () => {
    nock(API).get(`${PATH}/git/blobs/${A}`).reply(503)
    nock(API)
      .get(`${PATH}/git/blobs/${A}`)
      .once()
      .reply(200, { encoding: 'base64', content: Buffer.from('text').toString('base64') })
    const source = remote()

    await expect(source.blob(A)).rejects.toMatchObject({ status: 503 })
    const bytes = await Promise.all([source.blob(A), source.blob(A)])

    expect(bytes.map((one) => Buffer.from(one).toString())).toEqual(['text', 'text'])
  })

  test('a blob in another encoding is an error', async () => {
    nock(API).get(`${PATH}/git/blobs/${A}`).reply(200, { encoding: 'utf-8', content: 'text' })

    await expect(remote().blob(A)).rejects.toThrow('encoding')
  })
})
