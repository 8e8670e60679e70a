import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { gonogo, type LocalRepository, localRepository, releaseFiles, releaseRepository } from './clone.ts'

let repository: LocalRepository
beforeEach(() => {
  repository = releaseRepository()
})
afterEach(() => repository.remove())

const check = (...args: readonly string[]) => gonogo(repository.folder, ['check', ...args])

describe('a clone runs no program of its own', () => {
  test.each(['clean', 'process'])('a filter: %s', async (kind) => {
    const { folder, git } = repository
    const proof = join(folder, '.git', 'proof')
    // The names are chosen to be hard to switch off.
    for (const name of ['evil', 'a=b', 'a.b c'])
      git('config', `filter.${name}.${kind}`, `touch ${proof}; cat`)
    git('config', 'filter.evil.required', 'true')
    mkdirSync(join(folder, '.git', 'info'), { recursive: true })
    writeFileSync(join(folder, '.git', 'info', 'attributes'), '*.py filter=evil\n*.md filter=a=b\n')
    for (const file of ['train.py', 'models/sentiment/MODEL_CARD.md'])
      utimesSync(join(folder, file), new Date(), new Date(Date.now() + 5000))

    const { code, err } = await check()

    expect(code, err).toBe(0)
    expect(existsSync(proof)).toBe(false)
  })

  test('a promised object is not fetched', async () => {
    const { folder, git } = repository
    const proof = join(folder, '.git', 'proof')
    drop(repository, git('rev-parse', 'HEAD:models/sentiment/report.json'))
    const settings = {
      'core.repositoryformatversion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.url': folder,
      'remote.origin.promisor': 'true',
      'remote.origin.uploadpack': `touch ${proof}; false`,
    }
    for (const [key, value] of Object.entries(settings)) git('config', key, value)

    expect((await check('--base', 'main')).code).toBe(3)
    expect(existsSync(proof)).toBe(false)
  })
})

test('what was not committed is still said', async () => {
  writeFileSync(join(repository.folder, 'models/sentiment/report.json'), '{}')

  expect((await check()).err).toContain('not judged, because not committed: models/sentiment/report.json')
})

describe('a git hook sets variables that lead elsewhere', () => {
  const before = { ...process.env }
  afterEach(() => {
    for (const name of ['GIT_DIR', 'GIT_INDEX_FILE']) delete process.env[name]
    Object.assign(process.env, before)
  })

  test('the clone that was asked for is judged', async () => {
    const other = localRepository()
    other.commit('Something else', { a: 'b' })
    process.env.GIT_DIR = join(other.folder, '.git')
    process.env.GIT_INDEX_FILE = join(other.folder, '.git', 'index')
    const { code, out } = await check()
    other.remove()

    expect(code, out).toBe(0)
  })
})

test('a clone that says its files lie elsewhere is judged, not what lies there', async () => {
  const other = localRepository()
  other.commit('Something else', { a: 'b' })
  repository.git('config', 'core.worktree', other.folder)
  const { code, err } = await check()
  other.remove()

  expect(code, err).toBe(0)
})

test('a changed file that the clone lacks is not left out', async () => {
  const { git, commit } = repository
  git('checkout', '--quiet', '-b', 'more', 'main')
  commit('More weights', { 'big.onnx': 'weights', 'models/x/release.yml': 'gonogo: 1' })
  drop(repository, git('rev-parse', 'HEAD:models/x/release.yml'))
  drop(repository, git('rev-parse', 'HEAD:big.onnx'))

  expect((await check()).code).toBe(3)
})

test('two names that are no UTF-8 and look the same hide nothing', async () => {
  const { folder, git } = repository
  function twins(one: string, other: string): void {
    for (const [byte, content] of [
      [0xfe, one],
      [0xff, other],
    ] as const) {
      const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: folder, input: content })
      const entry = Buffer.concat([
        Buffer.from(`100644 ${blob.toString().trim()}\tmodels/sentiment/`),
        Buffer.of(byte),
        Buffer.from('.json\0'),
      ])
      execFileSync('git', ['update-index', '-z', '--index-info'], { cwd: folder, input: entry })
    }
    git('commit', '--quiet', '-m', 'Twins')
  }
  twins('1', '2')
  git('branch', '--force', 'main')
  twins('changed', '2')

  const { code, err } = await check()
  expect(code).toBe(3)
  expect(err).toContain('two files of')
})

describe('the work must be a commit by its own id', () => {
  test('not a branch that is named like one', async () => {
    const { git, commit } = repository
    const name = 'ab'.repeat(32)
    git('branch', name, 'main')
    commit('Release', releaseFiles(name))

    expect((await check()).out).toContain('sentiment')
    expect(await registered()).toBe('work_not_found')
  })

  test('not a tag that leads to one', async () => {
    const { git, commit } = repository
    git('tag', '-a', 'trained', '-m', 'x', 'main')
    commit('Release', releaseFiles(git('rev-parse', 'trained')))

    expect(await registered()).toBe('work_not_found')
  })

  async function registered(): Promise<unknown> {
    const { models } = JSON.parse((await check('--json')).out)
    return models[0].findings[0].code
  }
})

test('a folder that is not there is no fault of gonogo', async () => {
  const { code, err } = await check('--repo=--x')

  expect(code).toBe(3)
  expect(err).toMatch(/--x is not a git repository; name one with --repo\n$/)
})

function drop({ folder }: LocalRepository, oid: string): void {
  rmSync(join(folder, '.git', 'objects', oid.slice(0, 2), oid.slice(2)))
}
