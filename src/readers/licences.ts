import parse from 'spdx-expression-parse'
import type { DataLicence } from '../core/training-evidence.ts'

/** Longer is prose. */
const MAX_LICENCE = 200

/**
 * A licence as a file gives it: an SPDX expression in whatever case (Hugging Face writes them in lower case), or an
 * address where it can be read. `Public`, `other` and prose are none of them. Several are one only if all are plain.
 */
export function licenceOf(value: unknown): DataLicence | undefined {
  if (Array.isArray(value)) {
    const all = value.slice(0, 20).flatMap((one) => licenceOf(one) ?? [])
    if (all.length === 0) return undefined
    const written = all.map((one) => one.written).join(', ')
    return { written: written.slice(0, MAX_LICENCE), plain: all.every(({ plain }) => plain) }
  }
  if (typeof value === 'object' && value !== null)
    return licenceOf(Reflect.get(value, 'url') ?? Reflect.get(value, '@id') ?? Reflect.get(value, 'name'))
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const written = value.trim().slice(0, MAX_LICENCE)
  return { written, plain: value.length <= MAX_LICENCE && (isAddress(written) || isSpdx(written)) }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[\w.-]{1,200}\.[a-z]{2,20}(?:[/?#]\S{0,200})?$/i.test(text)
}

function isSpdx(text: string): boolean {
  // Nesting is nobody's licence, and the parser is recursive.
  if (text.includes('((')) return false
  return [text, text.toUpperCase(), capitals(text), withVersionOnly(text)].some((one) => {
    try {
      parse(one)
      return true
    } catch {
      return false
    }
  })
}

/** `apache-2.0` as `Apache-2.0`. */
function capitals(text: string): string {
  return text.toLowerCase().replaceAll(/(^|-)([a-z])/g, (_, dash, letter) => dash + letter.toUpperCase())
}

/** `bsd-3-clause` as `BSD-3-Clause`. */
function withVersionOnly(text: string): string {
  const [first = '', ...rest] = text.split('-')
  return [first.toUpperCase(), ...rest.map(capitals)].join('-')
}
