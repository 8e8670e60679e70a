import { Octokit } from '@octokit/rest'
import { describe, expect, test } from 'vitest'
import { accessOf } from '../../src/sources/github/access.ts'

const AT = { owner: 'Acme', repo: 'models', branch: 'main' }
const NOBODY = { teams: [], owning: [], everybody: false }
const MEMBERS = { unseen: { needs: 'Members: read' } }

const nothing = (): void => {}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

type Answers = {
  readonly collaborators?: readonly object[] | string
  readonly members?: readonly string[] | string
  readonly teams?: Readonly<Record<string, readonly string[]>>
  readonly rules?: readonly object[]
  readonly branch?: object
}

const one = (login: string, admin = false) => ({ login, permissions: { pull: true, push: true, admin } })
const ADA = one('Ada', true)
const crowd = (count: number) => Array.from({ length: count }, (_, index) => `someone-${index}`)
const TIP = { commit: { sha: 'a'.repeat(40) } }
const OPEN = { ...TIP, protected: false, protection: { enabled: false } }
const CLASSIC = { ...TIP, protected: true, protection: { enabled: true } }
const REVIEW = { type: 'pull_request', parameters: { require_code_owner_review: true } }

/** A GitHub of these answers, a text being a refusal, and what it was asked. */
function github({ collaborators = [ADA], members = [], teams = {}, rules = [], branch = OPEN }: Answers) {
  const asked: string[] = []
  const fetch = async (url: string): Promise<Response> => {
    const { pathname, searchParams } = new URL(url)
    asked.push(`${pathname}?${searchParams}`)
    const [, team = ''] = /^\/orgs\/Acme\/teams\/(.*)\/members$/.exec(pathname) ?? []
    const found =
      pathname === '/repos/Acme/models/collaborators'
        ? collaborators
        : pathname === '/orgs/Acme/members'
          ? members
          : team !== ''
            ? (teams[team] ?? 'Not Found')
            : pathname === '/repos/Acme/models/rules/branches/main'
              ? rules
              : branch
    if (typeof found === 'string') {
      const status = found === 'Not Found' ? 404 : 403
      return Response.json({ message: found }, { status })
    }
    const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('per_page'))]
    const body = Array.isArray(found) ? found.slice((page - 1) * size, page * size) : found
    return Response.json(
      Array.isArray(body) ? body.map((who) => (typeof who === 'string' ? { login: who } : who)) : body,
    )
  }
  return { rest: new Octokit({ request: { fetch }, log: SILENT }).rest, asked }
}

describe('who may push', () => {
  test('is told in small letters, of those alone who may', async () => {
    const reader = { login: 'hal', permissions: { pull: true, push: false, admin: false } }
    const collaborators = [ADA, one('grace'), reader, { login: 'Lin' }]

    expect((await accessOf(github({ collaborators }), AT, NOBODY)).writers).toEqual({
      seen: { count: 3, accounts: ['ada', 'grace', 'lin'] },
    })
  })

  test.each([
    [99, 1, undefined],
    [299, 3, undefined],
    [300, 3, true],
    [450, 3, true],
  ])('of %i, %i pages are looked through', async (count, pages, more) => {
    const collaborators = [ADA, ...crowd(count - 1).map((login) => one(login))]
    const { rest, asked } = github({ collaborators })

    const { writers } = await accessOf({ rest }, AT, NOBODY)

    expect(writers).toMatchObject({ seen: { accounts: { length: Math.min(count, 300) } } })
    expect('seen' in writers && writers.seen.more).toBe(more)
    const pagesAsked = asked.filter((path) => path.includes('collaborators'))
    expect(pagesAsked).toHaveLength(pages)
    expect(pagesAsked[0]).toContain('permission=push')
  })

  test.each([
    ['nobody is an admin', [one('grace')], MEMBERS],
    ['nobody is there', [], MEMBERS],
    ['GitHub shows none', 'Not Found', { unseen: { needs: 'Metadata: read' } }],
    [
      'GitHub shows them to writers alone',
      'Must have push access to view repository collaborators.',
      { unseen: { needs: 'Metadata: read' } },
    ],
    ['the app may not', 'Resource not accessible by integration', { unseen: { needs: 'Metadata: read' } }],
  ])('is not seen where %s', async (_, collaborators, writers) => {
    expect((await accessOf(github({ collaborators }), AT, NOBODY)).writers).toEqual(writers)
  })

  test('is no answer where GitHub is busy', async () => {
    const collaborators = 'You have exceeded a secondary rate limit.'

    await expect(accessOf(github({ collaborators }), AT, NOBODY)).rejects.toThrow('secondary rate limit')
  })
})

