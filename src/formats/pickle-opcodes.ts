/** What follows an opcode in the stream: so many bytes, lines, or bytes after a length of so many bytes. */
export type Argument =
  | { readonly bytes: number }
  | { readonly lines: 1 | 2 }
  | { readonly counted: 1 | 4 | 8; readonly text?: 'utf8' | 'latin1' }

/** What an opcode does to the stack, as far as it matters to what is named and called. */
export type Effect =
  | { readonly does: 'nothing' | 'line_text' | 'raw_line_text' | 'counted_text' | 'frame' }
  | { readonly does: 'push'; readonly makes?: Made }
  /** Takes so many, of which nothing is called, and leaves one or none. */
  | { readonly does: 'take'; readonly count: number; readonly leaves: 0 | 1; readonly makes?: 'tuple' }
  /** Takes everything since the mark, and leaves one or none. */
  | { readonly does: 'take_marked'; readonly leaves: 0 | 1; readonly makes?: 'tuple' }
  /** Puts a key and its value, or all pairs since the mark, into what lies under them; gives it a state. */
  | { readonly does: 'set' | 'set_marked' | 'build' }
  | { readonly does: 'mark' | 'stop' | 'pop' | 'pop_mark' | 'duplicate' }
  | { readonly does: 'put' | 'get'; readonly by: 'line' | 'number' | 'next' }
  | { readonly does: 'name_lines' | 'name_stack' | 'instance' | 'object' | 'extension' }
  /** The callee lies under so many arguments; `anew`: it is a class, and nothing of it but `__new__` is called. */
  | { readonly does: 'call'; readonly count: number; readonly anew?: true }

/** Of what an opcode pushes: all that can say how long an array is. */
export type Made = 'none' | 'true' | 'false' | 'number' | 'signed' | 'tuple' | 'dict'

export type Opcode = { readonly argument?: Argument; readonly effect: Effect }

const NOTHING: Effect = { does: 'nothing' }
const PUSH: Effect = { does: 'push' }
const push = (makes: Made): Effect => ({ does: 'push', makes })
const tuple = (count: number): Effect => ({ does: 'take', count, leaves: 1, makes: 'tuple' })
const take = (count: number, leaves: 0 | 1): Effect => ({ does: 'take', count, leaves })
const marked = (leaves: 0 | 1): Effect => ({ does: 'take_marked', leaves })
const call = (count: number): Effect => ({ does: 'call', count })
const fixed = (bytes: number, effect: Effect = PUSH): Opcode => ({ argument: { bytes }, effect })
const line = (effect: Effect = PUSH): Opcode => ({ argument: { lines: 1 }, effect })
const counted = (count: 1 | 4 | 8, text?: 'utf8' | 'latin1'): Opcode => ({
  argument: { counted: count, ...(text && { text }) },
  effect: text ? { does: 'counted_text' } : PUSH,
})
const bare = (effect: Effect): Opcode => ({ effect })

/** Every opcode of protocols 0 to 5: CPython, Lib/pickletools.py. */
const BY_CHARACTER: readonly (readonly [code: string, opcode: Opcode])[] = [
  ['(', bare({ does: 'mark' })],
  ['.', bare({ does: 'stop' })],
  ['0', bare({ does: 'pop' })],
  ['1', bare({ does: 'pop_mark' })],
  ['2', bare({ does: 'duplicate' })],
  ['F', line()],
  ['I', line()],
  ['J', fixed(4, push('signed'))],
  ['K', fixed(1, push('number'))],
  ['L', line()],
  ['M', fixed(2, push('number'))],
  ['N', bare(push('none'))],
  ['P', line()],
  ['Q', bare(take(1, 1))],
  ['R', bare(call(1))],
  ['S', line({ does: 'line_text' })],
  ['T', counted(4, 'latin1')],
  ['U', counted(1, 'latin1')],
  ['V', line({ does: 'raw_line_text' })],
  ['X', counted(4, 'utf8')],
  ['a', bare(take(1, 0))],
  ['b', bare({ does: 'build' })],
  ['c', { argument: { lines: 2 }, effect: { does: 'name_lines' } }],
  ['d', bare(marked(1))],
  ['}', bare(push('dict'))],
  ['e', bare(marked(0))],
  ['g', line({ does: 'get', by: 'line' })],
  ['h', fixed(1, { does: 'get', by: 'number' })],
  ['i', { argument: { lines: 2 }, effect: { does: 'instance' } }],
  ['j', fixed(4, { does: 'get', by: 'number' })],
  ['l', bare(marked(1))],
  [']', bare(PUSH)],
  ['o', bare({ does: 'object' })],
  ['p', line({ does: 'put', by: 'line' })],
  ['q', fixed(1, { does: 'put', by: 'number' })],
  ['r', fixed(4, { does: 'put', by: 'number' })],
  ['s', bare({ does: 'set' })],
  ['t', bare({ does: 'take_marked', leaves: 1, makes: 'tuple' })],
  [')', bare(push('tuple'))],
  ['u', bare({ does: 'set_marked' })],
  ['G', fixed(8)],
  ['\x80', fixed(1, NOTHING)],
  ['\x81', bare({ does: 'call', count: 1, anew: true })],
  ['\x82', fixed(1, { does: 'extension' })],
  ['\x83', fixed(2, { does: 'extension' })],
  ['\x84', fixed(4, { does: 'extension' })],
  ['\x85', bare(tuple(1))],
  ['\x86', bare(tuple(2))],
  ['\x87', bare(tuple(3))],
  ['\x88', bare(push('true'))],
  ['\x89', bare(push('false'))],
  ['\x8a', counted(1)],
  ['\x8b', counted(4)],
  ['B', counted(4)],
  ['C', counted(1)],
  ['\x8c', counted(1, 'utf8')],
  ['\x8d', counted(8, 'utf8')],
  ['\x8e', counted(8)],
  ['\x8f', bare(PUSH)],
  ['\x90', bare(marked(0))],
  ['\x91', bare(marked(1))],
  ['\x92', bare(call(2))],
  ['\x93', bare({ does: 'name_stack' })],
  ['\x94', bare({ does: 'put', by: 'next' })],
  ['\x95', fixed(8, { does: 'frame' })],
  ['\x96', counted(8)],
  ['\x97', bare(PUSH)],
  ['\x98', bare(NOTHING)],
]

/** By byte; what is not here is no opcode. */
export const OPCODES: ReadonlyMap<number, Opcode> = new Map(
  BY_CHARACTER.map(([character, opcode]) => [character.charCodeAt(0), opcode]),
)
