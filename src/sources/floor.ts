import type { Problem } from '../core/problem.ts'
import { type ParsedFloor, parseFloor } from '../criteria/floor.ts'
import type { Facts } from '../facts.ts'
import { decode } from '../text/decode.ts'
import { parseYaml } from '../text/yaml.ts'
import { MAX_WRITTEN_BYTES } from './files.ts'

/** What GitHub shows of an owner's floor; `absent` where there is no such repository, branch or file to be seen. */
export type ToldFloor =
  | { readonly kind: 'absent' | 'unreadable'; readonly repository: string; readonly path: string }
  | Extract<NonNullable<Facts['floor']>, { kind: 'read' }>

/** What stands where the floor should be: its bytes, how many there are of more than is read, or what else it is. */
export type Written =
  | { readonly content: Uint8Array }
  | { readonly bytes: number }
  | { readonly found: 'folder' | 'link' | 'submodule' }

/** The floor that a file holds; every fault is a problem. */
export function floorIn(written: Written, path: string): ParsedFloor {
  const faulty = (problem: Problem) => ({ problems: [problem], lines: {} })
  if ('found' in written) return faulty({ path, code: 'not_a_file', file: path, found: written.found })
  if ('bytes' in written)
    return faulty({ path, code: 'too_large', bytes: written.bytes, limit: MAX_WRITTEN_BYTES })
  const decoded = decode(written.content, path)
  return 'problem' in decoded ? faulty(decoded.problem) : parseFloor(parseYaml(decoded.text, path), path)
}
