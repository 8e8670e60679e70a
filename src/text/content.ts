import type { JsonLines } from './lines.ts'
import type { Parsed } from './parsed.ts'
import type { Zip } from './zip.ts'

export type Row = { readonly line: number; readonly cells: readonly string[] }

/** The content of an evidence file by syntax; readers look at shape from here on. */
export type Content =
  | {
      readonly kind: 'data'
      readonly syntax: 'json' | 'yaml' | 'toml'
      readonly value: unknown
      readonly at: Parsed['at']
    }
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly Row[] }
  | { readonly kind: 'markdown'; readonly text: string; readonly front: unknown; readonly at: Parsed['at'] }
  | { readonly kind: 'text'; readonly text: string }
  /** One JSON value a line. */
  | ({ readonly kind: 'lines' } & JsonLines)
  | { readonly kind: 'xml'; readonly text: string }
  | ({ readonly kind: 'archive' } & Zip)
  /** No byte at all, in a format that says what it says by the name. */
  | { readonly kind: 'empty'; readonly name: string }
