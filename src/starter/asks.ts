import type { Control } from '../core/controls.ts'
import type { Risk, Trait } from '../core/profile.ts'
import { PRESETS, type Preset } from '../core/section-presets.ts'
import { type Ask, approval, document, metric, orRecord, record, shown, VENDOR_ANSWERS } from './ask.ts'
import { OF_ATTACKS, OF_GENERATIVE } from './asks-attacks.ts'

/** What answers each control at first; a control without an ask does not compile. */
const ASKS: { readonly [C in Control]: readonly Ask[] } = {
  'sourcing-decision': [record('sourcing-decision')],
  'applicable-regulation': [record('applicable-regulation')],
  'secure-development': [record('secure-development')],
  'security-expertise': [
    record('security-expertise'),
    approval(
      'security-review',
      'the team whose members know, as teams: [security]; without it any other writer may approve',
    ),
  ],
  'vendor-risk-assessment': [
    {
      ...orRecord('vendor-risk-assessment', 'where the vendor has one', 'certificate'),
      beside: VENDOR_ANSWERS,
    },
  ],
  'contract-provisions': [record('contract-provisions')],
  'vendor-monitoring': [record('vendor-monitoring')],
  'open-source-provenance': [
    {
      ...shown(
        'lineage',
        'provenance',
        'of: [pinned]',
        'whether the manifest names every base under base_models, with revision and digest',
      ),
      instead: [
        { where: 'where a bill of materials names them', keys: 'check: record, record: bom' },
        {
          where: 'where the publisher signed the weights',
          keys: 'check: attestation, predicate: model-signing',
        },
      ],
    },
  ],
  'supply-chain': [
    {
      ...shown(
        'scan',
        'supply-chain',
        'max_age: 90 days',
        'the scanner, as tool: modelscan; without it any whose report is among the evidence',
      ),
      instead: [
        { where: 'where a bill of materials names every file', keys: 'check: record, record: bom' },
        { where: 'where no scanner reads such weights', keys: 'check: scan, tool: gonogo' },
      ],
    },
  ],
  'maintenance-capability': [record('maintenance-capability')],
  'data-integrity': [
    shown(
      'integrity',
      'data-integrity',
      'of: [data]',
      'what names the digests of the data beside the manifest: a lock, a Croissant description, verified provenance or the training record',
    ),
  ],
  'environment-isolation': [
    record(
      'environment-isolation',
      "where a trusted job signs how the weights were made, on GitHub's own runners",
      'check: attestation, predicate: provenance, runner: github-hosted',
    ),
  ],
  'access-control': [record('access-control')],
  'poisoning-prevention': [
    {
      ...record('poisoning-prevention'),
      beside: {
        ...{ id: 'data-tests', where: 'where tests of the data are among the evidence' },
        keys: 'check: suite, tests: ["expect_*"]',
      },
    },
  ],
  reproducibility: [{ kind: 'training' }],
  performance: [
    metric(
      'performance',
      'metric: accuracy, at_least: 0.9, confidence: 0.95, min_samples: 1000',
      'the metric, the bound below which nobody would use the model, and the samples',
    ),
  ],
  fairness: [
    {
      ...metric(
        'parity',
        'metric: demographic_parity_difference, at_most: 0.1',
        'the measure of fairness that fits the use, and the groups that it is measured over',
      ),
      instead: [
        {
          where:
            'where rows, counts or rates of each group are there, with an interval for every pair of them',
          keys: 'check: disparity, metric: selection_rate, across: [sex], as: ratio, at_least: 0.8, confidence: 0.95',
        },
      ],
    },
  ],
  ...OF_ATTACKS,
  documentation: [document('model-card', 'Intended use', 'Training data', 'Evaluation', 'Limitations')],
  transparency: [document('user-information', 'What the model does', 'What it can not do', 'Whom to ask')],
  'human-oversight': [
    record('human-oversight'),
    approval(
      'sign-off',
      'the team that answers for the model, as teams: [model-risk]; without it any other writer may approve',
    ),
  ],
  'base-model-provenance': [
    shown(
      'lineage',
      'base-model',
      'of: [pinned, publisher, licence]',
      'who may be taken from, as publishers: [acme-lab], and licences: [apache-2.0], or a LicenseRef-… for the terms of a vendor, where the floor does not say; the manifest names the base under base_models, and one behind an API by provider and snapshot',
    ),
  ],
  'base-model-card': [
    {
      ...shown(
        'lineage',
        'base-model-card',
        'of: [card], sections: model-card',
        'the headings that the published card has, as sections: [Uses, Training data]; the manifest names the card as it was published, as card of the base under base_models',
      ),
      instead: [
        {
          where: 'where nothing was published, and you write down what is known of it',
          keys: 'check: document, document: base-model-card, sections: [Intended use, Training data, Limitations]',
        },
      ],
    },
  ],
  'base-model-vulnerabilities': [record('base-model-vulnerabilities')],
  'inherited-data': [record('inherited-data')],
  'base-model-evaluation': [
    {
      ...shown(
        'lineage',
        'base-model-evaluation',
        'of: [evaluated]',
        'the numbers, as metrics: [accuracy], and the groups, as across: [sex]; without them all that these criteria measure',
      ),
      instead: [
        {
          where: 'where one number is to be held against its base',
          keys: 'check: metric, metric: accuracy, baseline: base, at_least: 0',
        },
      ],
    },
  ],
  'inherited-behaviour': [
    {
      ...record('inherited-behaviour'),
      beside: {
        ...{ id: 'inherited-biases', where: 'where groups were measured before and after' },
        keys: 'check: lineage, of: [inherited], at_most_worse: 0.02',
      },
    },
  ],
}

/** At high risk the documents that the EU AI Act asks of a provider stand beside the model card, or in its place. */
const AT_HIGH_RISK: { readonly [C in Control]?: readonly Ask[] } = {
  documentation: [
    ...ASKS.documentation,
    {
      ...{ kind: 'record', record: 'annex-iv', id: 'annex-iv' },
      more: ['# decide: headings that may be said not to apply and must not be here, as fields: [2d_data]'],
    },
    {
      ...{ kind: 'record', record: 'test-report', id: 'test-report' },
      more: [
        'covers: evidence               # every file that the blocking criteria rest on is signed for',
        '# decide: trust: signed, where the report is attested: else its signatures are names that somebody typed',
      ],
    },
  ],
  transparency: [{ kind: 'document', document: 'instructions-for-use', sections: 'instructions-for-use' }],
}

/** The headings of a document, where they are asked by one name those that it stands for. */
export function headingsAsked(sections: readonly string[] | Preset): readonly string[] {
  return typeof sections === 'string' ? PRESETS[sections].map(([title]) => title) : sections
}

/** What a starter asks for a control of a model of this risk with these traits. */
export function asksFor(
  control: Control,
  { risk, traits }: { readonly risk: Risk; readonly traits: readonly Trait[] },
): readonly Ask[] {
  const high = risk === 'high' ? AT_HIGH_RISK[control] : undefined
  if (high !== undefined) return high
  return (traits.includes('generative') ? OF_GENERATIVE[control] : undefined) ?? ASKS[control]
}
