import { wordsOf } from './attacks.ts'

/** What readers and people call a run without an attack. */
const UNATTACKED = [
  ...['clean', 'original', 'benign', 'natural', 'nominal', 'normal', 'regular', 'standard', 'vanilla'],
  ...['plain', 'pristine', 'baseline', 'control', 'default', 'reference', 'identity', 'blank', 'empty'],
  ...['harmless', 'off', 'unattacked', 'unperturbed', 'uncorrupted', 'unmodified', 'unaltered'],
  ...['untouched', 'unchanged', 'false', 'noattack', 'noneattack', 'nonadversarial', 'raw', 'asis', 'intact'],
  ...['noop', 'nop', 'passthrough', 'untransformed', 'unaffected', 'disabled', 'inactive', 'skipped', 'same'],
  ...['placebo', 'dummy', 'sham', 'idtransform'],
]
/** Those of them beside which even an attack is none. */
const IDLE = [
  'noop',
  'nop',
  'passthrough',
  'asis',
  'placebo',
  'dummy',
  'sham',
  'disabled',
  'inactive',
  'skipped',
]
/** What was named and not done. */
const NOT_DONE =
  /(?<![a-z])(?:not|never)[ _-]?(?:applied|used|run|active|activated|enabled|executed|performed)(?![a-z])|[ _(-](?:disabled|deactivated|inactive|skipped|unapplied)\)?$|\((?:off|none|no)\)$/i
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
  'severity|level|strength|intensity|magnitude|amount|degree|eps|epsilon|sigma|std|stddev|radius|budget|steps|iterations|iters|iter|queries|noise|blur|perturbation|corruption'
const OF_NO_STRENGTH = new RegExp(
  `(?:^|[^a-z])(?:${STRENGTHS})[^a-z0-9]{0,3}0{1,9}(?:\\.0{0,9})?(?:/\\d{1,6})?%?(?![\\d_.,/-]{0,3}\\d| to )`,
  'i',
)
const IN_TWO_WORDS = /(?<![a-z])(?:as[ _-]is|no[ _-]op|pass[ _-]through|id[ _-]transform)(?![a-z])/gi
const A_STRENGTH = new RegExp(`^(?:${STRENGTHS})$`)

/** Whether the value of a label of attacks says that nothing attacked: in a word, in several, or as a number of nothing. */
export function isUnattacked(value: string): boolean {
  const said = value.slice(0, 300)
  const words = wordsOf(said.replaceAll(IN_TWO_WORDS, (two) => two.replace(/[ _-]/, ''))).flatMap(parted)
  if (words.every((word) => /^0+$/.test(word))) return !/\p{L}/u.test(value)
  if ([...UNATTACKED, ...NEGATING].includes(words.join(''))) return true
  if (OF_NO_STRENGTH.test(said) || NOT_DONE.test(said.trim())) return true
  const isNegated =
    words.some((word) => NEGATING.includes(word) || IDLE.includes(word)) ||
    (words.length > 1 && words.at(-1) === 'free')
  const known = [...UNATTACKED, ...NEGATING, ...BESIDE, ...(isNegated ? [...NEGATED, 'free'] : [])]
  const isSaid = isNegated || words.some((word) => UNATTACKED.includes(word))
  return isSaid && words.every((word) => known.includes(word))
}

/** `nochange` is no change. */
function parted(word: string): readonly string[] {
  const rest = word.slice(2)
  return word.startsWith('no') && rest.length > 3 && NEGATED.includes(rest) ? ['no', rest] : [word]
}

/** Whether a label says how strong an attack is, and its value that it is of no strength. */
export function isNoStrength(label: string, value: string): boolean {
  return A_STRENGTH.test(wordsOf(label).join('_')) && /^\s*0+(?:\.0*)?(?:\/\d+)?%?\s*$/.test(value)
}
