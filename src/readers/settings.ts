import type { Scalar } from '../core/training-evidence.ts'
import { isFields } from './narrow.ts'

/** More than this is no set of parameters. */
const MOST_KEYS = 2_000
const MOST_CHARACTERS = 200_000

export type Settings = {
  readonly values: Readonly<Record<string, Scalar>>
  readonly unresolved: readonly string[]
  /** There is more than is read: then nothing is. */
  readonly tooMany: boolean
}

/**
 * Nested settings by their keys, joined with dots; items of a list by their number. An empty list or map is the text of
 * it, so that it is not the same as nothing.
 */
export function settingsOf(value: unknown): Settings {
  const found = new Map<string, Scalar>()
  let characters = 0
  const walk = (one: unknown, key: string): void => {
    if (found.size > MOST_KEYS || characters > MOST_CHARACTERS) return
    const inner = Array.isArray(one) ? [...one.entries()] : isFields(one) ? Object.entries(one) : undefined
    if (inner !== undefined && (inner.length > 0 || key === '')) {
      for (const [name, value] of inner) walk(value, key === '' ? String(name) : `${key}.${name}`)
      return
    }
    const scalar = scalarOf(one)
    characters += key.length + String(scalar).length
    found.set(key, scalar)
  }
  walk(value, '')
  if (found.size > MOST_KEYS || characters > MOST_CHARACTERS)
    return { values: {}, unresolved: [], tooMany: true }
  const unresolved = [...found].flatMap(([key, scalar]) => (isUnresolved(scalar) ? [key] : []))
  return { values: Object.fromEntries(found), unresolved, tooMany: false }
}

function scalarOf(value: unknown): Scalar {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  // Infinity and NaN are no JSON, and facts are.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return Array.isArray(value) ? '[]' : '{}'
}

/** OmegaConf fills `${…}` in when it is read, from elsewhere or from the environment; `???` is still missing. */
function isUnresolved(value: Scalar): boolean {
  return typeof value === 'string' && (value.includes('${') || value === '???')
}

/** `--lr 0.1`, `--lr=0.1` and `lr=0.1` of a command line, by key; a flag without a value is true. */
export function settingsOfArguments(given: readonly unknown[]): Readonly<Record<string, Scalar>> {
  const args = given.slice(0, MOST_KEYS).filter((one) => typeof one === 'string')
  const found = args.flatMap((arg, index): readonly (readonly [string, Scalar])[] => {
    const [, dashes = '', key, value] = /^(-{0,2})([A-Za-z][\w./-]{0,100})(?:=(.{0,1000}))?$/s.exec(arg) ?? []
    if (key === undefined || isSecret(key)) return []
    if (value !== undefined) return [[spelt(key), value]]
    if (dashes !== '--') return []
    const next = args[index + 1]
    return [[spelt(key), next === undefined || /^--?[A-Za-z]/.test(next) ? true : next]]
  })
  return Object.fromEntries(found)
}

/** Nobody's parameter, and nothing to keep. */
function isSecret(key: string): boolean {
  return /(?:^|[_-])(?:api[_-]?key|(?:access|auth|api|hf|wandb)[_-]token|secret|passw(?:or)?d|credentials?)(?:$|[_-])|^token$/i.test(
    key,
  )
}

function spelt(key: string): string {
  return key.replaceAll('-', '_')
}
