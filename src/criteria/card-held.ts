import type { Measurement } from '../core/measurement.ts'
import { OF_TRAINING, wordsBeyondPlain } from '../text/card-beyond.ts'
import { HEADING_OF, NOT_BELOW, PLAIN, RUN_AT } from '../text/card-words.ts'
import { plainWords } from '../text/words.ts'
import type { Claim } from './card-claims.ts'
import { groupOf, HOW, WHOLE } from './card-labels.ts'
import { type Names, namesIn } from './card-names.ts'
import { type Known, namedIn, ofData, type Pool, wholeOf } from './card-parts.ts'
import { atThreshold, thresholdIn } from './card-threshold.ts'

/** The measurements that a claim is about, and the part that it names; none where nobody measured that. */
export type Held = {
  readonly meant: readonly Measurement[]
  readonly of?: string
  /** The words around it may make it one of something else: it contradicts nothing, and nothing proves it. */
  readonly isFar?: boolean
}

/** What was measured of a claim's metric, of what is the same under attack, and the labels that criteria divide by. */
export type Measured = {
  /** What the release is called. */
  readonly called: readonly string[]
  readonly pool: Pool
  readonly attacked: readonly Measurement[]
  readonly grouped: readonly string[]
  /** Data of the manifest that nobody measured anything on. */
  readonly unmeasured: Names
  /** Single words by which data, groups and the release are called. */
  readonly words: ReadonlySet<string>
}

/** Parts of the data that a model is not judged on, unless somebody measured it there. */
const NOT_JUDGED =
  /\b(?:train|training|validation|valid|val|dev|development|tuning|calibration|in[ -]sample|cross[ -]?validation|cv|oob)\b/i
/** Data of elsewhere or of later, which a sentence may speak of from afar. */
const OTHER_DATA =
  /\b(?:external(?:ly)?|pilot|silent trial|clinical trial|prospective(?:ly)?|shadow mode|out[ -]of[ -]time|oot)\b/i
/** Where one of these stands beside a number it may be one under attack, or of data made worse. */
const UNDER_ATTACK =
  /\b(?:attack\w*|membership|adversar\w+|robust\w*|perturb\w*|corrupt\w*|nois\w+|stale|shift\w*|drift\w*|stress\w*|poison\w*|extract\w+|evasion|inversion|jailbreak\w*|injection\w*|blur\w*|fgsm|pgd|autoattack|textattack|deepfool|backdoor\w*)\b/i
const WORDS_OF_ATTACKS = new RegExp(
  `${UNDER_ATTACK.source}|^(?:inference|clean|untouched|input|inputs|pictures?|images?)$`,
  'i',
)
/** What is said of all groups together. */
const OVER_GROUPS =
  /\b(?:worst|best|lowest|highest|least|most|mean|average|averaged|median|minimum|maximum|min|max|per|spread|gap|difference|range)\b/i
/** A sentence that says so of its numbers: `with 10% noise`, `under FGSM`. */
const IN_WORSE =
  /\b(?:with|under|against|after|in|on)\b(?: \S+){0,4} (?:attacks?|noise|noisy|corrupt\w+|perturb\w+|shift\w*|drift\w*|fgsm|pgd|autoattack)\b|\bunder (?:fgsm|pgd|autoattack|attack)\b/i

/**
 * What a claim is held to; nothing where it may as well be about another model, another metric or other data. On data
 * that its row calls as nobody does it contradicts nothing.
 */
export function heldClaim(claim: Claim, measured: Measured): Held | undefined {
  const held = heldHere(claim, measured)
  const { on = '' } = claim
  const isOnOther =
    !ofData(on, measured.pool.all, measured.pool).named &&
    wordsBeyondPlain(on).some((word) => !measured.words.has(word))
  return held && isOnOther ? { ...held, isFar: true } : held
}

