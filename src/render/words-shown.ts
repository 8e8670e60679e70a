import type { NotMeasured } from '../core/measurement.ts'
import type { NothingShown } from '../core/shown.ts'

/** Why the bound itself is no way out. */
export const REGISTERED_BOUND = 'the bound was registered before training'

/** Why rows do not come to a number, and which would. */
export const NOT_MEASURED: {
  readonly [W in NotMeasured]: { readonly says: string; readonly next: string }
} = {
  certain_scores: {
    says: 'some score of the rows is exactly 0 or 1, and its logit is infinite',
    next: 'commit the rows with all digits of their scores, from a model that is never quite certain',
  },
  one_class: {
    says: 'all of the rows are of one class',
    next: 'evaluate on rows of both classes and commit them',
  },
  separated: {
    says: 'some score of the rows parts the classes, so that no slope is steep enough',
    next: 'evaluate on more rows, until scores of both classes overlap, and commit them',
  },
}

/** Why nothing is shown, and what evidence would. */
export const NOTHING_SHOWN: {
  readonly [W in NothingShown]: { readonly says: string; readonly next: string }
} = {
  nothing_known: {
    says: 'the evidence gives neither its counts, nor an interval, nor a standard error',
    next: 'commit the result with the number of samples behind a proportion, or with its interval or standard error, as the evaluation tool writes them',
  },
  counts_differ: {
    says: 'no whole number of successes in so many samples comes to it, so they are not its own',
    next: 'commit the result with its own number of samples (of a recall the positives), or with its interval or standard error',
  },
  clustered: {
    says: 'its samples are clustered, so that they are not independent',
    next: 'commit the result with a standard error over the clusters, or with one sample of each',
  },
  no_samples: {
    says: 'it was measured on no sample',
    next: 'run the evaluation on samples and commit the result',
  },
  one_sample: {
    says: 'from one sample no spread can be told',
    next: 'evaluate on more samples and commit the result',
  },
  no_spread: {
    says: 'a standard error of 0 shows nothing',
    next: 'commit the result with the number of samples behind it; a standard error of 0 says only that nothing varied',
  },
  level_too_low: {
    says: 'the interval that the tool gives is less sure than that',
    next: 'let the evaluation tool give its interval at least at that confidence, or the number of samples',
  },
  interval_off: {
    says: 'the interval that the evidence gives is not around it',
    next: 'find out how the evaluation came to the interval, run it again and commit the result',
  },
}
