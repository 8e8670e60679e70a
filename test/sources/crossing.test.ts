import { Octokit } from '@octokit/rest'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { openClone } from '../../src/sources/git/clone.ts'
import { openRemote } from '../../src/sources/github/remote.ts'
import { gonogo, type LocalRepository, localRepository, releaseFiles } from '../cli/clone.ts'
import { answersQuery } from '../github/queries.ts'

const WEIGHTS = 'models/sentiment/model.safetensors'
const CRITERIA = '.gonogo/criteria/sentiment.yml'

/** Histories that cross: the default branch and `attack` have two merge bases, with and without other weights. */
function crossed(repository: LocalRepository): string {
  const { git, commit } = repository
  commit('Criteria', { [CRITERIA]: demoFile('criteria.yml') })
  const training = commit('Train', { 'train.py': 'fit()' })
  const good = commit('Release', releaseFiles(training))
  git('checkout', '--quiet', '-b', 'side')
  const weights = git('rev-parse', `${good}:${WEIGHTS}`)
  const restore = () => git('update-index', '--cacheinfo', `100644,${weights},${WEIGHTS}`)
  const other = commit('Other weights', { [WEIGHTS]: 'never judged' })
  git('checkout', '--quiet', '-b', 'one')
  const one = commit('Say more', { 'one.md': '1' })
  git('checkout', '--quiet', '-b', 'two', other)
  restore()
  git('commit', '--quiet', '-m', 'Back to the judged weights')
  const two = git('rev-parse', 'HEAD')
  const tree = (from: string) => {
    git('read-tree', from)
    git('update-index', '--add', '--cacheinfo', `100644,${git('rev-parse', `${one}:one.md`)},one.md`)
  }
  const merge = (...parents: readonly string[]) =>
    git('commit-tree', git('write-tree'), ...parents.flatMap((parent) => ['-p', parent]), '-m', 'Merge')
  tree(two)
  const harmless = merge(two, one)
  const main = merge(good, harmless)
  tree(one)
  const attack = merge(one, two)
  git('branch', '--force', 'main', main)
  git('branch', '--force', 'attack', attack)
  git('reset', '--quiet', '--hard', main)
  return harmless
}

describe('where histories cross', () => {
  let repository: LocalRepository
  beforeEach(() => {
    repository = localRepository()
  })
  afterEach(() => repository.remove())

  test('weights that a merge brings in are judged, whichever merge base git names first', async () => {
    const harmless = crossed(repository)
    const { folder, git } = repository

    const position = await (await openClone(folder, 'main')).position(git('rev-parse', 'attack'))
    expect(position.others).toHaveLength(1)
    expect((await gonogo(folder, ['check', '--base', 'main', '--head', harmless])).code).toBe(4)
    const { code, out } = await gonogo(folder, ['check', '--base', 'main', '--head', 'attack'])
    expect(code, out).toBe(2)

    git('checkout', '--quiet', 'main')
    git('merge', '--quiet', '-m', 'Merge the attack', 'attack')
    expect(git('show', `HEAD:${WEIGHTS}`)).toBe('never judged')
  })
})

describe('on GitHub, which names one merge base', () => {
  const API = 'https://api.github.test'
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const [TIP, HEAD, ONE, TWO, OLD] = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(40))
  const listed = (sha = '', ...parents: readonly (string | undefined)[]) => ({
    sha,
    parents: parents.map((parent) => ({ sha: parent })),
  })
  const remote = () =>
    openRemote(new Octokit({ baseUrl: API, log: quiet }), { owner: 'acme', repo: 'models', branch: 'main' })
  function compares(
    basehead: string,
    common: object,
    commits: readonly object[] = [],
    total = commits.length,
  ) {
    const [one = ''] = basehead.split('...')
    return nock(API)
      .get(`/repos/acme/models/compare/${basehead}`)
      .query(true)
      .reply(200, {
        base_commit: { sha: one === 'main' ? TIP : one },
        merge_base_commit: common,
        commits,
        total_commits: total,
        files: [],
      })
  }

  /** The questions of a position: how the commit stands to the default branch, and where that is. */
  function stands(common: object, ...commits: Rest) {
    compares(`main...${HEAD}`, common, ...commits)
    answersQuery({ api: API, tip: TIP })
  }
  type Rest = readonly [commits?: readonly object[], total?: number]

  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
    nock.enableNetConnect()
  })

  test('the others are found among the commits that what is beside the branch begins with', async () => {
    stands(listed(ONE), [listed(HEAD, ONE, TWO)])
    compares(`${ONE}...${TWO}`, listed(OLD))
    compares(`${TWO}...${HEAD}`, listed(TWO))

    expect(await remote().position(HEAD ?? '')).toEqual({
      tip: TIP,
      base: ONE,
      related: true,
      others: [TWO],
      changed: [],
    })
  })

  test('what differs from another of them is changed', async () => {
    stands(listed(ONE), [listed(HEAD, ONE, TWO)])
    compares(`${ONE}...${TWO}`, listed(OLD))
    nock(API)
      .get(`/repos/acme/models/compare/${TWO}...${HEAD}`)
      .query(true)
      .reply(200, {
        base_commit: { sha: TWO },
        merge_base_commit: listed(TWO),
        commits: [],
        total_commits: 0,
        files: [{ filename: 'models/a/model.pt', status: 'modified', sha: OLD, changes: 0 }],
      })

    expect(await remote().position(HEAD ?? '')).toMatchObject({ changed: ['models/a/model.pt'] })
  })

  test('a branch that the default branch was merged into has one', async () => {
    stands(listed(ONE), [listed(TWO, OLD), listed(HEAD, TWO, ONE)])
    compares(`${ONE}...${OLD}`, listed(OLD))

    expect(await remote().position(HEAD ?? '')).toEqual({ tip: TIP, base: ONE, related: true, changed: [] })
  })

  test('commits over pages; a list that ends early is an error', async () => {
    stands(listed(ONE), [listed(TWO, ONE)], 2)
    compares(`main...${HEAD}`, listed(ONE), [listed(HEAD, TWO)], 2)
    expect(await remote().position(HEAD ?? '')).toEqual({ tip: TIP, base: ONE, related: true, changed: [] })

    compares(`main...${HEAD}`, listed(ONE), [listed(TWO, ONE)], 2)
    compares(`main...${HEAD}`, listed(ONE), [], 2)
    await expect(remote().position(HEAD ?? '')).rejects.toThrow('cannot all be listed')
  })

  test('two files of one name are an error, never one of the two', async () => {
    const file = { filename: 'models/a/\ufffd.bin', status: 'added', sha: ONE, changes: 0 }
    nock(API)
      .get(`/repos/acme/models/compare/main...${HEAD}`)
      .query(true)
      .reply(200, {
        base_commit: { sha: TIP },
        merge_base_commit: listed(ONE),
        commits: [],
        total_commits: 0,
        files: [file, { ...file, sha: TWO }],
      })

    await expect(remote().position(HEAD ?? '')).rejects.toThrow('the same name')
  })
})
