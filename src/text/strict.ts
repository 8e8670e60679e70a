import type { z } from 'zod'
import { isFields } from '../core/fields.ts'
import type { Fault, Problem } from '../core/problem.ts'
import { suggest } from '../core/suggest.ts'
import type { Parsed, Position } from './parsed.ts'
import { schemaKeys } from './schema-keys.ts'

type Key = string | number
type Issue = z.core.$ZodIssue

/** A fault with where it stands; `rule`: of several keys together. */
type Found = { readonly problem: Problem; readonly keys: readonly Key[]; readonly rule?: true }

/** What `strict` makes of a file: its value if the whole file fits, and every fault in it. */
export type Strict<T> = { readonly value?: T; readonly problems: readonly Problem[] }

/**
 * A file that a person wrote, narrowed by a strict schema. Every fault is collected with its line and
 * column, and a suggestion where a word was probably misspelt.
 */
export function strict<T>(schema: z.ZodType<T>, parsed: Parsed, path: string): Strict<T> {
  if (parsed.value === undefined) return { problems: parsed.problems }
  const result = schema.safeParse(parsed.value)
  if (result.success) return { value: result.data, problems: parsed.problems }

  function problem(fault: Fault, keys: readonly Key[], which: 'key' | 'value'): Found {
    return { problem: { path, ...place(parsed, keys, which), ...fault }, keys }
  }

  function problems(issue: Issue, above: readonly Key[]): readonly Found[] {
    const keys = [...above, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))]
    const found = valueAt(parsed.value, keys)
    if (issue.code === 'unrecognized_keys') {
      const known = schemaKeys(schema, keys)
      return issue.keys.map((key) => {
        // Another branch of a union may know this very key: it is no misspelling.
        const others = known.includes(key) ? [] : known
        return problem({ code: 'unknown_key', key, ...hint(key, others) }, [...keys, key], 'key')
      })
    }
    if (issue.code === 'invalid_key') {
      const wanted = issue.issues.map((inner) => described(inner)).join(', ')
      return [
        problem({ code: 'wrong_value', at: 'a key', found: shown(String(keys.at(-1))), wanted }, keys, 'key'),
      ]
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = bestBranch(issue.errors)
      if (best) return best.flatMap((inner) => problems(inner, keys))
    }
    if (found === undefined && keys.length > 0) {
      return [problem({ code: 'missing_key', key: keys.join('.') }, keys.slice(0, -1), 'key')]
    }
    if (issue.code === 'custom' && isFields(found)) {
      const fault = { code: 'wrong_value', at: nameOf(found, keys), wanted: issue.message } as const
      return [{ ...problem(fault, keys, 'value'), rule: true }]
    }
    const options = allowed(issue)
    const at = keys.length === 0 ? 'the file' : keys.join('.')
    const [only, ...others] = options
    const wanted =
      only === undefined ? described(issue) : others.length === 0 ? only : `one of ${options.join(', ')}`
    const suggestion = typeof found === 'string' ? hint(found, options) : {}
    const unquoted = isUnquoted(found, issue) ? { found: NO_NUMBER, wanted: IN_QUOTES } : {}
    return [
      problem(
        { code: 'wrong_value', at, found: shown(found), wanted, ...suggestion, ...unquoted },
        keys,
        'value',
      ),
    ]
  }

  const faults = result.error.issues.flatMap((issue) => problems(issue, []))
  return { problems: [...parsed.problems, ...withoutEchoes(faults)] }
}

/**
 * Of a union, the branch of the right type that knows most of the keys that are there, and of those the one with the
 * fewest faults: what the author most likely meant.
 */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches
    .filter((branch) => !branch.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'))
    .toSorted((a, b) => unknownIn(a) - unknownIn(b) || a.length - b.length)[0]
}

function unknownIn(branch: readonly Issue[]): number {
  return branch.reduce(
    (sum, issue) =>
      sum + (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys.length : 0),
    0,
  )
}

/** Without what only follows from a key that is misspelt: that the right one is missing, or no rule is kept by it. */
function withoutEchoes(faults: readonly Found[]): readonly Problem[] {
  const misspelt = faults.flatMap(({ problem, keys }) =>
    problem.code === 'unknown_key' && problem.suggestion !== undefined
      ? [[...keys.slice(0, -1), problem.suggestion].join('.')]
      : [],
  )
  const within = faults.flatMap(({ problem, keys }) =>
    problem.code === 'unknown_key' && problem.suggestion !== undefined ? [keys.slice(0, -1).join('.')] : [],
  )
  return faults
    .filter(({ problem, keys, rule }) => {
      if (problem.code === 'missing_key') return !misspelt.includes(problem.key)
      return rule !== true || !within.includes(keys.join('.'))
    })
    .map(({ problem }) => problem)
}

/** What has an id is known by it, and not by its place in a list. */
function nameOf(value: object, keys: readonly Key[]): string {
  if ('id' in value && typeof value.id === 'string') return shown(value.id)
  return keys.length === 0 ? 'the file' : keys.join('.')
}

function hint(word: string, known: readonly string[]): { suggestion?: string } {
  const suggestion = suggest(word, known)
  return suggestion === undefined ? {} : { suggestion }
}

function allowed(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  // A discriminated union without a branch for the value found lists its names beside the schema's own fields.
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return issue.options.map(String)
  return []
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
}

function described(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
        : `at least ${issue.minimum} ${issue.origin === 'string' ? 'characters' : 'entries'}`
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`
        : `at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'}`
    case 'invalid_union':
      return formsOf(issue)
    default:
      // The rules of our own schemas say in their message what they want.
      return issue.message
  }
}

/** What a union wants: as its own message says, else the types that it takes. */
function formsOf(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (issue.message !== 'Invalid input') return issue.message
  const types = issue.errors.flatMap((branch) =>
    branch.flatMap((one) => (one.path.length === 0 && one.code === 'invalid_type' ? [described(one)] : [])),
  )
  return types.length === 0
    ? 'one of the forms that the documentation shows'
    : [...new Set(types)].join(' or ')
}

/** A value as one short line, for a sentence. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 80)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a map of keys'
  return value === null ? 'nothing' : String(value)
}

const NO_NUMBER = 'a number of very many digits'
const IN_QUOTES = 'a text: put it in quotes, since YAML takes digits alone for a number'

/** A digest or commit id of nothing but digits, which no number can hold. */
function isUnquoted(found: unknown, issue: Issue): boolean {
  if (typeof found !== 'number' || Math.abs(found) <= Number.MAX_SAFE_INTEGER) return false
  if (issue.code === 'invalid_type') return issue.expected === 'string'
  return issue.code === 'invalid_union' && issue.errors.flat().some((inner) => isUnquoted(found, inner))
}

function valueAt(value: unknown, keys: readonly Key[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? Reflect.get(inner, key)
        : undefined,
    value,
  )
}

/** The nearest known position: of the value itself, else of what holds it. */
function place(
  parsed: Parsed,
  keys: readonly Key[],
  which: 'key' | 'value',
): Position | Record<never, never> {
  const depths = keys.map((_, index) => keys.length - index)
  for (const depth of depths) {
    const position = parsed.at(keys.slice(0, depth), depth === keys.length ? which : 'key')
    if (position) return position
  }
  return parsed.at([], 'value') ?? {}
}
