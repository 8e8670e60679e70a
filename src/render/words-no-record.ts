import type { Answer } from '../core/answer.ts'
import { isBesideFloor } from '../core/paths.ts'
import type { Aside, RecordAnswer } from '../core/record-answer.ts'
import { count } from './numbers.ts'
import { listed, names, quoted, type Sentence, sentence, type Words } from './sentence.ts'
import type { AnswerWords } from './words-table.ts'

/** More than these are counted, not named. */
const SHOWN = 5

type Unsettled = Extract<RecordAnswer, { code: 'no_record' | 'several_records' }>

/** The words of a record that nobody wrote, with what lies beside the floor instead, and of one that several wrote. */
export const NO_RECORD_WORDS: AnswerWords<Unsettled> = {
  no_record: ({ record, aside = [], bases = [], unreadable = [] }) => ({
    says: sentence`the evidence has no ${quoted(record)} record${unreadable.length > 0 ? [' that could be read'] : []}${aboutBases(bases, aside)}${besideWords(aside)}${unreadable.length > 0 ? sentence`; what is wrong in ${names(unreadable, SHOWN)} beside the floor hides what it says` : []}`,
    next: sentence`${unreadable.length > 0 ? mending(unreadable) : []}${bases.length > 0 ? ofBases(bases) : remedy(aside)}`,
  }),
  several_records: ({ record, paths, bases = [] }) => ({
    says: sentence`the evidence has ${[count(paths.length)]} ${quoted(record)} records${bases.length === 0 ? [] : sentence` about ${names(bases)}`}, and exactly one${bases.length === 0 ? [] : [' of each base']} is wanted: ${names(paths)}`,
    next: paths.some(isBesideFloor)
      ? sentence`keep the one that holds beside the floor, name this model as ${quoted('model:')} in it, or name one of the release in the manifest's evidence`
      : sentence`keep the one that holds in the manifest's evidence`,
  }),
}

/** A record that does not hold beside others that do may be left out as well. */
export function leavingOut(answer: Answer, words: Words): Words {
  if (!('holding' in answer) || answer.holding === undefined || words.next === undefined) return words
  const { path, holding } = answer
  const where = isBesideFloor(path)
    ? sentence`take ${quoted(path)} away from beside the floor, or name a record of the release in the manifest's evidence`
    : sentence`take ${quoted(path)} out of the manifest's evidence`
  const shown = holding.slice(0, SHOWN)
  return {
    ...words,
    next: sentence`${words.next}; or ${where}, where it need not be shown: ${names(shown)} ${[holding.length === 1 ? 'holds' : 'hold']} without it`,
  }
}

/** Whoever wrote one already need not write another. */
function mending(unreadable: readonly string[]): Sentence {
  const them = unreadable.length === 1 ? 'it' : 'one of them'
  return sentence`correct ${names(unreadable, SHOWN)}, of which ${quoted('gonogo lint')} names every line, where ${[them]} is the record; else `
}

function aboutBases(bases: readonly string[], aside: readonly Aside[]): Sentence {
  if (bases.length > 0)
    return sentence` about the base ${[bases.length === 1 ? 'model' : 'models']} ${names(bases)}`
  return aside.length === 0 ? [] : [' about this release']
}

function ofBases(bases: readonly string[]): Sentence {
  const [which, them] = bases.length === 1 ? ['', 'it'] : ['each of ', 'them']
  return sentence`write one about ${[which]}${names(bases)}, or name ${[them]} as ${quoted('base:')} too in one that says what holds of several, and name it in the manifest's evidence or put it beside the floor`
}

function besideWords(aside: readonly Aside[]): Sentence {
  if (aside.length === 0) return []
  const more = aside.length - SHOWN
  return sentence`; beside the floor ${listed(aside.slice(0, SHOWN).map(aboutWords))}${more > 0 ? [`, and ${more} more`] : []}`
}

function aboutWords({ path, at, found, wanted }: Aside): Sentence {
  if (found === undefined) return sentence`${quoted(path)} names no ${quoted(at)}`
  const not = wanted.length === 0 ? sentence`and ${[UNNAMED[at]]}` : sentence`and not about ${names(wanted)}`
  return sentence`${quoted(path)} is about the ${[at === 'base' ? 'base model' : at]} ${quoted(found)}, ${not}`
}

const UNNAMED: { readonly [A in Aside['at']]: string } = {
  base: 'the manifest names no base model',
  vendor: 'others about other vendors, and nothing says whose model this is',
  service: 'others about other services, and nothing says which this is',
  approach: 'the criteria name none',
}

function remedy(aside: readonly Aside[]): Sentence {
  const [first] = aside
  if (first === undefined) return sentence`write one and name it in the manifest's evidence`
  const { at, wanted } = first
  if (wanted.length > 0)
    return sentence`write one about ${names(wanted)}, and name it in the manifest's evidence or put it beside the floor`
  return at === 'base'
    ? sentence`name the base model in ${quoted('base_models:')} of the manifest, or a record in its evidence`
    : sentence`name this model as ${quoted('model:')} in the one that is about it, or a record in the manifest's evidence`
}
