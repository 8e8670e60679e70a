import { kindsMeasuredBy, kindsToldBy, tellsAttack } from './attack-names.ts'
import {
  type AttackKind,
  deniesAttack,
  inputsIn,
  isAttackLabel,
  isNamedAttackLabel,
  kindsFitting,
  kindsIn,
  kindsPlainlyIn,
  saysAttack,
  traitLacking,
} from './attacks.ts'
import type { Control } from './controls.ts'
import { type Meaning, meaningOf } from './meanings.ts'
import type { Trait } from './profile.ts'
import { isNoStrength, isUnattacked } from './unattacked.ts'
import type { Unfitness } from './unfit.ts'

/** What a criterion says of what is measured beside its metric: its labels, and whatever else it names. */
export type Said = {
  /** `where`, `for_each` and `across`; no values where every one of a label is meant. */
  readonly labels: readonly { readonly label: string; readonly values: readonly string[] }[]
  /** Dataset, suite, tests, files and formats. */
  readonly names: readonly string[]
  /** Those of them that are names of tests, and not of where they are read. */
  readonly own?: readonly string[]
}

/** Which numbers speak of a control that is about attacks. */
type Rule = {
  /** By what they mean, whatever else is said. */
  readonly alone: readonly Meaning[]
  /** Once a label is that of an attack, or a name tells one of the control's. */
  readonly named: readonly Meaning[]
  /** Once a label is that of an attack, or a name tells one of the control's and can mean nothing else. */
  readonly tied: readonly Meaning[]
  /** Attacks that are the control's; `fitting`: those that fit the traits. */
  readonly kinds: readonly AttackKind[] | 'fitting'
  /** What is attacked must be what the model takes in. */
  readonly byInput?: true
}

const PLAIN: readonly Meaning[] = ['quality', 'outcome']

/** Design chapter 3: what answers each control that only results under attack, or on spoiled input, answer. */
export const ATTACK_CONTROLS = {
  robustness: {
    alone: ['robust', 'attack'],
    named: [],
    tied: PLAIN,
    kinds: ['evasion', 'corruption', 'injection', 'jailbreak'],
    byInput: true,
  },
  'security-testing': {
    alone: ['attack', 'robust', 'membership', 'code'],
    named: [],
    tied: PLAIN,
    kinds: 'fitting',
    byInput: true,
  },
  extraction: { alone: [], named: ['attack'], tied: PLAIN, kinds: ['extraction'] },
  'membership-inference': {
    alone: ['membership', 'budget'],
    named: ['attack'],
    tied: PLAIN,
    kinds: ['membership'],
  },
  'data-leakage': {
    alone: [],
    named: ['attack'],
    tied: [...PLAIN, 'membership'],
    kinds: ['leakage', 'extraction'],
  },
  'prompt-injection': {
    alone: [],
    named: ['attack', 'robust'],
    tied: PLAIN,
    kinds: ['injection', 'jailbreak'],
  },
} as const satisfies { readonly [C in Control]?: Rule }
export type AttackControl = keyof typeof ATTACK_CONTROLS

/** Of training data that was poisoned only triggers tell, where the number is not one of the data itself. */
export const BACKDOORS: Rule = { alone: [], named: [], tied: [...PLAIN, 'attack'], kinds: ['backdoor'] }

/** Whether a control is answered by results under attack alone. */
export function isAttackControl(control: Control): control is AttackControl {
  return Object.hasOwn(ATTACK_CONTROLS, control)
}

/** Why a number says nothing of a control that is about attacks; undefined where it does. */
export function unfitNumber(
  metric: string,
  said: Said,
  rule: Rule,
  traits: readonly Trait[],
): Unfitness | undefined {
  const meaning = meaningOf(metric)
  const named = unfitNames(said, rule, traits, meaning === 'own' ? kindsIn(metric) : ownKinds(meaning))
  if (rule.alone.includes(meaning)) return named
  if (rule.named.includes(meaning))
    return named ?? (isNamed(said, rule, traits) ? undefined : { why: 'unnamed_attack', metric })
  if (meaning !== 'own' && !rule.tied.includes(meaning)) return { why: 'metric', metric }
  const isOwn = meaning === 'own' && namesOwn(metric, rule, traits)
  const tied = isOwn || isTied(said, rule, traits)
  return named ?? (tied ? undefined : { why: 'metric', metric, untied: true })
}

