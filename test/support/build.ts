import type { Answer } from '../../src/core/answer.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Measurement, Source } from '../../src/core/measurement.ts'
import type { Registration } from '../../src/core/registration.ts'
import type { ModelVerdict, Proposal, Verdict } from '../../src/core/verdict.ts'

/** A git object id made of one character, such as `aaaa…`. */
export function anId(character: string): string {
  return character.repeat(40)
}

/** Where a number was read, unless told otherwise: line 3 of a metrics file. */
export function aSource(given: Partial<Source> = {}): Source {
  return {
    path: 'models/credit-risk/validation/metrics.json',
    sha: anId('e'),
    format: 'json',
    pointer: '/accuracy',
    line: 3,
    ...given,
  }
}

/** An accuracy of 0.93 on 1,000 samples of `holdout`, unless told otherwise. */
export function aMeasurement(given: Partial<Measurement> = {}): Measurement {
  return {
    metric: 'accuracy',
    value: 0.93,
    unit: 'fraction',
    samples: 1000,
    labels: { dataset: 'holdout' },
    source: aSource(),
    ...given,
  }
}

/** A met answer: 0.93 is at least 0.9. */
export function isMet(): Answer {
  return {
    code: 'within_bound',
    outcome: 'met',
    observed: aMeasurement(),
    bound: { kind: 'at_least', value: 0.9 },
  }
}

/** An unmet answer: 0.871 is not at least 0.9. */
export function isUnmet(): Answer {
  return {
    code: 'beyond_bound',
    outcome: 'unmet',
    observed: aMeasurement({ value: 0.871 }),
    bound: { kind: 'at_least', value: 0.9 },
  }
}

/** An undecided answer: nothing reports the accuracy. */
export function isUndecided(): Answer {
  return {
    code: 'no_measurement',
    outcome: 'undecided',
    asked: { metric: 'accuracy', where: { dataset: 'holdout' } },
    nearest: ['acc_norm', 'f1'],
  }
}

/** A met, blocking finding about accuracy, unless told otherwise. */
export function aFinding(given: Partial<Finding> = {}): Finding {
  return {
    criterion: 'accuracy',
    control: 'performance',
    blocking: true,
    version: 'both',
    answer: isMet(),
    asked: { path: '.gonogo/criteria/credit-risk.yml', line: 7, sha: anId('c') },
    ...given,
  }
}

/** The built-in criterion, met. */
export function isRegistered(): Finding {
  const { asked: _, ...finding } = aFinding({
    criterion: 'preregistration',
    control: 'preregistration',
    answer: {
      code: 'registered',
      outcome: 'met',
      tier: 'ordered',
      work: anId('1'),
      at: anId('2'),
      amended: false,
    },
  })
  return finding
}

/** Criteria that came first, unless told otherwise. */
export function aRegistration(given: Partial<Registration> = {}): Registration {
  return {
    tier: 'ordered',
    required: 'ordered',
    limits: [{ code: 'no_clock' }],
    work: { kind: 'training', commit: anId('1') },
    at: anId('2'),
    path: '.gonogo/criteria/credit-risk.yml',
    registered: anId('c'),
    today: anId('c'),
    proposed: anId('c'),
    ...given,
  }
}

/** A model that is a go, unless told otherwise. */
export function aModel(given: Partial<ModelVerdict> = {}): ModelVerdict {
  return {
    model: 'credit-risk',
    version: '2.4.0',
    decision: 'go',
    identity: `sha256:${'9f86d081'.repeat(8)}`,
    risk: 'limited',
    registration: aRegistration(),
    deviations: [],
    weights: [{ name: 'model.safetensors', digest: `sha256:${'0a1b2c3d'.repeat(8)}`, trust: 'seen' }],
    components: [{ path: 'models/credit-risk/prompt.md', sha: anId('d') }],
    evidence: [
      {
        path: 'models/credit-risk/metrics.json',
        sha: anId('e'),
        format: 'metrics',
        trust: 'typed',
        about: 'candidate',
      },
    ],
    exams: [],
    chosen: [],
    datasets: [],
    knownAs: [],
    findings: [isRegistered(), aFinding()],
    problems: [],
    manifest: { path: 'models/credit-risk/release.yml', sha: anId('d') },
    ...given,
  }
}

/** A change of criteria that is in order, unless told otherwise. */
export function aProposal(given: Partial<Proposal> = {}): Proposal {
  return {
    path: '.gonogo/criteria/credit-risk.yml',
    change: 'changed',
    model: 'credit-risk',
    deviations: [],
    problems: [],
    ...given,
  }
}

/** A verdict of go on one model, unless told otherwise. */
export function aVerdict(given: Partial<Verdict> = {}): Verdict {
  return {
    decision: 'go',
    repository: 'acme/credit',
    branch: 'main',
    commit: anId('a'),
    base: anId('b'),
    tip: anId('f'),
    now: '2026-03-01T12:00:00Z',
    engine: '0.1.0',
    models: [aModel()],
    problems: [],
    proposals: [],
    ...given,
  }
}
