import { describe, expect, test } from 'vitest'
import {
  type AccessFault,
  type Around,
  type Claimed,
  compareAccess,
  couldBeSeen,
  type NamedAccess,
  type SeenAccess,
} from '../../src/core/access.ts'
import { asksEverybody, narrowedAccess, teamsAsked } from '../../src/core/access-asked.ts'

const field = 'change_training_data'
const ROLES: NamedAccess = { accounts: [], teams: [], others: 1 }
const MEMBERS = { needs: 'Members: read' }
const ADMIN = { needs: 'Administration: read' }
const named = (...handles: readonly string[]): NamedAccess => ({
  accounts: handles.filter((handle) => !handle.includes('/')),
  teams: handles.filter((handle) => handle.includes('/')),
  others: 0,
})
const writers = (...accounts: readonly string[]): Pick<SeenAccess, 'writers'> => ({
  writers: { seen: { count: accounts.length, accounts } },
})

/** Ada and Grace may push, and nobody has to let anything in. */
const OPEN: SeenAccess = {
  ...{ review: { seen: false }, owners: [], teams: {} },
  ...writers('ada', 'grace'),
}
const MANY: SeenAccess = { ...OPEN, writers: { seen: { count: 2, accounts: ['ada', 'grace'], more: true } } }
const ALL: SeenAccess = {
  ...OPEN,
  writers: { seen: { count: 2, accounts: ['ada', 'grace'], everybody: true } },
}
const HIDDEN: SeenAccess = { ...OPEN, writers: { unseen: MEMBERS } }
const REVIEWED: SeenAccess = { ...OPEN, review: { seen: true }, owners: ['@Ada', '@acme/Data'] }
const DATA = { 'acme/data': ['ada', 'lin'] }
const UNSURE: SeenAccess = { ...OPEN, review: { unseen: ADMIN } }
const HERE: Around = { data: true, letIn: { seen: true } }

type Comes = { readonly fault: object } | { readonly claimed: object } | 'nothing'

function comes(faults: readonly AccessFault[], claimed: readonly Claimed[]): object | 'nothing' {
  const [fault] = faults
  const [claim] = claimed
  if (fault !== undefined) return { fault }
  return claim === undefined ? 'nothing' : { claimed: claim }
}

