import type { FormatFault, WeightFormatName } from '../core/weight-format.ts'

/** What a look into a file found, beside its name. */
export type Seen = {
  readonly format?: WeightFormatName
  readonly whole: boolean
  readonly faults: readonly FormatFault[]
  readonly names: readonly string[]
}
