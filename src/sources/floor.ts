import { z } from 'zod'
import type { Problem } from '../core/problem.ts'
import { isObserved } from '../criteria/effective.ts'
import { type FloorFacts, floorOf, type ParsedFloor, parseFloor } from '../criteria/floor.ts'
import { decode } from '../text/decode.ts'
import { parseYaml } from '../text/yaml.ts'

/** GraphQL cuts a text off past this, so no floor is longer. */
export const MAX_FLOOR_BYTES = 512_000

/** What stands where the floor should be: its text, how many bytes there are of more than is read, or what else it is. */
export type Written = z.infer<typeof Written>
const Written = z.union([
  z.object({ text: z.string() }),
  z.object({ bytes: z.number() }),
  z.object({ found: z.enum(['folder', 'link', 'submodule']) }),
  /** No text in UTF-8. */
  z.object({ unread: z.literal(true) }),
])

/** What GitHub shows of an owner's floor; `absent` where there is no such repository, branch or file to be seen. */
export type ToldFloor = z.infer<typeof ToldFloor>
export const ToldFloor = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['absent', 'unreadable']), repository: z.string(), path: z.string() }),
  z.object({
    kind: z.literal('read'),
    repository: z.string(),
    path: z.string(),
    commit: z.string(),
    sha: z.string(),
    written: Written,
  }),
])

/** The floor that holds, by what GitHub shows of it. */
export function floorFactsOf(told: ToldFloor, required: boolean): FloorFacts {
  if (told.kind === 'read') {
    const { written, ...about } = told
    return { ...about, ...floorIn(written, told.path) }
  }
  const { kind, repository, path } = told
  if (kind === 'unreadable') return { kind, repository, path }
  return required ? { kind, required, repository } : { kind: 'none', repository }
}

/** The floor that a file holds; every fault is a problem. */
export function floorIn(written: Written, path: string): ParsedFloor {
  const faulty = (problem: Problem) => ({ problems: [problem], lines: {} })
  if ('found' in written) return faulty({ path, code: 'not_a_file', file: path, found: written.found })
  if ('bytes' in written)
    return faulty({ path, code: 'too_large', bytes: written.bytes, limit: MAX_FLOOR_BYTES })
  if ('unread' in written) return faulty({ path, code: 'not_utf8' })
  const decoded = decode(Buffer.from(written.text, 'utf8'), path)
  return 'problem' in decoded ? faulty(decoded.problem) : parseFloor(parseYaml(decoded.text, path), path)
}

/** The custom properties by which a floor may have a repository observed, where nothing else has it observed. */
export function observingProperties(
  facts: FloorFacts,
  about: { readonly repositoryId?: number },
): readonly string[] {
  const floor = floorOf(facts)?.floor
  return isObserved(floor, about) ? [] : Object.keys(floor?.observe?.property ?? {})
}
