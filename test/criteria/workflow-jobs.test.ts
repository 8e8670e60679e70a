import { describe, expect, test } from 'vitest'
import { readCalled, readWorkflow } from '../../src/criteria/workflow.ts'
import { jobsOutside } from '../../src/criteria/workflow-jobs.ts'

const ENTERS = 'runs-on: x, environment: training'
const OPEN = 'runs-on: x'
const INNER = './.github/workflows/inner.yml'

function jobsOf(jobs: Readonly<Record<string, string>>): string {
  const all = Object.entries(jobs).map(([name, job]) => `  ${name}: { ${job} }\n`)
  return `on: workflow_dispatch\npermissions: {}\njobs:\n${all.join('')}`
}

type Jobs = Readonly<Record<string, string>>

/** What is outside of a workflow of these jobs, which may call others of the same commit. */
function found(jobs: Jobs, called: Readonly<Record<string, Jobs>> = {}) {
  const files = Object.entries(called).map(([uses, one]) => [uses, readCalled(jobsOf(one)).jobs] as const)
  return jobsOutside(readWorkflow(jobsOf(jobs)).jobs, new Map(files))
}

const outside = (jobs: Jobs, called: Readonly<Record<string, Jobs>> = {}) => found(jobs, called).outside

describe('an environment lets in', () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['the job that enters it', { train: ENTERS }],
    ['one that names it with an address', { train: 'runs-on: x, environment: { name: training, url: y }' }],
    ['a job that needs it', { train: ENTERS, publish: `${OPEN}, needs: train` }],
    [
      'a job that needs others too',
      { train: ENTERS, late: `${OPEN}, needs: [train]`, more: `${OPEN}, needs: [late, train]` },
    ],
    ['a job through others, in any order', { c: `${OPEN}, needs: b`, b: `${OPEN}, needs: a`, a: ENTERS }],
    [
      'a job on a condition',
      { train: ENTERS, publish: `${OPEN}, needs: train, if: "github.ref == 'refs/heads/main' && success()"` },
    ],
    [
      'what needs a job that must succeed',
      { train: `${ENTERS}, continue-on-error: false`, publish: `${OPEN}, needs: train` },
    ],
  ])('%s', (_, jobs) => expect(outside(jobs)).toEqual([]))
})

describe('it does not let in', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['a job where none enters it', { train: OPEN }, ['train']],
    [
      'a job that another one needs which does',
      { train: OPEN, publish: `${ENTERS}, needs: train` },
      ['train'],
    ],
    ['a job beside', { train: OPEN, other: ENTERS }, ['train']],
    ['an environment without a name', { train: 'runs-on: x, environment: ""' }, ['train']],
    [
      'a job that starts whatever came of it',
      { gate: ENTERS, train: `${OPEN}, needs: gate, if: always()` },
      ['train'],
    ],
    [
      'a job that starts when it was refused',
      { gate: ENTERS, train: `${OPEN}, needs: gate, if: "\u0024{{ Failure() }}"` },
      ['train'],
    ],
    [
      'a job unless somebody stops it',
      { gate: ENTERS, train: `${OPEN}, needs: gate, if: "!cancelled()"` },
      ['train'],
    ],
    [
      'what needs such a job',
      { gate: ENTERS, any: `${OPEN}, needs: gate, if: always()`, train: `${OPEN}, needs: any` },
      ['any', 'train'],
    ],
    [
      'what needs a job that need not succeed',
      { gate: `${ENTERS}, continue-on-error: true`, train: `${OPEN}, needs: gate` },
      ['train'],
    ],
    ['a job that needs one that is not there', { gate: ENTERS, train: `${OPEN}, needs: gat` }, ['train']],
    ['jobs that need each other', { a: `${OPEN}, needs: b`, b: `${OPEN}, needs: a` }, ['a', 'b']],
    ['a job that needs itself', { a: `${OPEN}, needs: a` }, ['a']],
    ['a job that is none', { train: '' }, ['train']],
  ])('%s', (_, jobs, found) => expect(outside(jobs)).toEqual(found))
})

