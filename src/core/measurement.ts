export const UNITS = ['fraction', 'percent', 'count', 'ms', 'value', 'unknown'] as const
export type Unit = (typeof UNITS)[number]

/**
 * The bytes that a number or a record was read from: file, git blob id, format and key path. Of what was read by way
 * of a Git LFS pointer the blob is the pointer, and there is no line.
 */
export type Source = {
  readonly path: string
  readonly sha: string
  readonly format: string
  /** The tool's own key path, as a JSON pointer (RFC 6901); for CSV `/<row>/<column>`. */
  readonly pointer: string
  /** 1-based line in the file, where it is known. */
  readonly line?: number
}

/** An interval around a value; of one side the other bound is as far as the metric goes. */
export type Interval = {
  readonly low: number
  readonly high: number
  /** The confidence in all of it, such as 0.95. */
  readonly level: number
  readonly sides: 1 | 2
}

/** One number read from evidence, with everything known about it. */
export type Measurement = {
  /** Canonical name (see `core/metrics.ts`); the tool's own key stays in `source.pointer`. */
  readonly metric: string
  /** Finite, in `unit`. */
  readonly value: number
  readonly unit: Unit
  /** This metric's own denominator. */
  readonly samples?: number
  /** `samples` was computed from value and standard error, not read. */
  readonly recovered?: true
  readonly successes?: number
  /** Of an area under the ROC curve: how many of its samples are positive, where the file counts both classes. */
  readonly positives?: number
  /** What was asked and has no result, such as errors and refusals of a judge: in no denominator, and no pass. */
  readonly unevaluated?: number
  readonly stderr?: number
  /** Groups of samples that are not independent, such as prompts with several generations. */
  readonly clusters?: number
  /** As the tool gives it, in `unit`. */
  readonly interval?: Interval
  /** dataset, split, task, filter, class, path ...: `where` matches them, `for_each` groups by them. */
  readonly labels: Readonly<Record<string, string>>
  /** Those of the labels that make it a part of what the same file measures as a whole, such as `sex`. */
  readonly within?: readonly string[]
  readonly model?: string
  readonly tool?: string
  /** When the tool says that it ran, ISO 8601; it proves nothing, and may show that it can’t be so. */
  readonly at?: string
  readonly commit?: string
  readonly source: Source
}

/** Why rows that were counted do not come to a number. */
export type NotMeasured =
  /** A score of exactly 0 or 1, whose logit is infinite. */
  | 'certain_scores'
  | 'one_class'
  /** Some score parts the classes: no slope is steep enough. */
  | 'separated'

/** A number that a file would have, and has not. */
export type Unmeasured = Pick<Measurement, 'metric' | 'labels' | 'within'> & { readonly why: NotMeasured }
