/** A heading, or a paragraph of a text or of an item of a list: its words, without marks, on the lines that they stand on. */
export type Block = {
  readonly text: string
  /** Of its first line, 1-based. */
  readonly line: number
  /** What an item is one of: the item above it, or the text that leads to its list; else the heading above. */
  readonly lead: string
  /** It heads what follows, though no heading of Markdown. */
  readonly isHeading?: true
}

/** A line of a table under its header. */
export type Row = { readonly cells: readonly string[]; readonly line: number }

/** `line` is that of its header. */
export type Table = {
  readonly header: readonly string[]
  readonly line: number
  readonly rows: readonly Row[]
  /** What a row above says of all of them. */
  readonly title?: string
}

/** What a document says with numbers in it, and the heading that this stands under. */
export type Passage = { readonly under: string } & (
  | { readonly kind: 'words'; readonly block: Block }
  | { readonly kind: 'table'; readonly table: Table }
)
