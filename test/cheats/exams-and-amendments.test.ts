import { describe, expect, test } from 'vitest'
import {
  asks,
  type Change,
  type Cheat,
  COMMIT,
  CRITERIA,
  judged,
  METRICS,
  on,
  registers,
  releases,
  said,
  submits,
  WEIGHTS,
  works,
} from './stories.ts'

const [EXAM, OTHER, CORPUS] = ['b'.repeat(64), 'c'.repeat(64), 'd'.repeat(64)]

const PINS = `datasets: { holdout: { digest: { sha256: ${EXAM} } } }\n`
const ON_EXAM = ', dataset: holdout'
const HIGH = 'risk: high\napproach: build\ntrust: typed'

const data = (...entries: readonly string[]) => `datasets: [${entries.join(', ')}]\n`
const set = (name: string, role: string, sha256: string) =>
  `{ name: ${name}, role: ${role}, digest: { sha256: ${sha256} } }`
const CORPUS_TRAINED = set('corpus', 'train', CORPUS)

const EXAMS: readonly Cheat[] = [
  [
    'another dataset under the pinned name',
    [
      registers(asks({ more: PINS, on: ON_EXAM })),
      works(),
      submits(
        releases({
          evidence: '{ path: metrics.json, dataset: holdout }',
          more: data(set('holdout', 'test', OTHER), CORPUS_TRAINED),
        }),
      ),
    ],
    'no-go',
    /another dataset under the same name/,
  ],
  [
    'the pinned name, and no word of the data behind it',
    [
      registers(asks({ more: PINS, on: ON_EXAM })),
      works(),
      submits(releases({ evidence: '{ path: metrics.json, dataset: holdout }', more: data(CORPUS_TRAINED) })),
    ],
    'undecided',
    /does not name `holdout` among its datasets/,
  ],
  [
    'the pinned test set among the training sets',
    [
      registers(asks({ more: PINS, on: ON_EXAM })),
      works(),
      submits(
        releases({
          evidence: '{ path: metrics.json, dataset: holdout }',
          more: data(set('holdout', 'test', EXAM), set('corpus', 'train', EXAM)),
        }),
      ),
    ],
    'no-go',
    /the exam `holdout` is among the training data, there as `corpus`/,
  ],
  [
    'a test set that nobody pinned among the training sets',
    [
      registers(asks()),
      works(),
      submits(releases({ more: data(set('holdout', 'test', EXAM), set('corpus', 'tune', EXAM)) })),
    ],
    'undecided',
    /gives `holdout` as data to measure on, and the model was made with them as `corpus`/,
  ],
  [
    'a test set chosen afterwards at high risk',
    [
      registers(asks({ head: HIGH })),
      works(),
      submits(
        releases({
          evidence: '{ path: metrics.json, dataset: easy }',
          more: data(set('easy', 'test', OTHER), CORPUS_TRAINED),
        }),
      ),
    ],
    'undecided',
    /measured with dataset `easy`, which was chosen afterwards/,
  ],
  [
    'no word of the dataset at high risk',
    [registers(asks({ head: HIGH })), works(), submits(releases({ more: data(CORPUS_TRAINED) }))],
    'undecided',
    /nothing says on which dataset `accuracy` was measured/,
  ],
  [
    'another exam pinned after the work',
    [
      registers(asks({ more: PINS, on: ON_EXAM })),
      works(),
      registers(asks({ more: PINS.replace(EXAM, OTHER), on: ON_EXAM }), 'swaps'),
      submits(
        releases({
          evidence: '{ path: metrics.json, dataset: holdout }',
          more: data(set('holdout', 'test', OTHER), CORPUS_TRAINED),
        }),
      ),
    ],
    'no-go',
    /another dataset under the same name[\s\S]*deviation, after the work of `\w+` began: commit `\w+` changes beyond comparison `\(datasets\)`/,
  ],
]

