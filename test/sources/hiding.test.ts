import { expect, test } from 'vitest'
import { conclude } from '../../src/core/verdict.ts'
import { evaluate } from '../../src/evaluate.ts'
import { gather } from '../../src/sources/gather.ts'
import { memory, type Written } from '../support/memory.ts'

const CRITERIA = `gonogo: 1
model: m
risk: low
approach: build
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }
`
const OWN = { '.gonogo/criteria/m.yml': CRITERIA, 'README.md': 'a model' }
const SHA = '9f86d081'.repeat(8)

type Change = Written & { readonly without?: string }
type Release = { readonly weights?: string; readonly components?: string } & Written

/** A release on the default branch, and then a change to it that somebody tries to hide; how both conclude. */
async function hide(given: Release, change: Change) {
  const { weights = '{ uri: "s3://a/b", sha256: $ }', components = '[]' } = given
  const repository = memory()
  const training = repository.commit({ files: { ...OWN, ...given.files } })
  repository.move('main', training)
  const manifest = `gonogo: 1\nmodel: m\nversion: 1.0.0\nweights: [${weights.replace('$', SHA)}]\ncomponents: ${components}\ntraining: { commit: ${training} }\nevidence: [a.json]\n`
  const files = {
    ...OWN,
    'models/m/release.yml': manifest,
    'models/m/a.json': '{ "accuracy": 0.93 }',
    ...given.files,
  }
  const release = repository.commit({ ...given, files, parents: [training] })
  const judge = async (commit: string) => {
    const facts = await gather(repository, { commit, now: '2026-03-01T12:00:00Z', engine: '0' })
    const verdict = evaluate(facts)
    const problems = [...verdict.problems, ...verdict.models.flatMap((model) => model.problems)]
    return { conclusion: conclude(verdict), problems: problems.map(({ code, path }) => `${code} ${path}`) }
  }
  const first = await judge(release)
  repository.move('main', release)
  const kept = Object.entries(files).filter(
    ([path]) => change.without === undefined || !path.startsWith(change.without),
  )
  const hidden = repository.commit({
    ...given,
    ...change,
    files: { ...Object.fromEntries(kept), ...change.files },
    parents: [release],
  })
  return { first, later: await judge(hidden) }
}

const MANIFEST = 'models/m/release.yml'

test('a component may not be one of the files that are judged as proposals', async () => {
  const { first } = await hide(
    { components: '[../../.gonogo/unwatch]', files: { '.gonogo/unwatch': '#' } },
    {},
  )

  expect(first).toEqual({ conclusion: 'action_required', problems: [`wrong_value ${MANIFEST}`] })
})

test.each<[string, Written, Written]>([
  ['a submodule', { submodules: { store: '1'.repeat(40) } }, { submodules: { store: '2'.repeat(40) } }],
  ['a link', { links: { store: 'old' } }, { links: { store: 'new' } }],
])('weights behind %s are not seen, and a change of it is a change of the model', async (_, one, other) => {
  const { first, later } = await hide({ weights: '{ path: ../../store/m.bin, sha256: $ }', ...one }, other)

  expect(first).toEqual({ conclusion: 'action_required', problems: [`not_a_file ${MANIFEST}`] })
  expect(later).toEqual(first)
})

test('a folder in the place of weights is not them', async () => {
  const { first } = await hide(
    { weights: '{ path: ckpt, sha256: $ }', files: { 'models/m/ckpt/part.bin': '1' } },
    {},
  )

  expect(first).toEqual({ conclusion: 'action_required', problems: [`not_a_file ${MANIFEST}`] })
})

test.each(['changed', 'as they were'])('a removed manifest leaves no weights behind: %s', async (content) => {
  const { later } = await hide(
    { weights: '{ path: ../../store/m.bin, sha256: $ }', files: { 'store/m.bin': 'as they were' } },
    { without: 'models/m/', files: { 'store/m.bin': content } },
  )

  expect(later).toEqual({ conclusion: 'action_required', problems: ['uncovered store/m.bin'] })
})

test('a file that takes the place of a released one where case makes no difference', async () => {
  const { first, later } = await hide({}, { files: { 'Models/M/config.json': '{}' } })

  expect(first).toEqual({ conclusion: 'success', problems: [] })
  expect(later).toEqual({ conclusion: 'action_required', problems: ['uncovered Models/M/config.json'] })
})

test('a folder that only looks like another model is nobody’s', async () => {
  const { later } = await hide({}, { files: { 'Models/User.cs': 'class User {}' } })

  expect(later).toEqual({ conclusion: 'neutral', problems: [] })
})

test('unwatch is read as git reads such patterns, in which case makes a difference', async () => {
  const unwatch = { '.gonogo/unwatch': 'testdata/\n' }

  expect((await hide({ files: unwatch }, { files: { 'testdata/a.onnx': '1' } })).later.conclusion).toBe(
    'neutral',
  )
  expect((await hide({ files: unwatch }, { files: { 'TestData/a.onnx': '1' } })).later.conclusion).toBe(
    'action_required',
  )
})
