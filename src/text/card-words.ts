import { wordsOf } from './word-set.ts'

/** What leads from the name of a metric to its number. */
export const CONNECTING = wordsOf(
  'of is was are were be been equals scores scored score stands stood to',
  'reach reaches reached reaching achieve achieves achieved achieving attains attained hits yields yielded shows showed',
)

/** Models and kinds of models by name, which a clause speaks of unless it says that it is its own. */
export const BY_NAME =
  /^(?:gpt|claude|llama|gemini|mistral|qwen|bert|roberta|distilbert|resnet|xgboost|lightgbm|catboost|logistic|svm|knn|forest)/i
export const OWN = wordsOf('our ours we us it its fine-tuned finetuned')

/** What may stand before `at` and a number of the model. */
export const STANDING = wordsOf('is was are were measured stands stood remains remained')

/** Signs that lead from a label to its number. */
export const LABELLING = wordsOf(': = – — - →')

/** What may stand between these and the number. */
export const APPROXIMATELY = wordsOf(
  'about around approximately roughly circa ca nearly almost ~ ≈ now still only just',
)

/** What begins another clause. */
export const BETWEEN = wordsOf(
  ', ( [ ) ] while whereas but although though compared comparing versus vs vs. against than where which',
)

/** What joins the numbers of a list. */
export const JOINING = wordsOf(', and or / & ; |')

/** A number after one of these is a bound or a place, such as `at 1% FPR`. */
export const BOUNDING = wordsOf(
  'at @ least most above below over under than from by between exceeds exceed < > ≥ ≤ ± + up',
)

/** A clause with one of these speaks of another model, of a goal, or of how much something changed. */
export const NOT_OF_THE_MODEL = wordsOf(
  'before initial base baseline baselines previous previously prior earlier former predecessor old older original',
  'human humans expert experts literature paper papers published al competitor competitors other others another',
  'majority random chance naive dummy teacher champion challenger incumbent without ablation ablations ablated',
  'development in-sample physician physicians clinician clinicians doctor doctors nurse nurses radiologist radiologists',
  'label labels labelling labeling annotation annotations ocr upstream',
  'annotator annotators alert alerts alarm alarms retrain trigger triggers fixed operating',
  'must should shall target targets goal goals minimum maximum least most',
  'require requires required requirement requirements criterion criteria limit bar floor ceiling if unless until',
  'would could expect expects expected aim aims acceptable allowed tolerance cutoff',
  'drop drops dropped decline declines fall falls fell gain gains improvement increase increases decrease decreases',
  'change changes difference differences differ differs gap margin variance deviation interval confidence spread',
)

/** A number before one of these is one of something else. */
export const NOT_THE_NUMBER = wordsOf(
  'higher lower better worse more less above below percentage points point pp ppt times x',
  '€ $ £ ¥ usd eur ms s sec second seconds minutes hours days gb mb epochs steps samples rows',
)

/** A metric with one of these is another metric, or one of a part. */
export const ANOTHER =
  /^(?:folds?|seeds?|runs?|macro|micro|weighted|balanced|per|class|per-class|(?:macro|micro)-averaged|averaged|top|top-?\d+|k|\d+-shot|\d+-fold|few-shot|zero-shot|cv|cross-validated|cross-validation|oob|std|sd|ci|worst|worst-group|worst-case|certified|normalized|normalised|relative|pixel|token|mixed|half|full|single|double|fp\d+|bf\d+|int\d+)$/i

/** A word of training before one of these, or after one of the second, speaks of what the model was trained on. */
export const TRAINED_ON = wordsOf('set data split sample samples partition fold examples dataset')

/** Words before a number at which a model is run, and which is none of its own. */
export const RUN_AT = wordsOf('threshold thresholds cutoff cut-off quantile percentile temperature')

/** Words that begin what a number is of. */
export const OF_WHAT = wordsOf('for in on among with of by within')

/** A number after a comparison with these words behind it is a bound: `0.85 or more`. */
export const OR_MORE = wordsOf('more less higher lower better worse above below greater fewer')

/** Words that say nothing of what a number is of: it is one of this model, on the data that it is judged by. */
export const PLAIN = wordsOf(
  'a an the this that these those it its our ours we us they there here which who where when while as so also both each',
  'and or but than then not no yet even just still only now again first second third then thus hence with has have had',
  'of on in at to by for from with within across over under about as per into against is was are were be been being do does did',
  'model models system classifier release version final overall total all whole entire everyone everybody data dataset set sets',
  'test tests testing tested holdout hold-out held-out hold held out exam exams examination evaluation evaluations eval',
  'evaluated split splits sample samples example examples case cases row rows record records',
  'accuracy metric metrics score scores result results performance quality value values rate rates number numbers figure',
  'percent percentage measured measure measures measurement found observed obtained reported reports report computed',
  'gets get got gives give given makes performs perform performed came comes come reaches reached reach achieves achieved',
  'achieve attains attained shows showed show stands stood remains remained yields yielded scored hits improved improves',
  'rose rises climbs climbed increased up exceeds exceed exceeded well good great high higher highest best better very',
  'excellent strong strongly solid outstanding impressive remarkable robust state-of-the-art new trained after training',
  'fine-tuned finetuned tuned year years quarter half month months week weeks day days january february march april may',
  'june july august september october november december approximately about around roughly nearly almost primary main key headline ms s sec second seconds milliseconds',
)

/** Words behind these in a heading say of what its section is. */
export const HEADING_OF = wordsOf('in for of on among with without by under')

/** A heading with one of these stands above what is not said of this model as it is. */
export const NOT_BELOW = wordsOf(
  'baseline baselines comparison comparisons compared challenger challengers requirement requirements criteria acceptance',
  'target targets goal goals threshold thresholds previous predecessor related history changelog hyperparameters',
  'framework frameworks versions software environmental impact emissions carbon usage configuration settings setup filtering',
  'subgroup subgroups analysis analyses literature ablation ablations other others experts humans',
)

/** Whether a word tells a sentence what it speaks of, so that it can be the name of nothing else in it. */
export function isOfSentences(word: string): boolean {
  const sets = [PLAIN, CONNECTING, BOUNDING, RUN_AT, OF_WHAT, NOT_OF_THE_MODEL, NOT_THE_NUMBER, TRAINED_ON]
  return (
    sets.some((words) => words.has(word)) || ANOTHER.test(word) || /^(?:gpt|claude|llama|gemini)$/i.test(word)
  )
}
