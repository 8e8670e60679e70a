import type { Trait } from './profile.ts'

/** What an attack, or a spoiled input, does: the classes of the lifecycle's controls, and of MITRE ATLAS. */
export type AttackKind =
  | 'injection'
  | 'jailbreak'
  | 'leakage'
  | 'extraction'
  | 'membership'
  | 'evasion'
  | 'corruption'
  | 'backdoor'

/** What a model takes in that is attacked, where a tool or an attack takes only that. */
export type AttackedInput = 'prompts' | 'images' | 'texts'

/** Traits that say what a model takes in. */
export const KINDS_OF_INPUT = ['tabular', 'text', 'vision', 'generative'] as const satisfies readonly Trait[]
type InputTrait = (typeof KINDS_OF_INPUT)[number]

/** Formats of tools that attack one kind of input and nothing else. */
const FORMATS: { readonly [I in AttackedInput]: readonly string[] } = {
  prompts: ['garak', 'garak-digest', 'promptfoo', 'jailbreakbench', 'cyberseceval'],
  images: ['robustbench', 'autoattack', 'timm-results'],
  texts: ['textattack'],
}

/** Traits that a model must have one of for such an attack to be one on it, the one that is wanted first. */
const NEEDS: {
  readonly [I in AttackedInput]: readonly [InputTrait, ...InputTrait[]]
} = { prompts: ['generative'], images: ['vision'], texts: ['text', 'generative'] }

/** What fits each kind of input beside what fits every model: nobody injects prompts into what takes none. */
const FITTING: { readonly [T in InputTrait]: readonly AttackKind[] } = {
  generative: ['injection', 'jailbreak'],
  text: [],
  vision: ['corruption'],
  tabular: [],
}
/** Whatever a model takes in can be evaded, copied, asked for its training data and trained on triggers. */
const FITTING_ALL: readonly AttackKind[] = ['evasion', 'extraction', 'membership', 'leakage', 'backdoor']

/** How words in the names of probes, plugins, attacks and datasets begin; up to three letters they are whole words. */
const BEGINNINGS: { readonly [K in AttackKind]: readonly string[] } = {
  injection: ['inject', 'promptinject', 'latentinjection', 'hijack', 'smuggl', 'goodside'],
  jailbreak: ['jailbreak', 'dan', 'autodan', 'gcg', 'harmbench', 'advbench', 'crescendo'],
  leakage: ['leak', 'memori', 'canar', 'pii', 'continuation', 'regurgit', 'replay', 'exfil', 'verbatim'],
  extraction: ['extract', 'steal', 'stolen', 'surrogate', 'knockoff', 'copycat', 'distil', 'theft'],
  membership: ['member', 'mia', 'lira', 'shadow'],
  evasion: [
    ...['evasi', 'evad', 'adversar', 'perturb', 'robust', 'fgsm', 'pgd', 'apgd', 'autoattack', 'deepfool'],
    ...['hopskip', 'jsma', 'fab', 'textattack', 'textfooler', 'textbugger', 'deepwordbug', 'pwws', 'bae'],
  ],
  corruption: ['corrupt', 'perturb', 'robust', 'nois', 'blur', 'typo', 'jpeg', 'fog', 'shift', 'stress'],
  backdoor: ['backdoor', 'trojan', 'poison', 'trigger'],
}
const INPUTS: { readonly [I in AttackedInput]: readonly string[] } = {
  prompts: ['garak', 'promptfoo', 'cyberseceval', ...BEGINNINGS.injection, ...BEGINNINGS.jailbreak],
  images: ['robustbench', 'autoattack', 'apgd', 'blur', 'jpeg', 'fog', 'cifar', 'imagenet'],
  texts: ['textattack', 'textfooler', 'textbugger', 'deepwordbug', 'pwws', 'bae', 'typo'],
}

/** Labels that readers give to what attacked, or was tried: a number that has one is of an attack. */
const ATTACK_LABELS = [
  ...['attack', 'attack_type', 'probe', 'detector', 'plugin', 'strategy', 'threat', 'threat_model'],
  ...['perturbation', 'corruption', 'backdoor', 'trigger', 'canary', 'jailbreak', 'injection'],
]

// The names of the keys of the tables are their own.
const KINDS = Object.keys(BEGINNINGS) as readonly AttackKind[]
// And these of this one.
export const ATTACKED_INPUTS = Object.keys(NEEDS) as readonly AttackedInput[]

/** Whether a tool's format tells that this is what was attacked. */
export function attacks(format: string | undefined, input: AttackedInput): boolean {
  return format !== undefined && FORMATS[input].includes(format)
}

