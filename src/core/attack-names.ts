import { type AttackKind, kindsIn, kindsPlainlyIn, saysAttack, wordsOf } from './attacks.ts'
import { betterOf } from './directions.ts'

/** Words that any suite and any test may have in its name. */
const ANY_TESTS =
  /^(?:a|all|and|any|auto|automated|basic|check|checks|ci|class|core|default|e2e|end|file|files|function|general|integration|it|junit|main|misc|module|my|new|of|other|our|out|own|py|pytest|regression|report|result|results|run|should|spec|specs|suite|suites|system|t|test|testcase|testing|tests|testsuite|that|the|to|unit|unittest|xml|\d+)$/

/** Whether a suite or a test is named by more than that it is one: a pattern that fits all of them names none. */
export function namesTests(name: string): boolean {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.some((word) => word.length > 2 && !ANY_TESTS.test(word))
}

/** Words of models, of data about people and of what is done to them, beside which a word of an attack means that attack. */
const OF_MODELS =
  /^(?:\d.*|ai|answers?|api|artifacts?|cases?|class|csv|customers?|data|datasets?|detection|disclosure|evals?|evaluations?|for|from|in|inference|information|json|llms?|ml|models?|on|outputs?|personal|privacy|private|prompts?|quer(?:y|ies)|records?|resistance|risks?|secrets?|sensitive|trained|training|validation|weights)$/

/** Words of numbers of attacks. */
const OF_NUMBERS =
  /^(?:acc|accuracy|advantage|agreement|auc|auroc|block(?:ed)?|bound|caught|cop(?:y|ies)|detected|epsilon|error|exposure|f1|fidelity|fpr|fraction|gap|held|match|odds|overlap|pct|percent|precision|prevented|probability|rank|rates?|ratio|recall|refus(?:als?|ed)|resist(?:ance|ed)|risk|scores?|shares?|similarity|success(?:es)?|tnr|tpr)$/
/** And those that say over what they are taken. */
const OVER = /^(?:at|average|avg|best|by|k|macro|max|mean|n|overall|per|strict|top|total|under|vs|worst)$/

/** What fits the exam that a model was trained by is told from other leaks by these. */
const OF_SPLITS = / train(?:ing)? (?:test|tests|val|valid|validation|eval|evaluation|split) /

/**
 * The kinds of attack that a suite or a test is of by its name: by what can mean nothing else, or by words of everyday
 * use beside none but such as models and tests have. Memory leaks, features that are extracted and fees of members are none.
 */
export function kindsToldBy(name: string): readonly AttackKind[] {
  const own = name.split('/').at(-1) ?? name
  const words = wordsOf(own)
  if (words.some((word) => OF_PAPER.test(word))) return []
  const telling = words.filter((word) => !OF_ANY_WORK.test(word)).join(' ')
  const kinds = kindsBeside(telling, (word) => ANY_TESTS.test(word) || OF_MODELS.test(word))
  const isOfRecords =
    words.some((word) => OF_RECORDS.test(word)) && !words.some((word) => OF_ATTACKED.test(word))
  const plain = isOfRecords ? kindsPlainlyIn(telling) : kinds
  return kinds.filter((kind) => plain.includes(kind) || !(kind === 'extraction' || kind === 'membership'))
}

/** Of what is written of a thing, and not of the thing. */
const OF_PAPER = /^(?:docs?|documents?|documentation|documented|readme|changelog)$/
/** Words of kinds of attacks that are of any software where nothing else is said: alerts and databases trigger, tests replay. */
const OF_ANY_WORK = /^(?:trigger(?:s|ed|ing)?|replay(?:s|ed|ing)?|continuations?)$/
/** Anybody extracts these, and has members with such; of a model only beside words of what an attacker wants. */
const OF_RECORDS =
  /^(?:answers?|api|cases?|class|csv|customers?|data|datasets?|information|json|outputs?|records?)$/
const OF_ATTACKED =
  /^(?:llms?|ml|ai|models?|inference|personal|privacy|private|prompts?|risks?|secrets?|sensitive|disclosure|resistance|trained|training|weights)$/

/** The same of a metric that no table has, which also says that it is a number of attacks. */
export function kindsMeasuredBy(metric: string): readonly AttackKind[] {
  const isNumber = betterOf(metric) !== undefined || wordsOf(metric).some((word) => OF_NUMBERS.test(word))
  return isNumber
    ? kindsBeside(metric, (word) => OF_NUMBERS.test(word) || OVER.test(word) || OF_MODELS.test(word))
    : kindsPlainlyIn(metric)
}

function kindsBeside(name: string, fits: (word: string) => boolean): readonly AttackKind[] {
  const words = wordsOf(name)
  if (OF_SPLITS.test(` ${words.join(' ')} `)) return kindsPlainlyIn(name)
  const isOnly = words.every((word) => kindsIn(word).length > 0 || fits(word))
  return isOnly ? kindsIn(name) : kindsPlainlyIn(name)
}

/** Words for what is done to any software, and for any person: of a model only beside such as models and tests have. */
const OF_ANYTHING = /^(?:secur|threat|vulnerab|harm|unsafe|safety)/

/** Whether the name of a suite or a test says that something attacks the model, be it of a kind that is known or not. */
export function tellsAttack(name: string): boolean {
  const own = name.split('/').at(-1) ?? name
  const words = wordsOf(own)
  if (words.some((word) => OF_PAPER.test(word))) return false
  const others = words.filter((word) => !OF_ANYTHING.test(word))
  if (saysAttack(others.join(' '))) return true
  return saysAttack(own) && others.every((word) => ANY_TESTS.test(word) || OF_MODELS.test(word))
}
