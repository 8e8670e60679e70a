import { BY_NAME } from './card-words.ts'

/** Columns of metrics by name. */
export const NAMES = /^(?:metrics?|measures?|evaluation metrics?)$/i
/** Columns in which what somebody calls a metric is one: a package or a setting may have its name. */
export const NAMES_OF_OWN =
  /^(?:|metrics?|measures?|evaluation metrics?|benchmarks?|tasks?|tests?|evals?|evaluations?|scores?|kpis?|indicators?|criteria|criterion|qualities|quality|dimensions?|aspects?)$/i
/** What a model is called that is another one, unless the release is called so. */
export const OTHER_MODEL = new RegExp(`${BY_NAME.source}|^v?\\d+(?:\\.\\d+)*$`, 'i')
/** Columns of what this model was measured to be, whatever stands beside it. */
export const VALUES =
  /^(?:(?:our |test |final |this model's |measured |observed )?(?:(?:values?|results?|scores?|estimates?) )?(?:values?|results?|scores?|estimates?|ours)|overall|ours|new|reached|final|mean|average|avg|this model|our model|measured|observed|actual|achieved|(?:test|hold-?out)(?: set| data)?(?: \d{4})?)$/i
/** Columns of what others come to. */
export const MEANS = /^(?:overall|mean|average|avg)$/i
/** Columns of what is wanted, or of another model. */
export const NOT_VALUES =
  /\b(?:targets?|goals?|thresholds?|limits?|minimum|maximum|required|requirements?|criteria|criterion|acceptance|baselines?|benchmarks?|previous|prior|champion|challenger|humans?)\b|^(?:weights?|importance|defaults?|versions?|cut-?offs?|cuts?)$/i
/** Columns of names that are of what is wanted. */
export const NOT_NAMES = /\b(?:targets?|goals?|requirements?|acceptance|baselines?)\b/i
/** Columns of a training that goes on: its rows are none of what came of it. */
export const OF_RUNS = /^(?:epochs?|steps?|iterations?|training[ _]loss|train[ _]loss)$/i
/** Cells that stand for all of the data. */
export const ALL = /^(?:all|overall|total|whole|everybody|everyone|average|mean)$/i
/** Columns of parts of the data, and of data. */
export const PARTS = /^(?:groups?|slices?|segments?|subgroups?)$/i
export const DATA = /^(?:(?:test |evaluation )?data(?: ?sets?)?|splits?|subsets?|tasks?|benchmarks?)$/i
