import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { READERS } from '../src/readers/index.ts'
import {
  cycles,
  impurities,
  MAY_IMPORT,
  partOf,
  readsEnvironment,
  type Source,
  siblings,
  styleFaults,
  wrongDirections,
} from './support/architecture.ts'

const ROOT = new URL('../', import.meta.url).pathname

function read(folder: string): readonly Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, folder, path), 'utf8') }))
}

const SRC = read('src')
const TESTS = read('test')

/** Beside them, checks share these and readers these few; none of them is a check or a reader. */
const SHARED_CHECKS = [
  'common',
  'bound',
  'select',
  'showing',
  'context',
  'exam',
  'against',
  'attestation-lacks',
  'interval',
  'mean',
  'gaps',
  'groups',
  'trusted',
  'under-attack',
  'sections',
  'ancestry',
  'licence',
  'licence-table',
  'lineage-licences',
  'integrity-provenance',
  'lineage-measured',
  'baseline',
  'paired',
  'difference-shown',
  'gap-needed',
  'record-age',
  'record-written',
  'record-foreign',
  'evidence-named',
  'annex-iv',
  'test-report',
  'section-presets',
  'record-bom',
  'bom-bases',
  'scan-cover',
  'scan-formats',
  'scan-gaps',
  'scan-time',
  'measured-at',
  'version',
  'integrity-data',
  'integrity-naming',
  'integrity-sources',
  'integrity-parameters',
  'installers',
  'parameter-keys',
  'parameter-values',
  'integrity-environment',
  'integrity-code',
  'integrity-at-training',
  'integrity-bytes',
  'integrity-outputs',
  'integrity-packaged',
  'integrity-seeds',
  'record-observed',
  'record-shown',
  'record-training',
  'record-bases',
  'record-several',
]
const isReader = ({ text }: Source): boolean => /^export const \w+: Reader\b/m.test(text)
const SHARED_READERS = SRC.filter((file) => file.path.startsWith('readers/') && !isReader(file)).map(
  ({ path }) => path.slice('readers/'.length, -'.ts'.length),
)

/** Those that hand the whole environment to the git that they run; nothing else may read it. */
const ENVIRONMENT = ['config.ts', 'main.ts', 'sources/git/run.ts', 'demo/stand-in/clone.ts']

const bad = (path: string, text: string): readonly Source[] => [{ path, text }]

describe('imports', () => {
  test('go in one direction', () => {
    expect(wrongDirections(SRC)).toEqual([])
  })

  test.each<readonly [string, string]>([
    ['core/decide.ts', "import { metric } from '../checks/metric.ts'"],
    ['core/decide.ts', "import type { Facts } from '../facts.ts'"],
    ['text/json.ts', "import { read } from '../readers/index.ts'"],
    ['checks/metric.ts', "import { publish } from '../github/publish.ts'"],
    ['readers/plain-data.ts', "import { answer } from '../checks/index.ts'"],
    ['criteria/criteria.ts', "export { type Facts } from '../facts.ts'"],
    ['registration/ordered.ts', "import { gather } from '../sources/gather.ts'"],
    ['render/title.ts', "import {\n  evaluate,\n} from '../evaluate.ts'"],
    ['evaluate.ts', "import { render } from './render/text.ts'"],
    ['sources/gather.ts', "import { openClone } from './git/clone.ts'"],
    ['sources/git/clone.ts', "import { openRemote } from '../github/remote.ts'"],
    ['github/publish.ts', "import { judge } from '../app/judge.ts'"],
    ['app/app.ts', "const { check } = await import('../cli/check.ts')"],
    ['app/app.ts', "import '../demo/scene.ts'"],
    ['demo/scene.ts', "import { check } from '../cli/check.ts'"],
    ['config.ts', "import { ENGINE } from './engine.ts'"],
    ['helpers/all.ts', "import { z } from 'zod'"],
  ])('the rule bites: %s', (path, text) => {
    expect(wrongDirections(bad(path, text))).toHaveLength(1)
  })

  test('the rule names every part', () => {
    const parts = SRC.map(({ path }) => partOf(path))

    expect(Object.keys(MAY_IMPORT)).toEqual(expect.arrayContaining(parts))
  })

  test('have no cycles', () => {
    expect(cycles(SRC)).toEqual([])
  })

  test('the rule bites: a cycle of three, and one of a file with itself', () => {
    const three = [
      { path: 'core/a.ts', text: "import type { B } from './b.ts'" },
      { path: 'core/b.ts', text: "import { c } from '../text/c.ts'" },
      { path: 'text/c.ts', text: "export { a } from '../core/a.ts'" },
    ]

    expect(cycles(three)).toEqual(['core/a.ts -> core/b.ts -> text/c.ts -> core/a.ts'])
    expect(cycles(bad('core/a.ts', "import { a } from './a.ts'"))).toHaveLength(1)
  })
})

describe('checks and readers', () => {
  test('do not know each other', () => {
    expect(siblings(SRC, 'checks', SHARED_CHECKS)).toEqual([])
    expect(siblings(SRC, 'readers', SHARED_READERS)).toEqual([])
  })

  test.each([
    ['checks', 'checks/metric.ts', './record.ts'],
    ['checks', 'checks/metric.ts', './index.ts'],
    ['readers', 'readers/plain-data.ts', './hf-trainer.ts'],
    ['readers', 'readers/plain-data.ts', './index.ts'],
  ])('the rule bites: %s, %s imports %s', (folder, path, imported) => {
    const shared = folder === 'checks' ? SHARED_CHECKS : SHARED_READERS

    expect(siblings(bad(path, `import { x } from '${imported}'`), folder, shared)).toHaveLength(1)
  })

  test('every reader is in the one list, and has fixtures', () => {
    const readers = SRC.filter((file) => file.path.startsWith('readers/') && isReader(file))
    const list = SRC.find(({ path }) => path === 'readers/index.ts')?.text ?? ''

    const formats = READERS.map(({ format }) => format)

    expect(readers).toHaveLength(READERS.length)
    expect(new Set(formats).size).toBe(formats.length)
    expect(readers.filter(({ path }) => !list.includes(`from './${path.slice('readers/'.length)}'`))).toEqual(
      [],
    )
    expect(formats.filter((format) => !existsSync(join(ROOT, 'fixtures/readers', format)))).toEqual([])
  })
})

