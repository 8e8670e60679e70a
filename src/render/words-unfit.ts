import type { Control } from '../core/controls.ts'
import type { Missing } from '../core/coverage.ts'
import type { Unfit, Unfitness } from '../core/unfit.ts'
import { joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'

/** Keys of criteria that answer a control, the usual one first: what to ask instead of what says nothing of it. */
export const SUCH_AS: { readonly [C in Control]: readonly string[] } = {
  'sourcing-decision': ['check: record, record: sourcing-decision'],
  'applicable-regulation': ['check: record, record: applicable-regulation'],
  'secure-development': ['check: record, record: secure-development', 'check: approval, teams: [security]'],
  'security-expertise': ['check: record, record: security-expertise', 'check: approval, teams: [security]'],
  'vendor-risk-assessment': [
    'check: record, record: vendor-risk-assessment',
    'check: record, record: certificate',
  ],
  'contract-provisions': ['check: record, record: contract-provisions'],
  'vendor-monitoring': ['check: record, record: vendor-monitoring'],
  'open-source-provenance': [
    'check: lineage, of: [pinned]',
    'check: attestation, predicate: model-signing',
    'check: record, record: bom',
  ],
  'supply-chain': ['check: scan', 'check: record, record: bom'],
  'maintenance-capability': ['check: record, record: maintenance-capability'],
  'data-integrity': ['check: integrity, of: [data]'],
  'environment-isolation': [
    'check: record, record: environment-isolation',
    'check: attestation, predicate: provenance, runner: github-hosted',
  ],
  'access-control': ['check: record, record: access-control'],
  'poisoning-prevention': ['check: record, record: poisoning-prevention'],
  reproducibility: [
    'check: record, record: training',
    'check: integrity, of: [parameters, environment, code]',
  ],
  performance: ['check: metric, metric: accuracy, at_least: 0.9'],
  fairness: [
    'check: disparity, metric: selection_rate, across: [sex], as: ratio, at_least: 0.8',
    'check: metric, metric: demographic_parity_difference, at_most: 0.1',
  ],
  robustness: [
    'check: metric, metric: robust_accuracy, at_least: 0.7',
    'check: metric, metric: accuracy, for_each: corruption, count: 3, at_least: 0.7',
  ],
  'security-testing': ['check: metric, metric: attack_success_rate, at_most: 0.05'],
  extraction: [
    'check: metric, metric: attack_success_rate, where: { attack: extraction }, at_most: 0.05',
    'check: metric, metric: accuracy, where: { attack: extraction }, at_most: 0.8',
  ],
  'membership-inference': [
    'check: metric, metric: attack_auc, at_most: 0.6',
    'check: metric, metric: attack_success_rate, where: { attack: membership }, at_most: 0.6',
    'check: metric, metric: epsilon, at_most: 8',
  ],
  'data-leakage': [
    'check: metric, metric: attack_success_rate, where: { attack: memorisation }, at_most: 0.01',
    'check: suite, suite: leakage',
  ],
  'prompt-injection': [
    'check: metric, metric: attack_success_rate, where: { probe: promptinject.HijackHateHumans }, at_most: 0.02',
  ],
  documentation: ['check: document, document: model-card, sections: model-card'],
  transparency: ['check: document, document: instructions-for-use, sections: instructions-for-use'],
  'human-oversight': ['check: record, record: human-oversight'],
  'base-model-provenance': ['check: lineage, of: [pinned, publisher, licence]'],
  'base-model-card': ['check: lineage, of: [card], sections: model-card'],
  'base-model-vulnerabilities': ['check: record, record: base-model-vulnerabilities'],
  'inherited-data': ['check: record, record: inherited-data'],
  'base-model-evaluation': [
    'check: lineage, of: [evaluated]',
    'check: metric, metric: accuracy, baseline: base, at_least: 0',
  ],
  'inherited-behaviour': ['check: lineage, of: [inherited]', 'check: record, record: inherited-behaviour'],
}

/** What to ask of a control, as keys of a criterion. */
export function suchAs(control: Control): Sentence {
  return joined(
    SUCH_AS[control].map((keys) => [quoted(keys)]),
    ' or ',
  )
}

/** Of each missing control the criteria that name it, and why they say nothing of it; empty where none does. */
function unfitSentences(missing: readonly Missing[]): readonly Sentence[] {
  return missing.flatMap(({ control, unfit = [] }) => unfit.map((one) => unfitSentence(control, one)))
}

/** Why one criterion does not answer the control that it names. */
export function unfitSentence(control: string, unfit: Unfit): Sentence {
  const floor = unfit.floor ? ' of the floor' : ''
  return sentence`${quoted(unfit.criterion)}${[floor]} ${reason(control, unfit)}`
}

/** The first few of them in one sentence. */
export function unfitListed(missing: readonly Missing[], most: number): Sentence {
  return listed(unfitSentences(missing), most, '; ')
}

function reason(control: string, unfit: Unfitness): Sentence {
  const of = quoted(control)
  switch (unfit.why) {
    case 'check':
      return sentence`asks by ${quoted(`check: ${unfit.check}`)}, which shows nothing of ${of}`
    case 'record':
      return sentence`asks for the record ${quoted(unfit.record)}, which shows nothing of ${of}`
    case 'predicate':
      return sentence`asks for the attestation ${quoted(unfit.predicate)}, which shows nothing of ${of}`
    case 'parts':
      return sentence`asks of base models what is ${names(unfit.parts)}, which shows nothing of ${of}`
    case 'unasked':
      return unfit.of.startsWith('check: ')
        ? sentence`asks by ${quoted(unfit.of)} without ${names(unfit.keys)} in ${quoted('of')}, which is not all of ${of}`
        : sentence`asks for ${quoted(unfit.of)} without ${joined(
            unfit.keys.map((key) => [quoted(key)]),
            ' or ',
          )}, and so for what shows nothing of ${of}`
    case 'in_part':
      return sentence`asks by ${quoted(`check: ${unfit.check}`)}, which shows a part of ${of}, and may stand beside the record that asks for all of it`
    case 'metric':
      return unfit.untied
        ? sentence`asks for ${quoted(unfit.metric)}, which shows nothing of ${of} unless ${quoted('where')} or ${quoted('for_each')} names an attack of it`
        : sentence`asks for ${quoted(unfit.metric)}, which shows nothing of ${of}`
    case 'no_groups':
      return sentence`asks for ${quoted(unfit.metric)} of everything, which compares no groups`
    case 'unnamed_attack':
      return sentence`asks for ${quoted(unfit.metric)} and does not say of which attack`
    case 'names_other':
      return sentence`names ${names(unfit.names)}, which is something else than ${of}`
    case 'unattacked':
      return sentence`asks where ${quoted(unfit.label)} is ${quoted(unfit.value)}, and so for what nothing attacked`
    case 'other_input':
      return sentence`names an attack on ${[unfit.input]}, and the model has no trait ${quoted(unfit.trait)}`
    case 'wrong_way':
      return wrongWay(unfit)
    case 'says_nothing':
      return sentence`names no suite or tests of its own, so that nothing ties it to ${of}`
    case 'base_not_measured':
      return unfit.check === 'metric'
        ? sentence`is about the released model, not about its base, without ${quoted('baseline: base')}`
        : sentence`is about the released model, and not about its base`
  }
}

function wrongWay({ metric, asks, reaches, by }: Unfitness & { readonly why: 'wrong_way' }): Sentence {
  const [much, better, other] =
    asks === 'at_least' ? ['at least', 'less', 'at_most'] : ['at most', 'more', 'at_least']
  const asked =
    reaches === undefined
      ? sentence`asks for ${quoted(metric)} of ${[much]} so much`
      : sentence`asks by ${quoted(reaches)} for ${quoted(metric)} where it is worst`
  const why = by === 'attacker' ? `${better} of it is less for the attacker` : `${better} is better`
  return sentence`${asked}, and ${[why]}: a bound on it is ${quoted(other)}`
}
