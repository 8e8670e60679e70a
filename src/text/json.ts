import { createScanner } from 'jsonc-parser'
import type { Fault, Problem } from '../core/problem.ts'
import { MAX_DEPTH, type Parsed } from './parsed.ts'
import { placesOf } from './places.ts'
import { FORBIDDEN_KEYS, MAX_PROBLEMS, pointer } from './pointer.ts'

type Key = string | number

// `SyntaxKind` of jsonc-parser is an ambient const enum, which cannot be imported where types are stripped.
const OPEN_BRACE = 1
const CLOSE_BRACE = 2
const OPEN_BRACKET = 3
const CLOSE_BRACKET = 4
const COMMA = 5
const COLON = 6
const NULL = 7
const TRUE = 8
const FALSE = 9
const STRING = 10
const NUMBER = 11
const LINE_BREAK = 14
const SPACE = 15
const UNKNOWN = 16
const END = 17

/** Values past this many are nobody's metrics, and fill the memory. */
const MAX_VALUES = 2_000_000

/** What stands for a value that was not read: after a fault that ends reading, or where a number is not finite. */
const FAILED = Symbol('failed')
const ABSENT = Symbol('absent')

/**
 * JSON (RFC 8259) as plain data. Duplicate and forbidden keys are reported and not stored; NaN, Infinity and
 * numbers beyond a double are reported, and their key is absent (in a list: null, so that indexes hold).
 * After a syntax error, or nesting past MAX_DEPTH, `value` is undefined. Linear in the text.
 */
export function parseJson(text: string, path: string): Parsed {
  const problems: Problem[] = []
  const keys: Key[] = []
  let values = 0
  const places = placesOf(text)
  // Not `visit`: it is recursive, and it skips a bare NaN in a way that loses which key it belonged to.
  const scanner = createScanner(text, false)
  const report = (fault: Fault, offset = scanner.getTokenOffset()): typeof FAILED => {
    if (problems.length < MAX_PROBLEMS) problems.push({ path, ...places.position(offset), ...fault })
    return FAILED
  }

  function next(): number {
    let token: number = scanner.scan()
    while (token === SPACE || token === LINE_BREAK) token = scanner.scan()
    return token
  }

  function unexpected(wanted: string): typeof FAILED {
    const start = scanner.getTokenOffset()
    const found =
      scanner.getToken() === END
        ? 'the end of the file'
        : `\`${text.slice(start, start + Math.min(scanner.getTokenLength(), 20)).replaceAll(/\s+/g, ' ')}\``
    return report({ code: 'syntax', detail: `${wanted} is wanted, not ${found}` })
  }

  /** The value that begins at the current token; leaves the scanner on its last token. */
  function value(): unknown {
    values += 1
    if (values > MAX_VALUES) return report({ code: 'too_many', limit: MAX_VALUES })
    const token: number = scanner.getToken()
    // 0: the scanner found no error inside the token, such as an open string or a bad escape.
    if (scanner.getTokenError() !== 0) return unexpected('a value')
    switch (token) {
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (keys.length >= MAX_DEPTH) return report({ code: 'too_deep', limit: MAX_DEPTH })
        return token === OPEN_BRACE ? object() : list()
      case STRING:
        return scanner.getTokenValue()
      case NUMBER:
        return finite(scanner.getTokenValue(), scanner.getTokenOffset())
      case NULL:
        return null
      case TRUE:
        return true
      case FALSE:
        return false
      case UNKNOWN:
        return notFinite()
      default:
        return unexpected('a value')
    }
  }

  function finite(written: string, offset: number): unknown {
    const read = Number(written)
    if (Number.isFinite(read)) return read
    report({ code: 'not_finite', at: pointer(keys), found: written.slice(0, 40) }, offset)
    return ABSENT
  }

  /** Python writes NaN, Infinity and -Infinity, which JSON does not have; anything else unknown is no JSON. */
  function notFinite(): unknown {
    const offset = scanner.getTokenOffset()
    const minus = scanner.getTokenValue() === '-'
    if (minus && (scanner.scan() as number) !== UNKNOWN) return unexpected('a number') // `as`: the const enum, as above
    const word = scanner.getTokenValue()
    if (word !== 'Infinity' && (minus || word !== 'NaN')) return unexpected('a value')
    return finite(minus ? '-Infinity' : word, offset)
  }

  function list(): unknown {
    const items: unknown[] = []
    if (next() === CLOSE_BRACKET) return items
    for (;;) {
      const offset = scanner.getTokenOffset()
      keys.push(items.length)
      const item = value()
      keys.pop()
      if (item === FAILED) return FAILED
      places.keep(items, items.length, offset, offset)
      items.push(item === ABSENT ? null : item)
      const token = next()
      if (token === CLOSE_BRACKET) return items
      if (token !== COMMA) return unexpected('a comma or a closing bracket')
      next()
    }
  }

  function object(): unknown {
    const members: Record<string, unknown> = {}
    if (next() === CLOSE_BRACE) return members
    for (;;) {
      // Number: the const enum, as above.
      if (Number(scanner.getToken()) !== STRING || scanner.getTokenError() !== 0)
        return unexpected('a key in quotes')
      const key = scanner.getTokenValue()
      const keyOffset = scanner.getTokenOffset()
      if (next() !== COLON) return unexpected('a colon')
      next()
      const offset = scanner.getTokenOffset()
      keys.push(key)
      const member = value()
      keys.pop()
      if (member === FAILED) return FAILED
      if (FORBIDDEN_KEYS.has(key)) report({ code: 'forbidden_key', key }, keyOffset)
      // The first stays: JSON.parse would silently take the last.
      else if (places.holds(members, key))
        report({ code: 'duplicate_key', key: key.slice(0, 200) }, keyOffset)
      else {
        places.keep(members, key, keyOffset, offset)
        if (member !== ABSENT) members[key] = member
      }
      const token = next()
      if (token === CLOSE_BRACE) return members
      if (token !== COMMA) return unexpected('a comma or a closing brace')
      next()
    }
  }

  next()
  const start = scanner.getTokenOffset()
  const root = value()
  const whole =
    root !== FAILED && root !== ABSENT && (next() === END || unexpected('the end of the file') !== FAILED)
  return whole
    ? { value: root, problems, at: places.finder(root, start) }
    : { value: undefined, problems, at: () => undefined }
}
