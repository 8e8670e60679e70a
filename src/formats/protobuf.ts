/** Fields of an ONNX ModelProto by number, with their wire type: onnx/onnx.proto. */
export const ONNX_FIELDS: ReadonlyMap<number, number> = new Map([
  ...([1, 5] as const).map((field) => [field, 0] as const),
  ...([2, 3, 4, 6, 7, 8, 14, 20, 25, 26] as const).map((field) => [field, 2] as const),
])
const GRAPH = 7

/** A message has few fields at its top; more are looked at in vain. */
const MOST = 100_000

/**
 * Whether bytes are a protobuf message: its fields follow each other to the very end of the file, or beyond what there
 * is of it. `fields` narrows to a message with these, of which ONNX has a graph.
 */
export function looksLikeProtobuf(
  head: Uint8Array,
  size: number,
  fields?: ReadonlyMap<number, number>,
): boolean {
  let offset = 0
  let graph = fields === undefined
  for (let count = 0; count < MOST; count += 1) {
    if (offset === size) return graph && count > 0
    if (offset >= head.length) return graph && offset < size
    const tag = varint(head, offset)
    if (tag === undefined || tag.value < 8) return false
    const [field, type] = [Math.floor(tag.value / 8), tag.value % 8]
    if (fields !== undefined && fields.get(field) !== type) return false
    if (fields !== undefined && field === GRAPH) graph = true
    const end = endOf(head, tag.end, type)
    if (end === undefined || end > size) return false
    offset = end
  }
  return false
}

function endOf(head: Uint8Array, start: number, type: number): number | undefined {
  switch (type) {
    case 0:
      return varint(head, start)?.end
    case 1:
      return start + 8
    case 2: {
      const length = varint(head, start)
      return length === undefined ? undefined : length.end + length.value
    }
    case 5:
      return start + 4
    default:
      return undefined
  }
}

function varint(
  head: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0
  for (let index = 0; index < 10; index += 1) {
    const byte = head[start + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) return { value, end: start + index + 1 }
  }
  return undefined
}
