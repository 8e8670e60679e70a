import {
  ATTACK_CONTROLS,
  BACKDOORS,
  isAttackControl,
  type Said,
  unfitNames,
  unfitNumber,
  untold,
} from '../core/attack-controls.ts'
import { namesTests } from '../core/attack-names.ts'
import { isAttackLabel, kindsIn, saysAttack } from '../core/attacks.ts'
import type { Control } from '../core/controls.ts'
import { type Meaning, meaningOf } from '../core/meanings.ts'
import type { Trait } from '../core/profile.ts'
import type { Unfitness } from '../core/unfit.ts'
import { anotherModel, isNoQuality, isOfSoftware } from './no-quality.ts'
import { attackedBy, isGroup, type Numbers, namesGroups, saidOf } from './said.ts'
import { wrongWay } from './wrong-way.ts'

type Why = Unfitness | undefined

/** Why numbers or tests say nothing of a control; undefined where they do. */
export function unfitNumbers(control: Control, criterion: Numbers, traits: readonly Trait[]): Why {
  return unfitByMeaning(control, criterion, traits) ?? wrongWay(control, criterion)
}

function unfitByMeaning(control: Control, criterion: Numbers, traits: readonly Trait[]): Why {
  const said = saidOf(criterion)
  if (isAttackControl(control)) return ofAttacks(ATTACK_CONTROLS[control], criterion, said, traits)
  switch (control) {
    case 'performance':
      return ofPerformance(criterion, said)
    case 'fairness':
      return ofFairness(criterion, said)
    case 'poisoning-prevention':
      return ofTrainingData(criterion, said, traits)
    case 'inherited-data':
      return ofInheritedData(criterion, said)
    case 'base-model-vulnerabilities':
      return ofBase(criterion, traits, () =>
        ofAttacks(ATTACK_CONTROLS['security-testing'], criterion, said, traits),
      )
    case 'base-model-evaluation':
      // Side by side by groups is a part of it.
      return ofBase(criterion, traits, () =>
        criterion.check === 'disparity' ? undefined : ofPerformance(criterion, said),
      )
    case 'inherited-behaviour':
      return ofBase(criterion, traits, () => ofFairness(criterion, said))
    default:
      return { why: 'check', check: criterion.check }
  }
}

type AttackRule = Parameters<typeof unfitNumber>[2]

function ofAttacks(rule: AttackRule, criterion: Numbers, said: Said, traits: readonly Trait[]): Why {
  if (criterion.check === 'metric') return unfitNumber(criterion.metric, said, rule, traits)
  if (criterion.check === 'suite')
    return ofNamed(said) ?? unfitNames(said, rule, traits) ?? untold(said, rule, traits)
  // How far groups are apart tells of no attack: what nothing attacked may be all of them.
  return { why: 'check', check: 'disparity' }
}

const SAYS_NOTHING = { why: 'says_nothing', check: 'suite' } as const

/** Words of suites that test data, or the model as it is used every day. */
const EVERYDAY = [
  'quality',
  'integrity',
  'accuracy',
  'performance',
  'schema',
  'expect',
  'smoke',
  'great-expectations',
]

/** A suite is its people's own: it is of the control unless nothing, or something else, is said of it. */
function ofNamed({ names, own = [] }: Said): Why {
  const everyday = names.filter((name) => EVERYDAY.some((word) => name.toLowerCase().includes(word)))
  const isOther = everyday.length > 0 && names.every((name) => kindsIn(name).length === 0)
  if (isOther) return { why: 'names_other', names: everyday.slice(0, 3) }
  const isNamed = own.some(namesTests) || names.some((name) => kindsIn(name).length > 0 || saysAttack(name))
  return isNamed ? undefined : SAYS_NOTHING
}

/** The part of the data that the model was fitted on. */
const OF_PART = /^(?:split|set|subset|partition|part|stage|phase)$/i
const OF_FIT = /^(?:tr$|train|training|trn|fit|fitted|in_sample|in-sample)/i
/** A data set that the model was fitted on is called so, and no exam beside. */
const FIT_DATA = /(?:^|[^a-z])(?:train|training|trainset|trn|fit|fitted|in[_-]?sample)(?![a-z])/i
const EXAM_DATA =
  /(?:^|[^a-z])(?:test|testing|testset|held?[_-]?out|hold[_-]?out|eval|evaluation|val|valid|validation|dev|exam|unseen)(?![a-z])/i

function isFitData(name: string): boolean {
  return FIT_DATA.test(name) && !EXAM_DATA.test(name)
}

const RIGHT: readonly Meaning[] = ['quality', 'own']