describe('who may change the data', () => {
  test.each<readonly [string, NamedAccess, SeenAccess, Comes]>([
    ['all writers are named', named('ada', 'grace', 'lin'), OPEN, 'nothing'],
    [
      'one is not',
      named('ada'),
      OPEN,
      { fault: { what: 'others_write', field, accounts: ['grace'], count: 1 } },
    ],
    ['a team has them', named('acme/data'), { ...OPEN, teams: { 'acme/data': ['grace', 'ada'] } }, 'nothing'],
    [
      'a team has not all of them',
      named('acme/data'),
      { ...OPEN, teams: DATA },
      { fault: { what: 'others_write', field, accounts: ['grace'], count: 1 } },
    ],
    [
      'who is in the team is not seen',
      named('ada', 'acme/data'),
      OPEN,
      { claimed: { field, why: 'unseen', what: 'team', unseen: MEMBERS } },
    ],
    ['the team need not be seen', named('ada', 'grace', 'acme/data'), OPEN, 'nothing'],
    ['roles are named', ROLES, OPEN, { claimed: { field, why: 'by_role', accounts: 2 } }],
    [
      'roles beside accounts are named',
      { ...named('ada'), others: 1 },
      OPEN,
      { claimed: { field, why: 'by_role', accounts: 2 } },
    ],
    ['roles, and everybody may', ROLES, ALL, { fault: { what: 'everybody_writes', field, count: 2 } }],
    [
      'roles, and more may than are looked through',
      ROLES,
      MANY,
      { fault: { what: 'everybody_writes', field, count: 2, more: true } },
    ],
    ['everybody is named', named('ada', 'grace'), ALL, 'nothing'],
    [
      'those that are looked through are named',
      named('ada', 'grace'),
      MANY,
      { claimed: { field, why: 'unseen', what: 'writers', unseen: { more: 2 } } },
    ],
    ['those that are not are enough', named('ada'), MANY, { fault: { what: 'others_write', field } }],
    [
      'writers are not seen',
      named('ada', 'grace'),
      HIDDEN,
      { claimed: { field, why: 'unseen', what: 'writers', unseen: MEMBERS } },
    ],
    [
      'whether owners must review is not seen',
      named('ada'),
      UNSURE,
      { claimed: { field, why: 'unseen', what: 'review', unseen: ADMIN } },
    ],
    [
      'that is not seen, and roles are named where everybody may',
      ROLES,
      { ...ALL, review: { unseen: ADMIN } },
      { claimed: { field, why: 'unseen', what: 'review', unseen: ADMIN } },
    ],
    ['that is not seen, and all are named', named('ada', 'grace'), UNSURE, 'nothing'],
    [
      'owners let it in, for whom roles may stand',
      ROLES,
      { ...REVIEWED, ...ALL, review: { seen: true } },
      { claimed: { field, why: 'owned_by_role', owners: 0 } },
    ],
    [
      'owners let it in, and a role beside an account hides none of them',
      { ...named('acme/data'), others: 1 },
      { ...REVIEWED, teams: { 'acme/data': ['lin'] } },
      { claimed: { field, why: 'owned_by_role', owners: 2 } },
    ],
    ['owners let it in, and are named', named('ada', 'acme/data'), REVIEWED, 'nothing'],
    [
      'owners let it in, and one is not named',
      named('acme/data'),
      { ...REVIEWED, teams: { 'acme/data': ['lin'] } },
      { fault: { what: 'others_own', field, accounts: ['ada'], count: 1 } },
    ],
    [
      'owners let it in, and who is in a team of theirs is not named',
      named('ada'),
      { ...REVIEWED, teams: DATA },
      { fault: { what: 'others_own', field, accounts: ['lin'], count: 1 } },
    ],
    [
      'owners let it in, and are named one by one',
      named('ada', 'lin'),
      { ...REVIEWED, teams: DATA },
      'nothing',
    ],
    [
      'owners let it in, and who is in their team is not seen',
      named('ada', 'lin'),
      REVIEWED,
      { claimed: { field, why: 'unseen', what: 'team', unseen: MEMBERS } },
    ],
    [
      'owners let it in, of whom one is an address',
      named('ada', 'acme/data'),
      { ...REVIEWED, owners: [...REVIEWED.owners, 'ada@acme.example'] },
      { claimed: { field, why: 'by_address' } },
    ],
    [
      'owners let it in, whoever writes',
      named('ada', 'acme/data'),
      { ...REVIEWED, ...HIDDEN, review: { seen: true }, owners: ['@ada'] },
      'nothing',
    ],
  ])('where %s', (_, change, access, expected) => {
    const { faults, claimed } = compareAccess({ [field]: change }, access, HERE)
    const kept = narrowedAccess(access, [{ [field]: change }])

    expect(compareAccess({ [field]: change }, kept, HERE)).toEqual({ faults, claimed })
    expect(faults.length + claimed.length).toBe(expected === 'nothing' ? 0 : 1)
    if (expected === 'nothing') expect(comes(faults, claimed)).toBe('nothing')
    else expect(comes(faults, claimed)).toMatchObject(expected)
  })

  test('is not to be seen where the data lies elsewhere', () => {
    expect(compareAccess({ [field]: named('ada') }, OPEN, { ...HERE, data: false })).toEqual({
      ...{ faults: [], claimed: [{ field, why: 'elsewhere' }] },
    })
  })
})

describe('who may start runs', () => {
  test.each<readonly [string, NamedAccess, Around['letIn'], Comes]>([
    ['somebody lets each in', named('ada'), { seen: true }, 'nothing'],
    [
      'nobody has to let them in',
      named('ada'),
      { seen: false },
      { fault: { what: 'others_write', field: 'start_runs', accounts: ['grace'], count: 1 } },
    ],
    ['nobody has to, and all are named', named('ada', 'grace'), { seen: false }, 'nothing'],
    [
      'nobody may see who lets them in',
      named('ada'),
      { unseen: { needs: 'Actions: read' } },
      {
        claimed: {
          ...{ field: 'start_runs', why: 'unseen', what: 'environments' },
          unseen: { needs: 'Actions: read' },
        },
      },
    ],
    [
      'roles are named',
      ROLES,
      { seen: false },
      { claimed: { field: 'start_runs', why: 'by_role', accounts: 2 } },
    ],
  ])('where %s', (_, start, letIn, expected) => {
    // The review of what is merged lets no run in.
    const access = { ...OPEN, review: { seen: true } }
    const { faults, claimed } = compareAccess({ start_runs: start }, access, { data: true, letIn })

    if (expected === 'nothing') expect(comes(faults, claimed)).toBe('nothing')
    else expect(comes(faults, claimed)).toMatchObject(expected)
  })
})