/**
 * The trait that a model lacks for an attack on this input to be one on it; undefined where it has it. Who names no kind
 * of input at all contradicts nothing, except that only what generates takes prompts.
 */
export function traitLacking(input: AttackedInput, traits: readonly Trait[]): Trait | undefined {
  const needs: readonly Trait[] = NEEDS[input]
  const isOpen = input !== 'prompts' && !KINDS_OF_INPUT.some((trait) => traits.includes(trait))
  return isOpen || traits.some((trait) => needs.includes(trait)) ? undefined : NEEDS[input][0]
}

/** Kinds of attack that test the security of a model with these traits; where none says what it takes in, all do. */
export function kindsFitting(traits: readonly Trait[]): readonly AttackKind[] {
  const named = KINDS_OF_INPUT.filter((trait) => traits.includes(trait))
  return [...FITTING_ALL, ...(named.length === 0 ? KINDS_OF_INPUT : named).flatMap((trait) => FITTING[trait])]
}

/** The kinds of attack that a name tells, such as that of a probe; none where no word of it is known. */
export function kindsIn(name: string): readonly AttackKind[] {
  const words = wordsOf(name)
  return KINDS.filter((kind) => begun(words, BEGINNINGS[kind]))
}

/** What is attacked by all that a name tells: the name of a format, a tool or an attack. */
export function inputsIn(name: string): readonly AttackedInput[] {
  const words = wordsOf(name)
  return ATTACKED_INPUTS.filter((input) => attacks(name, input) || begun(words, INPUTS[input]))
}

/** Whether a label says by its name that something attacked, or spoiled the input. */
export function isAttackLabel(label: string): boolean {
  return isNamedAttackLabel(label) || kindsIn(label).length > 0
}

/** Whether a label is one of those that say what attacked, whatever else words in it may mean. */
export function isNamedAttackLabel(label: string): boolean {
  return ATTACK_LABELS.includes(wordsOf(label).join('_'))
}

/** Kinds the words of which are of everyday use too: members, extracts, stolen cars, replays, injections. */
const EVERYDAY: readonly AttackKind[] = ['extraction', 'membership', 'leakage', 'injection']

/** What names of those kinds say where they mean nothing else; a word by its beginning. */
const PLAINLY = [
  ...['attack', 'adversar', 'red team', 'redteam', 'membership inference', 'model extraction'],
  ...['model stealing', 'prompt injection', 'promptinject', 'latentinjection', 'memoris', 'memoriz'],
  ...['regurgit', 'exfiltrat'],
]

/** The kinds of attack that a name tells and can't be taken for anything else, as that of any data set may be. */
export function kindsPlainlyIn(name: string): readonly AttackKind[] {
  const said = ` ${wordsOf(name).join(' ')}`
  const isPlain = PLAINLY.some((words) => said.includes(` ${words}`))
  if (deniesAttack(name)) return []
  return kindsIn(name).filter((kind) => isPlain || !EVERYDAY.includes(kind))
}

/** Whether a name says that something attacks, and not how. */
export function saysAttack(name: string): boolean {
  const said = ` ${wordsOf(name).join(' ')}`.replaceAll(OF_NO_ATTACKER, ' ')
  return !deniesAttack(name) && ATTACKING.some((words) => said.includes(` ${words}`))
}

/** Whether a name says of an attack that it is not there: `no_attack`, `without-noise`, `non adversarial`. */
export function deniesAttack(name: string): boolean {
  const words = wordsOf(name).filter((word) => !['a', 'an', 'any', 'the'].includes(word))
  const isAttack = (word = '') =>
    kindsIn(word).length > 0 || ATTACKING.some((start) => word !== '' && word.startsWith(start))
  return words.some((word, at) => DENYING.includes(word) && isAttack(words[at + 1]))
}
const DENYING = ['no', 'non', 'none', 'without', 'zero', 'not']
const ATTACKING = [
  ...['attack', 'adversar', 'red team', 'redteam', 'secur', 'threat', 'pentest', 'exploit', 'vulnerab'],
  ...['harm', 'unsafe', 'safety'],
]

/** What begins as those do: of music and statistics, of health, of money, of people, and of what might be attacked. */
const OF_NO_ATTACKER =
  / (?:harmon[a-z]*|(?:heart|panic|asthma|ischa?emic) attacks?|attack surfaces?|securit(?:ies|i[sz][a-z]*)|vulnerable (?:adults?|customers?|consumers?|groups?|people|persons?))(?= |$)/g

/** The words of a name, in small letters. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 300)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

function begun(words: readonly string[], beginnings: readonly string[]): boolean {
  return words.some((word) =>
    beginnings.some((start) => word === start || (start.length > 3 && word.startsWith(start))),
  )
}
