import { describe, expect, test } from 'vitest'
import type { CommittedBytes } from '../../src/core/committed-bytes.ts'
import type { Stage } from '../../src/core/pipeline.ts'
import { anEvidence } from '../support/facts.ts'
import { COMMIT, data, ELSE, judged, MADE, MD5, named, OTHER, run, SHA, whats } from '../support/training.ts'

const OTHER_MD5 = `md5:${'9f8e'.repeat(8)}`
const FOLDER = `md5:${'1a2b'.repeat(8)}.dir`
const piece = (path: string, ...digests: readonly string[]) => ({ path, digests })
const PREPARE: Stage = {
  ...{ name: 'prepare', ran: ['src/prepare.py'] },
  deps: [piece('data/raw.csv', MD5), piece('src/prepare.py', MD5)],
  outs: [piece('data/ready', FOLDER)],
}
const TRAIN: Stage = {
  ...{ name: 'train', ran: ['src/train.py'], simple: true },
  deps: [piece('data/ready/a.csv', MD5), piece('src/train.py', MD5), piece('src/net.py', MD5)],
  outs: [piece('m', MD5)],
}
const { simple: _, ...EARLIER } = TRAIN
const EVALUATE: Stage = {
  ...{ name: 'evaluate', ran: ['src/evaluate.py'] },
  deps: [piece('m', MD5), piece('data/test.csv', MD5), piece('src/evaluate.py', MD5)],
  outs: [piece('metrics.json', MD5)],
}
const lock = (stages: readonly Stage[] = [PREPARE, TRAIN, EVALUATE], path = 'dvc.lock') =>
  data(path, [named('train', SHA)], { stages })
const lies = (path: string, given: object = {}): CommittedBytes => ({
  ...{ of: 'training', commit: COMMIT, path, digests: [MD5, SHA] },
  ...given,
})
const SCRIPTS = ['src/prepare.py', 'src/train.py', 'src/net.py'].map((path) => lies(path))
const but = (path: string, given: object) =>
  SCRIPTS.map((one) => (one.path === path ? lies(path, given) : one))
const without = (path: string) => SCRIPTS.filter((one) => one.path !== path)

const weights = [{ name: 'm', digest: MD5 }]
const code = (committed: readonly CommittedBytes[], stages?: readonly Stage[], context: object = {}) =>
  judged({ of: ['code'] }, [lock(stages)], { context: { committed, weights, ...context } })
const held = (
  committed: readonly CommittedBytes[],
  given: object = {},
  more: Parameters<typeof judged>[2] = {},
) =>
  judged({ of: ['data'], ...given }, [lock()], {
    ...more,
    context: { committed, weights },
  })