function ofPerformance(criterion: Numbers, said: Said): Why {
  switch (criterion.check) {
    case 'disparity':
      return { why: 'check', check: 'disparity' }
    case 'suite': {
      const names = said.names.filter(
        (name) => kindsIn(name).length > 0 || name === 'great-expectations' || isOfSoftware(name),
      )
      const only = names.length > 0 && names.length === said.names.length
      return only ? { why: 'names_other', names: names.slice(0, 3) } : undefined
    }
    case 'metric': {
      const { metric } = criterion
      const meaning = meaningOf(metric)
      const isAside = meaning === 'own' && isNoQuality(metric)
      if (isAside || !RIGHT.includes(meaning)) return { why: 'metric', metric }
      const trained = said.labels.find(
        ({ label, values }) =>
          (OF_PART.test(label) && values.some((value) => OF_FIT.test(value))) ||
          (label === 'dataset' && values.some(isFitData)),
      )
      if (trained !== undefined) return { why: 'names_other', names: trained.values.slice(0, 3) }
      const fitted = said.names.filter(isFitData)
      if (fitted.length > 0) return { why: 'names_other', names: fitted.slice(0, 3) }
      const others = anotherModel(said)
      if (others.length > 0) return { why: 'names_other', names: others.slice(0, 3) }
      const attacked = attackedBy(said)
      return attacked.length > 0 ? { why: 'names_other', names: attacked.slice(0, 3) } : undefined
    }
  }
}

/** Meanings that are numbers of groups where groups are named. */
const BY_GROUP: readonly Meaning[] = ['quality', 'outcome', 'robust', 'attack', 'own']

/** Parts of names by which people call a number of their own one of groups, or of how groups are spoken of. */
const OF_GAPS =
  /(?:^|[^a-z])(?:bias|counterfactual|demograph|discriminat|disparit|disparat|equal|equit|fair|gap|group|odds|parity|slur|stereotyp|subgroup|theil|toxic|unfair)/i

/** Those of them that are of people wherever they stand. */
const OF_PEOPLE =
  /(?:^|[^a-z])(?:counterfactual|demograph|discriminat|disparit|disparat|equit|fair|slur|stereotyp|subgroup|unfair)/i
/** Words beside which the others are of a training, of a formula or of software. */
const OF_OTHER_GAPS =
  /(?:^|[^a-z])(?:generali[sz]|overfit|train|intercept|bias[^a-z]term|init|inductive|exposure|batch|layer|neuron|optimality|duality|integrality|price|filling|group[^a-z]?chat|operator)/i

function isOfGaps(name: string): boolean {
  return OF_PEOPLE.test(name) || (OF_GAPS.test(name) && !OF_OTHER_GAPS.test(name))
}

function ofFairness(criterion: Numbers, said: Said): Why {
  switch (criterion.check) {
    case 'disparity': {
      const { metric } = criterion
      const across = criterion.across.flat()
      if (across.some(isGroup)) return undefined
      const attacks = across.filter(isAttackLabel)
      return attacks.length > 0
        ? { why: 'names_other', names: attacks.slice(0, 3) }
        : { why: 'no_groups', metric }
    }
    case 'suite':
      return (
        ofNamed(said) ??
        unfitNames(said, OF_GROUPS, []) ??
        (said.names.some(isOfGaps) ? undefined : SAYS_NOTHING)
      )
    case 'metric': {
      const { metric } = criterion
      const meaning = meaningOf(metric)
      if (meaning === 'gap' || (meaning === 'own' && isOfGaps(metric))) return undefined
      if (!BY_GROUP.includes(meaning)) return { why: 'metric', metric }
      // A share of everything, such as the accuracy, is no gap between groups, and is none of a group either.
      return namesGroups(said) ? undefined : { why: 'no_groups', metric }
    }
  }
}

const OF_GROUPS: AttackRule = { alone: [], named: [], tied: [], kinds: [] }

/** Tests of data are tests of where it came from; a number is of the data, or of triggers that somebody looked for. */
function ofTrainingData(criterion: Numbers, said: Said, traits: readonly Trait[]): Why {
  if (criterion.check === 'suite') return undefined
  if (criterion.check === 'disparity') return { why: 'check', check: 'disparity' }
  const { metric } = criterion
  const meaning = meaningOf(metric)
  if (meaning === 'own' || meaning === 'data') return undefined
  return unfitNumber(metric, said, BACKDOORS, traits)
}

/** Parts of names of what is told of data: what is in them, whose they are, and whom they leave out. */
const OF_DATA =
  /bias|copyright|corpora|corpus|data|dedup|licen|lineage|pii|personal|privacy|provenance|scrap|source|tox|train/i

function ofInheritedData(criterion: Numbers, said: Said): Why {
  if (criterion.check === 'suite')
    return said.names.some((name) => OF_DATA.test(name)) ? undefined : SAYS_NOTHING
  const { metric } = criterion
  const ofData = criterion.check === 'metric' && ['own', 'data'].includes(meaningOf(metric))
  return ofData ? undefined : { why: 'metric', metric }
}

/** What is fine-tuned is another model than its base: only what is measured of both tells of the base. */
function ofBase(criterion: Numbers, traits: readonly Trait[], own: () => Why): Why {
  const isMeasured = criterion.check === 'metric' && criterion.baseline === 'base'
  return traits.includes('fine-tuned') && !isMeasured
    ? { why: 'base_not_measured', check: criterion.check }
    : own()
}
