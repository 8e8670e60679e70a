import { createHash } from 'node:crypto'
import { Octokit } from '@octokit/rest'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guarded, type Objects } from '../../src/sources/github/objects.ts'
import { openRemote } from '../../src/sources/github/remote.ts'
import { answersQuery } from './queries.ts'

const API = 'https://api.github.test'
const PATH = '/repos/acme/models'
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const [A, B, C, D] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40), 'd'.repeat(40)]

function remote(objects?: Objects) {
  return openRemote(
    new Octokit({ baseUrl: API, log: quiet }),
    { owner: 'acme', repo: 'models', branch: 'main' },
    objects,
  )
}

/** Keeps everything, as a map would. */
function kept(): Objects & { readonly all: Map<string, Uint8Array>; readonly tips: Map<string, string> } {
  const all = new Map<string, Uint8Array>()
  const tips = new Map<string, string>()
  return {
    all,
    tips,
    get: async (ids) => new Map([...all].filter(([id]) => ids.includes(id))),
    put: async (objects) => {
      for (const { id, content } of objects) all.set(id, content)
    },
    tip: async (branch) => tips.get(branch),
    moved: async (branch, tip) => void tips.set(branch, tip),
  }
}

function commit(sha: string, ...parents: readonly string[]): object {
  return { sha, parents: parents.map((parent) => ({ sha: parent })) }
}

type File = { readonly filename: string; readonly status?: string; readonly previous_filename?: string }

function compares(one: string, other: string, common: object, base = one, files: readonly File[] = []): void {
  nock(API)
    .get(`${PATH}/compare/${one}...${other}`)
    .query(true)
    .reply(200, {
      base_commit: { sha: base },
      merge_base_commit: common,
      commits: [],
      total_commits: 0,
      files: files.map((file) => ({ status: 'modified', sha: D, changes: 0, ...file })),
    })
}

beforeEach(() => nock.disableNetConnect())
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

