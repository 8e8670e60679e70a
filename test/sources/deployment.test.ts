import { describe, expect, test } from 'vitest'
import { parseFloor } from '../../src/criteria/floor.ts'
import { type AskingDeployment, gatherNeeds } from '../../src/sources/deployment.ts'
import { type Branch, standOf } from '../../src/sources/stand.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { aReview, NO_APPROVALS, seen } from '../support/approvals.ts'
import { ACCURACY } from '../support/facts.ts'
import { memory, type Written } from '../support/memory.ts'

const path = (model: string) => `.gonogo/criteria/${model}.yml`
const criteria = (model: string, more = 'environments: [production]\n') =>
  `gonogo: 1\nmodel: ${model}\nrisk: low\napproach: build\ncriteria:\n  - ${ACCURACY}\n${more}`
const RETIRED = 'environments: [production]\nretired: true\n'

/** What production needs, by a default branch with these files. */
async function needs(written: Written, given: Partial<AskingDeployment> = {}, once: readonly string[] = []) {
  const repository = memory()
  const received = new Map<string, string[]>()
  for (const text of once) {
    const before = repository.commit({ files: { [path('gone')]: text } })
    const entry = await repository.entry(before, path('gone'))
    if (entry && entry.kind !== 'folder')
      received.set(path('gone'), [entry.oid, ...(received.get(path('gone')) ?? [])])
  }
  const tip = repository.commit(written)
  repository.move('main', tip)
  const found = await gatherNeeds(repository, {
    ...{ environment: 'production', tip, now: '2026-03-31T12:00:00Z', received, approvals: NO_APPROVALS },
    ...given,
  })
  const { needed, retired, unread, named } = found
  return {
    ...{ found, named, retired: retired.map(({ model }) => model) },
    needed: needed.map(({ model, by }) => `${model} ${by}`),
    unread: unread.map((problem) => `${problem.path} ${problem.code}`),
  }
}

const approving: AskingDeployment['approvals'] = {
  ...NO_APPROVALS,
  held: async (asked) => asked.map(({ subject }) => seen(subject, [aReview({ saw: subject })])),
}

describe('what an environment needs', () => {
  test('is what criteria on the default branch say', async () => {
    const files = {
      [path('a')]: criteria('a'),
      [path('b')]: criteria('b', ''),
      '.gonogo/criteria/README.md': 'x',
    }

    expect(await needs({ files })).toMatchObject({ named: true, needed: ['a criteria'], unread: [] })
    expect(await needs({ files }, { environment: 'staging' })).toMatchObject({ named: false, needed: [] })
  })

  test.each<readonly [string, Written, string]>([
    ['nothing in it', { files: { [path('a')]: '' } }, 'empty_file'],
    ['half of it', { files: { [path('a')]: 'gonogo: 1\nmodel: a\n' } }, 'missing_key'],
    [
      'two values',
      { files: { [path('a')]: criteria('a', 'environments: [x]\nenvironments: [y]\n') } },
      'duplicate_key',
    ],
    ['another model', { files: { [path('a')]: criteria('b') } }, 'wrong_model'],
    ['a link', { links: { [path('a')]: 'b.yml' } }, 'not_a_file'],
    ['a submodule', { submodules: { [path('a')]: 'f'.repeat(40) } }, 'not_a_file'],
  ])('is not known while a criteria file has %s', async (_, written, code) => {
    expect((await needs(written)).unread).toEqual([`${path('a')} ${code}`])
  })

  test('is no model that is retired, once that is approved', async () => {
    const files = { [path('a')]: criteria('a', RETIRED), [path('b')]: criteria('b') }

    expect(await needs({ files })).toMatchObject({ needed: ['a criteria', 'b criteria'], retired: [] })
    expect(await needs({ files }, { approvals: approving })).toMatchObject({
      named: true,
      needed: ['b criteria'],
      retired: ['a'],
    })
  })

  test.each<readonly [string, readonly string[], AskingDeployment['approvals'], object]>([
    ['hold on', [criteria('gone')], NO_APPROVALS, { needed: ['gone gone'] }],
    ['hold on as they were last', [criteria('gone'), criteria('gone', '')], NO_APPROVALS, { named: false }],
    [
      'hold on through a version that nobody understands',
      [criteria('gone'), '{'],
      NO_APPROVALS,
      { needed: ['gone gone'], unread: [] },
    ],
    ['that nobody ever understood asked nothing', ['{'], NO_APPROVALS, { named: false, unread: [] }],
    [
      'hold on where a retirement was not approved',
      [criteria('gone', RETIRED)],
      NO_APPROVALS,
      { needed: ['gone gone'] },
    ],
    [
      'are gone for good where it was',
      [criteria('gone', RETIRED)],
      approving,
      { needed: [], retired: ['gone'] },
    ],
  ])('criteria that are gone %s', async (_, once, approvals, expected) => {
    expect(await needs({}, { approvals }, once)).toMatchObject(expected)
  })

  test('is what the floor says, of models that have a manifest alone too', async () => {
    const text = 'gonogo: 1\nmodels: [{ repository: acme/models, model: "*", environments: [production] }]\n'
    const floor = {
      kind: 'read',
      ...{ repository: 'acme/.github', path: 'f', commit: 'c', sha: 's' },
      ...parseFloor(parseYaml(text, 'f'), 'f'),
    } as const

    expect(await needs({ files: { 'models/m/release.yml': 'x' } }, { floor })).toMatchObject({
      needed: ['m floor'],
    })
  })

  test.each([
    { kind: 'absent', required: true, repository: 'acme/.github' },
    { kind: 'unreadable', repository: 'acme/.github', path: '.gonogo/floor.yml' },
  ] as const)('is not known while the floor is $kind', async (floor) => {
    expect((await needs({ files: { [path('a')]: criteria('a') } }, { floor })).unread).toHaveLength(1)
  })
})

