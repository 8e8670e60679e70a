import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

// The same depth from src/demo/ in a clone and from dist/demo/ in the package.
const FOLDER = new URL('../../fixtures/demo/', import.meta.url)

/** A file of fixtures/demo, with `${name}` filled in. */
export function demoFile(name: string, values: Readonly<Record<string, string>> = {}): string {
  return readFileSync(new URL(name, FOLDER), 'utf8').replace(
    /\$\{(\w+)\}/g,
    (_, key: string) => values[key] ?? `\${${key}}`,
  )
}

/** Small but real weights: a safetensors file with one tensor, whose bytes depend on the seed. */
export function demoWeights(seed: number): { readonly bytes: Uint8Array; readonly sha256: string } {
  const header = Buffer.from(
    JSON.stringify({ 'classifier.weight': { dtype: 'U8', shape: [4], data_offsets: [0, 4] } }),
  )
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  const bytes = Buffer.concat([length, header, Buffer.from([seed, 2, 3, 4])])
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
