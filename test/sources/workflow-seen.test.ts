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

    expect(workflow).toMatchObject({ kind: 'read', faults: [], environments: ['gpu'], outside: [] })
    const open = { name: 'gpu', reviewers: 0, othersReview: false, branches: { from: 'any' } } as const
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

  test('has jobs that enter none', async () => {
    const files = { [TRAIN]: calling(`./${INNER}`), [INNER]: called('runs-on: x') }
    expect(await seen(files)).toMatchObject({ kind: 'read', environments: [], outside: ['train / inner'] })
    // Where something is not understood nothing is said of any.
    expect(await seen({ [TRAIN]: calling(`./${INNER}`) })).toMatchObject({ kind: 'unreadable', outside: [] })
  })

  test('that another repository has is not read', async () => {
    const uses = `acme/pipelines/.github/workflows/train.yml@${'a'.repeat(40)}`
    const unread = [{ uses, letIn: false }]
    const one = { kind: 'read', faults: [], outside: [], unread }
    expect(await seen({ [TRAIN]: calling(uses) })).toMatchObject(one)
    const files = { [TRAIN]: calling(`./${INNER}`), [INNER]: called(`uses: ${uses}`) }
    expect(await seen(files)).toMatchObject(one)
    // An action of others is pinned with what it does.
    expect(await seen({ [TRAIN]: stepping(CHECKOUT) })).toMatchObject({ unread: [] })
  })

  test('that calls itself ends', async () => {
    expect(await seen({ [TRAIN]: stepping('./fit'), 'fit/action.yml': action('./fit') })).toMatchObject({
      ...{ kind: 'read', faults: [] },
    })
  })
})

const CHECKOUT = `actions/checkout@${'a'.repeat(40)}`
const COMMIT = 'b'.repeat(40)
const training = (...steps: readonly string[]) =>
  `on: push\npermissions: {}\njobs: { train: { runs-on: x, steps: [${steps.join(', ')}] } }\n`
const checkout = (inputs: string) => `{ uses: ${CHECKOUT}, with: { ${inputs} } }`
const LOCAL = '{ uses: ./fit }'
const RUN = '{ run: python train.py }'
const FIT = { 'fit/action.yml': 'name: a\nruns: { using: composite, steps: [{ run: true }] }\n' }
const OTHER = { what: 'other_code', line: 3 }