describe('where a commit stands', () => {
  const repository = memory()
  const [first, other] = [repository.commit({}), repository.commit({ files: { a: 'x' } })]
  const tip = repository.commit({ files: { a: 'a' }, parents: [first] })
  const beside = repository.commit({ files: { b: 'b' }, parents: [first] })
  const later = repository.commit({ files: { c: 'c' }, parents: [beside] })
  repository.move('main', tip)
  const stand = (commit: string, from: readonly string[], branches: readonly Branch[], ref = 'main') =>
    standOf(repository, { commit, tip, ref }, from, async (beginning) =>
      branches.filter(({ name }) => name.startsWith(beginning)),
    )
  const release = { name: 'release/1', tip: later }
  const many = Array.from({ length: 30 }, (_, index) => ({ name: `release/x${index}`, tip: other }))

  type Row = readonly [string, string, readonly string[], readonly Branch[], object, string]
  test.each<Row>([
    ['the tip', tip, [], [], { kind: 'default' }, 'main'],
    ['an ancestor of the tip', first, [], [], { kind: 'default' }, 'main'],
    ['a commit beside it', beside, [], [release], { kind: 'nowhere', from: [] }, 'main'],
    [
      'one of a branch that fits',
      beside,
      ['release/*'],
      [release],
      { kind: 'listed', branch: 'release/1' },
      'main',
    ],
    ['the tip of a branch that fits', later, ['release/*'], [release], { kind: 'listed' }, 'main'],
    ['one of a branch that does not fit', beside, ['rel/*'], [release], { kind: 'nowhere' }, 'main'],
    [
      'one of a branch below',
      beside,
      ['release/*'],
      [{ name: 'release/1/x', tip: later }],
      { kind: 'nowhere' },
      'main',
    ],
    ['a commit of another history', other, ['release/*'], [release], { kind: 'nowhere' }, 'main'],
    ['a branch’s name for a commit', 'release/1', ['release/*'], [release], { kind: 'nowhere' }, 'main'],
    [
      'one of more branches than are searched',
      beside,
      ['release/*'],
      [...many, release],
      { kind: 'unsearched', found: 31, limit: 20 },
      'main',
    ],
    ['one of them that is named', beside, ['release/*'], [...many, release], { kind: 'listed' }, 'release/1'],
  ])('%s', async (_, commit, from, branches, expected, ref) => {
    expect(await stand(commit, from, branches, ref)).toMatchObject(expected)
  })
})
