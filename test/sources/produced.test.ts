import { describe, expect, test } from 'vitest'
import type { TestOutcome } from '../../src/core/record.ts'
import type { HeldFile, ListedArtifact, RunOfCommit } from '../../src/sources/artifact-witness.ts'
import { chosenFrom } from '../../src/sources/chosen.ts'
import { gatherProduced } from '../../src/sources/produced.ts'
import { NO_ARTIFACTS } from '../support/artifacts.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'

const COMMIT = anId('a')
const EARLIER = anId('b')
const WORKFLOW = '.github/workflows/validate.yml'
const WANTED = {
  artifact: 'validation',
  workflow: WORKFLOW,
  blob: anId('c'),
  commit: COMMIT,
  files: ['m.json'],
  about: 'x',
}
const PLACE = { path: 'models/credit/release.yml', line: 6 }

const anArtifact = (given: Partial<ListedArtifact> = {}): ListedArtifact => ({
  id: 1,
  name: 'validation',
  run: 77,
  commit: COMMIT,
  fork: false,
  expired: false,
  digest: null,
  ...given,
})
const aRun = (given: Partial<RunOfCommit> = {}): RunOfCommit => ({
  id: 77,
  commit: COMMIT,
  workflow: WORKFLOW,
  fork: false,
  state: 'succeeded',
  ...given,
})
const held = (value = 0.93, { id, run, commit }: ListedArtifact = anArtifact()): HeldFile => ({
  file: 'm.json',
  sha: `${value}`,
  format: 'metrics',
  reading: { measurements: [aMeasurement({ value })], records: [], problems: [] },
  producer: { run, commit, artifact: id, digest: 'sha256:d', workflow: WORKFLOW, blob: anId('c') },
})

type World = {
  readonly listed?: readonly ListedArtifact[]
  readonly runs?: readonly RunOfCommit[]
  /** Runs that were heard of. */
  readonly heard?: readonly RunOfCommit[]
  readonly kept?: readonly HeldFile[]
  /** Values in artifacts by their id; one that is not here lacks the file. */
  readonly values?: Readonly<Record<number, number>>
  /** A file of an earlier commit that is another one here. */
  readonly others?: Readonly<Record<string, string>>
}

/** What one file of the evidence comes to, and what was asked for it. */
async function comesTo(world: World) {
  const { listed = [], runs = [], heard = [], kept = [], values = { 1: 0.93 }, others = {} } = world
  const asked: string[] = []
  const shown = await gatherProduced(
    {
      ...NO_ARTIFACTS,
      kept: async () => kept,
      heard: async () => heard,
      listed: async () => listed,
      runs: async (commit) => {
        asked.push(`runs of ${commit === COMMIT ? 'the commit' : 'another'}`)
        return runs.filter((run) => run.commit === commit)
      },
      read: async (one) => {
        asked.push(`artifact ${one.id}`)
        const value = values[one.id]
        if (value !== undefined) return { held: [held(value, one)], faults: new Map() }
        return { held: [], faults: new Map([['m.json', { code: 'not_in_archive', file: 'm.json' }]]) }
      },
    },
    WANTED,
    {
      isMerged: async ({ commit }) => commit === COMMIT,
      otherCode: async (commit) => {
        asked.push('code of another')
        return others[commit]
      },
    },
  )
  const named = { artifact: 'validation', file: 'm.json' }
  return { ...chosenFrom(shown, named, COMMIT, PLACE), asked }
}

