import type { Says } from '../../core/attestation.ts'
import type { Scalar } from '../../core/training-evidence.ts'

type Built = Pick<Extract<Says, { predicate: 'provenance' }>, 'parameters' | 'started' | 'finished'>

/**
 * What a build was told from outside and when it ran, by SLSA 1 (`externalParameters`, `startedOn`) and 0.2
 * (`invocation.parameters`, `buildStartedOn`). Inputs of a workflow are parameters; where its file lies, an address, a
 * path and what may be secret are none.
 */
export function builtBy(predicate: unknown): Built {
  const definition = at(predicate, 'buildDefinition')
  const one = at(at(predicate, 'runDetails'), 'metadata')
  const two = at(predicate, 'metadata')
  const started = momentOf(at(one, 'startedOn') ?? at(two, 'buildStartedOn'))
  const finished = momentOf(at(one, 'finishedOn') ?? at(two, 'buildFinishedOn'))
  const parameters = settingsIn(
    at(definition, 'externalParameters') ?? at(at(predicate, 'invocation'), 'parameters'),
  )
  return {
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(started !== undefined && { started }),
    ...(finished !== undefined && { finished }),
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function at(value: unknown, key: string): unknown {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

const MOST_KEYS = 500
const DEEPEST = 6
const SECRET = /token|secret|passw|credential|api[_-]?key/i

function settingsIn(given: unknown): Readonly<Record<string, Scalar>> {
  const found = new Map<string, Scalar>()
  const walk = (value: unknown, parts: readonly string[]): void => {
    if (found.size >= MOST_KEYS || parts.length > DEEPEST) return
    if (isFields(value)) {
      for (const [key, inner] of Object.entries(value).slice(0, MOST_KEYS)) {
        const isPlace = parts.length === 0 && (key === 'workflow' || key === 'source')
        if (!isPlace && key.length <= 100 && !SECRET.test(key))
          walk(inner, parts.length === 0 && key === 'inputs' && isFields(inner) ? [] : [...parts, key])
      }
    } else if (isSetting(value)) found.set(parts.join('.'), value)
  }
  walk(given, [])
  return Object.fromEntries(found)
}

function isSetting(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && value.length <= 100 && !/[/:\\]/.test(value))
  )
}

/** RFC 3339; another time is none. */
function momentOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
