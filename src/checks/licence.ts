import parse from 'spdx-expression-parse'
import satisfies from 'spdx-satisfies'
import { idOfAddress } from '../core/licence-address.ts'
import { idOf, idOfSlug, isNoLicence, RESTRICTIONS, type Restriction } from './licence-table.ts'

/** One licence of an expression. */
type One = { readonly license: string; readonly plus?: true; readonly exception?: string }

/** A licence in the terms of SPDX: alternatives, each of them licences that hold together. */
export type Licence = { readonly text: string; readonly choices: readonly (readonly One[])[] }

/** No expression that a person writes is longer, or has more alternatives. */
const [LONGEST, MOST_CHOICES] = [500, 64]

/**
 * A licence as SPDX has it, https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions: an expression, a
 * `LicenseRef-…`, a name of a hub that the table knows, or the address of a known text. Undefined for whatever says that there is none, and for
 * what names none.
 */
export function licenceOf(written: string): Licence | undefined {
  const text = written.trim()
  if (text.length > LONGEST || isNoLicence(text)) return undefined
  const expression = idOf(text) ?? idOfAddress(text, idOfSlug) ?? text
  try {
    const choices = choicesOf(parse(expression))
    return choices.length === 0 ? undefined : { text: expression, choices }
  } catch {
    // The parser's only way to say that a text is no expression.
    return undefined
  }
}

/** As alternatives; of what asserts nothing there is none. Throws past the most that is looked at. */
function choicesOf(parsed: ReturnType<typeof parse>): readonly (readonly One[])[] {
  if ('noassertion' in parsed) return []
  if ('license' in parsed) return [[named(parsed)]]
  const [left, right] = [choicesOf(parsed.left), choicesOf(parsed.right)]
  if (left.length * right.length > MOST_CHOICES) throw new RangeError('too many alternatives')
  return parsed.conjunction === 'or'
    ? [...left, ...right]
    : left.flatMap((one) => right.map((other) => [...one, ...other]))
}

/** By its id of today: an old `GPL-3.0+` is `GPL-3.0-or-later`. */
function named({ plus, ...one }: One): One {
  const license = idOf(one.license.replace(/\+$/, '')) ?? one.license
  const later = plus === true || one.license.endsWith('+')
  if (!later) return { ...one, license }
  return license.endsWith('-only')
    ? { ...one, license: license.replace(/-only$/, '-or-later') }
    : { ...one, license, plus: true }
}

/** Whether two are the same one: an alternative of each is made of the same licences, in whatever order. */
export function isSameLicence(one: Licence, other: Licence): boolean {
  return (
    one.text === other.text || one.choices.some((all) => other.choices.some((more) => areSame(all, more)))
  )
}

function areSame(all: readonly One[], more: readonly One[]): boolean {
  const isIn = (these: readonly One[], those: readonly One[]) =>
    these.every((one) => those.some((other) => fits(one, other) && fits(other, one)))
  return all.length > 0 && more.length > 0 && isIn(all, more) && isIn(more, all)
}

/** Whether one of the alternatives is made of allowed licences alone; what is allowed and is none allows nothing. */
export function isAllowed({ choices }: Licence, allowed: readonly string[]): boolean {
  // Two that hold together allow neither by itself.
  const all = allowed
    .flatMap((name) => licenceOf(name)?.choices.filter(({ length }) => length === 1) ?? [])
    .flat()
  return choices.some(
    (choice) => choice.length > 0 && choice.every((one) => all.some((other) => fits(one, other))),
  )
}

/**
 * The same licence; or one that may be taken as a later version, where one of the two says so. spdx-satisfies 6 takes
 * every id of eight letters as `-or-later` (its `endsWith` compares -1), so it is asked only where a text does say it.
 */
