import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/checks/context.ts'
import { answerIntegrity } from '../../src/checks/integrity.ts'
import { acceptable } from '../../src/core/accepted.ts'
import type { AtTraining } from '../../src/core/at-training.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import { plain } from '../../src/render/sentence.ts'
import { factWords } from '../../src/render/words-integrity.ts'
import { anId } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import {
  asItWas,
  asked,
  COMMIT,
  ELSE,
  environment,
  judged,
  run,
  settings,
  training,
  whats,
} from '../support/training.ts'

const PARAMS = settings('params.yaml', 'committed', { seed: 1 })
const RAN = settings('dvc.lock', 'run', { seed: 1 })
const LOCK = environment('r.txt', [{ written: 'a==1' }])
const of = ['parameters', 'environment']

const file = (record: typeof PARAMS | typeof LOCK, given: Partial<Evidence> = {}) =>
  anEvidence({ path: record.source.path, measurements: [], records: [record], ...given })
const ALL = [file(PARAMS), file(RAN), file(LOCK)]
const came = (context: Partial<Context>) => judged({ of }, [], { context: { evidence: ALL, ...context } })
const had = (changes: Readonly<Record<string, string | undefined>>): AtTraining => ({
  ...{ kind: 'seen', commit: COMMIT },
  files: ALL.map(({ path, sha = '' }) =>
    Object.hasOwn(changes, path)
      ? { path, ...(changes[path] !== undefined && { sha: changes[path] }) }
      : { path, sha },
  ),
})
const byRun = (run: number): NonNullable<Evidence['producer']> => ({
  ...{ run, commit: COMMIT, artifact: 1, digest: 'd', workflow: 'w', blob: 'b' },
})

