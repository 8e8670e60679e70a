import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentOf } from '../../src/readers/file-content.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { fixtures } from './read.ts'

const files = fixtures().filter(([, name]) => name.endsWith('.json'))

/** What stands where something else was wanted. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'NaN',
  '1,014.45',
  'x'.repeat(300),
  [],
  [[]],
  {},
  { value: {} },
]

describe('JSON of a tool with another value somewhere in it', () => {
  test.each(files)('%s/%s', (_, name, bytes) => {
    const content = contentOf(bytes, name).content
    const value = content?.kind === 'data' ? content.value : {}
    const places = placesIn(value)

    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: Math.max(0, places.length - 1) }),
        fc.constantFrom(...HOSTILE),
        (at, hostile) => {
          const swapped = JSON.stringify(swap(value, places[at] ?? [], hostile))
          const { reading } = readEvidence(new TextEncoder().encode(swapped), name, 'f00d')
          return reading.measurements.every(
            ({ value: number, labels }) =>
              Number.isFinite(number) && Object.values(labels).every((label) => typeof label === 'string'),
          )
        },
      ),
      { numRuns: 60, seed: 7 },
    )
    expect(places.length).toBeGreaterThan(0)
  })
})

type Keys = readonly (string | number)[]

function placesIn(value: unknown, keys: Keys = []): readonly Keys[] {
  if (typeof value !== 'object' || value === null) return [keys]
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return [keys, ...entries.flatMap(([key, inner]) => placesIn(inner, [...keys, key]))]
}

function swap(value: unknown, [key, ...rest]: Keys, hostile: unknown): unknown {
  if (key === undefined) return hostile
  if (Array.isArray(value)) return value.map((inner, at) => (at === key ? swap(inner, rest, hostile) : inner))
  return { ...Object(value), [key]: swap(Reflect.get(Object(value), key), rest, hostile) }
}
