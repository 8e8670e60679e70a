import type { Pickle } from './pickle.ts'

const [STACK_GLOBAL, NEWLINE] = [0x93, 0x0a]
const [PLUS, MINUS, UNDERSCORE] = [0x2b, 0x2d, 0x5f]
/** A plain number of no more digits is read as one (`indexOf` of `pickle-items.ts`). */
const READ_DIGITS = 9
/** More of a line says nothing of what it is. */
const LOOKED_AT = 100_000

/**
 * Whether bytes that nothing at their beginning tells are a pickle of protocol 0 or 1 that may call something: it names
 * something and calls it or ends to be one, or Python follows it further than it was followed here. Words that happen to
 * begin as an import do neither.
 */
export function mayCall(head: Uint8Array, { names, flaw, called }: Pickle): boolean {
  if (flaw === undefined || called === true) return names.length > 0
  const { at } = flaw
  switch (flaw.flaw) {
    case 'too_long':
    case 'too_many_names':
      return true
    case 'call_computed':
      return names.length > 0
    case 'name_computed':
      // Only a pickle takes a name from its stack; that of a line may be a line of any text, unless it is like a name.
      return (
        head[at] === STACK_GLOBAL || linesAt(head, at, 2).every((line) => /^[\p{L}\p{N}_.]+$/u.test(line))
      )
    case 'memo':
      return isOtherNumber(head, at + 1)
    default:
      return false
  }
}

/**
 * Whether Python may read a number in the line from an offset on that was not read here: it takes spaces around it, a
 * sign, underscores, any number of digits, and nothing that follows a NUL (CPython's `PyLong_FromString`).
 */
function isOtherNumber(head: Uint8Array, start: number): boolean {
  const end = head.indexOf(NEWLINE, start)
  if (end === -1) return false
  // By hand, since the stack of an expression ends before a long line does.
  const past = (from: number, isOne: (byte: number) => boolean): number => {
    let at = from
    while (at < end && isOne(head[at] ?? 0)) at += 1
    return at
  }
  const spaced = past(start, isSpace)
  const signed = head[spaced] === PLUS || head[spaced] === MINUS ? spaced + 1 : spaced
  if (!isDigit(head[signed] ?? 0)) return false
  const digits = past(signed, (byte) => isDigit(byte) || byte === UNDERSCORE)
  const rest = past(digits, isSpace)
  if (rest < end && head[rest] !== 0) return false
  // Of a number that was read here, nobody set the place.
  return end - start > READ_DIGITS || !head.subarray(start, end).every(isDigit)
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** The lines behind the opcode at an offset. */
function linesAt(head: Uint8Array, at: number, count: number): readonly string[] {
  const lines: string[] = []
  let next = at + 1
  for (let index = 0; index < count; index += 1) {
    const end = head.indexOf(NEWLINE, next)
    if (end === -1) return ['']
    lines.push(new TextDecoder().decode(head.subarray(next, Math.min(end, next + LOOKED_AT))))
    next = end + 1
  }
  return lines
}
