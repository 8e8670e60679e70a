import { type Seen, seenOf } from './doctor-facts.ts'

/** A pattern of the names of branches, or of tags, from which jobs enter an environment. */
export type RefPattern = { readonly name: string; readonly of: 'branch' | 'tag' }

/** From where jobs enter an environment. */
export type EnteredFrom =
  | { readonly from: 'any' }
  /** Only protected branches. docs.github.com, "Deployments and environments": where `some` are not, all branches enter. */
  | { readonly from: 'protected'; readonly some: Seen<boolean> }
  | { readonly from: 'listed'; readonly patterns: Seen<readonly RefPattern[]> }

/** Why whoever may push a branch, or a tag, gets a job into an environment. */
export type AnyBranch =
  | { readonly why: 'no_policy' | 'none_protected' }
  | { readonly why: 'pattern'; readonly pattern: RefPattern }

/** How jobs of any branch enter; undefined where only those of some do, unseen where that is not known. */
export function openTo(entered: EnteredFrom): Seen<AnyBranch | undefined> {
  switch (entered.from) {
    case 'any':
      return { seen: { why: 'no_policy' } }
    case 'protected':
      if ('unseen' in entered.some) return entered.some
      return { seen: entered.some.seen ? undefined : { why: 'none_protected' } }
    case 'listed': {
      if ('unseen' in entered.patterns) return entered.patterns
      const pattern = entered.patterns.seen.find(({ name }) => fitsAny(name))
      return { seen: pattern && { why: 'pattern', pattern } }
    }
  }
}

/** The branches that enter, where they are seen to be some and not any: patterns, or what is protected. */
export function someOf(entered: EnteredFrom): 'protected' | readonly RefPattern[] | undefined {
  const open = openTo(entered)
  if ('unseen' in open || open.seen !== undefined) return undefined
  return entered.from === 'listed' ? seenOf(entered.patterns) : 'protected'
}

/**
 * Whether a pattern names nothing: with no letter or digit but in brackets, as `*` and `[a-z]*`, some name of a new branch always
 * fits it.
 */
export function fitsAny(pattern: string): boolean {
  return !/[\p{L}\p{N}]/u.test(pattern.replaceAll(/\[[^\]]*\]/g, ''))
}
