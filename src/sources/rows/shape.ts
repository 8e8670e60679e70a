import { constants, gunzipSync } from 'node:zlib'

/** What a file of rows is, by its first bytes. */
export type Shape = { readonly kind: 'parquet' | 'jsonl' | 'csv'; readonly gzip: boolean }

/** So much of a file says what it is; packed it is at most a thousand times as much. */
export const HEAD_BYTES = 4096

/** The shape of a file, never by its name. What is no Parquet and no JSON is left to CSV. */
export function shapeOf(bytes: Uint8Array): Shape {
  const head = bytes.subarray(0, HEAD_BYTES)
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: kindOf(unpacked(head)), gzip: true }
  const isParquet = Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1'
  return { kind: isParquet ? 'parquet' : kindOf(head), gzip: false }
}

function kindOf(head: Uint8Array): 'jsonl' | 'csv' {
  const text = Buffer.from(head).toString('utf8')
  return /^\uFEFF?\s*\{/.test(text) ? 'jsonl' : 'csv'
}

function unpacked(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 * 1024 * 1024 })
  } catch {
    return new Uint8Array()
  }
}