const AMENDMENTS: readonly Cheat[] = [
  [
    'loosened after training and before the release',
    [registers(asks()), works(), registers(asks({ bound: 0.8 }), 'loosens'), submits(releases(), 0.85)],
    'no-go',
    /`accuracy` is 0\.85 and must be at least 0\.9[\s\S]*deviation, after the work of `\w+` began: commit `\w+` loosens `accuracy`/,
  ],
  [
    'loosened, used and put back',
    [
      registers(asks()),
      registers(asks({ bound: 0.8 }), 'loosens'),
      works(),
      registers(asks(), 'puts back'),
      submits(releases(), 0.85),
    ],
    'no-go',
    /must be at least 0\.9[\s\S]*amendment, before any work that is known here: commit `\w+` loosens `accuracy`[\s\S]*deviation, after the work of `\w+` began: commit `\w+` tightens/,
  ],
  [
    'loosened by a merge and put back by another, which GitHub’s history of the file leaves out',
    [
      registers(asks()),
      on('soft', 'soft', { [CRITERIA]: asks({ bound: 0.8 }) }),
      on('strict', 'strict', { 'readme.md': 'x' }),
      { name: 'loosens', merge: 'soft' },
      works(),
      { name: 'puts back', merge: 'strict', write: { [CRITERIA]: asks() } },
      submits(releases(), 0.85),
    ],
    'no-go',
    /must be at least 0\.9[\s\S]*commit `\w+` loosens `accuracy`[\s\S]*commit `\w+` tightens `accuracy`/,
  ],
  [
    'an old commit chosen for its softer criteria',
    [registers(asks({ bound: 0.8 })), works(), registers(asks(), 'tightens'), submits(releases(), 0.85)],
    'no-go',
    /`accuracy` is 0\.85 and must be at least 0\.9/,
  ],
  [
    'a soft and a strict commit inside one merged pull request',
    [
      { name: 'root', write: { 'readme.md': 'x' } },
      on('proposal', 'soft', { [CRITERIA]: asks({ bound: 0.8 }) }),
      { name: 'work', from: 'soft', on: 'release', write: { 'train.py': 'fit()' } },
      on('proposal', 'strict', { [CRITERIA]: asks() }),
      { name: 'merges', merge: 'strict' },
      submits(releases(), 0.85),
    ],
    'no-go',
    /began at commit `\w+` of the default branch, which has no `.gonogo\/criteria\/m.yml` yet/,
  ],
  [
    'the criterion removed after the work',
    [
      registers(
        asks({ more: '  - { id: f1, control: performance, check: metric, metric: f1, at_least: 0.9 }\n' }),
      ),
      works(),
      registers(asks(), 'removes'),
      submits(releases()),
    ],
    'undecided',
    /deviation, after the work of `\w+` began: commit `\w+` removes `f1`/,
  ],
]

const EVALUATION = { work: `evaluation: { commit: ${COMMIT} }` }
const BOUGHT = 'risk: low\napproach: buy'
const SERVICE = { what: 'service: { provider: acme-ai, model: large, snapshot: "2024-11-20" }' }
const ADOPTS = `adopted: [${WEIGHTS}]\n`