describe('the scripts of a pipeline', () => {
  test('are proof of the commit where each of the stage that made the weights lies there', () => {
    const { outcome, facts } = code(SCRIPTS)

    expect(outcome).toBe('met')
    expect(facts).toEqual([
      { what: 'scripts_are_training', path: 'dvc.lock', stage: 'train', commit: COMMIT, scripts: 2 },
    ])
  })

  test.each<[string, readonly CommittedBytes[], (readonly Stage[])?, object?]>([
    ['one is not there', without('src/net.py')],
    ['none was looked at', []],
    ['one was too large to be read', but('src/net.py', { digests: undefined, why: 'too_large' })],
    ['one is known by no digest that can be compared', but('src/net.py', { digests: [SHA] })],
    ['they lie in the commit that is judged', SCRIPTS.map((one) => ({ ...one, of: 'release' as const }))],
    [
      'a folder of scripts was taken in',
      [...SCRIPTS, lies('lib', { digests: undefined, why: 'folder' })],
      [{ ...TRAIN, deps: [...TRAIN.deps, piece('lib', FOLDER)] }],
    ],
    ['the command may run anything else', SCRIPTS, [{ ...TRAIN, simple: false }]],
    ['an earlier version read the command', SCRIPTS, [EARLIER]],
    ['the command runs none of them', SCRIPTS, [{ ...TRAIN, ran: [] }]],
    ...['link', 'submodule'].map((why): [string, readonly CommittedBytes[], readonly Stage[]] => [
      `a ${why} lies in the place of a folder`,
      [...SCRIPTS, lies('lib', { digests: undefined, why })],
      [{ ...TRAIN, deps: [...TRAIN.deps, piece('lib', FOLDER)] }],
    ]),
    ['a folder is not there', SCRIPTS, [{ ...TRAIN, deps: [...TRAIN.deps, piece('lib', FOLDER)] }]],
    ['something else has no digest', SCRIPTS, [{ ...TRAIN, deps: [...TRAIN.deps, piece('more')] }]],
    ['a folder lies where a script was', but('src/net.py', { digests: undefined, folder: 'data' })],
    ['the weights have no digest there', SCRIPTS, [{ ...TRAIN, outs: [piece('m')] }]],
    ['the weights are known by another kind of digest', SCRIPTS, [{ ...TRAIN, outs: [piece('m', SHA)] }]],
    [
      'other weights are released beside them',
      SCRIPTS,
      [PREPARE, TRAIN],
      { weights: [...weights, { name: 'n', digest: SHA }] },
    ],
    [
      'another stage made other weights',
      SCRIPTS,
      [TRAIN, { ...TRAIN, name: 'more', simple: false, outs: [piece('n', MD5)] }],
      { weights: [...weights, { name: 'n', digest: MD5 }] },
    ],
    ['another stage made the same weights', SCRIPTS, [TRAIN, { ...TRAIN, name: 'more', simple: false }]],
    ['the command runs another script', SCRIPTS, [{ ...TRAIN, ran: ['src/train.py', 'other.py'] }]],
    ['one has no digest', SCRIPTS, [{ ...TRAIN, deps: [...TRAIN.deps, piece('src/more.py')] }]],
    ['one is of no repository', SCRIPTS, [{ ...TRAIN, deps: [...TRAIN.deps, piece('../more.py', MD5)] }]],
    ['the stage took in no script', SCRIPTS, [{ ...TRAIN, ran: [], deps: [piece('data/raw.csv', MD5)] }]],
    ['no stage made the weights', SCRIPTS, [PREPARE]],
    [
      'the stage made other weights',
      SCRIPTS,
      [PREPARE, TRAIN],
      { weights: [{ name: 'm', digest: OTHER_MD5 }] },
    ],
  ])('are no proof where %s', (_, committed, stages, context) => {
    const { outcome, facts } = code(committed, stages, context)

    expect(outcome).toBe('undecided')
    expect(facts[0]).toEqual({ what: 'no_commit' })
    expect(facts.map(({ what }) => what)).not.toContain('scripts_are_training')
  })

  test('are proof beside a folder that has no script', () => {
    const stages = [{ ...TRAIN, deps: [...TRAIN.deps, piece('data/more', FOLDER)] }]

    expect(
      whats(code([...SCRIPTS, lies('data/more', { digests: undefined, folder: 'data' })], stages)),
    ).toEqual(['scripts_are_training'])
  })

  test.each(['src/train.py', 'src/prepare.py'])(
    '%s that the commit has otherwise is a contradiction',
    (file) => {
      const committed = but(file, { digests: [OTHER_MD5, SHA] })
      const ran = run('w.json', { commit: COMMIT })
      const { outcome, facts } = judged({ of: ['code'] }, [lock(), ran], { context: { committed } })

      expect(outcome).toBe('unmet')
      expect(facts[0]).toEqual({
        ...{ what: 'script_differs', path: 'dvc.lock', file, commit: COMMIT },
        ...{ stage: file === 'src/train.py' ? 'train' : 'prepare', found: MD5, wanted: OTHER_MD5 },
      })
    },
  )

  test('of what came after the weights decide nothing', () => {
    const later = lies('src/evaluate.py', { digests: [OTHER_MD5] })

    expect(code([...SCRIPTS, later]).outcome).toBe('met')
  })

  test.each<[string, Stage, string]>([
    ['a report of what another stage made', EVALUATE, 'undecided'],
    ['more than a report', { ...EVALUATE, outs: [piece('out.bin', MD5)] }, 'unmet'],
    ['what another stage took in', { ...EVALUATE, outs: [piece('more.csv', MD5)] }, 'unmet'],
    ['a report of what no stage made', { ...EVALUATE, deps: EVALUATE.deps.slice(1) }, 'unmet'],
  ])(
    'are held to the commit where nobody knows who made the weights, of a stage that makes %s',
    (_, last, outcome) => {
      const later = lies('src/evaluate.py', { digests: [OTHER_MD5] })
      const train = { ...TRAIN, deps: [...TRAIN.deps, piece('more.csv', MD5)] }

      expect(code([later], [PREPARE, train, last], { weights: [{ name: 'x', digest: MADE }] }).outcome).toBe(
        outcome,
      )
    },
  )

  test('ends of lines are not the script', () => {
    const committed = but('src/net.py', { digests: [OTHER_MD5], alike: [MD5] })

    expect(whats(code(committed))).toEqual(['scripts_are_training'])
  })

  test('in a lock of an artifact are of another place', () => {
    const record = lock()
    const producer = {
      ...{ run: 7, workflow: 'w.yml', commit: COMMIT },
      ...{ artifact: 1, digest: SHA, blob: 'f00d' },
    }
    const evidence = [anEvidence({ path: 'dvc.lock', measurements: [], records: [record], ...{ producer } })]

    expect(code(SCRIPTS, undefined, { evidence }).outcome).toBe('undecided')
  })
})

