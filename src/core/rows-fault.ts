/** What can be wrong with rows. */
export type RowsFault =
  | {
      readonly code: 'bad_rows'
      readonly flaw: RowsFlaw
      /** Name of the column. */
      readonly named?: string
      /** How many rows. */
      readonly rows?: number
      /** Values that were found, or what they are held against; short. */
      readonly found?: readonly string[]
      /** The column that a misspelt name most likely means. */
      readonly suggestion?: string
      /** How many fields a line has, and how many the header. */
      readonly fields?: { readonly found: number; readonly wanted: number }
    }
  /** A report says another number than the rows come to. */
  | {
      readonly code: 'rows_disagree'
      readonly metric: string
      readonly reported: number
      readonly recomputed: number
      readonly rows: string
    }
  /** Rows of an exam are among those of the training. */
  | { readonly code: 'rows_shared'; readonly dataset: string; readonly under: string; readonly rows: number }

/** Why rows are not counted: none of them are then. */
export type RowsFlaw =
  /** Of a kind that nobody found out. */
  | 'unreadable'
  /** Lines end now in one way, now in another. */
  | 'mixed_ends'
  /** A line with more or fewer fields than the header has. */
  | 'ragged'
  | 'open_quote'
  /** Text beside a quoted field. */
  | 'after_quote'
  | 'not_utf8'
  | 'long_line'
  /** A line that is no JSON object, or has a key twice. */
  | 'not_an_object'
  | 'too_slow'
  | 'too_much'
  | 'no_rows'
  /** Nobody says which column is what. */
  | 'columns_unnamed'
  | 'no_column'
  | 'column_twice'
  | 'missing'
  | 'not_a_number'
  | 'no_probability'
  | 'no_classes'
  | 'no_label'
  | 'no_score'
  | 'no_positive'
  | 'other_class'
  | 'other_threshold'
