/** How bounds of a value were formed: by its counts, by the tool itself, or from a standard error. */
export type Method =
  | 'clopper_pearson'
  /** Of clusters that all agree, as if each were one sample. */
  | 'clopper_pearson_clusters'
  | 'reported'
  | 't'
  | 'normal'
  /** Of an area under the ROC curve, by how many positives and negatives there are. */
  | 'hanley_mcneil'
  // of two groups
  | 'newcombe'
  | 'koopman'
  | 'log_ratio'
  // of two models on the same samples
  | 'newcombe_paired'
  | 'delong_paired'
  | 'clusters_paired'

/** From where to where. */
export type Ends = { readonly low: number; readonly high: number }

/** How sure each end of an interval is where nothing else is asked: together 95%. */
export const CUSTOMARY = 0.975

/** What the samples show of a value, in the unit of the bound: each end alone holds with `confidence`. */
export type Shown = {
  readonly low: number
  readonly high: number
  readonly confidence: number
  readonly method: Method
}

/** Why nothing can be shown of a value at the confidence that was asked for. */
export type NothingShown =
  /** Neither counts of its own, nor an interval, nor a standard error. */
  | 'nothing_known'
  /** No whole number of successes in so many samples comes to this value. */
  | 'counts_differ'
  /** Samples are clustered, and no standard error says how. */
  | 'clustered'
  | 'no_samples'
  | 'one_sample'
  /** A standard error of 0. */
  | 'no_spread'
  /** The tool's interval is less sure than what is asked. */
  | 'level_too_low'
  /** The tool's interval is not around the value. */
  | 'interval_off'