describe('what a training read', () => {
  test('holds where its commit had it as it is', () => {
    expect(came({ atTraining: asItWas(ALL) })).toMatchObject({
      outcome: 'met',
      facts: expect.arrayContaining([
        { what: 'as_at_training', path: 'params.yaml', commit: COMMIT },
        { what: 'as_at_training', path: 'r.txt', commit: COMMIT },
      ]),
    })
  })

  test.each(['params.yaml', 'r.txt'])(
    '%s that was changed afterwards is unmet, and no waiver helps',
    (path) => {
      const answer = came({ atTraining: had({ [path]: anId('9') }) })

      expect(answer).toMatchObject({ outcome: 'unmet' })
      expect(answer.facts[0]).toEqual({
        ...{ what: 'changed_after_training', path, commit: COMMIT },
        ...{ found: anId('e'), wanted: anId('9') },
      })
      expect(acceptable(answer)).toMatchObject({ kind: 'not', why: 'contradiction' })
    },
  )

  test('parameters that were not there are unmet: nothing was committed to be trained with', () => {
    const path = 'params.yaml'
    const answer = came({ atTraining: had({ [path]: undefined }) })

    expect(answer).toMatchObject({ outcome: 'unmet' })
    expect(answer.facts[0]).toEqual({ what: 'added_after_training', path, commit: COMMIT })
  })

  test('a pinned list that was not there contradicts nothing, and shows nothing', () => {
    const answer = came({ atTraining: had({ 'r.txt': undefined }) })

    expect(answer).toMatchObject({ code: 'integrity_open', outcome: 'undecided' })
    expect(answer.facts[0]).toEqual({ what: 'list_added', path: 'r.txt', commit: COMMIT })
    expect(acceptable(answer)).toMatchObject({ kind: 'acceptable' })
  })

  const beside = (
    frozen: readonly string[],
    lock: readonly string[],
    at: AtTraining['kind'] | 'added' = 'seen',
  ) => {
    const [list, own] = [frozen, lock].map((all, index) =>
      environment(
        index === 0 ? 'frozen.txt' : 'uv.lock',
        all.map((written) => ({ written })),
      ),
    )
    const evidence = [PARAMS, RAN, list, own].flatMap((one) => (one === undefined ? [] : [file(one)]))
    const seen = asItWas(evidence)
    const files = seen.kind === 'seen' ? seen.files : []
    const atTraining: AtTraining = {
      ...{ kind: 'seen', commit: COMMIT },
      files: files.map(({ path, sha }) =>
        path === 'frozen.txt' || (at === 'added' && path === 'uv.lock')
          ? { path }
          : { path, ...(sha !== undefined && { sha }) },
      ),
    }
    return judged({ of: ['environment'] }, [], { context: { evidence, atTraining } })
  }

  test('the list of a tool beside the lock that it was trained from', () => {
    expect(beside(['numpy==2.1.3', 'pip==24.0'], ['numpy 2.1.3', 'scipy 1.14.1'])).toMatchObject({
      outcome: 'met',
      facts: expect.arrayContaining([
        { what: 'list_beside', path: 'frozen.txt', against: 'uv.lock', packages: 1, of: 2 },
      ]),
    })
  })

  test.each<readonly [string, readonly string[], 'seen' | 'added', object]>([
    [
      'of another version',
      ['numpy==2.1.3', 'scipy==1.14.0'],
      'seen',
      {
        outcome: 'unmet',
        facts: [
          { what: 'version_differs', path: 'frozen.txt', package: 'scipy', against: 'uv.lock' },
          {},
          {},
          {},
        ],
      },
    ],
    ['of other packages alone', ['torch==2.5.1'], 'seen', { outcome: 'undecided' }],
    ['of a lock that came afterwards too', ['numpy==2.1.3'], 'added', { outcome: 'undecided' }],
    ...['evil-package==6.6.6', 'pip-9evil==1', 'evil @ https://evil.example/e.whl'].map(
      (evil) =>
        [
          `with ${evil}, which is not of the lock,`,
          ['numpy==2.1.3', 'scipy==1.14.1', evil],
          'seen',
          {
            outcome: 'undecided',
            facts: expect.arrayContaining([
              {
                ...{ what: 'list_added', path: 'frozen.txt', commit: COMMIT },
                beside: { against: 'uv.lock', packages: [evil], more: 0 },
                lock: 'uv.lock',
              },
            ]),
          },
        ] as const,
    ),
    ['that is not pinned', ['numpy'], 'seen', { outcome: 'undecided' }],
  ])('a list %s beside a lock does not hold', (_, frozen, at, expected) => {
    expect(beside(frozen, ['numpy==2.1.3', 'scipy==1.14.1'], at)).toMatchObject(expected)
  })

  const SUMS = ['aa'.repeat(10), 'bb'.repeat(10)] as const
  test.each<
    readonly [string, readonly string[] | undefined, readonly string[] | undefined, boolean, string, string]
  >([
    ['the same file', [SUMS[0]], SUMS, true, 'met', 'list_beside'],
    ['another file', [SUMS[1]], [SUMS[0]], true, 'unmet', 'package_bytes_differ'],
    ['one file of two', SUMS, [SUMS[0]], true, 'undecided', 'list_added'],
    ['files that nobody can compare', undefined, SUMS, true, 'undecided', 'list_added'],
    ['files of a lock that nobody can compare', SUMS, undefined, true, 'undecided', 'list_added'],
    ['another file, where bytes are not asked for', [SUMS[1]], [SUMS[0]], false, 'met', 'list_beside'],
  ])('a list with %s than the lock', (_, listed, locked, hashed, outcome, what) => {
    const [list, lock] = [listed, locked].map((sums, index) =>
      environment(index === 0 ? 'frozen.txt' : 'uv.lock', [
        { written: 'numpy==2.1.3', hashed: true, ...(sums && { sums }) },
      ]),
    )
    const evidence = [list, lock].flatMap((one) => (one === undefined ? [] : [file(one)]))
    const files = [{ path: 'frozen.txt' }, { path: 'uv.lock', sha: anId('e') }]
    const atTraining: AtTraining = { kind: 'seen', commit: COMMIT, files }
    const given = { of: ['environment'], ...(hashed && { hashed: true }) }
    const answer = judged(given, [], { context: { evidence, atTraining } })

    expect(answer.outcome).toBe(outcome)
    expect(answer.facts.map((one) => one.what)).toContain(what)
  })

  test.each<readonly [string, 'met' | 'unmet']>([
    ['3.12', 'met'],
    ['3.12.11', 'met'],
    ['2.7', 'unmet'],
    ['3.12.4', 'unmet'],
  ])('a training record with Python %s beside a list of 3.12.11', (python, outcome) => {
    const list = environment('r.txt', [{ written: 'python==3.12.11' }, { written: 'a==1' }])
    const answer = judged({ of: ['environment'] }, [training({ python }), list])

    expect(answer.outcome).toBe(outcome)
    if (outcome === 'unmet')
      expect(answer.facts[0]).toEqual({
        ...{ what: 'version_differs', path: 'training.yml', package: 'python', found: python },
        ...{ wanted: 'python==3.12.11', against: 'r.txt' },
      })
    const packaged = run('MLmodel', { packaged: true, frameworks: { python: '3.12.11' } })
    expect(whats(judged({ of: ['environment'] }, [training({ python }), packaged]))).toEqual(
      outcome === 'met' ? ['no_environment'] : ['version_differs', 'no_environment'],
    )
  })

  test('what is said to be done about a list is what works: to lock before the training', () => {
    const facts = [
      { what: 'list_added', path: 'r.txt', commit: COMMIT },
      { what: 'package_loose', path: 'conda.yaml', package: 'pip<=24', loose: 'range' },
    ] as const
    for (const fact of facts)
      expect(plain(factWords(fact).next ?? [])).toMatch(
        /^commit a lock .* before the training, install from it/,
      )
  })

  test('what a run told of itself is written afterwards', () => {
    expect(came({ atTraining: had({ 'dvc.lock': undefined }) })).toMatchObject({ outcome: 'met' })
  })

  test('each part is held to its own files', () => {
    const context = { evidence: ALL, atTraining: had({ 'r.txt': anId('9') }) }

    expect(judged({ of: ['parameters'] }, [], { context }).outcome).toBe('met')
    expect(judged({ of: ['environment'] }, [], { context }).outcome).toBe('unmet')
  })

  test.each<readonly [string, Partial<Context>, object]>([
    [
      'of another repository',
      { atTraining: { kind: 'elsewhere', commit: ELSE } },
      { why: 'elsewhere', commit: ELSE },
    ],
    ['of no commit that is there', { atTraining: { kind: 'not_found', commit: ELSE } }, { why: 'not_found' }],
    [
      'that nobody looked at',
      { atTraining: { kind: 'seen', commit: ELSE, files: [] } },
      { why: 'not_looked' },
    ],
  ])('%s is undecided', (_, context, fact) => {
    const answer = came(context)

    expect(answer.outcome).toBe('undecided')
    expect(answer.facts[0]).toMatchObject({ what: 'training_unseen', path: 'params.yaml', ...fact })
  })

  test('facts of an earlier version are undecided', () => {
    const criterion = asked({ of })
    const claims = { datasets: [], commits: [COMMIT], repositories: [] }

    expect(answerIntegrity(criterion, aContext([], { evidence: ALL, claims }))).toMatchObject({
      outcome: 'undecided',
      facts: [{ why: 'not_looked' }, { why: 'not_looked' }, {}, {}, {}],
    })
  })

  test('without a commit of the training it is undecided, and said once', () => {
    const answer = judged({ of }, [], { claims: { commits: [] }, context: { evidence: ALL } })

    expect(answer).toMatchObject({ outcome: 'undecided' })
    expect(answer.facts.filter(({ what }) => what === 'no_training_commit')).toHaveLength(1)
  })

  test('what the run of the training uploaded is of the training, and what another one did is not', () => {
    const uploaded = (by: number) => [file(PARAMS), file(RAN), file(LOCK, { producer: byRun(by) })]
    const atTraining = had({ 'r.txt': undefined })
    const judging = (by: number, seen?: number) =>
      judged({ of }, [], {
        claims: seen === undefined ? {} : { run: seen },
        context: { evidence: uploaded(by), atTraining },
      })

    expect(judging(7, 7).outcome).toBe('met')
    for (const seen of [8, undefined])
      expect(judging(7, seen)).toMatchObject({
        outcome: 'undecided',
        facts: [{ what: 'not_of_training', path: 'r.txt', run: 7 }, {}, {}, {}, {}],
      })
  })

  test('what an artifact holds in a folder is awaited already', () => {
    const evidence = [file(PARAMS), file(RAN), file(LOCK, { awaited: 'read' })]

    expect(
      judged({ of }, [], { context: { evidence, atTraining: had({ 'r.txt': undefined }) } }).outcome,
    ).toBe('met')
  })

  test('code and data have no such files', () => {
    expect(
      judged({ of: ['code'] }, [run('w', { commit: COMMIT })], {
        context: { atTraining: { kind: 'not_found', commit: COMMIT } },
      }).outcome,
    ).toBe('met')
  })
})
