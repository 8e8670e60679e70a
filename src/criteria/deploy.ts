import { z } from 'zod'
import { Days } from '../checks/common.ts'
import { starred } from './pattern.ts'

/** GitHub's environments by name, of which it takes no longer one. */
export const Environments = z.array(z.string().min(1).max(255)).min(1).max(100)

/** What git lets a branch be called; `*` stands for any characters but a slash. */
const BranchPattern = starred(
  /^[^\s~^:?[\]\\/\p{C}][^\s~^:?[\]\\\p{C}]*$/u,
  'a branch, in which * stands for any characters but /',
)

/** What may be deployed, and what may come back. */
export const Deploy = z.strictObject({
  from: z
    .array(BranchPattern)
    .min(1)
    .max(20)
    .optional()
    .describe('branches that may be deployed beside the default one'),
  rollback: Days.optional().describe('for so long after a go an identity may come back; 30 days without it'),
})

/** What becomes of a release on GitHub that has no go. */
export const Releases = z.strictObject({
  without_go: z
    .enum(['flag', 'draft'])
    .optional()
    .describe('flag: a pre-release that is not the latest, with a notice; draft: taken back to a draft'),
})

/** How long without a floor that says so: a release that turns out bad is found out in that time. */
const ROLLBACK_DAYS = 30

/** For how many days after its go an identity may come back. */
export function rollbackDays(deploy: z.infer<typeof Deploy> | undefined): number {
  return deploy?.rollback === undefined ? ROLLBACK_DAYS : Number.parseInt(deploy.rollback, 10)
}

/** GitHub's names of environments know no case. */
export function sameEnvironment(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/**
 * Whether a whole branch name fits a pattern. Git's names know case, and unlike in gitignore what is below a name
 * that fits does not: who may push to `release/1/x` need not be who may push to `release/1`.
 */
export function fitsBranch(pattern: string, branch: string): boolean {
  const [wanted, found] = [pattern.split('/'), branch.split('/')]
  return wanted.length === found.length && wanted.every((part, index) => fitsPart(part, found[index] ?? ''))
}

/** The leftmost place of each text is enough, so that nothing is tried twice. */
function fitsPart(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === name
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
    return false
  const end = name.length - last.length
  let at = first.length
  for (const text of rest) {
    const found = name.indexOf(text, at)
    if (found === -1 || found + text.length > end) return false
    at = found + text.length
  }
  return true
}
