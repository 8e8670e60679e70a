import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { isFields } from '../../core/fields.ts'
import { parseJson } from '../../text/json.ts'
import { quickJson } from '../../text/quick-json.ts'
import { csvCheck, type LineCheck, type LineFault } from './csv-lines.ts'
import type { RowsContent } from './engine.ts'
import type { Shape } from './shape.ts'

/** Longer ones the engine does not take. */
const LONGEST = { csv: 2_000_000, jsonl: 16_000_000 } as const
/** Past it nobody is told which line it was. */
const MOST_BYTES = 2 ** 30
const LF = 0x0a

/**
 * The first line of a text that can't be read as rows, and why; undefined where none is found. Only asked once the
 * engine has refused the file: it reads all of it again, piece by piece.
 */
export async function lineFault(content: RowsContent, shape: Shape): Promise<LineFault | undefined> {
  if (shape.kind === 'parquet') return undefined
  const longest = LONGEST[shape.kind]
  const check = shape.kind === 'csv' ? csvCheck() : jsonCheck()
  let [number, bytes] = [1, 0]
  let rest: Uint8Array[] = []
  try {
    for await (const piece of piecesOf(content, shape)) {
      bytes += piece.length
      if (bytes > MOST_BYTES) return undefined
      let from = 0
      for (let at = piece.indexOf(LF); at !== -1; at = piece.indexOf(LF, from)) {
        const line = joined(rest, piece.subarray(from, at))
        if (line.length > longest) return { code: 'bad_rows', flaw: 'long_line', line: number }
        const fault = check.take(line, number, true)
        if (fault !== undefined) return fault
        rest = []
        from = at + 1
        number += 1
      }
      rest.push(piece.subarray(from))
      if (rest.reduce((sum, { length }) => sum + length, 0) > longest)
        return { code: 'bad_rows', flaw: 'long_line', line: number }
    }
  } catch {
    // Packed badly, which no line is at fault for.
    return undefined
  }
  const last = joined(rest, new Uint8Array())
  return (last.length > 0 ? check.take(last, number, false) : undefined) ?? check.end()
}

function jsonCheck(): LineCheck {
  return {
    take: (line, number) => {
      if (!isUtf8(line)) return { code: 'bad_rows', flaw: 'not_utf8', line: number }
      const text = Buffer.from(line)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trim()
      if (text === '') return undefined
      const value = quickJson(text)
      if (isFields(value)) return undefined
      // What the quick one is not sure of may be in order.
      const isFine = value === undefined && text.startsWith('{') && parseJson(text, '').problems.length === 0
      return isFine ? undefined : { code: 'bad_rows', flaw: 'not_an_object', line: number }
    },
    end: () => undefined,
  }
}

function piecesOf(content: RowsContent, { gzip }: Shape): AsyncIterable<Uint8Array> {
  const source = 'file' in content ? createReadStream(content.file) : Readable.from(cut(content))
  if (!gzip) return source
  const unpacked = createGunzip()
  source.on('error', (error: Error) => unpacked.destroy(error))
  return source.pipe(unpacked)
}

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

function joined(rest: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return rest.length === 0 ? last : Buffer.concat([...rest, last])
}