describe('data that lie in a commit', () => {
  const RAW = lies('data/raw.csv')

  test('as a lock has them decide nothing', () => {
    expect(held([RAW]).outcome).toBe('met')
    expect(whats(held([RAW]))).not.toContain('bytes_differ')
  })

  test.each<[string, CommittedBytes, object]>([
    ['of the training', lies('data/raw.csv', { digests: [OTHER_MD5] }), { commit: COMMIT }],
    [
      'of the release',
      lies('data/raw.csv', { digests: [OTHER_MD5], of: 'release', commit: ELSE }),
      { commit: ELSE },
    ],
  ])('otherwise in the commit %s than a lock has them are a contradiction', (_, lying, told) => {
    const { outcome, facts } = held([lying])

    expect(outcome).toBe('unmet')
    expect(facts[0]).toEqual({
      ...{ what: 'bytes_differ', path: 'dvc.lock', file: 'data/raw.csv', found: OTHER_MD5, wanted: MD5 },
      ...told,
    })
  })

  test('otherwise than the manifest has them are a contradiction', () => {
    const { outcome, facts } = held([lies('data/train.csv', { datasets: ['train'], digests: [MD5, OTHER] })])

    expect(outcome).toBe('unmet')
    expect(facts[0]).toEqual({
      ...{ what: 'bytes_differ', file: 'data/train.csv', commit: COMMIT, found: OTHER, wanted: SHA },
    })
    expect(held([lies('data/train.csv', { datasets: ['train'] })]).outcome).toBe('met')
    // It is not called so.
    expect(held([lies('data/train.csv', { digests: [MD5, OTHER] })]).outcome).toBe('met')
  })

  test('that no stage of the training took in, or one of them made, are not held to a lock', () => {
    const other = { digests: [OTHER_MD5] }

    expect(held([lies('data/test.csv', other), lies('data/ready/a.csv', other)]).outcome).toBe('met')
  })

  test('are those that the criterion names', () => {
    const lying = lies('data/raw.csv', { digests: [OTHER_MD5] })
    const claims = { datasets: [{ name: 'train', role: 'train' as const, digest: SHA }] }

    expect(held([lying], { datasets: ['train'] }, { claims }).outcome).toBe('met')
    expect(whats(held([lying], { datasets: ['train', 'raw'] }, { claims }))).toContain('bytes_differ')
  })

  test('that nobody could compare are said', () => {
    const { outcome, facts } = held([lies('data/raw.csv', { digests: [SHA] })])

    expect(outcome).toBe('met')
    expect(facts).toContainEqual({
      ...{ what: 'bytes_uncompared', path: 'dvc.lock', file: 'data/raw.csv', commit: COMMIT },
      why: 'not_comparable',
    })
    expect(whats(held([lies('data/raw.csv', { digests: undefined, why: 'too_many' })]))).toContain(
      'bytes_uncompared',
    )
  })
})