describe('is evidence', () => {
  test('what a run of the commit produced', async () => {
    expect(await comesTo({ listed: [anArtifact()], runs: [aRun()] })).toEqual({
      chosen: held(),
      problems: [],
      asked: ['runs of the commit', 'artifact 1'],
    })
  })

  test('what a run produced that was heard of, without asking for the runs', async () => {
    expect(await comesTo({ listed: [anArtifact()], heard: [aRun()] })).toMatchObject({
      chosen: held(),
      asked: ['artifact 1'],
    })
  })

  test.each<[string, World]>([
    ['not every run', { listed: [anArtifact(), anArtifact({ id: 2, run: 78 })], heard: [aRun()] }],
    ['only a run of another workflow', { listed: [anArtifact()], heard: [aRun({ workflow: 'other.yml' })] }],
    ['a run of another commit', { listed: [anArtifact()], heard: [aRun({ commit: EARLIER })] }],
  ])('not what is listed, where %s was heard of: GitHub is asked', async (_, world) => {
    const { asked, ...found } = await comesTo(world)
    expect(found).toMatchObject({ problem: { code: 'artifact_no_run' } })
    expect(new Set(asked)).toEqual(new Set(['runs of the commit']))
  })

  test('what was read of an earlier head, asking only whether its code is the same', async () => {
    const earlier = anArtifact({ commit: EARLIER })

    for (const listed of [[], [earlier], [{ ...earlier, expired: true }]])
      expect(await comesTo({ listed, kept: [held(0.93, earlier)] })).toMatchObject({
        chosen: { producer: { commit: EARLIER } },
        problems: [],
        asked: ['code of another'],
      })
  })

  test('and not where it came of other code, though it still contradicts', async () => {
    const kept = [held(0.99, anArtifact({ commit: EARLIER }))]
    const others = { [EARLIER]: 'validate.py' }

    expect(await comesTo({ kept, others })).toMatchObject({
      problem: { code: 'artifact_other_code', commit: EARLIER, other: 'validate.py', run: 77 },
    })
    const own = { listed: [anArtifact({ id: 2 })], runs: [aRun()], values: { 2: 0.93 } }
    const { asked, ...found } = await comesTo({ ...own, kept, others })
    expect(found).toMatchObject({
      chosen: { producer: { commit: COMMIT } },
      problems: [expect.objectContaining({ code: 'artifact_contradiction' })],
    })
    expect(asked).not.toContain('code of another')
  })

  test('and not what says that it is of the commit, where its run is of an earlier one', async () => {
    const earlier = { commit: EARLIER }
    const world = {
      listed: [anArtifact(), anArtifact({ id: 3, run: 78, ...earlier })],
      runs: [aRun(earlier), aRun({ id: 78, ...earlier })],
      kept: [held(0.93, anArtifact({ id: 2, ...earlier }))],
      values: { 1: 0.5, 3: 0.93 },
    }

    expect(await comesTo(world)).toMatchObject({ chosen: { producer: earlier }, problems: [] })
  })

  test('and is called so while another run goes on, or one failed', async () => {
    const listed = [anArtifact(), anArtifact({ id: 2, run: 78 })]
    for (const state of ['running', 'failed'] as const)
      expect(await comesTo({ listed, runs: [aRun(), aRun({ id: 78, state })] })).toMatchObject({
        chosen: { producer: { artifact: 1 } },
        problems: [],
      })
  })
})

describe('is none', () => {
  test.each<readonly [string, World, object]>([
    ['where there is no run', {}, { code: 'artifact_no_run', commit: COMMIT }],
    [
      'where the run is of another commit',
      { listed: [anArtifact({ commit: EARLIER })], runs: [aRun({ commit: EARLIER })] },
      { code: 'artifact_no_run', elsewhere: EARLIER },
    ],
    [
      'where the list says another commit than the run',
      { listed: [anArtifact()], runs: [aRun({ commit: EARLIER })] },
      { code: 'artifact_no_run' },
    ],
    [
      'where the run goes on',
      { listed: [anArtifact()], runs: [aRun({ state: 'running' })] },
      { code: 'artifact_run_pending', run: 77 },
    ],
    [
      'where the run failed',
      { listed: [anArtifact()], runs: [aRun({ state: 'failed' })] },
      { code: 'artifact_run_failed', run: 77 },
    ],
    [
      'where the run is a fork’s',
      { listed: [anArtifact()], runs: [aRun({ fork: true })] },
      { code: 'artifact_from_fork', run: 77 },
    ],
    [
      'where the run is for a pull request, whose base may be any branch',
      { listed: [anArtifact()], runs: [aRun({ foreign: 'pull_request' })] },
      { code: 'artifact_foreign_event', run: 77, event: 'pull_request' },
    ],
    [
      'where the run called a workflow that is not the default branch’s',
      {
        listed: [anArtifact()],
        runs: [aRun({ calls: [COMMIT, EARLIER].map((commit) => ({ workflow: `${commit}.yml`, commit })) })],
      },
      { code: 'artifact_workflow', workflow: `${EARLIER}.yml`, why: 'edited' },
    ],
    [
      'where only the artifact says that it is a fork’s',
      { listed: [anArtifact({ fork: true })], runs: [aRun()] },
      { code: 'artifact_from_fork', run: 77 },
    ],
    [
      'where another workflow uploaded it',
      { listed: [anArtifact()], runs: [aRun({ workflow: 'other.yml' })] },
      { code: 'artifact_other_workflow', found: 'other.yml', wanted: WORKFLOW },
    ],
    ['where the run has none', { runs: [aRun()] }, { code: 'artifact_missing', run: 77 }],
    [
      'where it expired',
      { listed: [anArtifact({ expired: true })], runs: [aRun()] },
      { code: 'artifact_gone', run: 77 },
    ],
    [
      'where the newest lacks the file, though an older one has it',
      { listed: [anArtifact(), anArtifact({ id: 2 })], runs: [aRun()], values: { 1: 0.93 } },
      { code: 'not_in_archive', file: 'm.json' },
    ],
    [
      'where more are there than are compared',
      { listed: [1, 2, 3, 4, 5, 6].map((id) => anArtifact({ id })), runs: [aRun()] },
      { code: 'artifact_too_many', found: 6, limit: 5 },
    ],
  ])('%s', async (_, world, fault) => {
    expect(await comesTo(world)).toMatchObject({ problem: { ...PLACE, ...fault } })
  })
})

