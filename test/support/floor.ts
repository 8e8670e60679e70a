import { FLOOR } from '../../src/core/paths.ts'
import { type FloorFacts, type ParsedFloor, parseFloor } from '../../src/criteria/floor.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { anId } from './build.ts'

export function parsedFloor(text: string): ParsedFloor {
  return parseFloor(parseYaml(text, FLOOR), FLOOR)
}

/** The organisation's floor as it was read, from its text without the first line. */
export function aFloor(text: string): Extract<FloorFacts, { kind: 'read' }> {
  const known = { repository: 'acme/.github', path: FLOOR, commit: anId('8'), sha: anId('9') }
  return { kind: 'read', ...known, ...parsedFloor(`gonogo: 1\n${text}`) }
}
