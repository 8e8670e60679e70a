import { isUtf8 } from 'node:buffer'
import type { Fault } from '../../core/problem.ts'

/** A fault of one line, counted from 1. */
export type LineFault = Extract<Fault, { code: 'bad_rows' }> & { readonly line: number }
/** Takes the lines of a file one by one, without their LF, until one of them is at fault. */
export type LineCheck = {
  readonly take: (line: Uint8Array, number: number, isEnded: boolean) => LineFault | undefined
  /** What is wrong once there are no more. */
  readonly end: () => LineFault | undefined
}

const [COMMA, QUOTE, CR, SPACE] = [0x2c, 0x22, 0x0d, 0x20]
const NAMES = { lf: 'LF (as on Linux)', crlf: 'CR LF (as on Windows)', cr: 'CR' } as const
type End = keyof typeof NAMES

/**
 * What keeps a CSV from being read, line by line: the rules of RFC 4180 that the engine holds to, and that it names
 * neither with a line nor without pieces of the file.
 */
export function csvCheck(): LineCheck {
  let header: number | undefined
  let end: End | undefined
  /** Of the record that is open: how many fields it has so far, and the line on which a quote was opened. */
  let fields = 1
  let opened: number | undefined

  function record(line: Uint8Array, number: number, isEnded: boolean): LineFault | undefined {
    const own: End = line.at(-1) === CR ? 'crlf' : 'lf'
    const length = own === 'crlf' ? line.length - 1 : line.length
    const scanned = scan(line.subarray(isMarked(line, number) ? 3 : 0, length))
    fields += scanned.commas
    if (scanned.flaw === 'after_quote') return { code: 'bad_rows', flaw: 'after_quote', line: number }
    if (scanned.flaw === 'open') {
      opened ??= number
      return undefined
    }
    opened = undefined
    const found = fields
    fields = 1
    if (scanned.hasReturn) return mixed(end ?? own, 'cr', number)
    if (isEnded) {
      if (end !== undefined && own !== end) return mixed(end, own, number)
      end ??= own
    }
    // A line with nothing on it is none.
    if (length === 0) return undefined
    header ??= found
    if (found === header) return undefined
    return { code: 'bad_rows', flaw: 'ragged', line: number, fields: { found, wanted: header } }
  }

  /** One line, which begins within quotes where one is open. */
  function scan(line: Uint8Array): { commas: number; hasReturn: boolean; flaw?: 'open' | 'after_quote' } {
    let state: 'start' | 'bare' | 'quoted' | 'closed' = opened === undefined ? 'start' : 'quoted'
    let commas = 0
    let hasReturn = false
    for (const byte of line) {
      if (state === 'quoted') {
        if (byte === QUOTE) state = 'closed'
      } else if (byte === COMMA) {
        commas += 1
        state = 'start'
      } else if (byte === QUOTE && state !== 'bare') state = 'quoted'
      else if (byte === CR) hasReturn = true
      else if (state === 'closed' && byte !== SPACE) return { commas, hasReturn, flaw: 'after_quote' }
      else if (state === 'start' && byte !== SPACE) state = 'bare'
    }
    return { commas, hasReturn, ...(state === 'quoted' && { flaw: 'open' }) }
  }

  return {
    take: (line, number, isEnded) =>
      isUtf8(line) ? record(line, number, isEnded) : { code: 'bad_rows', flaw: 'not_utf8', line: number },
    end: () => (opened === undefined ? undefined : { code: 'bad_rows', flaw: 'open_quote', line: opened }),
  }
}

/** Whether a file begins with the mark of UTF-8. */
function isMarked(line: Uint8Array, number: number): boolean {
  return number === 1 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf
}

function mixed(before: End, found: End, line: number): LineFault {
  return { code: 'bad_rows', flaw: 'mixed_ends', line, found: [NAMES[before], NAMES[found]] }
}