describe('a checkout', () => {
  test.each<readonly [string, readonly string[]]>([
    ['of the commit of the run', [`{ uses: ${CHECKOUT} }`, LOCAL]],
    ['with nothing asked of it', [`{ uses: ${CHECKOUT}, with: }`, LOCAL]],
    ['that names the commit of the run', [checkout(`ref: "\${{ github.sha }}"`), LOCAL]],
    ['that names its own repository', [checkout(`repository: "\${{github.repository}}", ref: ""`), LOCAL]],
    ['that names its own repository as it is called', [checkout('repository: ACME/models'), LOCAL]],
    [
      'of another repository at a commit, in a folder beside what is used',
      [checkout(`repository: acme/tools, ref: ${COMMIT}, path: tools`), LOCAL, RUN],
    ],
    ['of a pinned folder after what is used', [LOCAL, checkout(`ref: ${COMMIT}, path: fit`)]],
    ['by something else', [`{ uses: acme/data@${COMMIT}, with: { ref: main } }`, LOCAL]],
  ])('%s changes nothing', async (_, steps) => {
    expect(await seen({ [TRAIN]: training(...steps), ...FIT })).toMatchObject({ kind: 'read', faults: [] })
  })

  test.each<readonly [string, readonly string[], object]>([
    ['a branch', [checkout('ref: main'), RUN], { found: 'ref: main' }],
    [
      'the branch of the run, which may have moved',
      [checkout(`ref: "\${{ github.ref }}"`), RUN],
      { found: `ref: \${{ github.ref }}` },
    ],
    [
      'what the event says',
      [checkout(`ref: "\${{ github.event.inputs.ref }}"`), LOCAL],
      { found: `ref: \${{ github.event.inputs.ref }}`, runs: './fit' },
    ],
    [
      'the head of a fork',
      [
        checkout(
          `repository: "\${{ github.event.pull_request.head.repo.full_name }}", ref: "\${{ github.event.pull_request.head.sha }}"`,
        ),
        LOCAL,
      ],
      {
        found: `repository: \${{ github.event.pull_request.head.repo.full_name }}, ref: \${{ github.event.pull_request.head.sha }}`,
        runs: './fit',
      },
    ],
    ['either', [checkout(`ref: "\${{ github.sha || inputs.ref }}"`), RUN], {}],
    ['another repository', [checkout('repository: acme/tools'), RUN], { found: 'repository: acme/tools' }],
    [
      'another repository beside, at a branch',
      [checkout('repository: acme/tools, ref: v1, path: tools'), RUN],
      { found: 'repository: acme/tools, ref: v1' },
    ],
    ['another commit of its own', [checkout(`ref: ${COMMIT}`), RUN], { found: `ref: ${COMMIT}` }],
    [
      'another commit in place of its own',
      [checkout(`ref: ${COMMIT}, path: ./`), LOCAL],
      { found: `ref: ${COMMIT}`, runs: './fit' },
    ],
    [
      'a pinned one to where an action is used from',
      [checkout(`repository: acme/tools, ref: ${COMMIT}, path: ./fit/`), LOCAL],
      { runs: './fit' },
    ],
    [
      'a pinned one above where an action is used from',
      [checkout(`repository: acme/tools, ref: ${COMMIT}, path: own`), '{ uses: ./own/fit }'],
      { runs: './own/fit' },
    ],
    [
      'a pinned one to a place that only the run knows',
      [checkout(`repository: acme/tools, ref: ${COMMIT}, path: "\${{ inputs.at }}"`), RUN],
      {},
    ],
    [
      'a pinned one to where an action is used from by a detour',
      [checkout(`repository: acme/tools, ref: ${COMMIT}, path: tools`), '{ uses: ./x/../tools/fit }'],
      { runs: './x/../tools/fit' },
    ],
    [
      'a pinned one into the folder of an action',
      [checkout(`repository: acme/tools, ref: ${COMMIT}, path: fit/dist`), LOCAL],
      { runs: './fit' },
    ],
    [
      'a pinned one to where an action is used from, in other letters',
      [checkout(`repository: acme/tools, ref: ${COMMIT}, path: "FIT\\\\"`), LOCAL],
      { runs: './fit' },
    ],
    ['by a path of the action', [`{ uses: actions/checkout/@${COMMIT}, with: { ref: main } }`, RUN], {}],
    [
      'that is put in as a whole',
      [`{ uses: ${CHECKOUT}, with: { "\${{ insert }}": "\${{ fromJSON(vars.X) }}" } }`, RUN],
      { found: 'inputs that are not told before it runs' },
    ],
    [
      'its own repository at another commit',
      [`{ uses: Acme/models/fit@${COMMIT} }`],
      { found: `Acme/models/fit@${COMMIT}` },
    ],
    ['with inputs in other letters', [checkout('Ref: main'), RUN], { found: 'ref: main' }],
    ['by an action that somebody made of it', ['{ uses: acme/Checkout@v4, with: { ref: main } }', RUN], {}],
  ])('of %s is not what the commit holds', async (_, steps, found) => {
    const files = { ...FIT, 'own/fit/action.yml': FIT['fit/action.yml'] }
    const { faults = [] } = (await seen({ [TRAIN]: training(...steps), ...files })) ?? {}

    const other = faults.filter(({ what }) => what === 'other_code')
    expect(other).toMatchObject([{ ...OTHER, ...found }])
    expect(other[0] && 'runs' in other[0]).toBe('runs' in found || steps.includes(LOCAL))
  })

  test.each([
    ['an action', stepping('./fit'), 'fit/action.yml', `runs: { steps: [${checkout('ref: main')}] }\n`],
    ['a workflow', calling(`./${INNER}`), INNER, called(`runs-on: x, steps: [${checkout('ref: main')}]`)],
  ])('in %s that it calls counts', async (_, caller, path, text) => {
    expect(await seen({ [TRAIN]: caller, [path]: text })).toMatchObject({
      faults: [{ what: 'other_code', found: 'ref: main' }],
    })
  })

  test('speaks against isolation', async () => {
    const workflow = await seen({ [TRAIN]: training(checkout('ref: main'), RUN) })
    if (workflow === undefined) throw new Error('no workflow')
    const observed = { run: 7, workflow, environments: { seen: [] }, paths: [] }

    expect(against('environment-isolation', observed)).toEqual([
      { ...OTHER, found: 'ref: main' },
      { what: 'outside_environment', jobs: ['train'] },
    ])
    expect(against('access-control', observed)).toEqual([])
  })
})
