import type { Context } from '../../src/checks/context.ts'
import type { Exams } from '../../src/checks/exam.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { type ParsedCriteria, parseCriteria } from '../../src/criteria/criteria.ts'
import { type Manifest, type ParsedManifest, parseManifest } from '../../src/criteria/manifest.ts'
import type { CriteriaFile, Facts, ModelFacts } from '../../src/facts.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { aMeasurement, anId, aSource } from './build.ts'

export const CRITERIA_PATH = '.gonogo/criteria/credit-risk.yml'
export const MANIFEST_PATH = 'models/credit-risk/release.yml'

/** A criteria file with these criteria, one to a line, the first on line 6. */
export function criteriaText(lines: readonly string[], head: string = 'risk: low\napproach: build'): string {
  return `gonogo: 1\nmodel: credit-risk\n${head}\ncriteria:\n${lines.map((line) => `  - ${line}\n`).join('')}`
}

/** `accuracy` of at least 0.9. */
export const ACCURACY =
  '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }'

export function parsedCriteria(text: string, path: string = CRITERIA_PATH): ParsedCriteria {
  return parseCriteria(parseYaml(text, path), path)
}

export function parsedManifest(text: string, path: string = MANIFEST_PATH): ParsedManifest {
  return parseManifest(parseYaml(text, path), path)
}

/** A criteria file of the default branch; the blob id is told by one character. */
export function aCriteriaFile(lines: readonly string[], blob = 'c', head?: string): CriteriaFile {
  const text = criteriaText(lines, head)
  return { ...parsedCriteria(text), path: CRITERIA_PATH, commit: anId('2'), sha: anId(blob) }
}

/** One evidence file with an accuracy of 0.93 on 1,000 samples, unless told otherwise. */
export function anEvidence(given: Partial<Evidence> = {}): Evidence {
  const { path = 'models/credit-risk/metrics.json' } = given
  return {
    path,
    sha: anId('e'),
    format: 'metrics',
    trust: 'typed',
    about: 'candidate',
    measurements: [aMeasurement({ source: aSource({ path }) })],
    records: [],
    problems: [],
    ...given,
  }
}

/** A training record that leaves nothing out. */
export const ALL_GIVEN = {
  data: 'given',
  hyperparameters: 'given',
  seeds: 'given',
  environment: 'given',
  commit: 'given',
  hardware: 'given',
  operator: 'given',
  times: 'given',
} as const

/** Criteria that pin no exam, of a model that is trained here at low risk. */
export const NO_EXAMS: Exams = {
  pinned: new Map(),
  given: [],
  trained: [],
  chosen: [],
  trainedHere: true,
  highRisk: false,
}

/** What a check may look at: these measurements in one typed file, at noon of the first of March. */
export function aContext(measurements: readonly Measurement[], given: Partial<Context> = {}): Context {
  return {
    now: '2026-03-01T12:00:00Z',
    trust: 'typed',
    evidence: [anEvidence({ measurements })],
    exams: NO_EXAMS,
    ...given,
  }
}

export const MANIFEST: Manifest = {
  gonogo: 1,
  model: 'credit-risk',
  version: '2.4.0',
  weights: [{ path: 'model.safetensors', sha256: '0a1b2c3d'.repeat(8) }],
  training: { commit: anId('1') },
  evidence: ['metrics.json'],
}

/** A model that comes to go: registered criteria that ask for accuracy, and evidence that holds it. */
export function modelFacts(given: Partial<ModelFacts> = {}): ModelFacts {
  const file = aCriteriaFile([ACCURACY])
  return {
    model: 'credit-risk',
    manifest: { path: MANIFEST_PATH, sha: anId('d'), value: MANIFEST },
    start: {
      kind: 'placed',
      work: { kind: 'training', commit: anId('1') },
      at: anId('2'),
      saw: anId('c'),
    },
    criteria: { path: CRITERIA_PATH, registered: file, today: file, proposed: anId('c') },
    weights: [],
    components: [],
    evidence: [anEvidence()],
    identity: '1'.repeat(64),
    problems: [],
    ...given,
  }
}

/** Facts that come to go, unless told otherwise. */
export function someFacts(models: readonly ModelFacts[] = [modelFacts()], given: Partial<Facts> = {}): Facts {
  return {
    gonogo: 1,
    engine: '0.1.0',
    now: '2026-03-01T12:00:00Z',
    repository: 'acme/credit',
    branch: 'main',
    tip: anId('f'),
    commit: anId('a'),
    base: anId('b'),
    models,
    problems: [],
    proposals: [],
    ...given,
  }
}

/** The same criteria as registered and today, with evidence and start unless told otherwise. */
export function asking(lines: readonly string[], head?: string): ModelFacts['criteria'] {
  const file = aCriteriaFile(lines, 'c', head)
  return { path: CRITERIA_PATH, registered: file, today: file, proposed: anId('c') }
}
