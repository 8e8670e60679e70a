import type { Unclear, Word } from '../core/command.ts'
import type { CommandAnswer } from '../core/command-answer.ts'
import { nameOf } from '../core/command-target.ts'
import { counted } from './numbers.ts'
import { type Advice, listed, quoted, type Sentence, sentence, type Words } from './sentence.ts'
import { answerWords } from './words-answers.ts'
import { shortened } from './words-limits.ts'
import { refusalWords, waiverSentence } from './words-waivers.ts'

/** How each command is written. */
const USAGE: { readonly [W in Word]: string } = {
  recheck: '/gonogo recheck',
  explain: '/gonogo explain <criterion>',
  waive: '/gonogo waive <criterion> until <YYYY-MM-DD> because <reason>',
  unwaive: '/gonogo unwaive <criterion>',
}

type Said = Exclude<CommandAnswer, { code: 'explained' }>
type Table = { readonly [C in Said['code']]: (answer: Extract<Said, { code: C }>) => Words }

const TABLE: Table = {
  rechecking: ({ commit }) => ({ says: sentence`commit ${shortened(commit)} is judged again` }),
  waived: ({ waiver, finding }) => ({
    says: sentence`${waiverSentence(waiver, waiver.until)}. It accepts what commit ${shortened(waiver.commit)} showed, and nothing worse, for these weights alone: ${answerWords(finding.answer).says}`,
    next: sentence`take it back with ${quoted(`/gonogo unwaive ${waiver.model}/${waiver.of === 'floor' ? 'floor:' : ''}${waiver.criterion}`)}`,
  }),
  refused: ({ model, finding, why }) => {
    const { says, next } = refusalWords(why)
    return { says: sentence`${quoted(nameOf({ model, finding }))} is not waived: ${says}`, next }
  },
  withdrawn: ({ name, count }) =>
    count === 0
      ? { says: sentence`no waiver of ${quoted(name)} for this release is there to be withdrawn` }
      : {
          says: sentence`${[counted(count, 'waiver')]} of ${quoted(name)} ${[count === 1 ? 'is' : 'are']} withdrawn`,
        },
  not_judged: ({ commit }) => ({
    says: sentence`there was no verdict on commit ${shortened(commit)} yet, which is the head of this pull request now`,
    next: ['wait for its check run, look at it, and ask again'],
  }),
  not_meant: ({ meant }) => {
    switch (meant.kind) {
      case 'nothing_judged':
        return { says: ['this pull request releases no model, so that there is nothing to ask about'] }
      case 'no_model':
        return {
          says: sentence`no model ${quoted(meant.found)} is judged here`,
          next: perhaps(meant.suggestion, 'name one that the check run lists'),
        }
      case 'no_criterion':
        return {
          says: sentence`no criterion ${quoted(meant.found)} is asked here`,
          next: perhaps(meant.suggestion, 'name one that the check run lists'),
        }
      case 'several':
        return {
          says: ['several models are asked it'],
          next: sentence`name one of ${listed(
            meant.choices.map((choice) => [quoted(choice)]),
            10,
          )}`,
        }
    }
  },
  unclear: ({ fault }) => unclear(fault),
  may_not: () => ({
    says: ['this is for whoever may write here, or is in a team that the organisation’s floor names'],
    next: ['ask one of them'],
  }),
  failed: ({ correlation }) => ({
    says: ['it could not be done: gonogo failed, or GitHub did not answer'],
    next: sentence`ask again, and if it fails again give whoever runs gonogo this id: ${quoted(correlation)}`,
  }),
}

/** What is said of a command; an explanation is said apart. */
export function commandWords(answer: Said): Words {
  // The compiler cannot follow that the row and the answer have the same code; `Table` guarantees it.
  const words = TABLE[answer.code] as (answer: Said) => Words
  return words(answer)
}

function unclear(fault: Unclear): Advice {
  switch (fault.why) {
    case 'no_word':
      return { says: ['nothing is asked'], next: anyOf() }
    case 'unknown_word': {
      const { found, suggestion } = fault
      return {
        says: sentence`${quoted(found)} is no command`,
        next: suggestion === undefined ? anyOf() : sentence`write ${quoted(USAGE[suggestion])}`,
      }
    }
    case 'no_criterion':
      return { says: sentence`no criterion is named`, next: sentence`write ${quoted(USAGE[fault.word])}` }
    case 'too_much':
      return {
        says: ['more is written than is understood'],
        next: sentence`write ${quoted(USAGE[fault.word])}`,
      }
    case 'no_name':
      return {
        says: sentence`${quoted(fault.found)} is no name of a criterion`,
        next: sentence`write ${quoted(USAGE[fault.word])}, with ${quoted('model/criterion')} where several models are judged`,
      }
    case 'no_until':
      return { says: ['it is not said until when'], next: sentence`write ${quoted(USAGE.waive)}` }
    case 'no_because':
      return { says: ['it is not said why'], next: sentence`write ${quoted(USAGE.waive)}` }
    case 'no_day':
      return {
        says: sentence`${quoted(fault.found)} is no day`,
        next: sentence`write the last day as ${quoted('2026-09-01')}: ${quoted(USAGE.waive)}`,
      }
    case 'too_long':
      return {
        says: [`it is longer than ${counted(fault.limit, 'character')}`],
        next: ['say it shorter, so that all of it is always shown'],
      }
    case 'too_many':
      return {
        says: [`only the first ${counted(fault.limit, 'command')} of a comment are done`],
        next: ['ask for the rest in another comment'],
      }
  }
}

function anyOf(): Sentence {
  return sentence`write one of ${listed(
    Object.values(USAGE).map((usage) => [quoted(usage)]),
    4,
  )}`
}

function perhaps(suggestion: string | undefined, otherwise: string): Sentence {
  return suggestion === undefined ? [otherwise] : sentence`perhaps ${quoted(suggestion)} is meant`
}