/** A metric that no table has is of the control where its own name says so. */
function namesOwn(metric: string, rule: Rule, traits: readonly Trait[]): boolean {
  const allowed = allowedBy(rule, traits)
  const isOf = kindsMeasuredBy(metric).some((kind) => allowed.includes(kind))
  return isOf || (rule.byInput === true && saysAttack(metric))
}

/** Why nothing that a suite names is plainly of the control's attacks, or of any attack on the model. */
export function untold(
  { names, own = [] }: Said,
  rule: Rule,
  traits: readonly Trait[],
): Unfitness | undefined {
  const allowed = allowedBy(rule, traits)
  const isTold = (name: string) =>
    tellsAttack(name) || kindsToldBy(name).some((kind) => allowed.includes(kind))
  const isOther = (name: string) =>
    !isTold(name) && (kindsIn(name).length > 0 || saysAttack(name) || deniesAttack(name))
  // What a suite is called says more of it than the data that it ran on, or where it was read.
  const telling = own.some((name) => isTold(name) || isOther(name)) ? own : names
  if (telling.some(isTold)) return undefined
  const other = telling.filter(isOther)
  return other.length > 0
    ? { why: 'names_other', names: other.slice(0, 3) }
    : { why: 'says_nothing', check: 'suite' }
}

function tells(name: string, rule: Rule, traits: readonly Trait[]): boolean {
  const allowed = allowedBy(rule, traits)
  return kindsIn(name).some((kind) => allowed.includes(kind))
}

/** Of a rate of attacks anything may say which attack it is, and nothing that only says where it was read. */
function isNamed(said: Said, rule: Rule, traits: readonly Trait[]): boolean {
  return (
    said.labels.some(({ label }) => isAttackLabel(label)) ||
    namesOf(said).some((name) => tells(name, rule, traits))
  )
}

/** Why what is named, be it of a number or of a suite, is none of the control's attacks; nothing known is no fault. */
export function unfitNames(
  said: Said,
  rule: Rule,
  traits: readonly Trait[],
  own: readonly AttackKind[] = [],
): Unfitness | undefined {
  const idle = said.labels.find(
    ({ label, values }) =>
      values.length > 0 &&
      ((isAttackLabel(label) && values.every(isUnattacked)) ||
        values.every((value) => isNoStrength(label, value))),
  )
  if (idle !== undefined) return { why: 'unattacked', label: idle.label, value: idle.values[0] ?? '' }
  const input = rule.byInput ? otherInput(said, traits) : undefined
  if (input !== undefined) return input
  const telling = namesOf(said).filter((name) => kindsIn(name).length > 0)
  const allowed = allowedBy(rule, traits)
  const kinds = [...telling.flatMap(kindsIn), ...own]
  if (telling.length === 0 || kinds.some((kind) => allowed.includes(kind))) return undefined
  return { why: 'names_other', names: telling.slice(0, 3) }
}

/** What any model is measured by is of an attack by a label of one, or by a name that tells nothing else. */
function isTied(said: Said, rule: Rule, traits: readonly Trait[]): boolean {
  const allowed = allowedBy(rule, traits)
  return (
    said.labels.some(({ label }) => isNamedAttackLabel(label)) ||
    namesOf(said).some((name) => kindsPlainlyIn(name).some((kind) => allowed.includes(kind)))
  )
}

/** Something is attacked, and nothing of it is what the model takes in. */
function otherInput(said: Said, traits: readonly Trait[]): Unfitness | undefined {
  const inputs = [...new Set(namesOf(said).flatMap(inputsIn))]
  const lacking = inputs.map((input) => ({ input, trait: traitLacking(input, traits) }))
  const [first] = lacking
  if (first?.trait === undefined || lacking.some(({ trait }) => trait === undefined)) return undefined
  return { why: 'other_input', input: first.input, trait: first.trait }
}

function allowedBy({ kinds }: Rule, traits: readonly Trait[]): readonly AttackKind[] {
  return kinds === 'fitting' ? kindsFitting(traits) : kinds
}

function ownKinds(meaning: Meaning): readonly AttackKind[] {
  return meaning === 'membership' ? ['membership'] : []
}

function namesOf({ labels, names }: Said): readonly string[] {
  return [...labels.flatMap(({ label, values }) => [label, ...values]), ...names]
}
