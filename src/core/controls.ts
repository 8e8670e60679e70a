import { type Approach, type Profile, RISKS, type Risk, type Trait } from './profile.ts'

/** The lifecycle controls that a criterion may answer for, by phase. */
export const CONTROLS = [
  // sourcing
  'sourcing-decision',
  'applicable-regulation',
  'secure-development',
  'security-expertise',
  'vendor-risk-assessment',
  'contract-provisions',
  'vendor-monitoring',
  'open-source-provenance',
  'supply-chain',
  'maintenance-capability',
  // training
  'data-integrity',
  'environment-isolation',
  'access-control',
  'poisoning-prevention',
  'reproducibility',
  // validation
  'performance',
  'fairness',
  'robustness',
  'security-testing',
  'extraction',
  'membership-inference',
  'data-leakage',
  'prompt-injection',
  'documentation',
  'transparency',
  'human-oversight',
  // lineage
  'base-model-provenance',
  'base-model-card',
  'base-model-vulnerabilities',
  'inherited-data',
  'base-model-evaluation',
  'inherited-behaviour',
] as const
export type Control = (typeof CONTROLS)[number]

/** The control that is built in: no criterion can answer for it and none can switch it off. */
export const PREREGISTRATION = 'preregistration'
/** The finding that says which controls nothing asks for. */
export const COVERAGE = 'coverage'

/** Findings that no criteria file asks for, and ids that it therefore may not give. */
export const BUILT_IN: readonly string[] = [PREREGISTRATION, COVERAGE]

type Term = Risk | Approach | Trait

export type ControlRow = {
  readonly phase: 'sourcing' | 'training' | 'validation' | 'lineage' | 'process'
  /** Required where every list has at least one term that the model has; an empty list of lists is every model. */
  readonly required: readonly (readonly Term[])[]
  /** What answers it, in a short phrase. */
  readonly wants: string
}

const ABOVE_LOW = ['limited', 'high'] as const
const TRAINED = ['build', 'fine-tuned'] as const
const INHERITED = ['fine-tuned', 'open-source'] as const

function row(phase: ControlRow['phase'], required: ControlRow['required'], wants: string): ControlRow {
  return { phase, required, wants }
}

/** Which model must answer which control. A control without a row does not compile. */
export const CONTROL_TABLE: { readonly [C in Control | typeof PREREGISTRATION]: ControlRow } = {
  'sourcing-decision': row('sourcing', [ABOVE_LOW], 'why it is built, bought or taken, who decided and when'),
  'applicable-regulation': row('sourcing', [ABOVE_LOW], 'which regulation applies and why, and who says so'),
  'secure-development': row(
    'sourcing',
    [['build'], ['high']],
    'a record of how the code is written securely',
  ),
  'security-expertise': row('sourcing', [['build'], ['high']], 'the people who know, and their approval'),
  'vendor-risk-assessment': row(
    'sourcing',
    [['buy']],
    'an assessment with outcome, assessor, date and expiry',
  ),
  'contract-provisions': row('sourcing', [['buy']], 'the clauses on notice of change and audit'),
  'vendor-monitoring': row('sourcing', [['buy']], 'a review of the vendor that is not too old'),
  'open-source-provenance': row(
    'sourcing',
    [['open-source']],
    'a signature or pinned digest, and what is known of the training data',
  ),
  'supply-chain': row('sourcing', [['open-source']], 'a scan and a bill of materials'),
  'maintenance-capability': row('sourcing', [['open-source']], 'named owners, a runbook and a way back'),
  'data-integrity': row('training', [TRAINED], 'dataset digests that agree wherever the data is named'),
  'environment-isolation': row(
    'training',
    [TRAINED, ABOVE_LOW],
    'where training ran, and what kept it apart',
  ),
  'access-control': row(
    'training',
    [TRAINED, ABOVE_LOW],
    'who may change training data, start runs and read outputs',
  ),
  'poisoning-prevention': row('training', [TRAINED], 'checked sources, data tests, a search for backdoors'),
  reproducibility: row(
    'training',
    [TRAINED],
    'a training record: data, hyperparameters, seeds, environment, commit',
  ),
  performance: row('validation', [], 'a metric on data that was not trained on'),
  fairness: row(
    'validation',
    [['personal-data', 'high']],
    'a gap between groups, such as demographic parity',
  ),
  robustness: row('validation', [ABOVE_LOW], 'results under attack and on corrupted input'),
  'security-testing': row('validation', [ABOVE_LOW], 'at least one result of an attack that fits the traits'),
  extraction: row('validation', [['high', 'personal-data']], 'results of model extraction attacks'),
  'membership-inference': row(
    'validation',
    [['high', 'personal-data']],
    'results of membership inference attacks',
  ),
  'data-leakage': row('validation', [['personal-data', 'generative']], 'leak and memorisation tests'),
  'prompt-injection': row('validation', [['generative']], 'attack success rates by probe'),
  documentation: row('validation', [ABOVE_LOW], 'a model card and technical documentation with real content'),
  transparency: row('validation', [ABOVE_LOW], 'what users are told'),
  'human-oversight': row('validation', [ABOVE_LOW], 'named overseers who can stop it, and their sign-off'),
  'base-model-provenance': row(
    'lineage',
    [INHERITED],
    'a pinned revision and digest, an allowed publisher and licence',
  ),
  'base-model-card': row('lineage', [INHERITED], "the base model's published card"),
  'base-model-vulnerabilities': row(
    'lineage',
    [INHERITED],
    'known vulnerabilities and scans of the base model',
  ),
  'inherited-data': row('lineage', [INHERITED], "what is known of the base model's training data"),
  'base-model-evaluation': row('lineage', [INHERITED], 'the base model measured on the own use case'),
  'inherited-behaviour': row(
    'lineage',
    [['fine-tuned']],
    'inherited biases before and after, watched over time',
  ),
  preregistration: row('process', [], 'criteria that came before the work; built in'),
}

/** Why a control is required; `floor` where the organisation asks for it at this risk. */
export type Cause = 'every release' | `risk: ${Risk}` | `approach: ${Approach}` | `trait: ${Trait}` | 'floor'

/**
 * Why a model must answer a control, or undefined where it need not. At low risk what approach and risk bring
 * is not asked, only what the traits bring and what every release answers.
 */
export function requiredBecause(
  control: keyof typeof CONTROL_TABLE,
  { risk, approaches, traits }: Profile,
): readonly Cause[] | undefined {
  const { required } = CONTROL_TABLE[control]
  if (required.length === 0) return ['every release']
  const holding = required.map(
    (terms) =>
      terms.flatMap((term): readonly Cause[] => {
        const [level, approach, trait] = [
          RISKS.find((one) => one === term),
          approaches.find((one) => one === term),
          traits.find((one) => one === term),
        ]
        if (level !== undefined) return level === risk ? [`risk: ${level}`] : []
        if (approach !== undefined) return risk === 'low' ? [] : [`approach: ${approach}`]
        return trait === undefined ? [] : [`trait: ${trait}`]
      })[0],
  )
  const causes = holding.filter((cause) => cause !== undefined)
  return causes.length === holding.length ? causes : undefined
}