describe('is a contradiction', () => {
  test.each<readonly [string, World]>([
    [
      'where two runs of the commit disagree, whichever is newer',
      {
        listed: [anArtifact({ id: 2, run: 78 }), anArtifact()],
        runs: [aRun(), aRun({ id: 78 })],
        values: { 1: 0.5, 2: 0.93 },
      },
    ],
    [
      'where another attempt of one run disagrees',
      { listed: [anArtifact(), anArtifact({ id: 2 })], runs: [aRun()], values: { 1: 0.5, 2: 0.93 } },
    ],
    [
      'where it was put in place of one that was read',
      { listed: [anArtifact({ id: 2 })], runs: [aRun()], kept: [held(0.5)], values: { 2: 0.93 } },
    ],
    [
      'where another head of the same release came to something else',
      {
        listed: [anArtifact({ id: 2 })],
        runs: [aRun()],
        kept: [held(0.5, anArtifact({ commit: EARLIER }))],
        values: { 2: 0.93 },
      },
    ],
    [
      'where an earlier head is evaluated once more',
      {
        listed: [anArtifact({ id: 2, commit: EARLIER })],
        runs: [aRun({ commit: EARLIER })],
        kept: [held(0.5, anArtifact({ commit: EARLIER }))],
        values: { 2: 0.93 },
      },
    ],
  ])('%s', async (_, world) => {
    expect(await comesTo(world)).toMatchObject({
      problems: [{ ...PLACE, code: 'artifact_contradiction', file: 'm.json', what: 'accuracy' }],
    })
  })

  test.each<readonly [string, TestOutcome, string | undefined, string | undefined]>([
    ['where a run came to another end of a test', 'failed', 'stress', 'stress'],
    ['where a suite without a name did', 'skipped', undefined, 'the suite of tests'],
    ['but not where the tests ended alike', 'passed', 'stress', undefined],
  ])('of tests: %s', (_, outcome, suite, what) => {
    const tested = (id: number, last: TestOutcome): HeldFile => {
      const file = held(0.93, anArtifact({ id }))
      const name = suite === undefined ? {} : { suite }
      const tests = [{ name: 'noise', outcome: last, pointer: '' }]
      const records = [{ kind: 'suite', ...name, tests, at: `2026-02-0${id}`, source: aSource() } as const]
      return { ...file, reading: { measurements: [], records, problems: [] } }
    }
    const shown = { kind: 'files', held: [tested(1, outcome), tested(2, 'passed')] } as const
    const found = chosenFrom(
      { ...shown, faults: new Map(), others: new Map() },
      { artifact: 'validation', file: 'm.json' },
      COMMIT,
      PLACE,
    )

    expect('problems' in found && found.problems.map((one) => ('what' in one ? one.what : one.code))).toEqual(
      what === undefined ? [] : [what],
    )
  })

  test.each([
    ['where a run found something', [{ severity: 'high', what: 'os.system' }], ['the scan']],
    ['but not where it found the same', [], []],
  ] as const)('of scans: %s', (_, issues, what) => {
    const scanned = (id: number, found: typeof issues): HeldFile => {
      const scan = {
        kind: 'scan',
        tool: 'modelscan',
        at: `2026-02-0${id}`,
        proof: 'ran',
        source: aSource(),
      } as const
      const records = [{ ...scan, files: [{ name: 'm.pkl' }], skipped: [], errors: [], issues: found }]
      return { ...held(0.93, anArtifact({ id })), reading: { measurements: [], records, problems: [] } }
    }
    const shown = { kind: 'files', held: [scanned(1, issues), scanned(2, [])] } as const
    const found = chosenFrom(
      { ...shown, faults: new Map(), others: new Map() },
      { artifact: 'validation', file: 'm.json' },
      COMMIT,
      PLACE,
    )

    expect('problems' in found && found.problems.map((one) => ('what' in one ? one.what : one.code))).toEqual(
      what,
    )
  })

  test('but not where they agree', async () => {
    const listed = [anArtifact(), anArtifact({ id: 2, run: 78 })]
    const runs = [aRun(), aRun({ id: 78 })]

    expect(await comesTo({ listed, runs, values: { 1: 0.93, 2: 0.93 } })).toMatchObject({
      chosen: { producer: { artifact: 2 } },
      problems: [],
    })
  })
})
