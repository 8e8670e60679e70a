import type { EnteredBy } from '../core/entered-by.ts'
import type { AnyBranch, RefPattern } from '../core/entered-from.ts'
import { joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'

/** From where jobs enter environments that not every branch may enter. */
export function enteredWords(entered: readonly EnteredBy[]): Sentence {
  const each = entered.map(({ environment, by }) => sentence`${quoted(environment)} from ${from(by)}`)
  return each.length === 0 ? [] : sentence`; its jobs enter ${joined(each)}`
}

/** Jobs that nobody lets in, and who starts them. */
export function outsideWords(jobs: readonly string[]): Sentence {
  return jobs.length === 0
    ? []
    : sentence`; ${names(jobs)} of it ${[jobs.length === 1 ? 'enters' : 'enter']} no environment, so that all who may write to the repository start it`
}

function from(by: EnteredBy['by']): Sentence {
  if (by === 'protected') return ['protected branches alone']
  if (by.length === 0) return ['no branch']
  return listed(by.map(({ name, of }) => (of === 'tag' ? sentence`tags ${quoted(name)}` : [quoted(name)])))
}

/** Why any branch enters, or any tag. */
export function whyAny(open: AnyBranch): Sentence {
  switch (open.why) {
    case 'no_policy':
      return []
    case 'none_protected':
      return [', which lets protected branches in, and none is: then all are']
    case 'pattern':
      return patternOf(open.pattern)
  }
}

function patternOf({ name }: RefPattern): Sentence {
  return sentence`, as its pattern ${quoted(name)} fits them all`
}
