import type { LackingSection } from '../core/record.ts'
import { count, counted } from './numbers.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'

/** A heading with what is wanting under it. */
export function lackingSection(lack: LackingSection): Sentence {
  const { title, line } = lack
  const at: Sentence = line === undefined ? [] : [` (line ${line})`]
  switch (lack.why) {
    case 'missing':
    case 'empty':
      return sentence`${quoted(title)} is ${[lack.why]}${at}`
    case 'placeholder':
      return lack.placeholder === undefined
        ? sentence`${quoted(title)} holds a placeholder${at}`
        : sentence`${quoted(title)} still holds ${quoted(lack.placeholder)}${at}`
    case 'short':
      return sentence`${quoted(title)} says ${[counted(lack.words, 'word')]}, and ${[count(lack.wanted)]} are wanted${at}`
    case 'same':
      return sentence`${quoted(title)} says the same as ${quoted(lack.as)}${at}`
  }
}
