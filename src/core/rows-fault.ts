/** What can be wrong with rows, and with numbers that are another than those that were measured. */
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
    }
  /** A document states a number of the model that no evidence of the same metric has. */
  | {
      readonly code: 'card_disagrees'
      readonly metric: string
      /** As the document has it. */
      readonly stated: string
      readonly measured: number
      /** The file that is nearest to it. */
      readonly evidence: string
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
  | 'unreadable'
  | 'too_slow'
  | 'too_much'
  | 'no_rows'
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
