import { pointer } from '../text/pointer.ts'
import type { Collector } from './collect.ts'
import type { Attempts } from './garak-attempts.ts'
import type { EvalLine } from './garak-eval.ts'
import { digestedOf } from './garak-run.ts'
import { type Fields, isNumber } from './narrow.ts'

/** A line `digest`: what the report holds on itself. */
export type Digest = { readonly line: number; readonly evaluated: Fields }

type Parts = {
  readonly evals: readonly EvalLine[]
  readonly digests: readonly Digest[]
  readonly attempts: Attempts
  readonly ends: number
}

/** Where lines of a report do not say the same: evaluations, attempts and digests. */
export function digestFaults({ evals, digests, attempts, ends }: Parts, found: Collector): void {
  const lines = new Map<string, EvalLine>()
  for (const line of evals) {
    const before = lines.get(nameOf(line))
    if (before) contradiction(found, [line.line], shown(line), `${shown(before)} in line ${before.line}`)
    else lines.set(nameOf(line), line)
  }
  for (const digest of digests) held(digest, lines, found)
  // Of a run that was cut off this is no news.
  const unheard = ends > 0 ? attempts.pairs().filter((pair) => !lines.has(nameOf(pair))) : []
  for (const { probe, detector, tally } of unheard)
    found.fault([], {
      code: 'contradiction',
      at: `${probe} with ${detector}`,
      one: `${tally.clusters} attempts`,
      other: 'no eval line',
    })
}

function held({ line, evaluated }: Digest, lines: ReadonlyMap<string, EvalLine>, found: Collector): void {
  const keys = [line, 'eval']
  if (Object.keys(evaluated).length === 0) {
    if (lines.size === 0) found.fault(keys, { code: 'nothing_evaluated', at: pointer(keys) })
    else contradiction(found, keys, 'nothing', `${lines.size} of the eval lines`)
    return
  }
  const digested = digestedOf(evaluated)
  for (const { keys: inner, probe, detector, fields } of digested) {
    const score = fields.absolute_score
    const said = lines.get(nameOf({ probe, detector }))
    const at = [line, ...inner]
    if (!isNumber(score)) found.malformed([...at, 'absolute_score'], 'a number')
    else if (!said) contradiction(found, at, `a score of ${score}`, 'no eval line')
    else if (said.evaluated > 0 && Math.abs(score - said.passed / said.evaluated) > 1e-6)
      contradiction(found, at, `a score of ${score}`, `${said.passed} of ${said.evaluated} passed`)
  }
  const names = new Set(digested.map(nameOf))
  for (const [name, { line: at, evaluated: all }] of lines)
    if (all > 0 && !names.has(name))
      contradiction(found, [at], 'an eval line', `nothing in the digest of line ${line}`)
}

function contradiction(
  found: Collector,
  keys: readonly (string | number)[],
  one: string,
  other: string,
): void {
  found.fault(keys, { code: 'contradiction', at: pointer(keys), one, other })
}

function shown({ passed, evaluated }: EvalLine): string {
  return `${passed} of ${evaluated} passed`
}

function nameOf({ probe, detector }: { readonly probe: string; readonly detector: string }): string {
  return `${probe} with ${detector}`
}
