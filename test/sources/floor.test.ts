import { createHash } from 'node:crypto'
import { Octokit } from '@octokit/rest'
import { describe, expect, test } from 'vitest'
import { openFloors } from '../../src/app/floors.ts'
import { askFloor } from '../../src/sources/github/floor.ts'

const COMMIT = 'a'.repeat(40)
const REPOSITORY = '/repos/acme/.github'
const REF = `${REPOSITORY}/git/ref/heads%2Fmain`
const FILE = `${REPOSITORY}/contents/.gonogo%2Ffloor.yml?ref=${COMMIT}`

type Answer = readonly [status: number, body: unknown]

function file(text: string, more: object = {}): Answer {
  const sha = createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')
  const content = Buffer.from(text).toString('base64')
  return [200, { type: 'file', sha, size: text.length, content, encoding: 'base64', ...more }]
}

/** A GitHub that gives these answers, and what it was asked. */
function github(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = []
  const fetch = async (url: string) => {
    const path = url.replace('https://api.github.com', '')
    asked.push(path)
    const [status, body] = answers[path] ?? [404, { message: 'Not Found' }]
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  }
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  return { asked, rest: new Octokit({ log, request: { fetch } }).rest }
}

const there = {
  [REPOSITORY]: [200, { full_name: 'acme/.github', default_branch: 'main' }],
  [REF]: [200, { object: { sha: COMMIT } }],
} as const
const whole = { ...there, [FILE]: file('gonogo: 1\nunlisted: high\n') }

describe('the floor as GitHub shows it', () => {
  test.each<readonly [string, Readonly<Record<string, Answer>>, object]>([
    ['no repository', {}, { kind: 'absent' }],
    ['no file', there, { kind: 'absent' }],
    [
      'an empty repository',
      { ...there, [REF]: [409, { message: 'Git Repository is empty.' }] },
      { kind: 'absent' },
    ],
    [
      'a repository that was given away',
      { ...whole, [REPOSITORY]: [200, { full_name: 'mallory/.github', default_branch: 'main' }] },
      { kind: 'absent' },
    ],
    [
      'a file that the app may not read',
      { ...whole, [FILE]: [403, { message: 'Resource not accessible by integration' }] },
      { kind: 'unreadable' },
    ],
    [
      'a floor',
      whole,
      { kind: 'read', commit: COMMIT, problems: [], floor: { gonogo: 1, unlisted: 'high' } },
    ],
    [
      'a faulty floor',
      { ...there, [FILE]: file('gonogo: 1\nunlisted: hihg\n') },
      { problems: [{ line: 2 }] },
    ],
    ['a folder in its place', { ...there, [FILE]: [200, []] }, { problems: [{ code: 'not_a_file' }] }],
    [
      'a link in its place',
      { ...there, [FILE]: [200, { type: 'symlink', sha: COMMIT, target: 'elsewhere' }] },
      { problems: [{ code: 'not_a_file', found: 'link' }] },
    ],
    [
      'more than is read',
      { ...there, [FILE]: file('', { size: 2_000_000, encoding: 'none' }) },
      { problems: [{ code: 'too_large' }] },
    ],
  ])('%s', async (_, answers, expected) => {
    expect(await askFloor(github(answers), 'acme')).toMatchObject(expected)
  })

  test.each<readonly [string, Readonly<Record<string, Answer>>]>([
    ['an outage', { ...whole, [REF]: [502, {}] }],
    ['a rate limit', { ...whole, [FILE]: [403, { message: 'API rate limit exceeded' }] }],
    ['another content than the id says', { ...there, [FILE]: file('gonogo: 1\n', { content: 'eA==' }) }],
  ])('%s is no absence', async (_, answers) => {
    await expect(askFloor(github(answers), 'acme')).rejects.toThrow()
  })
})

describe('the floor that holds', () => {
  const asking = (from: ReturnType<typeof github>) => ({ github: from, installation: 1, owner: 'acme' })
  let now = 0
  const clock = () => new Date(now)

  test('required and not there, and not required', async () => {
    const given = async (required: boolean) =>
      openFloors({ required, seconds: 60, clock })(asking(github({})))

    expect(await given(true)).toEqual({ kind: 'absent', required: true, repository: 'acme/.github' })
    expect(await given(false)).toEqual({ kind: 'none' })
  })

  test('it is asked for once in a while, its content once for each commit, and of each installation for itself', async () => {
    const from = github(whole)
    const floors = openFloors({ required: false, seconds: 60, clock })
    const paths = async (ask: () => Promise<unknown>) => {
      const before = from.asked.length
      await ask()
      return from.asked.slice(before)
    }

    expect(await paths(() => floors(asking(from)))).toEqual([REPOSITORY, REF, FILE])
    expect(await paths(() => floors(asking(from)))).toEqual([])
    expect(await paths(() => floors(asking(from), true))).toEqual([REPOSITORY, REF])
    now += 60_000
    expect(await paths(() => floors(asking(from)))).toEqual([REPOSITORY, REF])
    expect(await paths(() => floors({ ...asking(from), installation: 2 }))).toEqual([REPOSITORY, REF, FILE])
  })
})
