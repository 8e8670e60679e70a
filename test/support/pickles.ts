/** Pickles by their opcodes, written out: nothing here is made by Python. */
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** The bytes of parts: text as latin1. */
export function joined(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? bytes(part) : part)))
}

/** SHORT_BINUNICODE. */
export function short(text: string): Uint8Array {
  return joined('\x8c', Uint8Array.of(text.length), text)
}

/** A pickle of protocol 2 that calls nothing but `names`, each without arguments, and lists what comes of it. */
export function callsOf(...names: readonly (readonly [module: string, name: string])[]): Uint8Array {
  const calls = names.map(([module, name]) => joined('c', module, '\n', name, '\n)Ra'))
  return joined('\x80\x02]', ...calls, '.')
}

/** The same call by STACK_GLOBAL of protocol 4, its texts by way of the memo. */
export function stackedCall(module: string, name: string): Uint8Array {
  return joined('\x80\x04', short(module), '\x94', short(name), '\x94', '00', 'h\x00h\x01\x93)R.')
}

/** A safetensors file with a header and data, its length as it is. */
export function safetensors(header: unknown, data: Uint8Array | string = ''): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return joined(length, text, data)
}

/** Weights that are in order, of a few bytes. */
export function someWeights(data: string = 'data'): Uint8Array {
  const tensor = { dtype: 'U8', shape: [data.length], data_offsets: [0, data.length] }
  return safetensors({ weight: tensor }, data)
}