function heldHere(
  claim: Claim,
  { pool, attacked, grouped, called, words, unmeasured }: Measured,
): Held | undefined {
  const { labels, parts = [], label = '', near = '', said = '', under = '', on } = claim
  const among = pool.all.filter(({ one }) => isOfSameData(claim, one))
  if (among.length === 0) return undefined
  const close = `${label} ${near}`
  const place = on ?? claim.of ?? close
  const data = ofData(on ?? close, among, pool, on === undefined ? `${said} ${under}` : '')
  const { named } = ofData(place, among, pool)
  if (!named && (NOT_JUDGED.test(place) || OTHER_DATA.test(`${place} ${said}`))) return undefined
  if (isOtherVersion(said, called)) return undefined
  if (!named && namesIn(`${place} ${said}`, unmeasured).size > 0) return undefined
  const threshold = thresholdIn(claim)
  const same = atThreshold(threshold, data.pool)
  const sure = atThreshold(threshold, data.sure)
  if (same === undefined || sure === undefined) return undefined
  const some = [
    ...Object.entries(groupOf(claim)),
    ...parts.flatMap((one) => (one.value === '' ? [] : [[one.label, one.value] as const])),
  ]
  if (some.length > 0) return ofParts(some, same, attacked)
  // The average of runs that nobody measured.
  const isOfRuns = parts.some(
    (part) =>
      part.value === '' &&
      HOW.has(part.label) &&
      !same.some(({ one }) => Object.hasOwn(one.labels, part.label)),
  )
  if (isOfRuns) return undefined
  const of = claim.of ?? (Object.hasOwn(labels, 'slice') ? labels.slice : undefined)
  if (of !== undefined) {
    const group = namedIn(of, same, pool)
    const part = ofData(of, same, pool)
    if (group.length === 0 && part.named) return { meant: wholeOf(part.sure), of }
    // Where nobody divides the data, no part was measured, and none can be contradicted.
    return group.length > 0 || pool.division.size > 0 || grouped.length > 0 ? { meant: group, of } : undefined
  }
  const group = isUnderOther(under) && label === '' ? [] : namedIn(close, same, pool)
  if (group[0] !== undefined) return { meant: group, of: partsText(groupOf(group[0])) }
  const isAtKnown = threshold !== undefined && same.some(({ one }) => Object.hasOwn(one.labels, 'threshold'))
  if (claim.compared === true && parts.length === 0 && !isAtKnown) {
    // `Accuracy (fp16)`, and `nn` under a metric, may well be of this model.
    return claim.said === undefined ? undefined : { meant: same.map(({ one }) => one), isFar: true }
  }
  // Nobody knows at which threshold what has none was measured.
  const isAtUnknown = threshold !== undefined && !isAtKnown
  const isFar = isUnderOther(under) || isBeyond(claim, words) || isAtUnknown
  if (UNDER_ATTACK.test(close)) {
    const held = underAttack(same, attacked)
    return held && { ...held, isFar }
  }
  // Who names a label and none of its groups speaks of a group that nobody measured.
  if (namesIn(label, pool.labels).size > 0) return { meant: [], of: label, isFar: OVER_GROUPS.test(label) }
  // A heading or a sentence may name the group that a number is about, and may as well name something else.
  const around = `${said} ${under}`
  const worse = UNDER_ATTACK.test(around) ? (underAttack(same, attacked)?.meant ?? []) : []
  if (IN_WORSE.test(said) && underAttack(same, attacked) === undefined) return undefined
  return { meant: [...wholeOf(sure), ...namedIn(around, same, pool), ...worse], isFar }
}

function isOfSameData({ labels }: Claim, measured: Measurement): boolean {
  return Object.entries(labels).every(([label, value]) => {
    const other = Object.hasOwn(measured.labels, label) ? measured.labels[label] : undefined
    return !WHOLE.has(label) || other === undefined || other === value
  })
}

/** `version 0.9 had …`, where another is released. */
function isOtherVersion(said: string, called: readonly string[]): boolean {
  const version = /\bversions? v?(\d[\w.]{0,30})/i.exec(said)?.[1]
  return version !== undefined && !called.some((name) => name.split(' ').includes(version))
}

/** Whether a sentence or its heading says something that nobody knows a meaning of. */
function isBeyond({ beyond = [], said, under = '' }: Claim, words: ReadonlySet<string>): boolean {
  const isKnown = (word: string) => words.has(word) || RUN_AT.has(word) || WORDS_OF_ATTACKS.test(word)
  const isUnknown = (word: string) =>
    plainWords(word)
      .split(' ')
      .some((one) => one !== '' && !isKnown(one))
  const heading = plainWords(under).split(' ')
  const of = heading.findIndex((word) => HEADING_OF.has(word))
  const rest = of === -1 ? [] : heading.slice(of).filter((word) => !PLAIN.has(word) && !/^\d+$/.test(word))
  return [...beyond, ...(said === undefined ? [] : rest)].some(isUnknown)
}

function isUnderOther(heading: string): boolean {
  if (OF_TRAINING.test(heading)) return true
  return plainWords(heading)
    .split(' ')
    .some((word) => NOT_BELOW.has(word))
}

/** A number under attack is none without; where nobody measured one, nothing can contradict it. */
function underAttack(same: readonly Known[], attacked: readonly Measurement[]): Held | undefined {
  const own = same.filter(({ ways }) => ways.length > 0).map(({ one }) => one)
  const meant = [...own, ...attacked]
  return meant.length === 0 ? undefined : { meant }
}

function ofParts(
  some: readonly (readonly [string, string])[],
  same: readonly Known[],
  attacked: readonly Measurement[],
): Held | undefined {
  const isOf = ({ labels }: Measurement) =>
    some.every(([label, value]) => Object.hasOwn(labels, label) && isCalled(value, labels[label] ?? ''))
  const exact = same.filter(({ one }) => isOf(one))
  const isHow = some.some(([label]) => HOW.has(label))
  const worse = isHow ? attacked.filter(isOf) : []
  // How something was measured may be written in more ways than can be told.
  if (exact.length === 0 && worse.length === 0 && isHow) return undefined
  const isOther = (label: string) => !some.some(([own]) => own === label)
  const meant = exact.filter(({ parts }) => !parts.some(({ label }) => isOther(label))).map(({ one }) => one)
  return { meant: [...meant, ...worse], of: some.map(([label, value]) => `${label}: ${value}`).join(', ') }
}

function isCalled(text: string, name: string): boolean {
  const plain = plainWords(name)
  return plain !== '' && ` ${plainWords(text)} `.includes(` ${plain} `)
}

/** Groups as a person reads them: `sex: F, age: old`. */
export function partsText(group: Readonly<Record<string, string>>): string {
  return Object.entries(group)
    .map(([label, value]) => `${label}: ${value}`)
    .join(', ')
}