describe('where a commit stands', () => {
  test('beside the default branch: against the merge base', async () => {
    compares('main', B, commit(A), C)
    answersQuery({ api: API, tip: C })

    expect(await remote().position(B)).toEqual({ tip: C, base: A, related: true, changed: [] })
  })

  test('on the default branch: against its first parent', async () => {
    compares('main', B, commit(B, A, C), C)
    compares(A, B, commit(A), A, [{ filename: 'x' }])
    answersQuery({ api: API, tip: C })

    expect(await remote().position(B)).toEqual({ tip: C, base: A, related: true, changed: ['x'] })
  })

  test('the first commit of all has nothing to be compared with', async () => {
    compares('main', A, commit(A), C)
    answersQuery({ api: API, tip: C })
    nock(API)
      .get(`${PATH}/git/trees/${A}`)
      .query({ recursive: 'true' })
      .reply(200, { truncated: false, tree: [{ path: 'x', mode: '100644', type: 'blob', sha: D }] })

    expect(await remote().position(A)).toEqual({ tip: C, base: undefined, related: true, changed: ['x'] })
  })

  test('without shared history', async () => {
    nock(API).get(`${PATH}/compare/main...${B}`).query(true).reply(404, { message: 'No common ancestor' })
    answersQuery({ api: API, tip: C })
    nock(API).get(`${PATH}/compare/${C}...${B}`).query(true).reply(404, { message: 'No common ancestor' })
    nock(API).get(`${PATH}/commits/${B}`).reply(200, commit(B))
    nock(API).get(`${PATH}/git/trees/${B}`).query(true).reply(200, { truncated: false, tree: [] })

    expect(await remote().position(B)).toEqual({ tip: C, base: undefined, related: false, changed: [] })
  })

  test('a branch that is gone is an error, not an answer', async () => {
    nock(API).get(`${PATH}/compare/main...${B}`).query(true).reply(404, { message: 'Not Found' })
    answersQuery({ api: API, tip: undefined })

    await expect(remote().position(B)).rejects.toThrow('the default branch is not there')
  })

  test('a name that a tag has too is not believed: the branch is compared by its commit', async () => {
    compares('main', B, commit(A), D)
    answersQuery({ api: API, tip: C })
    compares(C, B, commit(A), C, [{ filename: 'y' }])

    expect(await remote().position(B)).toEqual({ tip: C, base: A, related: true, changed: ['y'] })
  })

  test('the newest tip that is known is enough where all the rest is known, and no other is', async () => {
    const objects = kept()
    compares('main', B, commit(A), C)
    answersQuery({ api: API, tip: C })
    await remote(objects).position(B)

    compares('main', B, commit(A), C)
    expect(await remote(objects).position(B)).toMatchObject({ tip: C })

    // An older tip, as a tag may name it.
    objects.tips.set('main', D)
    compares('main', B, commit(A), C)
    answersQuery({ api: API, tip: D })
    compares(D, B, commit(A))
    expect(await remote(objects).position(B)).toMatchObject({ tip: D })
  })

  test('a later question that finds the branch elsewhere than was believed is an error', async () => {
    const objects = kept()
    compares('main', B, commit(A), C)
    answersQuery({ api: API, tip: C })
    await remote(objects).position(B)
    compares('main', B, commit(A), C)
    const source = remote(objects)
    await source.position(B)
    answersQuery({ api: API, tip: D })

    await expect(source.entry(D, 'somewhere')).rejects.toThrow('moved')
  })

  test('of a renamed file both names are changed, of a copy one', async () => {
    compares('main', B, commit(A), C, [
      { filename: 'new', previous_filename: 'old', status: 'renamed' },
      { filename: 'copy', previous_filename: 'original', status: 'copied' },
      { filename: 'gone', status: 'removed' },
    ])
    answersQuery({ api: API, tip: C })

    expect((await remote().position(B)).changed).toEqual(['copy', 'gone', 'new', 'old'])
  })

  test('300 files may be more: whole trees are compared', async () => {
    const files = Array.from({ length: 300 }, (_, index) => ({ filename: `f${index}` }))
    compares('main', B, commit(A), C, files)
    answersQuery({ api: API, tip: C })
    const entry = (path: string, sha: string) => ({ path, mode: '100644', type: 'blob', sha })
    const lists = (of: string, ...tree: readonly object[]) =>
      nock(API).get(`${PATH}/git/trees/${of}`).query(true).reply(200, { truncated: false, tree })
    lists(A, entry('same', A), entry('other', A))
    lists(B, entry('same', A), entry('other', B))

    expect((await remote().position(B)).changed).toEqual(['other'])
  })

  test('a comparison of another commit than was asked for is an error', async () => {
    compares(A, B, commit(A), C)

    await expect(remote().mergeBase(A, B)).rejects.toThrow('another commit')
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

  test('of two ids is kept; that there is none is asked again', async () => {
    const objects = kept()
    compares(A, B, commit(A))
    await remote(objects).mergeBase(A, B)
    expect(await remote(objects).mergeBase(A, B)).toEqual({ kind: 'commit', commit: A })

    for (const status of [404, 200]) {
      nock(API).get(`${PATH}/compare/${A}...${C}`).query(true).reply(404)
      nock(API).get(`${PATH}/commits/${A}`).reply(200, commit(A))
      nock(API).get(`${PATH}/commits/${C}`).reply(status, commit(C))
      expect((await remote(objects).mergeBase(A, C)).kind).toBe(status === 200 ? 'unrelated' : 'unknown')
    }
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
    const all = ids.map((oid, index) => ({
      oid,
      parents: [...ids.slice(index + 1, index + 2), ...(index === 3 ? [C] : [])],
    }))
    const shuffled = [...all.slice(0, 90).toReversed(), ...all.slice(140), ...all.slice(90, 140)]
    const first = answersQuery({ api: API, tip: C, line: shuffled })
    const second = answersQuery({ api: API, tip: C, line: shuffled })

    expect(await line(ids[0] ?? '')).toEqual(ids)
    expect([...first, ...second].filter((one) => one.startsWith('history'))).toEqual([
      `history ${ids[0]} `,
      `history ${ids[0]} 100`,
    ])
  })

  test('a history that ends before its first commit is an error', async () => {
    answersQuery({ api: API, tip: C, line: [{ oid: A, parents: [B] }] })

    await expect(line(A)).rejects.toThrow('ended before its first commit')
  })
})

describe('what became of a file on the first-parent line', () => {
  const FILE = '.gonogo/criteria/m.yml'
  const [soft, strict] = ['e'.repeat(40), 'f'.repeat(40)]
  const listed = (tree: string, blob: string) => ({
    file: {
      type: 'tree',
      object: { oid: tree, entries: [{ name: 'm.yml', mode: 0o100644, type: 'blob', oid: blob, size: 9 }] },
    },
  })

  test('a merge that put a version back is seen, and each version of the folder is asked for once', async () => {
    // D brings the first version; C loosens it; B changes nothing; A is a merge whose other parent is D.
    const line = [
      { oid: A, parents: [B, D], tree: strict },
      { oid: B, parents: [C], tree: soft },
      { oid: C, parents: [D], tree: soft },
      { oid: D, parents: [], tree: strict },
    ]
    const objects = {
      [`${A}:.gonogo/criteria`]: listed(strict, '1'.repeat(40)),
      [`${B}:.gonogo/criteria`]: listed(soft, '2'.repeat(40)),
    }
    const source = remote()
    const history = answersQuery({ api: API, tip: A, line })
    const folders = answersQuery({ api: API, tip: A, line, objects })

    expect(await source.changesOf(A, D, FILE)).toEqual([A, C])
    expect(history).toEqual(['ref refs/heads/main', `history ${A} `])
    expect(folders).toEqual(['ref refs/heads/main', `${A}:.gonogo/criteria`, `${B}:.gonogo/criteria`])
    expect(await source.changesOf(A, B, FILE)).toEqual([A])
    expect(await source.changesOf(A, A, FILE)).toEqual([])
  })
})

describe('entries and folders', () => {
  const item = (name: string, mode: number, type: string) => ({ name, mode, type, oid: A, size: 3 })
  const listing = (...entries: readonly object[]) => ({
    file: { type: 'tree', object: { oid: D, entries } },
  })

  test('files, links, submodules and folders, all of one query', async () => {
    const entries = [
      item('f', 33_261, 'blob'),
      item('l', 40_960, 'blob'),
      item('s', 57_344, 'commit'),
      item('d', 16_384, 'tree'),
    ]
    const source = remote()
    const questions = answersQuery({ api: API, tip: C, objects: { [`${B}:in`]: listing(...entries) } })

    const [list, none] = await Promise.all([source.list(B, 'in'), source.entry(B, 'else')])

    expect([...list].map(([name, { kind }]) => `${name} ${kind}`)).toEqual([
      'f file',
      'l link',
      's submodule',
      'd folder',
    ])
    expect(none).toBeUndefined()
    expect(await source.entry(B, 'in/f')).toEqual({ kind: 'file', oid: A, bytes: 3 })
    expect(await source.entry(B, 'in/l/below')).toBeUndefined()
    expect(questions).toEqual(['ref refs/heads/main', `${B}:in`, `${B}:else`])
  })

  test('two files of one name are an error', async () => {
    answersQuery({
      api: API,
      tip: C,
      objects: { [`${B}:in`]: listing(item('x', 33_188, 'blob'), item('x', 33_188, 'blob')) },
    })

    await expect(remote().list(B, 'in')).rejects.toThrow('the same name')
  })

  test.each<readonly [string, object]>([
    ['a mode that git has not', item('x', 1, 'blob')],
    ['a mode that is another than its type', item('x', 16_384, 'blob')],
    ['no id', { ...item('x', 33_188, 'blob'), oid: '' }],
  ])('an entry with %s is an error', async (_, entry) => {
    answersQuery({ api: API, tip: C, objects: { [`${B}:in`]: listing(entry) } })

    await expect(remote().list(B, 'in')).rejects.toThrow()
  })

  test('a folder that the one above it lists and that is then not there is an error', async () => {
    const source = remote()
    answersQuery({
      api: API,
      tip: C,
      objects: { [`${B}:`]: { tree: { oid: D, entries: [item('.gonogo', 16_384, 'tree')] } } },
    })

    await expect(Promise.all([source.list(B, '.gonogo'), source.list(B, '')])).rejects.toThrow('contradict')
  })

  test('what a comparison leaves untouched is known of the other commit', async () => {
    compares('main', B, commit(A), C, [{ filename: 'docs/a.md' }])
    const root = { tree: { oid: D, entries: [item('models', 16_384, 'tree')] } }
    const models = listing(item('a', 33_188, 'blob'))
    answersQuery({ api: API, tip: C, objects: { [`${A}:`]: root, [`${A}:models`]: models } })
    const source = remote()
    await source.position(B)

    expect([...(await source.list(B, 'models')).keys()]).toEqual(['a'])

    // What is changed, or above it, is asked for.
    const questions = answersQuery({ api: API, tip: C })
    await source.list(B, 'docs')
    expect(questions).toContain(`${B}:docs`)
  })

  test('more than 100 questions go in more than one query', async () => {
    const source = remote()
    const first = answersQuery({ api: API, tip: C })
    const second = answersQuery({ api: API, tip: C })

    await Promise.all(Array.from({ length: 150 }, (_, index) => source.entry(B, `f${index}`)))

    expect([first.length, second.length].toSorted()).toEqual([101, 51].toSorted())
  })

  test('a truncated tree is an error', async () => {
    compares('main', A, commit(A), C)
    answersQuery({ api: API, tip: C })
    nock(API).get(`${PATH}/git/trees/${A}`).query(true).reply(200, { truncated: true, tree: [] })

    await expect(remote().position(A)).rejects.toThrow('too large')
  })

  test.each<readonly [string, readonly object[], string]>([
    ['an entry without an id', [{ path: 'a', mode: '100644', type: 'blob' }], 'without path, mode or id'],
    [
      'two of one name',
      [A, B].map((sha) => ({ path: '\ufffd', mode: '100644', type: 'blob', sha })),
      'the same name',
    ],
  ])('%s in a tree is an error', async (_, tree, message) => {
    compares('main', A, commit(A), C)
    answersQuery({ api: API, tip: C })
    nock(API).get(`${PATH}/git/trees/${A}`).query(true).reply(200, { truncated: false, tree })

    await expect(remote().position(A)).rejects.toThrow(message)
  })
})

describe('blobs', () => {
  const idOf = (text: string | Buffer) =>
    createHash('sha1')
      .update(`blob ${Buffer.byteLength(text)}\0`)
      .update(text)
      .digest('hex')
  const TEXT = idOf('text')
  const answer = (text: string | null) => ({
    byteSize: 4,
    isBinary: text === null,
    isTruncated: false,
    text,
  })
  const rest = (id: string, content: string | Buffer) =>
    nock(API)
      .get(`${PATH}/git/blobs/${id}`)
      .reply(200, { encoding: 'base64', content: Buffer.from(content).toString('base64') })

  test('a text is in the query', async () => {
    answersQuery({ api: API, tip: C, objects: { [TEXT]: answer('text') } })

    expect(Buffer.from(await remote().blob(TEXT)).toString()).toBe('text')
  })

  test.each<readonly [string, string | null]>([
    ['what is binary', null],
    ['a text that was cut off', 'tex'],
    ['a text that was mended', 'te\ufffdt'],
  ])('%s is fetched as it is', async (_, text) => {
    answersQuery({ api: API, tip: C, objects: { [TEXT]: answer(text) } })
    rest(TEXT, 'text')

    expect(Buffer.from(await remote().blob(TEXT)).toString()).toBe('text')
  })

  test('other bytes than the id says are an error', async () => {
    answersQuery({ api: API, tip: C })
    rest(TEXT, 'tex')

    await expect(remote().blob(TEXT)).rejects.toThrow('other bytes')
  })

  test('an object is asked for once; an answer that failed is asked for again', async () => {
    answersQuery({ api: API, tip: C })
    nock(API).get(`${PATH}/git/blobs/${TEXT}`).reply(503)
    const source = remote()
    await expect(source.blob(TEXT)).rejects.toMatchObject({ status: 503 })

    answersQuery({ api: API, tip: C })
    rest(TEXT, 'text')
    const bytes = await Promise.all([source.blob(TEXT), source.blob(TEXT)])

    expect(bytes.map((one) => Buffer.from(one).toString())).toEqual(['text', 'text'])
    expect(Buffer.from(await source.blob(TEXT)).toString()).toBe('text')
  })

  test('a blob in another encoding is an error', async () => {
    answersQuery({ api: API, tip: C })
    nock(API).get(`${PATH}/git/blobs/${TEXT}`).reply(200, { encoding: 'utf-8', content: 'text' })

    await expect(remote().blob(TEXT)).rejects.toThrow('encoding')
  })

  test('is kept, and one that was kept damaged is asked for anew', async () => {
    const objects = kept()
    answersQuery({ api: API, tip: C, objects: { [TEXT]: answer('text') } })
    await remote(objects).blob(TEXT)
    expect(Buffer.from(await remote(objects).blob(TEXT)).toString()).toBe('text')

    objects.all.set(TEXT, Buffer.from('other'))
    answersQuery({ api: API, tip: C, objects: { [TEXT]: answer('text') } })
    expect(Buffer.from(await remote(objects).blob(TEXT)).toString()).toBe('text')
  })

  test('is answered all the same where what keeps it fails, which is told', async () => {
    const broken = () => Promise.reject(new Error('no database'))
    const told: unknown[] = []
    const objects = guarded({ get: broken, put: broken, tip: broken, moved: broken }, (error) =>
      told.push(error),
    )
    compares('main', B, commit(A), C)
    answersQuery({ api: API, tip: C })
    answersQuery({ api: API, tip: C, objects: { [TEXT]: answer('text') } })
    const source = remote(objects)

    expect(await source.position(B)).toMatchObject({ tip: C, base: A })
    expect(Buffer.from(await source.blob(TEXT)).toString()).toBe('text')
    expect(told.length).toBeGreaterThan(2)
  })
})
