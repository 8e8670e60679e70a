import type { FormatFault, UnreadWhy, WeightFormatName } from '../core/weight-format.ts'

/** What a look into a file found, beside its name. */
export type Seen = {
  readonly format?: WeightFormatName
  /** Of what is compressed: what it holds, and why that is not known as a whole. */
  readonly of?: WeightFormatName
  readonly unread?: UnreadWhy
  readonly whole: boolean
  readonly faults: readonly FormatFault[]
  readonly names: readonly string[]
}
