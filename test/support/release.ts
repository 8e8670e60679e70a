import type { Answer } from '../../src/core/answer.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import type { ModelVerdict } from '../../src/core/verdict.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { CriteriaFile, ModelFacts } from '../../src/facts.ts'
import { aMeasurement, anId, aSource } from './build.ts'
import {
  ALL_GIVEN,
  anEvidence,
  CRITERIA_PATH,
  criteriaText,
  MANIFEST_PATH,
  modelFacts,
  parsedCriteria,
  parsedManifest,
  someFacts,
} from './facts.ts'

/** Digests to tell apart. */
export const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
export const [M, N] = ['c'.repeat(32), 'd'.repeat(32)]
export const sha = (digest: string) => `digest: { sha256: ${digest} }`
export const md5 = (digest: string) => `digest: { md5: ${digest} }`

export const PINNED = `holdout: { ${sha(A)} }`
export const accuracy = (rest: string) =>
  `{ id: accuracy, control: performance, check: metric, metric: accuracy, ${rest} }`
const ON_HOLDOUT = accuracy('dataset: holdout, at_least: 0.9')
export const TEST = `{ name: holdout, role: test, ${sha(A)} }`
export const TRAIN = `{ name: corpus, role: train, ${sha(B)} }`

/** Criteria, manifest and evidence of one release, as far as they are not the usual ones. */
export type Story = {
  readonly pins?: string
  readonly today?: string
  readonly asks?: readonly string[]
  readonly head?: string
  readonly datasets?: string
  readonly evidence?: string
  readonly measured?: readonly Partial<Measurement>[]
  /** The evidence does not say on how many samples it was measured. */
  readonly uncounted?: true
  readonly files?: readonly Evidence[]
}

function file({ asks = [ON_HOLDOUT], head }: Story, pins: string, blob = 'c'): CriteriaFile {
  const text = `${criteriaText(asks, head)}${pins === '' ? '' : `datasets: { ${pins} }\n`}`
  const parsed = parsedCriteria(text)
  if (parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems))
  return { ...parsed, path: CRITERIA_PATH, commit: anId('2'), sha: anId(blob) }
}

/** A release that takes the pinned exam and was trained on something else, unless told otherwise. */
export function release(story: Story): ModelVerdict {
  const { pins = PINNED, datasets = `${TEST}, ${TRAIN}`, evidence = 'metrics.json', measured = [{}] } = story
  const { manifest, problems } = parsedManifest(
    [
      'gonogo: 1\nmodel: credit-risk\nversion: 2.4.0',
      `weights: [{ path: model.safetensors, sha256: ${A} }]`,
      `${story.head === BOUGHT ? 'evaluation' : 'training'}: { commit: ${anId('e')} }`,
      `datasets: [${datasets}]\nevidence: [${evidence}]\n`,
    ].join('\n'),
  )
  if (manifest === undefined) throw new Error(JSON.stringify(problems))
  const path = 'models/credit-risk/metrics.json'
  const registered = file(story, pins)
  const work = { kind: story.head === BOUGHT ? 'evaluation' : 'training', commit: anId('e') } as const
  const facts: ModelFacts = modelFacts({
    manifest: { path: MANIFEST_PATH, sha: anId('d'), value: manifest },
    start: { kind: 'placed', work, at: anId('2'), saw: registered.sha },
    criteria: {
      path: CRITERIA_PATH,
      registered,
      today: story.today === undefined ? registered : file(story, story.today, '7'),
    },
    evidence: [
      anEvidence({
        measurements: measured
          .map((given) => aMeasurement({ source: aSource({ path }), ...given }))
          .map((one) => (story.uncounted ? uncounted(one) : one)),
      }),
      ...(story.files ?? []),
    ],
  })
  const [model] = evaluate(someFacts([facts])).models
  if (model === undefined) throw new Error('no model')
  return model
}

function uncounted({ samples: _, ...measurement }: Measurement): Measurement {
  return measurement
}

/** What the one criterion came to. */
export const answerOf = (model: ModelVerdict): Answer | undefined => model.findings[1]?.answer

export const HIGH = 'risk: high\napproach: build\ntrust: typed'
export const BOUGHT = 'risk: high\napproach: buy\ntrust: typed'

/** The training record of a model, in a file of its own. */
export function record(
  data: readonly { readonly name: string; readonly digest?: string }[],
  about: Evidence['about'],
): Evidence {
  const path = 'models/credit-risk/training.yml'
  return anEvidence({
    path,
    about,
    measurements: [],
    records: [
      {
        kind: 'training',
        owner: 'given',
        date: '2026-01-01',
        fields: ALL_GIVEN,
        data,
        source: aSource({ path }),
      },
    ],
  })
}
