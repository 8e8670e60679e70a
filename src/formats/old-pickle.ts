import type { Pickle } from './pickle.ts'

const [STACK_GLOBAL, NEWLINE] = [0x93, 0x0a]
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
      // Python reads numbers in more ways.
      return linesAt(head, at, 1).every(
        (line) => /^\s{0,9}[+-]?\d[\d_]{0,1000}\s{0,9}$/.test(line) && !/^\d{1,9}$/.test(line),
      )
    default:
      return false
  }
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
