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

/** What readers and people call a run without an attack. */
const UNATTACKED = [
  ...['clean', 'original', 'benign', 'natural', 'nominal', 'normal', 'regular', 'standard', 'vanilla'],
  ...['plain', 'pristine', 'baseline', 'control', 'default', 'reference', 'identity', 'blank', 'empty'],
  ...['harmless', 'off', 'unattacked', 'unperturbed', 'uncorrupted', 'unmodified', 'unaltered'],
  ...['untouched', 'unchanged', 'false', 'noattack', 'noneattack', 'nonadversarial', 'raw', 'asis', 'intact'],
  ...['noop', 'nop', 'passthrough', 'untransformed', 'unaffected', 'disabled', 'inactive', 'skipped', 'same'],
  ...['placebo', 'dummy'],
]
/** Words by which any attack is said not to be there. */
const NEGATING = [
  ...['no', 'non', 'none', 'not', 'nil', 'null', 'na', 'nan', 'zero', 'without', 'before', 'pre', 'nothing'],
]
/** Words that may stand beside those that say that nothing attacked. */
const BESIDE = [
  ...['data', 'input', 'inputs', 'sample', 'samples', 'set', 'test', 'eval', 'run', 'accuracy', 'acc'],
  ...['only', 'case', 'model', 'performance', 'applied', 'apply', 'transform', 'transforms', 'transformed'],
  ...['transformation', 'transformations', 'op', 'function', 'fn', 'map', 'mode', 'image', 'images'],
  ...['features', 'feature', 'values', 'rows', 'version', 'variant', 'level', 'severity', 'strength'],
]
/** And these only beside what says that there is none: a standard attack is one. */
const NEGATED = [
  ...['attack', 'attacks', 'attacked', 'attacker', 'adversary', 'adversarial', 'perturbation'],
  ...['perturbations', 'corruption', 'corruptions', 'noise', 'threat', 'probe', 'trigger', 'backdoor'],
  ...[
    'canary',
    'jailbreak',
    'any',
    'injection',
    'yet',
    'at',
    'all',
    'augmentation',
    'augmentations',
    'change',
  ],
  ...['changes', 'was', 'been', 'is', 'used'],
]

/** How strong an attack is, of which none is no attack: `severity_0`, `eps=0.0`, `eps 0/255`, whatever attacks by it. */
const STRENGTHS =
  'severity|level|strength|intensity|magnitude|amount|degree|eps|epsilon|sigma|radius|budget|steps|iterations|iters|queries'
const OF_NO_STRENGTH = new RegExp(
  `(?:^|[^a-z])(?:${STRENGTHS})[^a-z0-9]{0,3}0{1,9}(?:\\.0{0,9})?(?:/\\d{1,6})?%?(?![\\d_.,/-]{0,3}\\d| to )`,
  'i',
)
const IN_TWO_WORDS = /(?<![a-z])(?:as[ _-]is|no[ _-]op|pass[ _-]through)(?![a-z])/gi
const A_STRENGTH = new RegExp(`^(?:${STRENGTHS})$`)

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

/** Whether the value of such a label says that nothing attacked: in a word, in several, or as a number of nothing. */
export function isUnattacked(value: string): boolean {
  const said = value.slice(0, 300)
  const words = wordsOf(said.replaceAll(IN_TWO_WORDS, (two) => two.replace(/[ _-]/, '')))
  if (words.every((word) => /^0+$/.test(word))) return !/\p{L}/u.test(value)
  if ([...UNATTACKED, ...NEGATING].includes(words.join('')) || OF_NO_STRENGTH.test(said)) return true
  const isNegated = words.some((word) => NEGATING.includes(word))
  const known = [...UNATTACKED, ...NEGATING, ...BESIDE, ...(isNegated ? NEGATED : [])]
  const isSaid = isNegated || words.some((word) => UNATTACKED.includes(word))
  return isSaid && words.every((word) => known.includes(word))
}

/** Whether a label says how strong an attack is, and its value that it is of no strength. */
export function isNoStrength(label: string, value: string): boolean {
  return A_STRENGTH.test(wordsOf(label).join('_')) && /^\s*0+(?:\.0*)?(?:\/\d+)?%?\s*$/.test(value)
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
  const said = ` ${wordsOf(name).join(' ')}`
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