test('who reads outputs is never shown', () => {
  expect(compareAccess({ read_outputs: named('ada') }, OPEN, HERE)).toEqual({
    ...{ faults: [], claimed: [{ field: 'read_outputs', why: 'not_shown' }] },
  })
})

test('a few of many are named', () => {
  const accounts = Array.from({ length: 40 }, (_, index) => `someone-${index}`)
  const { faults } = compareAccess({ [field]: named('ada') }, { ...OPEN, ...writers(...accounts) }, HERE)

  expect(faults).toMatchObject([{ count: 40, accounts: accounts.slice(0, 10) }])
})

test.each<readonly [Claimed, boolean]>([
  [{ field, why: 'elsewhere' }, false],
  [{ field, why: 'not_shown' }, false],
  [{ field, why: 'by_role', accounts: 2 }, true],
  [{ field, why: 'by_address' }, true],
  [{ field, why: 'unseen', what: 'team', unseen: MEMBERS }, true],
])('%j could be seen: %s', (claim, could) => {
  expect(couldBeSeen(claim)).toBe(could)
})

test('only what decides is asked', () => {
  const owners = ['@acme/Data', '@ada', 'lin@acme.example']

  expect(teamsAsked({ [field]: named('ada') }, owners)).toEqual({ named: [], owning: ['acme/data'] })
  expect(teamsAsked({ [field]: named('acme/data') }, owners)).toEqual({ named: ['acme/data'], owning: [] })
  expect(teamsAsked({ [field]: named('acme/ml'), start_runs: named('acme/ops') }, [])).toEqual({
    ...{ named: ['acme/ml', 'acme/ops'], owning: [] },
  })
  expect(teamsAsked({ [field]: { ...named('acme/ml'), others: 1 }, start_runs: ROLES }, owners)).toEqual({
    ...{ named: [], owning: [] },
  })
  expect(teamsAsked({ read_outputs: named('acme/ml') }, owners)).toEqual({ named: [], owning: [] })
  expect(asksEverybody({ [field]: named('ada'), start_runs: named('ada') })).toBe(false)
  expect(asksEverybody({ [field]: named('ada'), start_runs: ROLES })).toBe(true)
  expect(asksEverybody({ read_outputs: ROLES })).toBe(false)
})

test('of people only those are kept who decide', () => {
  const access = { ...OPEN, ...writers('ada', 'grace', 'lin'), owners: ['@acme/Data', '@hal'] }
  const teams = { 'acme/data': ['lin', 'zoe'], 'acme/ml': ['ada', 'grace', 'max'] }
  const kept = (...recorded: readonly NamedAccess[]) =>
    narrowedAccess(
      { ...access, teams },
      recorded.map((change) => ({ [field]: change, read_outputs: named('ada') })),
    )

  expect(kept(ROLES).writers).toEqual({ seen: { count: 3, accounts: [] } })
  expect(kept().writers).toEqual({ seen: { count: 3, accounts: [] } })
  expect(kept(named('ada', 'acme/data')).writers).toEqual({ seen: { count: 3, accounts: ['grace'] } })
  expect(kept(named('ada'), named('grace', 'lin')).writers).toEqual({
    seen: { count: 3, accounts: ['ada', 'grace', 'lin'] },
  })
  expect(kept(named('acme/ml', 'lin')).teams).toEqual({ 'acme/data': ['lin', 'zoe'], 'acme/ml': [] })
  expect(narrowedAccess(HIDDEN, [{ [field]: named('ada') }])).toEqual(HIDDEN)
})
