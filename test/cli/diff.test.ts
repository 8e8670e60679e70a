import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gonogo, type LocalRepository, localRepository, write } from './clone.ts'

const PATH = '.gonogo/criteria/credit-risk.yml'
const criteria = (bound: number, more = '') =>
  `gonogo: 1\nmodel: credit-risk\nrisk: low\napproach: build\n${more}criteria:\n  - { id: f1, control: performance, check: metric, metric: f1, at_least: ${bound} }\n`

let repository: LocalRepository
beforeAll(() => {
  repository = localRepository()
  repository.commit('Nothing', { 'x.txt': 'x' })
  repository.commit('Criteria', { [PATH]: criteria(0.5) })
  repository.git('checkout', '--quiet', '-b', 'stricter')
  repository.commit('Tighten', { [PATH]: criteria(0.6) })
  write(repository.folder, {
    'loose.yml': criteria(0.4),
    'same.yml': criteria(0.5).replace('metric: f1', 'metric: f1-score'),
    'wrong.yml': criteria(0.5, 'rsik: low\n'),
    'twice.yml': `${criteria(0.5)}  - { id: f1, control: performance, check: metric, metric: f1, at_least: 0 }\n`,
    'large.yml': 'x'.repeat(1_000_001),
    'main:x': criteria(0.5),
  })
  symlinkSync('same.yml', join(repository.folder, 'link.yml'))
  repository.git('add', 'link.yml', 'large.yml')
  repository.git('commit', '--quiet', '-m', 'What is no criteria file')
})
afterAll(() => repository.remove())

const diff = (...args: readonly string[]) => gonogo(repository.folder, ['diff', ...args])

describe('gonogo diff', () => {
  test('0: stricter, by commits of a model', async () => {
    const { code, out, err } = await diff('main', 'HEAD', '--model', 'credit-risk')

    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(
      'stricter: nothing that was asked is asked less\n  - criterion `f1` is tightened: `at_least` from `0.5` to `0.6`\n',
    )
  })

  test('1: looser, by a commit and a file', async () => {
    const { code, out } = await diff(`main:${PATH}`, 'loose.yml')

    expect(code).toBe(1)
    expect(out).toMatch(/^looser: .*\n {2}- criterion `f1` is loosened: `at_least` from `0\.5` to `0\.4`\n$/)
  })

  test('0: the same in other words, and the very same', async () => {
    expect(await diff('same.yml', `main:${PATH}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('is reworded, and asks the same: `metric` from `f1-score` to `f1`'),
    })
    expect(await diff('same.yml', 'same.yml')).toMatchObject({
      code: 0,
      out: 'the same: nothing that is asked differs\n',
    })
  })

  test('criteria that come or go with a commit', async () => {
    const come = await diff('main^', 'main', '--model', 'credit-risk')
    const gone = await diff('main', 'main^', '--model', 'credit-risk')

    expect(come).toMatchObject({ code: 0, out: expect.stringContaining('criterion `f1` is added: it asks') })
    expect(gone).toMatchObject({
      code: 1,
      out: expect.stringContaining('criterion `f1` is removed: it asked'),
    })
  })

  test('a file wins over a commit of its name, and a folder elsewhere is a clone too', async () => {
    expect((await diff('main:x', 'same.yml')).code).toBe(0)
    const elsewhere = await gonogo('/', [
      ...['diff', 'main', 'stricter', '--model', 'credit-risk', '--repo', repository.folder],
    ])
    expect(elsewhere.code).toBe(0)
  })

  test('--json', async () => {
    const { code, out } = await diff('main', 'HEAD', '--model', 'credit-risk', '--json')

    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      result: 'stricter',
      deviations: [
        {
          criterion: 'f1',
          change: 'tightened',
          fields: [{ field: 'at_least', effect: 'tightened', before: '0.5', after: '0.6' }],
          message: 'criterion `f1` is tightened: `at_least` from `0.5` to `0.6`',
        },
      ],
    })
    expect(JSON.parse((await diff('same.yml', `main:${PATH}`, '--json')).out).result).toBe('same')
    expect(JSON.parse((await diff(`main:${PATH}`, 'loose.yml', '--json')).out).result).toBe('looser')
  })

  test.each<readonly [string, readonly string[], string]>([
    ['no such file', ['nowhere.yml', 'same.yml'], 'nowhere.yml is no file; write REF:PATH'],
    ['no such commit', ['nowhere', 'main', '--model', 'credit-risk'], 'nowhere is no commit'],
    ['an option for a commit', ['--output=x:y', 'same.yml'], '--output'],
    ['an option after --', ['--', '--output=x:y', 'same.yml'], '--output=x is no commit'],
    ['no such file in a commit', ['main:nowhere.yml', 'same.yml'], 'main has no file nowhere.yml'],
    ['no such model', ['main', 'HEAD', '--model', 'nobody'], 'neither main nor HEAD has criteria of nobody'],
    ['a model that is a path', ['main', 'HEAD', '--model', '../x'], 'no name of a model'],
    ['a file with a fault', ['wrong.yml', 'same.yml'], "wrong.yml can't be compared"],
    ['an id given twice', ['same.yml', 'twice.yml'], "twice.yml can't be compared"],
    ['a link', ['HEAD:link.yml', 'same.yml'], 'links are not followed'],
    ['a large file', ['large.yml', 'same.yml'], 'larger than what is read'],
    ['a large file in a commit', ['HEAD:large.yml', 'same.yml'], 'larger than what is read'],
    ['one of them alone', ['same.yml'], "missing required argument 'after'"],
  ])('3: %s', async (_, args, expected) => {
    const { code, out, err } = await diff(...args)

    expect(code).toBe(3)
    expect(out).toBe('')
    expect(err).toContain(expected)
    expect(err).not.toContain('fault of gonogo')
  })

  test('3: no clone', async () => {
    const { code, err } = await gonogo('/', ['diff', 'main', 'HEAD', '--model', 'credit-risk'])

    expect(code).toBe(3)
    expect(err).toContain('/ is not a git repository; name the clone of main with --repo')
  })
})
