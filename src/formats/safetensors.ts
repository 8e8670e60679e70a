import { type Fields, isFields } from '../core/fields.ts'
import type { SafetensorsFlaw } from '../core/weight-format.ts'
import { parseJson } from '../text/json.ts'
import { quickJson } from '../text/quick-json.ts'

/** The format's own limit of its header, in bytes. */
export const MAX_HEADER_BYTES = 100_000_000
const LENGTH_BYTES = 8
const BRACE = 0x7b
/** No library makes tensors of more, and a product of many grows without end. */
const MAX_SIDES = 64

/** Bits of one element, by type: safetensors/src/tensor.rs, `Dtype`. */
const BITS: ReadonlyMap<string, number> = new Map([
  ...['F4'].map((name) => [name, 4] as const),
  ...['F6_E2M3', 'F6_E3M2'].map((name) => [name, 6] as const),
  ...['BOOL', 'U8', 'I8', 'F8_E5M2', 'F8_E4M3', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ'].map(
    (name) => [name, 8] as const,
  ),
  ...['I16', 'U16', 'F16', 'BF16'].map((name) => [name, 16] as const),
  ...['I32', 'U32', 'F32'].map((name) => [name, 32] as const),
  ...['C64', 'F64', 'I64', 'U64'].map((name) => [name, 64] as const),
])

export type Flawed = { readonly flaw: SafetensorsFlaw; readonly at?: string }

/** How many bytes of a file hold all that is checked: the length and the header; undefined where it can be none. */
export function headerEnd(head: Uint8Array): number | undefined {
  if (head.length < LENGTH_BYTES) return undefined
  const length = new DataView(head.buffer, head.byteOffset, LENGTH_BYTES).getBigUint64(0, true)
  return length > BigInt(MAX_HEADER_BYTES) ? undefined : LENGTH_BYTES + Number(length)
}

/**
 * What is wrong with a safetensors file of `size` bytes that begins with `head`; undefined where nothing is. The whole
 * header is held to the format, and the length of the file to it: no byte that it does not name may be there.
 */
export function safetensorsFlaw(head: Uint8Array, size: number): Flawed | undefined {
  if (head.length < LENGTH_BYTES) return { flaw: 'too_short' }
  const end = headerEnd(head)
  if (end === undefined) return { flaw: 'header_too_long' }
  if (end > size || end > head.length || end === LENGTH_BYTES) return { flaw: 'too_short' }
  if (head[LENGTH_BYTES] !== BRACE) return { flaw: 'header_begins' }
  const header = headerOf(head.subarray(LENGTH_BYTES, end))
  return header === undefined ? { flaw: 'header_json' } : flawIn(header, size - end)
}

/** An object without a key twice, as UTF-8 has it; spaces may fill the header up. */
function headerOf(bytes: Uint8Array): Fields | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
  const quick = quickJson(text)
  if (quick !== undefined) return isFields(quick) ? quick : undefined
  const { value, problems } = parseJson(text, '')
  return problems.length === 0 && isFields(value) ? value : undefined
}

type Span = { readonly name: string; readonly from: number; readonly to: number }

function flawIn(header: Fields, data: number): Flawed | undefined {
  const spans: Span[] = []
  for (const [name, described] of Object.entries(header)) {
    if (name === '__metadata__') {
      if (!isFields(described) || !Object.values(described).every((one) => typeof one === 'string'))
        return { flaw: 'metadata' }
      continue
    }
    const found = tensorOf(described)
    if (typeof found === 'string') return { flaw: found, at: name.slice(0, 100) }
    spans.push({ name, ...found })
  }
  let next = 0
  for (const { name, from, to } of spans.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== next) return { flaw: 'hole', at: name.slice(0, 100) }
    next = to
  }
  return next === data ? undefined : { flaw: 'length' }
}

const KEYS = ['data_offsets', 'dtype', 'shape']

function tensorOf(described: unknown): SafetensorsFlaw | Omit<Span, 'name'> {
  if (!isFields(described) || Object.keys(described).toSorted().join() !== KEYS.join()) return 'tensor'
  const { dtype, shape, data_offsets: offsets } = described
  const bits = typeof dtype === 'string' ? BITS.get(dtype) : undefined
  if (bits === undefined) return 'dtype'
  if (!Array.isArray(shape) || shape.length > MAX_SIDES || !shape.every(isSize)) return 'shape'
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) return 'offsets'
  const [from = 0, to = 0]: readonly number[] = offsets
  if (to < from) return 'offsets'
  // Beyond what numbers hold exactly a product may come out as anything.
  const wanted = shape.reduce<bigint>((product, side) => product * BigInt(side), 1n) * BigInt(bits)
  return wanted === BigInt(to - from) * 8n ? { from, to } : 'size'
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
