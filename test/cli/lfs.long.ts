import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { gonogo, type LocalRepository, releaseRepository } from './clone.ts'

const REPORT = 'models/sentiment/report.json'
const CONTENT = demoFile('report.json')
const OID = createHash('sha256').update(CONTENT).digest('hex')
const SIZE = Buffer.byteLength(CONTENT)
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${OID}\nsize ${SIZE}\n`

let repository: LocalRepository
beforeAll(() => {
  repository = releaseRepository({ [REPORT]: POINTER })
})
beforeEach(() => rmSync(join(repository.folder, '.git/lfs'), { recursive: true, force: true }))
afterAll(() => repository.remove())

/** Where git-lfs keeps it; the folder is made. */
function place(): string {
  const path = join(repository.folder, '.git/lfs/objects', OID.slice(0, 2), OID.slice(2, 4), OID)
  mkdirSync(dirname(path), { recursive: true })
  return path
}
async function problems(folder = repository.folder) {
  const { code, out } = await gonogo(folder, ['check', '--json'])
  const [model] = JSON.parse(out).models
  return { code, codes: model.problems.map((problem: { code: string }) => problem.code) }
}

test('a go on evidence whose content git-lfs has pulled, from any folder of the clone and any worktree', async () => {
  writeFileSync(place(), CONTENT)

  const { code, out } = await gonogo(repository.folder, ['check', '--full'])
  expect(code).toBe(0)
  expect(out.replace(/\s+/g, ' ')).toContain(`a Git LFS pointer to \`sha256:${OID}\` of ${SIZE} bytes`)
  expect(await problems(join(repository.folder, 'models'))).toEqual({ code: 0, codes: [] })
  repository.git('worktree', 'add', '--quiet', '--detach', 'beside')
  expect(await problems(join(repository.folder, 'beside'))).toEqual({ code: 0, codes: [] })
  repository.git('worktree', 'remove', 'beside')
})

test('without the content it is undecided, and says what to do', async () => {
  expect(await problems()).toEqual({ code: 2, codes: ['lfs_absent'] })
  expect((await gonogo(repository.folder, ['check'])).out).toMatch(/run\s+`git lfs pull`/)
})

test.each([
  ['other bytes of the same size', 'x'.repeat(SIZE), ['lfs_differs']],
  ['more', `${CONTENT}\n`, ['lfs_differs']],
  ['less', CONTENT.slice(1), ['lfs_differs']],
  ['nothing', '', ['lfs_differs']],
])('%s in its place is undecided', async (_, content, codes) => {
  writeFileSync(place(), content)
  expect(await problems()).toEqual({ code: 2, codes })
})

test('what is no file in its place is not read', async () => {
  mkdirSync(place())
  expect((await problems()).codes).toEqual(['lfs_absent'])
  rmSync(place(), { recursive: true })
  symlinkSync('/dev/zero', place())
  expect((await problems()).codes).toEqual(['lfs_absent'])
  rmSync(place())
  writeFileSync(join(dirname(place()), 'beside'), CONTENT)
  symlinkSync('beside', place())
  expect((await problems()).codes).toEqual(['lfs_absent'])
  rmSync(place())
  execFileSync('mkfifo', [place()])
  expect((await problems()).codes).toEqual(['lfs_absent'])
})

test('the clone does not say where else it may be', async () => {
  const elsewhere = join(repository.folder, 'elsewhere')
  const path = join(elsewhere, 'objects', OID.slice(0, 2), OID.slice(2, 4), OID)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, CONTENT)
  repository.git('config', 'lfs.storage', elsewhere)

  expect((await problems()).codes).toEqual(['lfs_absent'])
  repository.git('config', '--unset', 'lfs.storage')
  rmSync(elsewhere, { recursive: true })
})
