/** What is wrong with rows, or with what they are held against. */
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
  | CardFault
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
  /** Rows of two models cannot be laid beside each other, sample by sample: `other` is the other model's file. */
  | {
      readonly code: 'rows_unpaired'
      readonly why: UnpairedWhy
      /** Name of the column, in the file that has the problem. */
      readonly named: string
      readonly rows: number
      readonly other: string
    }
  /** Rows that are said to be the last release's are none by which it was a go. */
  | { readonly code: 'rows_not_released'; readonly commit: string; readonly version?: string }

/** Samples in this file alone, in the other one alone, or of which the two say other things. */
export type UnpairedWhy = 'only_here' | 'only_there' | 'differ'

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
  | 'id_twice'

/** A document states a number of the model that no evidence of the same metric has, of the same part. */
export type CardFault = {
  readonly code: 'card_disagrees'
  readonly metric: string
  /** As the document has it. */
  readonly stated: string
  /** The part that it is said to be of, as the document calls it; none where it is of all. */
  readonly of?: string
  /** The labels of the only measurement that it is, which is not of that part. */
  readonly only?: Readonly<Record<string, string>>
  /** The file that is nearest to it. */
  readonly evidence: string
  /** It stands in a sentence, which may be about something else. */
  readonly inWords?: true
} & (
  | { readonly measured: number }
  /** The parts that were measured, a few of them, and not the one that it is of. */
  | { readonly parts: readonly string[] }
)
