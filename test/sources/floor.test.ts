import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { floorMark, openFloors } from '../../src/app/floors.ts'
import { readMark } from '../../src/ledger/marks.ts'
import { openStore, type Store } from '../../src/ledger/store.ts'
import { floorFactsOf } from '../../src/sources/floor.ts'
import { askFloor } from '../../src/sources/github/floor.ts'
import { askProperties } from '../../src/sources/github/properties.ts'
import { dataFolder } from '../support/data-folder.ts'

const [COMMIT, LATER] = ['a'.repeat(40), 'b'.repeat(40)]
const FILE = { name: 'floor.yml', mode: 0o100644, type: 'blob', size: 1 }

function oidOf(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')
}

/** GitHub's answer where the default branch has this at the floor's path. */
function standing(file: object | null, commit = COMMIT): object {
  return { data: { rider: { defaultBranchRef: { target: { oid: commit, file } } } } }
}

function written(text: string, blob: object = {}, commit = COMMIT): object {
  const object = { byteSize: text.length, isBinary: false, isTruncated: false, text, ...blob }
  return standing({ ...FILE, oid: oidOf(text), object }, commit)
}

/** GitHub's answer where the repository, and nothing else, could not be answered. */
function refused(type?: string): object {
  const error = { path: ['rider'], message: 'no', ...(type && { type }) }
  return { data: { rider: null }, errors: [error] }
}

/** A GitHub that gives this answer to each query, and how often it was asked. */
function github(answer: object, status = 200) {
  const from = { answer, asked: 0, query: '' }
  const fetch = async (_: string, init: { readonly body: string }) => {
    from.asked += 1
    from.query = init.body
    const headers = { 'content-type': 'application/json' }
    return new Response(JSON.stringify(from.answer), { status, headers })
  }
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const { graphql, rest } = new Octokit({ log, request: { fetch } })
  return Object.assign(from, { graphql, rest })
}

describe('the floor as GitHub shows it', () => {
  const whole = written('gonogo: 1\nunlisted: high\n')
  test.each<readonly [string, object, object]>([
    ['no repository, or one that the app does not see', refused('NOT_FOUND'), { kind: 'none' }],
    ['a repository that the app may not read', refused('FORBIDDEN'), { kind: 'unreadable' }],
    ['an empty repository', { data: { rider: { defaultBranchRef: null } } }, { kind: 'none' }],
    ['no file', standing(null), { kind: 'none' }],
    ['a floor', whole, { kind: 'read', commit: COMMIT, problems: [], floor: { unlisted: 'high' } }],
    ['a faulty floor', written('gonogo: 1\nunlisted: hihg\n'), { problems: [{ line: 2 }] }],
    ['an empty floor', written(''), { problems: [{ code: 'empty_file' }] }],
    [
      'a folder in its place',
      standing({ ...FILE, oid: COMMIT, mode: 0o040000, type: 'tree', object: {} }),
      { problems: [{ code: 'not_a_file', found: 'folder' }] },
    ],
    [
      'a link in its place',
      standing({ ...FILE, oid: COMMIT, mode: 0o120000, object: {} }),
      { problems: [{ code: 'not_a_file', found: 'link' }] },
    ],
    [
      'more than GitHub shows of a text',
      written('gonogo: 1\n', { byteSize: 600_000, isTruncated: true }),
      { problems: [{ code: 'too_large' }] },
    ],
    [
      'what is no text',
      written('gonogo: 1\n', { isBinary: true, text: null }),
      { problems: [{ code: 'not_utf8' }] },
    ],
    [
      'another content than its id says',
      written('gonogo: 1\n', { text: 'gonogo: 1\nunlisted: low\n' }),
      { problems: [{ code: 'not_utf8' }] },
    ],
  ])('%s', async (_, answer, expected) => {
    const facts = floorFactsOf(await askFloor(github(answer), 'acme', '.github'), false)

    expect(facts).toMatchObject({ repository: 'acme/.github', ...expected })
  })

  test('a repository that was renamed or given away answers no more under its old name', async () => {
    const from = github(whole)

    await askFloor(from, 'acme', '.github')

    expect(from.query).toContain('followRenames: false')
  })

  test.each<readonly [string, ReturnType<typeof github>]>([
    ['an outage', github({ message: 'Bad gateway' }, 502)],
    ['a query that failed as a whole', github({ data: null, errors: [{ type: 'RATE_LIMITED' }] })],
    ['a failure of which GitHub says no kind', github(refused())],
    ['an answer in another shape', github({ data: { rider: { defaultBranchRef: 7 } } })],
    ['no answer at all', github({ data: {} })],
  ])('%s is no absence', async (_, from) => {
    await expect(askFloor(from, 'acme', '.github')).rejects.toThrow()
  })
})

