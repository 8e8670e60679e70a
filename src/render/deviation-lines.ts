import type { Amendment, Deviation } from '../core/deviation.ts'
import type { ModelVerdict, Proposal } from '../core/verdict.ts'
import { markdown, quoted, type Sentence, sentence } from './sentence.ts'
import { CHANGE_ORDER, changesSentence, deviationWords, type Tense } from './words-difference.ts'
import { shortened } from './words-limits.ts'

/** Each criterion and setting that differs, what is looser first. */
export function deviationSentences(deviations: readonly Deviation[], tense: Tense): readonly Sentence[] {
  return deviations
    .toSorted((a, b) => CHANGE_ORDER.indexOf(a.change) - CHANGE_ORDER.indexOf(b.change))
    .map((one) => deviationWords(one, tense))
}

/** Whether work is known to have begun under the criteria that a proposal changes. */
export function begunSentences({ deviations, change, model = '', begun }: Proposal): readonly Sentence[] {
  if (deviations.length === 0 || change === 'added') return []
  if (begun === undefined)
    return [
      sentence`no deviation as far as is known here: there is no manifest of ${quoted(model)}, so no work is known to have begun under the criteria before`,
    ]
  const { version, commit } = begun
  const of: Sentence = version === undefined ? ['a release'] : sentence`version ${quoted(version)}`
  const from: Sentence = commit === undefined ? [] : sentence`, from commit ${shortened(commit)},`
  return [
    sentence`deviation: the work of ${of}${from} has already begun under the criteria before; the change holds for work that begins once it is merged, and every later verdict of ${quoted(model)} lists it`,
  ]
}

/** How the criteria differ since they were registered, and which versions were judged. */
export function deviationLines({ deviations, registration }: ModelVerdict): readonly string[] {
  if (deviations.length === 0) return []
  const judged =
    registration.clock === undefined
      ? 'Both versions were judged, and for each criterion the worse answer counts.'
      : 'The version with which the work began was judged.'
  return [
    `The criteria changed after they were registered. ${judged}\n`,
    ...deviationSentences(deviations, 'done').map((one) => `- ${markdown(one)}`),
  ]
}

/** The changes of the criteria file, oldest first, each with its commit and whether work had begun. */
export function amendmentSentences({ amendments = [], since }: ModelVerdict): readonly Sentence[] {
  const told = amendments.map((amendment) => sentence`${kindOf(amendment)}${happened(amendment)}`)
  const unsearched =
    since === undefined ? [] : [sentence`what changed before commit ${shortened(since)} was not looked for`]
  return [...unsearched, ...told]
}

/** The same as a Markdown list. */
export function amendmentLines(model: ModelVerdict): readonly string[] {
  return amendmentSentences(model).map((one) => `- ${markdown(one)}`)
}

function kindOf({ begun }: Amendment): Sentence {
  return begun === undefined
    ? ['amendment, before any work that is known here: ']
    : sentence`deviation, after the work of ${shortened(begun)} began: `
}

function happened({ commit, at, to, unreadable, changes }: Amendment): Sentence {
  const when: Sentence = at === undefined ? [] : sentence` at ${quoted(at)}`
  const by = sentence`commit ${shortened(commit)}${when}`
  if (unreadable) return sentence`${by} left criteria that can’t be read`
  if (to === undefined) return sentence`${by} removed the criteria`
  if (changes.length === 0) return sentence`${by} changed nothing that is asked`
  return sentence`${by} ${changesSentence(changes)}`
}
