import ignore from 'ignore'
import { z } from 'zod'

/** So many stars that no name of GitHub's length makes matching slow. */
const MOST_STARS = 3

/** A name in which so many `*` may stand for something. */
export function starred(allowed: RegExp, wanted: string) {
  return z
    .string()
    .max(200)
    .regex(allowed, wanted)
    .refine((pattern) => pattern.split('*').length - 1 <= MOST_STARS && !pattern.includes('**'), {
      error: `at most ${MOST_STARS} single *`,
    })
}

/** Model names; `*` stands for any characters. */
export const ModelPattern = starred(/^[a-z0-9*-]+$/, 'a model name, in which * stands for any characters')

/** `owner/name`; `*` stands for any characters but a slash. */
export const RepositoryPattern = starred(
  /^[A-Za-z0-9*-][A-Za-z0-9*_-]*\/[A-Za-z0-9._*-]+$/,
  'owner/name, in which * stands for any characters but /',
)

/**
 * Whether a whole name fits a pattern: gitignore's matching, of which the schemas above leave only `*`. GitHub's
 * names know no case, so neither does this.
 */
export function fits(pattern: string, name: string): boolean {
  return name !== '' && ignore({ allowRelativePaths: true, ignorecase: true }).add(pattern).ignores(name)
}
