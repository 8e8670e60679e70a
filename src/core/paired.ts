/** How often both models, only one, or neither of them had the outcome that a rate counts. */
export type PairedCounts = {
  readonly both: number
  readonly onlyOne: number
  readonly onlyOther: number
  readonly neither: number
}

/** What two models did on the very same samples; `pointer` is that of the measurement in both files. */
export type Paired =
  | ({
      readonly kind: 'rate'
      readonly pointer: string
      /** Samples that belong together, and the standard error of the difference over them. */
      readonly clustered?: { readonly clusters: number; readonly stderr: number }
    } & PairedCounts)
  | {
      readonly kind: 'area'
      readonly pointer: string
      /** Of the areas under the ROC curve, this one less the other. */
      readonly difference: number
      /** By DeLong, the covariance of both in it. */
      readonly stderr: number
      readonly positives: number
      readonly negatives: number
    }

/** A file of rows beside one of another model, sample by sample; never a row of either. */
export type PairedRows = {
  /** How the other file is called among the evidence, and its digest as evidence has it. */
  readonly against: { readonly path: string; readonly sha: string }
  readonly figures: readonly Paired[]
}
