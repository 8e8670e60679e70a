import type { Argument } from './pickle-opcodes.ts'

/** A longer name is none. */
export const MAX_NAME = 500

/** What follows an opcode: where it ends, and what of it matters. */
export type Read = {
  readonly end: number
  readonly lines: readonly string[]
  readonly text?: string | undefined
  readonly number: number
}

/** What follows an opcode; undefined where the bytes end before it does. */
export function argumentOf(
  bytes: Uint8Array,
  start: number,
  argument: Argument | undefined,
): Read | undefined {
  if (argument === undefined) return { end: start, lines: [], number: 0 }
  if ('lines' in argument) {
    const lines: string[] = []
    let next = start
    for (let count = 0; count < argument.lines; count += 1) {
      const end = bytes.indexOf(0x0a, next)
      if (end === -1) return undefined
      lines.push(decoded(bytes.subarray(next, Math.min(end, next + MAX_NAME + 1)), 'utf8') ?? '\\')
      next = end + 1
    }
    return { end: next, lines, number: 0 }
  }
  if ('bytes' in argument) {
    const end = start + argument.bytes
    return end > bytes.length
      ? undefined
      : { end, lines: [], number: littleEndian(bytes, start, argument.bytes) }
  }
  const from = start + argument.counted
  if (from > bytes.length) return undefined
  const end = from + littleEndian(bytes, start, argument.counted)
  if (!(end <= bytes.length)) return undefined
  const text =
    argument.text === undefined || end - from > MAX_NAME
      ? undefined
      : decoded(bytes.subarray(from, end), argument.text)
  return { end, lines: [], number: 0, ...(text !== undefined && { text }) }
}

/** Past 2 ** 53 it is not exact, and past the end of any file all the same. */
function littleEndian(bytes: Uint8Array, start: number, count: number): number {
  let value = 0
  for (let index = count - 1; index >= 0; index -= 1) value = value * 256 + (bytes[start + index] ?? 0)
  return value
}

function decoded(bytes: Uint8Array, encoding: 'utf8' | 'latin1'): string | undefined {
  try {
    return encoding === 'latin1'
      ? Buffer.from(bytes).toString('latin1')
      : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
