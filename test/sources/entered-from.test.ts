import { Octokit } from '@octokit/rest'
import { expect, test } from 'vitest'
import { openEnvironments } from '../../src/sources/github/entered-from.ts'

const AT = { owner: 'acme', repo: 'models' }
const LIST = 'environments'
const PROTECTED = 'branches?protected=true&per_page=1'
const patternsOf = (name: string, page = 1) =>
  `environments/${name}/deployment-branch-policies?per_page=100&page=${page}`

const nothing = (): void => {}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }
const policy = (name: string, some: 'any' | 'protected' | 'listed') => ({
  name,
  protection_rules: [{ type: 'required_reviewers', reviewers: [{}, {}], prevent_self_review: true }],
  deployment_branch_policy:
    some === 'any'
      ? null
      : { protected_branches: some === 'protected', custom_branch_policies: some === 'listed' },
})
const GUARD = { reviewers: 2, othersReview: true }

type Answers = {
  readonly environments: readonly object[]
  readonly patterns?: Readonly<Record<string, readonly object[] | number>>
  readonly branches?: readonly object[] | number
}

/** A GitHub of these answers, a number being the status of a refusal, and what it was asked. */
function github({ environments, patterns = {}, branches = [] }: Answers) {
  const asked: string[] = []
  const fetch = async (url: string): Promise<Response> => {
    const { pathname, search, searchParams } = new URL(url)
    const path = pathname.replace('/repos/acme/models/', '')
    asked.push(path === LIST ? LIST : `${path}${search}`)
    const [, name] = /^environments\/(.*)\/deployment-branch-policies$/.exec(path) ?? []
    const found = name === undefined ? (path === LIST ? environments : branches) : (patterns[name] ?? 404)
    if (typeof found === 'number') {
      const message = found === 403 ? 'Resource not accessible by integration' : 'Not Found'
      return Response.json({ message }, { status: found })
    }
    const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('per_page'))]
    const total_count = found.length
    const some = found.slice((page - 1) * size, page * size)
    if (path === LIST) return Response.json({ total_count, environments: some })
    return Response.json(name === undefined ? some : { total_count, branch_policies: some })
  }
  const { rest } = new Octokit({ request: { fetch }, log: SILENT })
  return { environments: openEnvironments({ rest }), asked }
}

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `release/${index}` }))

test('an environment without a policy costs the list alone, and of those that nobody enters nothing is asked', async () => {
  const { environments, asked } = github({
    environments: [policy('training', 'any'), policy('other', 'listed'), policy('more', 'protected')],
  })

  expect(await environments(AT, ['Training', 'absent'])).toEqual({
    seen: [{ name: 'training', ...GUARD, branches: { from: 'any' } }],
  })
  expect(asked).toEqual([LIST])
})

test('patterns are asked for where they are listed, once', async () => {
  const { environments, asked } = github({
    environments: [policy('training', 'listed')],
    patterns: { training: [{ name: 'main', type: 'branch' }, { name: 'v*', type: 'tag' }, {}] },
  })

  const first = await environments(AT, ['training'])
  expect(await environments(AT, ['TRAINING', 'gpu'])).toEqual(first)
  expect(first).toMatchObject({
    seen: [
      {
        branches: {
          from: 'listed',
          patterns: {
            seen: [
              { name: 'main', of: 'branch' },
              { name: 'v*', of: 'tag' },
              // What it lets in nobody knows.
              { name: '*', of: 'branch' },
            ],
          },
        },
      },
    ],
  })
  expect(asked).toEqual([LIST, patternsOf('training')])
})

test('whether any branch is protected is asked for once for all', async () => {
  const all = { environments: [policy('a', 'protected'), policy('b', 'protected')] }
  const { environments, asked } = github({ ...all, branches: [{ name: 'main', protected: true }] })

  const some = { from: 'protected', some: { seen: true } }
  expect(await environments(AT, ['a', 'b'])).toMatchObject({ seen: [{ branches: some }, { branches: some }] })
  expect(asked).toEqual([LIST, PROTECTED])

  const none = { from: 'protected', some: { seen: false } }
  expect(await github(all).environments(AT, ['a'])).toMatchObject({ seen: [{ branches: none }] })
})

test('what may not be seen is unseen', async () => {
  const { environments } = github({
    environments: [policy('a', 'listed'), policy('b', 'listed'), policy('c', 'protected')],
    patterns: { a: 403, b: 404 },
    branches: 403,
  })

  const hidden = { from: 'listed', patterns: { unseen: { needs: 'Actions: read' } } }
  const left = { from: 'protected', some: { unseen: { needs: 'Contents: read' } } }
  expect(await environments(AT, ['a', 'b', 'c'])).toMatchObject({
    seen: [{ branches: hidden }, { branches: hidden }, { branches: left }],
  })
})

test('what fails is thrown, and asked again', async () => {
  const { environments } = github({ environments: [policy('a', 'listed')], patterns: { a: 500 } })

  await expect(environments(AT, ['a'])).rejects.toThrow()
})

test('only so many patterns are looked through', async () => {
  const within = github({ environments: [policy('a', 'listed')], patterns: { a: many(299) } })
  expect(await within.environments(AT, ['a'])).toMatchObject({
    seen: [{ branches: { patterns: { seen: { length: 299 } } } }],
  })

  const { environments, asked } = github({
    environments: [policy('a', 'listed'), policy('b', 'listed')],
    patterns: { a: many(400), b: [{ name: '*' }, ...many(400)] },
  })
  expect(await environments(AT, ['a'])).toMatchObject({
    seen: [{ branches: { from: 'listed', patterns: { unseen: { more: 300 } } } }],
  })
  expect(asked).toEqual([LIST, ...[1, 2, 3].map((page) => patternsOf('a', page))])
  // One that fits any branch among them is enough.
  expect(await environments(AT, ['b'])).toMatchObject({
    seen: [{ branches: { patterns: { seen: { length: 300 } } } }],
  })
})

test('only so many environments are looked into', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `e${index}`)
  const { environments, asked } = github({
    environments: names.map((name) => policy(name, 'listed')),
    patterns: Object.fromEntries(names.map((name) => [name, [{ name: 'main' }]])),
  })

  const seen = await environments(AT, names)
  expect('seen' in seen && seen.seen.at(-1)?.branches).toEqual({
    from: 'listed',
    patterns: { unseen: { more: 10 } },
  })
  expect(asked).toHaveLength(11)
})
