import type { Change, Deviation, Effect, FieldChange } from '../core/deviation.ts'
import { SHOWN_CHARACTERS } from './clean.ts'
import { joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'

/** Whether a change is still proposed, or stands. */
export type Tense = 'proposed' | 'done'

/** What happens to a criterion, for somebody who has never seen one. */
const CHANGES: { readonly [C in Change]: string } = {
  tightened: 'tightened',
  loosened: 'loosened',
  added: 'added',
  removed: 'removed',
  reworded: 'reworded, and asks the same',
  changed: 'changed in a way that can’t be compared, which counts as loosened',
}

const VERBS: { readonly [C in Change]: string } = {
  loosened: 'loosens',
  removed: 'removes',
  changed: 'changes beyond comparison',
  tightened: 'tightens',
  added: 'adds',
  reworded: 'rewords',
}

const EFFECTS: { readonly [E in Effect]: string } = {
  tightened: 'stricter',
  loosened: 'looser',
  reworded: 'the same in other words',
  changed: 'not comparable',
}

/** What is looser first. */
export const CHANGE_ORDER: readonly Change[] = [
  'loosened',
  'removed',
  'changed',
  'tightened',
  'added',
  'reworded',
]

/** Criteria by what a change does to them: loosens `a`, `b`; adds `c`. */
export function deviationSentence(deviations: readonly Deviation[]): Sentence {
  return joined(
    CHANGE_ORDER.flatMap((change) => {
      const found = deviations.filter((one) => one.change === change).map(({ criterion }) => criterion)
      return found.length === 0 ? [] : [sentence`${[VERBS[change]]} ${names(found, 10)}`]
    }),
    '; ',
  )
}

/** The same with what differs in each: loosens `a` (`at_least` from `0.9` to `0.8`); adds `b`. */
export function changesSentence(deviations: readonly Deviation[]): Sentence {
  const each = deviations
    .toSorted((a, b) => CHANGE_ORDER.indexOf(a.change) - CHANGE_ORDER.indexOf(b.change))
    .map((one) => {
      const details = one.change === 'added' || one.change === 'removed' ? [] : detailsOf(one)
      const told = details.length === 0 ? [] : sentence` (${listed(details, 3, '; ')})`
      return sentence`${[VERBS[one.change]]} ${quoted(one.criterion)}${told}`
    })
  return listed(each, 10, '; ')
}

/** One criterion or setting: what was asked, what is asked now, and whether that is more or less. */
export function deviationWords(deviation: Deviation, tense: Tense): Sentence {
  const { change, renamed, fields } = deviation
  const is = tense === 'proposed' ? 'is' : 'was'
  const what = renamed === undefined ? CHANGES[change] : 'renamed, and asks the same'
  const says = sentence`${subject(deviation)} ${[`${is} ${what}`]}`
  if (change === 'added') return detailed(says, ': it asks ', all(fields), ', ')
  if (change === 'removed') return detailed(says, ': it asked ', all(fields), ', ')
  return detailed(says, ': ', detailsOf(deviation))
}

function detailsOf(deviation: Deviation): readonly Sentence[] {
  const { change, renamed, fields } = deviation
  const from = renamed === undefined ? [] : [sentence`its name from ${quoted(renamed)}`]
  // One effect needs no second naming; of several, each is told.
  const mixed = fields.some(({ effect }) => effect !== change)
  return [...from, ...fields.map((field) => fieldWords(field, deviation, mixed))]
}

const MOST_FIELDS = 10

function detailed(
  says: Sentence,
  before: string,
  details: readonly Sentence[],
  separator: string = '; ',
): Sentence {
  return details.length === 0 ? says : [...says, before, ...listed(details, MOST_FIELDS, separator)]
}

function subject({ criterion }: Deviation): Sentence {
  const setting = settingOf(criterion)
  return setting === undefined
    ? sentence`criterion ${quoted(criterion)}`
    : sentence`setting ${quoted(setting)}`
}

function settingOf(criterion: string): string | undefined {
  return criterion.startsWith('(') && criterion.endsWith(')') ? criterion.slice(1, -1) : undefined
}

/** What is asked about comes first; what it is for, and how it is judged, after what it asks. */
const PLACES: { readonly [field: string]: number } = {
  metric: -1,
  document: -1,
  record: -1,
  control: 1,
  check: 1,
}

function placeOf({ field }: FieldChange): number {
  return (Object.hasOwn(PLACES, field) ? PLACES[field] : undefined) ?? 0
}

function all(fields: readonly FieldChange[]): readonly Sentence[] {
  return fields
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map(({ field, before, after }) => [quoted(`${short(field)}: ${short(after ?? before ?? '')}`)])
}

/** Hostile texts may be huge; past this, they are cut where they are shown anyway. */
function short(text: string): string {
  return text.slice(0, 4 * SHOWN_CHARACTERS)
}

function fieldWords(
  { field, effect, before, after }: FieldChange,
  { criterion }: Deviation,
  mixed: boolean,
): Sentence {
  // A setting that is one value is named already.
  const name: Sentence = settingOf(criterion) === field ? [] : sentence`${quoted(field)} `
  const note: Sentence = mixed ? [` (${EFFECTS[effect]})`] : []
  if (before === undefined) return sentence`${name}newly ${quoted(after ?? '')}${note}`
  if (after === undefined) return sentence`${name}no more ${quoted(before)}${note}`
  return sentence`${name}from ${quoted(before)} to ${quoted(after)}${note}`
}
