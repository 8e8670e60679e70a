import type { PickleFlaw } from '../core/weight-format.ts'
import { type Argument, type Effect, OPCODES } from './pickle-opcodes.ts'

/** More than this on the stack, or named, is made to wear a reader out. */
const MAX_STACK = 2_000_000
export const MAX_NAMES = 1000
const MAX_NAME = 500
const MAX_LINE = 1_000_000

/** A text, or what a global names; anything else is nothing that could name or be called. */
type Item = { readonly text: string } | { readonly global: string } | undefined

export type Pickle = {
  /** What it names, `module.name`, each once, in the order of the stream. */
  readonly names: readonly string[]
  /** Where the stream ends: behind its STOP, or where it could not be followed. */
  readonly end: number
  readonly flaw?: { readonly flaw: PickleFlaw; readonly at: number }
}

/**
 * What one pickle would import and call, by its opcodes alone: nothing is built, imported or called. A flaw is whatever
 * keeps that from being known for certain; then the pickle may call anything. Linear in its bytes, and never throws.
 */
export function readPickle(bytes: Uint8Array, from = 0): Pickle {
  const machine = new Map<number, Item>()
  const names = new Set<string>()
  const stack: Item[] = []
  const marks: number[] = []
  let offset = from
  let at = from

  function step(): PickleFlaw | 'stop' | undefined {
    at = offset
    const opcode = OPCODES.get(bytes[offset] ?? -1)
    if (offset >= bytes.length) return 'cut_off'
    if (opcode === undefined) return 'opcode'
    const argument = argumentOf(bytes, offset + 1, opcode.argument)
    if (argument === undefined) return 'cut_off'
    offset = argument.end
    if (stack.length > MAX_STACK || machine.size > MAX_STACK || marks.length > MAX_STACK) return 'too_long'
    return act(opcode.effect, argument)
  }

  /** Nothing from under the mark may be taken. */
  const depth = (): number => stack.length - (marks.at(-1) ?? 0)

  function name(module: string | undefined, called: string | undefined): PickleFlaw | undefined {
    if (!module || !called || module.length + called.length > MAX_NAME) return 'name_computed'
    const global = `${module}.${called}`
    names.add(global)
    if (names.size > MAX_NAMES) return 'too_many_names'
    stack.push({ global })
    return undefined
  }

  function act(effect: Effect, { lines, text, number }: Read): PickleFlaw | 'stop' | undefined {
    switch (effect.does) {
      case 'nothing':
        return undefined
      case 'push':
        stack.push(undefined)
        return undefined
      case 'line_text':
        stack.push(quotedText(lines[0]))
        return undefined
      case 'raw_line_text':
        stack.push(lines[0] === undefined || lines[0].includes('\\') ? undefined : { text: lines[0] })
        return undefined
      case 'counted_text':
        stack.push(text === undefined ? undefined : { text })
        return undefined
      case 'take':
        if (depth() < effect.count + (effect.leaves === 0 ? 1 : 0)) return 'stack'
        stack.length -= effect.count
        if (effect.leaves === 1) stack.push(undefined)
        return undefined
      case 'take_marked': {
        const mark = marks.pop()
        if (mark === undefined) return 'stack'
        stack.length = mark
        if (effect.leaves === 1) stack.push(undefined)
        // What they are added to lies under the mark.
        return effect.leaves === 0 && depth() < 1 ? 'stack' : undefined
      }
      case 'mark':
        marks.push(stack.length)
        return undefined
      case 'stop':
        return depth() === 1 && marks.length === 0 ? 'stop' : 'stack'
      case 'pop':
        if (depth() > 0) stack.pop()
        else if (marks.pop() === undefined) return 'stack'
        return undefined
      case 'pop_mark': {
        const mark = marks.pop()
        if (mark === undefined) return 'stack'
        stack.length = mark
        return undefined
      }
      case 'duplicate':
        if (depth() < 1) return 'stack'
        stack.push(stack.at(-1))
        return undefined
      case 'put': {
        const key = effect.by === 'next' ? machine.size : effect.by === 'line' ? indexOf(lines[0]) : number
        if (key === undefined) return 'memo'
        if (depth() < 1) return 'stack'
        machine.set(key, stack.at(-1))
        return undefined
      }
      case 'get': {
        const key = effect.by === 'line' ? indexOf(lines[0]) : number
        if (key === undefined || !machine.has(key)) return 'memo'
        stack.push(machine.get(key))
        return undefined
      }
      case 'name_lines':
        return name(lines[0], lines[1])
      case 'name_stack': {
        if (depth() < 2) return 'stack'
        const [module, called] = stack.splice(-2)
        return name(textOf(module), textOf(called))
      }
      case 'instance': {
        const mark = marks.pop()
        if (mark === undefined) return 'stack'
        stack.length = mark
        const flaw = name(lines[0], lines[1])
        if (flaw === undefined) stack[stack.length - 1] = undefined
        return flaw
      }
      case 'object': {
        const mark = marks.pop()
        if (mark === undefined || stack.length <= mark) return 'stack'
        const callee = stack[mark]
        stack.length = mark
        stack.push(undefined)
        return isGlobal(callee) ? undefined : 'call_computed'
      }
      case 'call': {
        if (depth() < effect.count + 1) return 'stack'
        const [callee] = stack.splice(-effect.count - 1)
        stack.push(undefined)
        return isGlobal(callee) ? undefined : 'call_computed'
      }
      // Which name a number stands for, only the process that loads it knows.
      case 'extension':
        return 'extension'
    }
  }

  for (;;) {
    const ended = step()
    if (ended === 'stop') return { names: [...names], end: offset }
    if (ended !== undefined) return { names: [...names], end: at, flaw: { flaw: ended, at } }
  }
}

function isGlobal(item: Item): boolean {
  return item !== undefined && 'global' in item
}

function textOf(item: Item): string | undefined {
  return item !== undefined && 'text' in item ? item.text : undefined
}

/** A text in quotes that needs no decoding; one with escapes could be any. */
function quotedText(line: string | undefined): Item {
  const [, , text] = /^(['"])([^'"\\]*)\1$/.exec(line ?? '') ?? []
  return text === undefined ? undefined : { text }
}

function indexOf(line: string | undefined): number | undefined {
  return line !== undefined && /^\d{1,9}$/.test(line) ? Number(line) : undefined
}

type Read = {
  readonly end: number
  readonly lines: readonly string[]
  readonly text?: string | undefined
  readonly number: number
}

/** What follows an opcode; undefined where the bytes end before it does. */
function argumentOf(bytes: Uint8Array, start: number, argument: Argument | undefined): Read | undefined {
  if (argument === undefined) return { end: start, lines: [], number: 0 }
  if ('lines' in argument) {
    const lines: string[] = []
    let next = start
    for (let count = 0; count < argument.lines; count += 1) {
      const end = bytes.indexOf(0x0a, next)
      if (end === -1 || end - next > MAX_LINE) return undefined
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