describe('whether everybody may', () => {
  const collaborators = [ADA, one('Grace'), one('outsider')]

  test.each<readonly [string, Answers, true | undefined]>([
    ['is so where every member is among the writers', { members: ['ada', 'grace'] }, true],
    ['is not so where one is not', { members: ['ada', 'grace', 'hal'] }, undefined],
    ['says nothing of one alone', { members: ['ada'] }, undefined],
    [
      'is not known where the app may not see members',
      { members: 'Resource not accessible by integration' },
      undefined,
    ],
    ['is not known where a person owns the repository', { members: 'Not Found' }, undefined],
    ['is not known where there are too many', { members: ['ada', 'grace', ...crowd(298)] }, undefined],
  ])('%s', async (_, answers, everybody) => {
    const asking = { ...NOBODY, everybody: true }
    const { writers } = await accessOf(github({ collaborators, ...answers }), AT, asking)

    expect(writers).toMatchObject({ seen: { accounts: ['ada', 'grace', 'outsider'] } })
    expect('seen' in writers && writers.seen.everybody).toBe(everybody)
  })

  test('is asked only where it matters', async () => {
    const { rest, asked } = github({})
    await accessOf({ rest }, AT, NOBODY)

    expect(asked.filter((path) => path.startsWith('/orgs'))).toEqual([])
  })
})

describe('who is in a team', () => {
  const asking = (...teams: readonly string[]) => ({ ...NOBODY, teams })

  test('is told of teams of the organisation that are seen whole', async () => {
    const teams = { data: ['Ada', 'lin'], none: [], crowd: crowd(300) }
    const { rest, asked } = github({ teams })

    const told = await accessOf(
      { rest },
      AT,
      asking('acme/data', 'acme/none', 'acme/crowd', 'acme/gone', 'other/data'),
    )

    expect(told.teams).toEqual({ 'acme/data': ['ada', 'lin'], 'acme/none': [] })
    expect(asked.filter((path) => path.startsWith('/orgs/Acme/teams'))).toHaveLength(1 + 1 + 3 + 1)
  })

  test('is asked of five', async () => {
    const { rest, asked } = github({ teams: {} })
    await accessOf({ rest }, AT, asking(...crowd(9).map((team) => `acme/${team}`)))

    expect(asked.filter((path) => path.startsWith('/orgs'))).toHaveLength(5)
  })
})

test('teams that own what is changed are asked for where they must review it', async () => {
  const teams = { data: ['ada'], owns: ['lin'] }
  const asking = { ...NOBODY, teams: ['acme/data'], owning: ['acme/owns'] }
  const [open, ruled] = [github({ teams }), github({ teams, rules: [REVIEW] })]

  expect((await accessOf(open, AT, asking)).teams).toEqual({ 'acme/data': ['ada'] })
  expect((await accessOf(ruled, AT, asking)).teams).toEqual({ 'acme/data': ['ada'], 'acme/owns': ['lin'] })
  const many = {
    ...asking,
    teams: crowd(4).map((team) => `acme/${team}`),
    owning: ['acme/owns', 'acme/data'],
  }
  const limited = github({ teams, rules: [REVIEW] })
  expect((await accessOf(limited, AT, many)).teams).toEqual({ 'acme/owns': ['lin'] })
})

test.each<readonly [string, Answers, object, number]>([
  ['by a rule', { rules: [REVIEW], branch: CLASSIC }, { seen: true }, 0],
  ['by no rule', {}, { seen: false }, 1],
  [
    'by a rule that asks for another review',
    { rules: [{ ...REVIEW, parameters: { require_code_owner_review: false } }] },
    { seen: false },
    1,
  ],
  ['by classic protection, perhaps', { branch: CLASSIC }, { unseen: { needs: 'Administration: read' } }, 1],
])('whether owners must review is told %s', async (_, answers, review, branches) => {
  const { rest, asked } = github(answers)

  expect((await accessOf({ rest }, AT, NOBODY)).review).toEqual(review)
  expect(asked.filter((path) => path.startsWith('/repos/Acme/models/branches'))).toHaveLength(branches)
})
