import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWorkflow } from '../../src/criteria/workflow.ts'

const SHA = 'a'.repeat(40)
const DIGEST = `sha256:${'b'.repeat(64)}`

/** A workflow with nothing to say against it, and what a test changes in it. */
function workflow({
  on = 'workflow_dispatch',
  top = 'permissions: { contents: read }',
  job = '',
  uses = `actions/checkout@${SHA}`,
}: {
  readonly on?: string
  readonly top?: string
  readonly job?: string
  readonly uses?: string
} = {}): string {
  return [
    'name: train',
    `on: ${on}`,
    top,
    'jobs:',
    '  train:',
    '    runs-on: ubuntu-24.04',
    ...(job === '' ? [] : [`    ${job}`]),
    '    steps:',
    `      - uses: ${uses}`,
    '      - run: python train.py',
    '',
  ].join('\n')
}

const faults = (text: string) => readWorkflow(text).faults

test('a workflow that only its writers start, that may only read, and that is pinned has no fault', () => {
  expect(readWorkflow(workflow())).toMatchObject({ kind: 'read', faults: [], environments: [], uses: [] })
})

describe('who starts it', () => {
  test.each([
    ['pull_request', 'pull_request'],
    ['[push, pull_request_target]', 'pull_request_target'],
    ['{ issue_comment: { types: [created] } }', 'issue_comment'],
    ['{ workflow_run: { workflows: [ci] } }', 'workflow_run'],
  ])('on: %s is open to people who may not write', (on, event) => {
    expect(faults(workflow({ on }))).toEqual([{ what: 'open_to_anyone', event, line: 2 }])
  })

  test.each([
    'push',
    '[push, schedule]',
    '{ workflow_dispatch: {}, repository_dispatch: {} }',
    '{ workflow_call: {} }',
  ])('on: %s is not', (on) => {
    expect(faults(workflow({ on }))).toEqual([])
  })
})

describe('what its token may do', () => {
  test.each([
    ['permissions: write-all', '', { found: 'write-all', line: 3 }],
    ['permissions: { contents: write }', '', { found: 'contents: write', line: 3 }],
    ['env: {}', '', { found: 'no permissions', line: 5 }],
    ['permissions: {}', 'permissions: { actions: write }', { found: 'actions: write', line: 7 }],
    ['permissions: \u0024{{ inputs.all }}', '', { found: '\u0024{{ inputs.all }}', line: 3 }],
  ])('%s %s', (top, job, found) => {
    expect(faults(workflow({ top, job }))).toEqual([{ what: 'token_writes', job: 'train', ...found }])
  })

  test.each([
    ['permissions: read-all', ''],
    ['permissions: {}', ''],
    ['permissions: write-all', 'permissions: { contents: read }'],
    ['permissions: { contents: read, id-token: write, attestations: write }', ''],
    ['permissions: { contents: none }', ''],
  ])('%s %s only reads and signs', (top, job) => {
    expect(faults(workflow({ top, job }))).toEqual([])
  })
})

describe('what it runs', () => {
  test.each([
    'actions/checkout@v4',
    'actions/checkout@main',
    `actions/checkout@${SHA.slice(1)}`,
    'actions/checkout',
    './../other@x',
    'docker://alpine:3',
  ])('%s may change without a commit', (uses) => {
    expect(faults(workflow({ uses }))).toEqual([{ what: 'not_pinned', uses, line: 8 }])
  })

  test.each([
    `acme/train/.github/workflows/train.yml@${SHA}`,
    './.github/actions/setup',
    `docker://alpine@${DIGEST}`,
  ])('%s may not', (uses) => {
    expect(faults(workflow({ uses }))).toEqual([])
  })

  test.each([
    ['container: python:3.12', 'python:3.12'],
    ['container: { image: "python:3.12" }', 'python:3.12'],
    ['services: { db: { image: postgres } }', 'postgres'],
  ])('an image counts: %s', (job, uses) => {
    expect(faults(workflow({ job }))).toEqual([{ what: 'not_pinned', uses, line: 7 }])
    expect(faults(workflow({ job: `container: python@${DIGEST}` }))).toEqual([])
  })

  test('a called workflow counts', () => {
    const text =
      'on: push\npermissions: {}\njobs:\n  train:\n    uses: acme/train/.github/workflows/train.yml@main\n'

    expect(faults(text)).toEqual([
      { what: 'not_pinned', uses: 'acme/train/.github/workflows/train.yml@main', line: 5 },
    ])
  })
})

test('the environments that its jobs enter', () => {
  expect(readWorkflow(workflow({ job: 'environment: training' })).environments).toEqual(['training'])
  expect(readWorkflow(workflow({ job: 'environment: { name: gpu, url: x }' })).environments).toEqual(['gpu'])
})

describe('what is not understood', () => {
  test.each([
    '',
    'on: push',
    'jobs: {}',
    'jobs: [a]',
    'a: &x 1\nb: *x',
    '\u0000',
    'on: push\non: push\njobs: { a: {} }',
  ])('%j', (text) => {
    expect(readWorkflow(text)).toEqual({
      ...{ kind: 'unreadable', faults: [], environments: [], uses: [], jobs: [] },
    })
  })

  test('nothing is thrown, whatever stands in it', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean())
    const any = fc.letrec<{ readonly value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'on',
            'jobs',
            'steps',
            'uses',
            'permissions',
            'environment',
            'container',
            'services',
          ),
          tie('value'),
        ),
      ),
    })).value
    fc.assert(
      fc.property(any, (value) => {
        const { kind, faults: found } = readWorkflow(JSON.stringify(value))
        expect(kind === 'read' || found.length === 0).toBe(true)
      }),
    )
  })

  test('many faults are bounded', () => {
    const steps = Array.from({ length: 500 }, () => '      - uses: a/b@v1').join('\n')

    expect(faults(`on: push\npermissions: {}\njobs:\n  train:\n    steps:\n${steps}\n`)).toHaveLength(50)
  })
})
