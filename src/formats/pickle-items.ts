import type { Made } from './pickle-opcodes.ts'

/** What stands on the stack, as far as it can name, be called, or say how long an array is; undefined for anything else. */
export type Item =
  | { readonly text: string }
  | { readonly global: string }
  | { readonly number: number }
  | { readonly value: 'none' | 'true' | 'false' }
  | { readonly tuple: readonly Item[] }
  | Dict
  | Dtype
  | Wrapper
  | undefined

/** A dictionary that nothing but its opcodes wrote into; without `entries` it is not known what is in it. */
export type Dict = { dict: true; entries?: Map<string, Item> | undefined }
/** A type of NumPy by the bytes of one value, or of objects; without either it is not known. */
export type Dtype = { dtype: string; size?: number | undefined; objects?: boolean | undefined }
/** What joblib puts in the place of an array, whose bytes follow when it gets its state. */
export type Wrapper = { readonly wrapper: 'new' }

export const WRAPPER = 'joblib.numpy_pickle.NumpyArrayWrapper'
/** Longer tuples and dictionaries say nothing of an array. */
const MOST = 64

export function isGlobal(item: Item): item is { readonly global: string } {
  return item !== undefined && 'global' in item
}

export function textOf(item: Item): string | undefined {
  return item !== undefined && 'text' in item ? item.text : undefined
}

export function numberOf(item: Item): number | undefined {
  return item !== undefined && 'number' in item ? item.number : undefined
}

export function constantOf(item: Item): 'none' | 'true' | 'false' | undefined {
  return item !== undefined && 'value' in item ? item.value : undefined
}

export function tupleOf(item: Item): readonly Item[] | undefined {
  return item !== undefined && 'tuple' in item ? item.tuple : undefined
}

/** A text in quotes that needs no decoding; one with escapes could be any. */
export function quotedText(line: string | undefined): Item {
  const [, , text] = /^(['"])([^'"\\]*)\1$/.exec(line ?? '') ?? []
  return text === undefined ? undefined : { text }
}

export function indexOf(line: string | undefined): number | undefined {
  return line !== undefined && /^\d{1,9}$/.test(line) ? Number(line) : undefined
}

/** Whether an item is the wrapper of an array, or its class: what takes it may make an array of it unseen. */
export function isWrapper(item: Item): boolean {
  return item !== undefined && ('wrapper' in item || ('global' in item && item.global === WRAPPER))
}

/** What is handed to somebody else may be changed by them. */
export function handOver(items: readonly Item[]): void {
  for (const item of items) if (item !== undefined && 'dict' in item) item.entries = undefined
}

export function madeTuple(items: readonly Item[]): Item {
  handOver(items)
  return items.length > MOST ? undefined : { tuple: items }
}

/** Puts pairs into what lies under them. */
export function putInto(target: Item, pairs: readonly Item[]): void {
  handOver(pairs)
  if (target === undefined || !('dict' in target)) return
  const { entries } = target
  const keys = pairs.filter((_, index) => index % 2 === 0).map(textOf)
  if (entries === undefined || pairs.length % 2 === 1 || entries.size + keys.length > MOST)
    target.entries = undefined
  else
    for (const [index, key] of keys.entries()) {
      if (key === undefined) target.entries = undefined
      else entries.set(key, pairs[index * 2 + 1])
    }
}

/** Bytes of one value by the code of its type, on any machine; numpy/core/_dtype.py. */
const SIZES: Readonly<Record<string, number>> = {
  ...{ b1: 1, i1: 1, i2: 2, i4: 4, i8: 8, u1: 1, u2: 2, u4: 4, u8: 8, f2: 2, f4: 4, f8: 8, c8: 8, c16: 16 },
}

/** `numpy.dtype('f8', False, True)`, a new type; anything else is none that is known. */
export function dtypeOf(callee: string, args: readonly Item[]): Item {
  const [given, ...rest] = args
  const [code, align, copy, ...more] = tupleOf(given) ?? []
  const text = textOf(code)
  if (callee !== 'numpy.dtype' || rest.length > 0 || more.length > 0 || text === undefined) return undefined
  if (constantOf(align) !== 'false' || constantOf(copy) !== 'true') return undefined
  if (text === 'O8') return { dtype: text, objects: true }
  const [, kind, length] = /^([US])([1-9]\d{0,5})$/.exec(text) ?? []
  const size = Object.hasOwn(SIZES, text)
    ? SIZES[text]
    : kind && length
      ? Number(length) * (kind === 'U' ? 4 : 1)
      : undefined
  return size === undefined ? undefined : { dtype: text, size }
}

/** What NumPy sets of a type beside its code; anything else could make its values longer. */
export function setDtype(type: Dtype, state: Item): void {
  const [version, order, subarray, names, fields, size, alignment, flags, ...more] = tupleOf(state) ?? []
  const [, kind] = /^([US])/.exec(type.dtype) ?? []
  const wanted = kind === undefined ? [-1, -1] : [type.size, kind === 'U' ? 4 : 1]
  const known =
    numberOf(version) === 3 &&
    ['<', '>', '|', '='].includes(textOf(order) ?? '') &&
    [subarray, names, fields].every((one) => constantOf(one) === 'none') &&
    numberOf(size) === wanted[0] &&
    numberOf(alignment) === wanted[1] &&
    numberOf(flags) === (type.objects ? 63 : 0) &&
    more.length === 0
  if (known) return
  type.size = undefined
  type.objects = undefined
}

const NONE: Item = { value: 'none' }
const TRUE: Item = { value: 'true' }
const FALSE: Item = { value: 'false' }

/** What an opcode pushes, by the number that follows it. */
export function pushed(makes: Made | undefined, number: number): Item {
  switch (makes) {
    case 'none':
      return NONE
    case 'true':
      return TRUE
    case 'false':
      return FALSE
    case 'number':
      return { number }
    case 'signed':
      return { number: number >= 2 ** 31 ? number - 2 ** 32 : number }
    case 'tuple':
      return { tuple: [] }
    case 'dict':
      return { dict: true, entries: new Map() }
    case undefined:
      return undefined
  }
}
