/** What a file has at its top, as far as its text could be read. */
export type Seen = {
  readonly kind: 'map' | 'list' | 'table' | 'lines' | 'archive' | 'document' | 'text' | 'value'
  /** Its keys, columns or entries, the first few. */
  readonly keys: readonly string[]
}

/** Why a format is near: it has keys of its shape, holds such a file inside, or would be one under another name. */
export type Near =
  | {
      readonly how: 'keys'
      readonly format: string
      readonly has: readonly string[]
      readonly lacks: readonly string[]
    }
  | { readonly how: 'inside'; readonly format: string; readonly under: string }
  | { readonly how: 'named'; readonly format: string; readonly extension: string }

/** Why no reader of a tool's format claims a file. */
export type Why = { readonly seen?: Seen; readonly near: readonly Near[] }