const WORK: readonly Cheat[] = [
  [
    'a manifest that names no training',
    [registers(asks()), works(), submits(releases({ work: 'known_as: [x]' }))],
    'undecided',
    /does not name the commit from which the training ran/,
  ],
  [
    'an evaluation in the place of the training',
    [registers(asks()), works(), submits(releases(EVALUATION))],
    'undecided',
    /does not name the commit from which the training ran$/m,
  ],
  [
    'other weights than those that are adopted',
    [registers(asks({ more: `adopted: [${OTHER}]\n` })), works(), submits(releases(EVALUATION))],
    'undecided',
    /the training ran, and the criteria do not adopt all of these weights/,
  ],
  [
    'weights trained first and adopted afterwards',
    [registers(asks()), registers(asks({ more: ADOPTS }), 'adopts'), works(), submits(releases(EVALUATION))],
    'undecided',
    /the criteria adopt weights only since they were amended/,
  ],
  [
    'criteria taken away and brought back with adopted weights',
    [
      registers(asks()),
      { name: 'removes', remove: [CRITERIA] },
      registers(asks({ more: ADOPTS }), 'adopts'),
      works(),
      submits(releases(EVALUATION)),
    ],
    'undecided',
    /the criteria adopt weights only since they were amended/,
  ],
  [
    'a trained model that is passed off as bought',
    [registers(asks({ head: BOUGHT })), works(), submits(releases())],
    'undecided',
    /names a training, and by the criteria nothing is trained here/,
  ],
  [
    'a fine-tuned model that names only an evaluation',
    [
      registers(asks({ head: 'risk: low\napproach: open-source\ntraits: [fine-tuned]' })),
      works(),
      submits(releases(EVALUATION)),
    ],
    'undecided',
    /does not name the commit from which the training ran/,
  ],
  [
    'a bought model that moves under its name',
    [
      registers(asks({ head: BOUGHT })),
      works(),
      submits(
        releases({ ...EVALUATION, what: 'service: { provider: acme-ai, model: large-3, snapshot: latest }' }),
      ),
    ],
    'undecided',
    /the snapshot `latest` is another model tomorrow/,
  ],
  [
    'an evaluation that had happened before its criteria',
    [
      on('main', 'registers', { [CRITERIA]: asks({ head: BOUGHT }), [METRICS]: '{ "accuracy": 0.95 }' }),
      works(),
      submits(releases({ ...EVALUATION, ...SERVICE })),
    ],
    'no-go',
    /`models\/m\/metrics.json` was in commit `\w+` already, before the work began/,
  ],
  [
    'a commit named as the work that has the results already',
    [registers(asks()), on('release', 'work', { [METRICS]: '{ "accuracy": 0.95 }' }), submits(releases())],
    'no-go',
    /so the results were known before it/,
  ],
]

describe.each([
  ['exams', EXAMS],
  ['amendments', AMENDMENTS],
  ['what the work is', WORK],
] as const)('no way round: %s', (_, cheats) => {
  test.each(cheats)('%s', async (_name, commits, decision, sentence) => {
    const model = await judged(commits)

    expect(said(model)).toMatch(sentence)
    expect(model.decision).toBe(decision)
  })
})

describe('honest people get through', () => {
  test.each<readonly [string, readonly Change[]]>([
    ['a training', [registers(asks()), works(), submits(releases())]],
    [
      'a bought model',
      [registers(asks({ head: BOUGHT })), works(), submits(releases({ ...EVALUATION, ...SERVICE }))],
    ],
    [
      'an open-source model that is only evaluated',
      [registers(asks({ head: 'risk: low\napproach: open-source' })), works(), submits(releases(EVALUATION))],
    ],
    ['adopted weights', [registers(asks({ more: ADOPTS })), works(), submits(releases(EVALUATION))]],
    [
      'adopted weights whose criteria were tightened',
      [
        registers(asks({ more: ADOPTS, bound: 0.8 })),
        registers(asks({ more: ADOPTS }), 'tightens'),
        works(),
        submits(releases(EVALUATION)),
      ],
    ],
    [
      'a pinned exam, and training data that are others',
      [
        registers(asks({ more: PINS, on: ON_EXAM })),
        works(),
        submits(
          releases({
            evidence: '{ path: metrics.json, dataset: holdout }',
            more: data(set('holdout', 'test', EXAM), CORPUS_TRAINED),
          }),
        ),
      ],
    ],
    [
      'criteria that were tightened before the work',
      [registers(asks({ bound: 0.8 })), registers(asks(), 'tightens'), works(), submits(releases())],
    ],
  ])('%s', async (_, commits) => {
    const model = await judged(commits)

    expect([said(model), model.decision]).toEqual([expect.any(String), 'go'])
    expect(model.identity).toMatch(/^[0-9a-f]{64}$/)
  })
})
