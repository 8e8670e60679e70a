import type { PickleFlaw } from '../core/weight-format.ts'
import { argumentOf, MAX_NAME, type Read } from './pickle-argument.ts'
import {
  dtypeOf,
  handOver,
  type Item,
  indexOf,
  isGlobal,
  isWrapper,
  madeTuple,
  pushed,
  putInto,
  quotedText,
  setDtype,
  textOf,
  tupleOf,
} from './pickle-items.ts'
import { type Effect, OPCODES } from './pickle-opcodes.ts'

/** More than this on the stack, or named, is made to wear a reader out. */
const MAX_STACK = 2_000_000
export const MAX_NAMES = 1000

export type Pickle = {
  /** What it names, `module.name`, each once, in the order of the stream. */
  readonly names: readonly string[]
  /** Where the stream ends: behind its STOP, or where it could not be followed. */
  readonly end: number
  readonly flaw?: { readonly flaw: PickleFlaw; readonly at: number }
  /** Something that has a name was called before the flaw. */
  readonly called?: true
}

/** How a pickle is read by who is not Python's own `pickle.load`. */
export type How = {
  /** What is in a frame is read before anything behind it, and nothing goes across its end. */
  readonly framed?: true
  /** Where the bytes of an array end that joblib wrote behind its state; undefined where that is not known. */
  readonly arrayAt?: (state: ReadonlyMap<string, Item>, at: number) => number | undefined
}

/**
 * What one pickle would import and call, by its opcodes alone: nothing is built, imported or called. A flaw is whatever
 * keeps that from being known for certain; then the pickle may call anything. Linear in its bytes, and never throws.
 */
export function readPickle(bytes: Uint8Array, from = 0, { framed, arrayAt }: How = {}): Pickle {
  const machine = new Map<number, Item>()
  const names = new Set<string>()
  const stack: Item[] = []
  const marks: number[] = []
  let offset = from
  let at = from
  let frame = from
  let calls = 0

  function step(): PickleFlaw | 'stop' | undefined {
    at = offset
    const opcode = OPCODES.get(bytes[offset] ?? -1)
    if (offset >= bytes.length) return 'cut_off'
    if (opcode === undefined) return 'opcode'
    const argument = argumentOf(bytes, offset + 1, opcode.argument)
    if (argument === undefined) return 'cut_off'
    offset = argument.end
    if (stack.length > MAX_STACK || machine.size > MAX_STACK || marks.length > MAX_STACK) return 'too_long'
    if (framed && at < frame && offset > frame) return 'cut_off'
    return act(opcode.effect, argument)
  }

  /** What is taken is no longer known; a wrapper that is handed on could become an array unseen. */
  function taken(items: readonly Item[]): PickleFlaw | undefined {
    handOver(items)
    return arrayAt !== undefined && items.some(isWrapper) ? 'call_computed' : undefined
  }

  function build(): PickleFlaw | undefined {
    if (depth() < 2) return 'stack'
    const state = stack.pop()
    const target = stack.at(-1)
    if (target !== undefined && 'dtype' in target) setDtype(target, state)
    if (arrayAt === undefined || target === undefined || !isWrapper(target))
      // A class that gets a state is another one from there on.
      return taken([state, target]) ?? (isGlobal(target) ? 'call_computed' : undefined)
    const entries = state !== undefined && 'dict' in state ? state.entries : undefined
    if ('global' in target || entries === undefined) return 'call_computed'
    if (offset < frame) return 'cut_off'
    const end = arrayAt(entries, offset)
    if (end === undefined) return 'call_computed'
    handOver([state])
    stack[stack.length - 1] = undefined
    offset = end
    return undefined
  }

  function call(callee: Item, args: readonly Item[], anew?: true): PickleFlaw | undefined {
    const isNew = anew && isWrapper(callee) && args.length === 1 && tupleOf(args[0])?.length === 0
    stack.push(isNew ? { wrapper: 'new' } : isGlobal(callee) ? dtypeOf(callee.global, args) : undefined)
    if (!isGlobal(callee)) return 'call_computed'
    calls += 1
    return isNew ? undefined : taken([callee, ...args])
  }

  /** Nothing from under the mark may be taken. */
  const depth = (): number => stack.length - (marks.at(-1) ?? 0)

  function name(module: string | undefined, own: string | undefined): PickleFlaw | undefined {
    if (!module || !own || module.length + own.length > MAX_NAME) return 'name_computed'
    const global = `${module}.${own}`
    names.add(global)
    if (names.size > MAX_NAMES) return 'too_many_names'
    stack.push({ global })
    return undefined
  }

  function put(pairs: readonly Item[]): PickleFlaw | undefined {
    putInto(stack.at(-1), pairs)
    return taken(pairs)
  }

  function act(effect: Effect, { lines, text, number }: Read): PickleFlaw | 'stop' | undefined {
    switch (effect.does) {
      case 'nothing':
        return undefined
      case 'push':
        stack.push(pushed(effect.makes, number))
        return undefined
      case 'frame':
        if (framed && (offset < frame || offset + number > bytes.length)) return 'cut_off'
        frame = offset + number
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
      case 'take': {
        if (depth() < effect.count + (effect.leaves === 0 ? 1 : 0)) return 'stack'
        const items = stack.splice(-effect.count)
        if (effect.leaves === 1) stack.push(effect.makes && madeTuple(items))
        else handOver(stack.slice(-1))
        return taken(items)
      }
      case 'take_marked': {
        const mark = marks.pop()
        if (mark === undefined) return 'stack'
        const items = stack.splice(mark)
        const flaw = taken(items)
        if (effect.leaves === 1) stack.push(effect.makes && madeTuple(items))
        else handOver(stack.slice(-1))
        // What they are added to lies under the mark.
        return effect.leaves === 0 && depth() < 1 ? 'stack' : flaw
      }
      case 'set': {
        if (depth() < 3) return 'stack'
        const pairs = stack.splice(-2)
        return put(pairs)
      }
      case 'set_marked': {
        const mark = marks.pop()
        if (mark === undefined) return 'stack'
        const pairs = stack.splice(mark)
        return depth() < 1 ? 'stack' : put(pairs)
      }
      case 'build':
        return build()
      case 'mark':
        marks.push(stack.length)
        return undefined
      case 'stop':
        if (framed && offset < frame) return 'cut_off'
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
        const [module, own] = stack.splice(-2)
        return name(textOf(module), textOf(own))
      }
      case 'instance': {
        const mark = marks.pop()
        if (mark === undefined) return 'stack'
        const args = stack.splice(mark)
        const flaw = name(lines[0], lines[1])
        return flaw ?? call(stack.pop(), args)
      }
      case 'object': {
        const mark = marks.pop()
        if (mark === undefined || stack.length <= mark) return 'stack'
        const [callee, ...args] = stack.splice(mark)
        return call(callee, args)
      }
      case 'call': {
        if (depth() < effect.count + 1) return 'stack'
        const [callee, ...args] = stack.splice(-effect.count - 1)
        return call(callee, args, effect.anew)
      }
      // Which name a number stands for, only the process that loads it knows.
      case 'extension':
        return 'extension'
    }
  }

  for (;;) {
    const ended = step()
    if (ended === 'stop') return { names: [...names], end: offset }
    if (ended !== undefined)
      return {
        names: [...names],
        end: at,
        flaw: { flaw: ended, at },
        ...(calls > 0 && { called: true as const }),
      }
  }
}