describe('a workflow that is called', () => {
  const calling = { train: `uses: ${INNER}`, publish: `${OPEN}, needs: train` }

  test('lets in what its jobs let in, and what needs them', () => {
    expect(outside(calling, { [INNER]: { fit: ENTERS, sum: `${OPEN}, needs: fit` } })).toEqual([])
  })

  test('is let in by what its caller needs', () => {
    const jobs = { gate: ENTERS, train: `uses: ${INNER}, needs: gate` }
    expect(outside(jobs, { [INNER]: { fit: OPEN } })).toEqual([])
  })

  test('has jobs of its own outside', () => {
    expect(outside(calling, { [INNER]: { fit: ENTERS, beside: OPEN } })).toEqual([
      'train / beside',
      'publish',
    ])
  })

  test('has no use of an environment that its caller names', () => {
    expect(outside({ train: `uses: ${INNER}, environment: training` }, { [INNER]: { fit: OPEN } })).toEqual([
      'train / fit',
    ])
  })

  test('calls others, each looked at once', () => {
    const uses = (at: number) => `./.github/workflows/${at}.yml`
    const deep = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        uses(at),
        at === 29
          ? { fit: OPEN }
          : Object.fromEntries(Array.from({ length: 50 }, (__, job) => [`j${job}`, `uses: ${uses(at + 1)}`])),
      ]),
    )
    expect(outside({ train: `uses: ${uses(0)}` }, deep)).toHaveLength(20)
    expect(outside({ train: `uses: ${uses(0)}` }, { ...deep, [uses(29)]: { fit: ENTERS } })).toEqual([])
  })

  test('and calls itself ends', () => {
    expect(outside(calling, { [INNER]: { fit: ENTERS, again: `uses: ${INNER}` } })).toEqual([
      'train / again / …',
      'publish',
    ])
  })
})

test('a chain without end, or of more jobs than are looked at, is not let in', () => {
  const chain = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `j${at}`,
        at === 0 ? ENTERS : `${OPEN}, needs: j${at - 1}`,
      ]).toReversed(),
    )
  expect(outside(chain(500))).toEqual([])
  expect(outside(chain(501))).toHaveLength(20)
})

describe('a workflow of another repository', () => {
  const UNREAD = `acme/pipelines/.github/workflows/train.yml@${'a'.repeat(40)}`
  const away = `uses: ${UNREAD}`
  const maybe = [{ uses: UNREAD, letIn: false }]
  const waits = [{ uses: UNREAD, letIn: true }]

  test.each<readonly [string, Jobs, ReturnType<typeof found>]>([
    ['may let in what it is called for', { train: away }, { outside: [], unread: maybe }],
    [
      'may let in what needs it',
      { train: away, sum: `${OPEN}, needs: train`, more: `${OPEN}, needs: sum` },
      { outside: [], unread: maybe },
    ],
    [
      'lets nothing in that does not wait for it',
      { train: away, beside: OPEN, any: `${OPEN}, needs: train, if: always()` },
      { outside: ['beside', 'any'], unread: maybe },
    ],
    [
      'lets nothing in that it waits for',
      { fetch: OPEN, train: `${away}, needs: fetch` },
      { outside: ['fetch'], unread: maybe },
    ],
    [
      'is let in by what its caller needs',
      { gate: ENTERS, train: `${away}, needs: gate` },
      { outside: [], unread: waits },
    ],
    [
      'is not, where its caller does not wait',
      { gate: ENTERS, train: `${away}, needs: gate, if: always()` },
      { outside: [], unread: maybe },
    ],
    [
      'is open where one of its callers is',
      { gate: ENTERS, train: `${away}, needs: gate`, again: away },
      { outside: [], unread: maybe },
    ],
    [
      'is not needed where a job enters itself',
      { train: away, sum: `${ENTERS}, needs: train` },
      { outside: [], unread: maybe },
    ],
  ])('%s', (_, jobs, answer) => expect(found(jobs)).toEqual(answer))

  test('may be called by one that is read', () => {
    const called = { [INNER]: { fit: away, beside: OPEN } }
    expect(found({ train: `uses: ${INNER}` }, called)).toEqual({ outside: ['train / beside'], unread: maybe })
    expect(found({ gate: ENTERS, train: `uses: ${INNER}, needs: gate` }, called)).toEqual({
      ...{ outside: [], unread: waits },
    })
  })

  test('hides no job that is outside, however many there are', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`j${at}`, away]))
    expect(outside({ ...many, train: OPEN })).toEqual(['train'])
  })
})
