import { describe, expect, test } from 'vitest'
import { against } from '../../src/core/observed.ts'
import { workflowSeen } from '../../src/sources/workflow-seen.ts'
import { memory } from '../support/memory.ts'

const TRAIN = '.github/workflows/train.yml'
const INNER = '.github/workflows/inner.yml'
const calling = (uses: string) => `on: push\npermissions: {}\njobs: { train: { uses: ${uses} } }\n`
const stepping = (uses: string) =>
  `on: push\npermissions: {}\njobs: { train: { runs-on: x, steps: [{ uses: ${uses} }] } }\n`
const called = (job: string) => `on: workflow_call\njobs: { inner: { ${job} } }\n`
const action = (uses: string) => `name: a\nruns: { using: composite, steps: [{ uses: ${uses} }] }\n`

async function seen(files: Readonly<Record<string, string>>) {
  const repository = memory()
  const commit = repository.commit({ files: { 'README.md': 'a', ...files } })
  return await workflowSeen(repository, { commit, workflow: TRAIN })
}

const MOVED = { what: 'not_pinned', uses: 'evil/action@main' }

describe('what a workflow calls in its own commit', () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    [
      'a workflow',
      {
        [TRAIN]: calling(`./${INNER}`),
        [INNER]: called('runs-on: x, steps: [{ uses: evil/action@main }]'),
      },
    ],
    [
      'a workflow that calls a workflow',
      {
        [TRAIN]: calling('./.github/workflows/outer.yml'),
        '.github/workflows/outer.yml': called(`uses: ./${INNER}`),
        [INNER]: called('runs-on: x, steps: [{ uses: evil/action@main }]'),
      },
    ],
    ['an action', { [TRAIN]: stepping('./fit/'), 'fit/action.yml': action('evil/action@main') }],
    [
      'an action of the other ending',
      { [TRAIN]: stepping('./fit'), 'fit/action.yaml': action('evil/action@main') },
    ],
    [
      'an action that uses an action',
      {
        [TRAIN]: stepping('./fit'),
        'fit/action.yml': action('./more'),
        'more/action.yml': action('evil/action@main'),
      },
    ],
    ['an action at the top', { [TRAIN]: stepping('./'), 'action.yml': action('evil/action@main') }],
  ])('is held to the same: %s', async (_, files) => {
    expect(await seen(files)).toMatchObject({ kind: 'read', faults: [MOVED], environments: [] })
  })

  test('an image of an action counts', async () => {
    const image = 'name: a\nruns: { using: docker, image: "docker://alpine:3" }\n'

    expect(await seen({ [TRAIN]: stepping('./fit'), 'fit/action.yml': image })).toMatchObject({
      faults: [{ what: 'not_pinned', uses: 'docker://alpine:3' }],
    })
  })

  test('enters its environments', async () => {
    const workflow = await seen({
      [TRAIN]: calling(`./${INNER}`),
      [INNER]: called('runs-on: x, environment: gpu'),
    })
    if (workflow === undefined) throw new Error('no workflow')

    expect(workflow).toMatchObject({ kind: 'read', faults: [], environments: ['gpu'] })
    const open = { name: 'gpu', reviewers: 0, othersReview: false, branches: 'any' } as const
    const observed = { run: 7, workflow, environments: { seen: [open] }, paths: [] }
    expect(against('access-control', observed)).toEqual([{ what: 'no_reviewers', environment: 'gpu' }])
  })

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['that is not there', { [TRAIN]: stepping('./fit') }],
    ['that is neither', { [TRAIN]: stepping('./fit'), 'fit/action.yml': 'name: a\n' }],
    ['that is too large', { [TRAIN]: stepping('./fit'), 'fit/action.yml': `#${'x'.repeat(100_000)}\n` }],
    [
      'past the most',
      Object.fromEntries([
        [TRAIN, stepping('./0')],
        ...Array.from({ length: 40 }, (_, at) => [`${at}/action.yml`, action(`./${at + 1}`)]),
      ]),
    ],
  ])('%s is not understood', async (_, files) => {
    expect(await seen(files)).toMatchObject({ kind: 'unreadable' })
  })

  test('that calls itself ends', async () => {
    expect(await seen({ [TRAIN]: stepping('./fit'), 'fit/action.yml': action('./fit') })).toMatchObject({
      ...{ kind: 'read', faults: [] },
    })
  })
})
