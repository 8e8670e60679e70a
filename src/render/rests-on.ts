import type { Answer } from '../core/answer.ts'
import type { Place } from '../core/place.ts'
import { byItself, placeIn } from './facts.ts'

/** Where answers name files. What else stands there is no file that was judged, and whoever asks leaves it out. */
const NAMING: ReadonlySet<string> = new Set([
  ...['path', 'paths', 'file', 'files', 'by', 'against', 'weights', 'name'],
])

/**
 * What an answer calls the files that it rests on, the one that shows it first, each once: whatever it names, however
 * deep, and what was read without being named, as the manifest's own word and weights that gonogo read itself.
 */
export function namedIn(
  answer: Answer,
  { manifest, weights }: { readonly manifest: string; readonly weights: readonly string[] },
): readonly Place[] {
  const shown = byItself(answer)
  const first = placeIn(shown)
  const all = [
    ...(first ? [first] : []),
    ...placesIn(shown),
    ...(isOfManifest(shown) ? [{ path: manifest }] : []),
    ...(shown.code === 'scan_clean' && shown.by.own > 0 ? weights.map((path) => ({ path })) : []),
  ]
  return [...new Map(all.toReversed().map((place) => [place.path, place])).values()].toReversed()
}

/** What was made from what is the manifest's to say, and the digests of the data too. */
function isOfManifest(answer: Answer): boolean {
  if ('bases' in answer) return true
  return 'facts' in answer && answer.facts.some((fact) => 'dataset' in fact)
}

function placesIn(value: unknown, key = ''): readonly Place[] {
  if (typeof value === 'string') return NAMING.has(key) ? [{ path: value }] : []
  if (Array.isArray(value)) return value.flatMap((one) => placesIn(one, key))
  if (typeof value !== 'object' || value === null) return []
  const line = 'line' in value && typeof value.line === 'number' ? { line: value.line } : {}
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'path' && typeof one === 'string' ? [{ path: one, ...line }] : placesIn(one, name),
  )
}