describe('what is pure', () => {
  test('depends on its arguments alone', () => {
    expect(impurities(SRC)).toEqual([])
  })

  test.each<readonly [string, string]>([
    ['core/a.ts', "import { readFileSync } from 'node:fs'"],
    ['readers/a.ts', "import fs from 'fs'"],
    ['checks/a.ts', "import _ from 'lodash'"],
    ['text/a.ts', "import { z } from 'zodiac'"],
    ['criteria/a.ts', 'const home = process.env.HOME'],
    ['registration/a.ts', 'const now = Date.now()'],
    ['evaluate.ts', 'const now = new Date()'],
    ['evaluate.ts', 'const now = Date()'],
    ['evaluate.ts', 'const now = new Date'],
    ['facts.ts', 'const chance = Math.random()'],
    ['render/a.ts', 'await fetch(url)'],
    ['render/a.ts', "console.log('x')"],
    ['render/a.ts', 'const text = number.toLocaleString()'],
    ['render/a.ts', "import { v4 } from 'uuid'"],
    ['core/a.ts', 'globalThis.x = 1'],
    ['core/a.ts', 'setTimeout(run, 1)'],
  ])('the rule bites: %s: %s', (path, text) => {
    expect(impurities(bad(path, text))).toHaveLength(1)
  })

  test.each<readonly [string, string]>([
    ['app/a.ts', 'const now = Date.now()'],
    ['core/a.ts', '// the process.env of old'],
    ['core/a.ts', 'const day = new Date(seconds * 1000)'],
    ['text/a.ts', "import { parse } from 'csv-parse/sync'"],
  ])('the rule does not bite: %s: %s', (path, text) => {
    expect(impurities(bad(path, text))).toEqual([])
  })

  test('the environment is read in the composition roots, and handed to git', () => {
    expect(ENVIRONMENT).toEqual(expect.arrayContaining([...readsEnvironment(SRC)]))
  })

  test.each(['const home = process.env.HOME', 'const { env } = process', 'use(process .env)'])(
    'the rule bites: %s',
    (text) => {
      expect(readsEnvironment(bad('render/a.ts', text))).toEqual(['render/a.ts'])
    },
  )
})

describe('style', () => {
  test('no any, enum, default export, unexplained assertion or file of more than 250 lines', () => {
    expect(styleFaults(SRC)).toEqual([])
  })

  test.each<readonly [string, string]>([
    ['any', 'export const a: any = 1'],
    ['any in a list', 'export type A = readonly any[]'],
    ['any of a function', 'export function a(b: any): void {}'],
    ['an assertion', 'export const a = b as string'],
    ['an assertion over lines', 'export const a = (\n  b\n) as unknown'],
    ['an assertion in an expression', 'export const a = c\n  ? d\n  : (b as string)'],
    ['an assertion in a call', "run((a as Table)[key], 'x as y')"],
    ['an enum', 'export enum A { B }'],
    ['a constant enum', 'const enum A { B }'],
    ['a default export', 'export default 1'],
    ['a default export by name', 'const a = 1\nexport { a as default }'],
    ['a long file', 'const a = 1\n'.repeat(251)],
  ])('the rule bites: %s', (_, text) => {
    expect(styleFaults(bad('core/a.ts', text))).toHaveLength(1)
  })

  test.each<readonly [string, string]>([
    ['as const', 'export const a = [1] as const'],
    ['an import renamed', "import { a as b } from './a.ts'"],
    ['a type renamed', "import {\n  type A as B,\n  c as d,\n} from './a.ts'"],
    ['an export renamed', "export { a as b } from './a.ts'"],
    ['a reason above', '// The table guarantees it.\nexport const a = b as string'],
    ['a reason beside', 'export const a = b as string // the table guarantees it'],
    [
      'a reason above an expression',
      '// The table guarantees it.\nexport const a = c\n  ? d\n  : (b as string)',
    ],
    ['the word in a text', "export const a = 'any as such'"],
    ['the word in a comment', 'export type A = {\n  /** As any other as such. */\n  readonly b: string\n}'],
    ['a name that holds it', 'export type A = { readonly many: Company }'],
    ['a file of 250 lines', 'const a = 1\n'.repeat(250)],
  ])('the rule does not bite: %s', (_, text) => {
    expect(styleFaults(bad('core/a.ts', text))).toEqual([])
  })
})

describe('tests', () => {
  // Written in two parts, so that this file keeps its own rule.
  const mock = new RegExp(`\\bvi${'\\.'}(?:do)?[mM]ock\\b`)
  const mocking = (files: readonly Source[]) =>
    files.filter(({ text }) => mock.test(text)).map(({ path }) => path)

  test('replace no module by another', () => {
    expect(mocking(TESTS)).toEqual([])
  })

  test.each(['mock', 'doMock'])('the rule bites: %s', (name) => {
    expect(mocking(bad('a.test.ts', `${'vi'}.${name}('x')`))).toEqual(['a.test.ts'])
  })
})
