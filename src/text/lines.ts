import type { Fault, Problem } from '../core/problem.ts'
import { parseJson } from './json.ts'
import { MAX_PROBLEMS } from './pointer.ts'
import { quickJson } from './quick-json.ts'
import { type Bytes, piecesOf } from './source.ts'

/** A longer line is nobody's result. */
const MAX_LINE_BYTES = 16 * 1024 * 1024
/** A longer file is no evidence. */
export const MAX_LINES_BYTES = 2 * 1024 * 1024 * 1024
/** So many values tell of what shape the others are. */
const HEAD = 20
const NEWLINE = 10

/** One JSON value a line (jsonlines.org); only one of them is in memory at a time. */
export type JsonLines = {
  /** The first values that could be read. */
  readonly head: readonly unknown[]
  /** Goes through all values with their lines, from 1, and gives what is wrong with the text; blank lines are none. */
  readonly each: (visit: (value: unknown, line: number) => void) => readonly Problem[]
}

/** The lines of a file, each strict JSON as `parseJson` has it. */
export function jsonLines(source: Bytes, path: string): JsonLines {
  const head: unknown[] = []
  walk(source, path, (value) => head.push(value) < HEAD)
  return {
    head,
    each: (visit) =>
      walk(source, path, (value, line) => {
        visit(value, line)
        return true
      }),
  }
}

/** Until `visit` says that it has seen enough. */
function walk(
  source: Bytes,
  path: string,
  visit: (value: unknown, line: number) => boolean,
): readonly Problem[] {
  const problems: Problem[] = []
  const fault = (line: number, found: Fault): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ path, line, ...found })
  }
  for (const { line, bytes } of linesOf(source)) {
    if (bytes === undefined) {
      fault(line, { code: 'too_large', bytes: MAX_LINE_BYTES + 1, limit: MAX_LINE_BYTES })
      continue
    }
    const text = textOf(bytes)
    if (text === undefined) {
      fault(line, { code: 'not_utf8' })
      continue
    }
    if (!/\S/.test(text)) continue
    const quick = quickJson(text)
    if (quick !== undefined) {
      if (!visit(quick, line)) return problems
      continue
    }
    const parsed = parseJson(text, path)
    for (const { path: _, line: __, column, ...found } of parsed.problems)
      if (problems.length < MAX_PROBLEMS)
        problems.push({ path, line, ...(column !== undefined && { column }), ...found })
    if (parsed.value !== undefined && !visit(parsed.value, line)) return problems
  }
  return problems
}

/** Of no use once the next is taken: its bytes may be those of a piece. */
type Line = { readonly line: number; readonly bytes: Uint8Array | undefined }

/** The lines of a file by their numbers; of one that is too long nothing but that it is. */
function* linesOf(source: Bytes): Generator<Line, void, void> {
  let line = 1
  let parts: Uint8Array[] = []
  let size = 0
  const taken = (): Line => ({ line, bytes: size > MAX_LINE_BYTES ? undefined : joined(parts) })
  for (const piece of piecesOf(source)) {
    let from = 0
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      add(piece.subarray(from, end))
      yield taken()
      line += 1
      parts = []
      size = 0
      from = end + 1
    }
    // The next piece may be written over this one. Not `slice`, which copies nothing where the piece is a Buffer.
    if (from < piece.byteLength) add(new Uint8Array(piece.subarray(from)))
  }
  if (size > 0) yield taken()

  function add(part: Uint8Array): void {
    size += part.byteLength
    // What is too long is counted and not kept.
    if (size <= MAX_LINE_BYTES) parts.push(part)
    else parts = []
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return all
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined
  }
}
