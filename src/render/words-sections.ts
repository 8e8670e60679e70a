import type { LackingSection } from '../core/record.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'

/** A heading with what is wanting under it. */
export function lackingSection({ title, why, line, placeholder }: LackingSection): Sentence {
  const at: Sentence = line === undefined ? [] : [` (line ${line})`]
  if (why !== 'placeholder') return sentence`${quoted(title)} is ${[why]}${at}`
  return placeholder === undefined
    ? sentence`${quoted(title)} holds a placeholder${at}`
    : sentence`${quoted(title)} still holds ${quoted(placeholder)}${at}`
}