function fits(one: One, other: One): boolean {
  if (textOf(one) === textOf(other)) return true
  if (!isOrLater(one) && !(isOrLater(other) && one.license.length !== 8)) return false
  if (one.exception !== other.exception || one.exception !== undefined) return false
  try {
    return satisfies(textOf(one), [textOf(other)])
  } catch {
    // It has an older list of ids.
    return false
  }
}

function isOrLater({ license, plus }: One): boolean {
  return plus === true || license.endsWith('-or-later')
}

function textOf({ license, plus, exception }: One): string {
  return `${license}${plus ? '+' : ''}${exception === undefined ? '' : ` WITH ${exception}`}`
}

/** What a licence's restrictions come to for a work that is made with what stands under it. */
export type Compatible =
  | { readonly kind: 'compatible' }
  /** The model's licence drops what the other one asks to be kept. */
  | { readonly kind: 'conflict'; readonly restriction: Restriction }
  /** What the table can't tell: a licence that it has not, or what lawyers do not agree on. */
  | { readonly kind: 'unclear'; readonly restriction?: Restriction }

/** What a model is to the work that it was made with; `same`: the very work, passed on as it is. */
export type Made = 'base' | 'dataset' | 'same'

/**
 * Whether a model under `model` may be made from what stands under `other`. One of the other's alternatives must let
 * it; every alternative that the model offers must keep what is asked.
 */
export function compatible(model: Licence, other: Licence, of: Made): Compatible {
  const each = model.choices.map((offered) =>
    best(other.choices.map((taken) => worst(taken.map((one) => keeps(offered, one, of))))),
  )
  return worst(each)
}

const ORDER = ['compatible', 'unclear', 'conflict'] as const
const COMPATIBLE: Compatible = { kind: 'compatible' }

function best(all: readonly Compatible[]): Compatible {
  return all.toSorted(byKind)[0] ?? { kind: 'unclear' }
}

function worst(all: readonly Compatible[]): Compatible {
  return all.toSorted(byKind).at(-1) ?? COMPATIBLE
}

function byKind(one: Compatible, other: Compatible): number {
  return ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind)
}

/** Whether licences that hold together keep what one licence asks. */
function keeps(offered: readonly One[], one: One, of: Made): Compatible {
  const asked = restrictionsOf(one)
  if (asked === undefined) return isAmong(one, offered) ? COMPATIBLE : { kind: 'unclear' }
  const given = offered.map(restrictionsOf)
  return worst(
    asked.map((restriction): Compatible => {
      // The same licence again keeps all of it, but that nothing may be derived.
      if ((restriction !== 'no-derivatives' || of === 'same') && isAmong(one, offered)) return COMPATIBLE
      if (restriction === 'no-derivatives')
        return { kind: of === 'dataset' ? 'unclear' : 'conflict', restriction }
      const isKept = given.some((all) => all?.includes(restriction))
      if (restriction === 'non-commercial')
        return isKept ? COMPATIBLE : { kind: given.includes(undefined) ? 'unclear' : 'conflict', restriction }
      // Whether a model is an adaptation of its data is not settled; another licence of the kind may be no equal.
      const isOpen = of === 'dataset' || isKept || given.includes(undefined)
      return { kind: isOpen ? 'unclear' : 'conflict', restriction }
    }),
  )
}

/** Whether one of the offered licences is the same, in no version that its own text does not let be chosen. */
function isAmong(one: One, offered: readonly One[]): boolean {
  return offered.some(
    (other) => textOf(one) === textOf(other) || (isOrLater(one) && fits(one, earliest(other))),
  )
}

/** `GPL-2.0-or-later` offers 2.0 first of all. */
function earliest({ license, exception }: One): One {
  const only = license.replace(/-or-later$/, '-only')
  return { license: only, ...(exception !== undefined && { exception }) }
}

/** An exception changes what a licence asks. */
function restrictionsOf({ license, exception }: One): readonly Restriction[] | undefined {
  return exception === undefined ? RESTRICTIONS.get(license) : undefined
}