describe('the floor that holds', () => {
  let folder: string
  let store: Store
  let now = Date.parse('2026-03-01T12:00:00Z')
  const clock = () => new Date(now)
  beforeAll(async () => {
    folder = await dataFolder()
    store = await openStore({ folder })
  })
  beforeEach(() => store.db.deleteFrom('mark').execute())
  afterAll(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  const judged = { installation: 1, owner: 'acme', repo: 'models' }
  const open = (required = false, name = '.github') => openFloors({ db: store.db, required, name, clock })
  const facts = (from: ReturnType<typeof github>, given: object = {}) =>
    open()
      .of(from, { ...judged, ...given })
      .facts()

  test('required and not there, and not required', async () => {
    const none = github(refused('NOT_FOUND'))
    const given = async (required: boolean, name?: string) =>
      (await open(required, name).of(none, judged).facts()).floor

    expect(await given(true)).toEqual({ kind: 'absent', required: true, repository: 'acme/.github' })
    expect(await given(false)).toEqual({ kind: 'none', repository: 'acme/.github' })
    expect(await given(true, 'policy')).toMatchObject({ kind: 'absent', repository: 'acme/policy' })
  })

  test('it is asked for once in a while, of each installation for itself, and by the floor’s own repository always', async () => {
    const from = github(written('gonogo: 1\n'))
    const asks = async (given: object = {}) => {
      const before = from.asked
      expect((await facts(from, given)).floor).toMatchObject({ kind: 'read', commit: COMMIT })
      return from.asked - before
    }

    expect(await asks()).toBe(1)
    expect(await asks({ repo: 'other' })).toBe(0)
    expect(await asks({ installation: 2 })).toBe(1)
    expect(await asks({ repo: '.GitHub' })).toBe(1)
    now += 2 * 60 * 60_000
    expect(await asks()).toBe(1)
    // A clock that was set back makes nothing young.
    now -= 60_000
    expect(await asks()).toBe(1)
  })

  test('what rode along with a query costs nothing, holds at once, and marks a change', async () => {
    const from = github(written('gonogo: 1\n'))
    await facts(from)
    const { rider, facts: told } = open().of(from, judged)
    expect(await readMark(store.db, floorMark('acme'))).toBeUndefined()

    rider.take({ defaultBranchRef: { target: { oid: LATER, file: null } } }, undefined)

    expect(rider.waits()).toBe(false)
    expect((await told()).floor).toMatchObject({ kind: 'none' })
    expect((await facts(from)).floor).toMatchObject({ kind: 'none' })
    expect(from.asked).toBe(1)
    expect(await readMark(store.db, floorMark('ACME'))).toBeDefined()
  })

  test('what was kept by another version is asked for anew', async () => {
    const from = github(written('gonogo: 1\n'))
    await facts(from)
    await store.db.updateTable('mark').set({ value: '{"at":0,"told":{"kind":"none"}}' }).execute()

    expect((await facts(from)).floor).toMatchObject({ kind: 'read' })
    expect(from.asked).toBe(2)
  })
})

describe('custom properties by which a repository is observed', () => {
  const SCHEMA = '/orgs/acme/properties/schema/gonogo'
  const VALUES = '/repos/acme/models/properties/values'
  const values = [200, [{ property_name: 'gonogo', value: 'observe' }]] as const

  test.each<readonly [string, Readonly<Record<string, readonly [number, unknown]>>, object]>([
    [
      'that only the organisation can set',
      { [SCHEMA]: [200, { values_editable_by: 'org_actors' }], [VALUES]: values },
      { gonogo: 'observe' },
    ],
    [
      'that an administrator of the repository can set say nothing',
      { [SCHEMA]: [200, { values_editable_by: 'org_and_repo_actors' }], [VALUES]: values },
      {},
    ],
    ['that the app may not see the rules of say nothing', { [VALUES]: values }, {}],
    [
      'without a value',
      {
        [SCHEMA]: [200, { values_editable_by: 'org_actors' }],
        [VALUES]: [200, [{ property_name: 'gonogo', value: null }]],
      },
      {},
    ],
  ])('%s', async (_, answers, expected) => {
    const fetch = async (url: string) => {
      const [status, body] = answers[new URL(url).pathname] ?? [404, { message: 'Not Found' }]
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
    }
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const { rest } = new Octokit({ log, request: { fetch } })

    expect(await askProperties({ rest }, { owner: 'acme', repo: 'models' }, ['gonogo'])).toEqual(expected)
  })
})
