import type { Problem } from '../core/problem.ts'
import type { Content } from '../text/content.ts'
import { decode, MAX_BYTES } from '../text/decode.ts'
import { jsonLines, MAX_LINES_BYTES } from '../text/lines.ts'
import { hasLines, parseContent } from '../text/parse-content.ts'
import { type Bytes, sizeOf } from '../text/source.ts'
import { isZip, openZip } from '../text/zip.ts'
import { isBlessing } from './blessing.ts'

/** A larger file is no pointer, and is not empty. */
export const SMALL_BYTES = 1_000_000

/** The content of an evidence file by its syntax, with the faults of its text. */
export function contentOf(
  source: Bytes,
  path: string,
): { readonly content?: Content; readonly problems: readonly Problem[] } {
  const bytes = sizeOf(source)
  const isWhole = source instanceof Uint8Array
  if (isWhole && isZip(source)) {
    const zip = openZip(source)
    return zip
      ? { content: { kind: 'archive', ...zip }, problems: [] }
      : { problems: [{ path, code: 'syntax', detail: 'the archive cannot be read' }] }
  }
  // Whatever else it may be is told of a small file as of any other.
  if (hasLines(path) && bytes > SMALL_BYTES) {
    if (bytes > MAX_LINES_BYTES)
      return { problems: [{ path, code: 'too_large', bytes, limit: MAX_LINES_BYTES }] }
    return { content: { kind: 'lines', ...jsonLines(source, path) }, problems: [] }
  }
  if (!isWhole) return { problems: [{ path, code: 'too_large', bytes, limit: MAX_BYTES }] }
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (bytes === 0 && isBlessing(name)) return { content: { kind: 'empty', name }, problems: [] }
  const decoded = decode(source, path)
  if ('problem' in decoded) return { problems: [decoded.problem] }
  if (hasLines(path)) return { content: { kind: 'lines', ...jsonLines(source, path) }, problems: [] }
  return parseContent(decoded.text, path)
}
