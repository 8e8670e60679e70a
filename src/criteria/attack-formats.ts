import type { Showing } from '../core/contradiction.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Trait } from '../core/profile.ts'

/** Formats of tools that attack what generates text, and nothing else. */
export const ATTACKS: ReadonlySet<string> = new Set([
  'garak',
  'garak-digest',
  'promptfoo',
  'jailbreakbench',
  'cyberseceval',
])

/** Formats of tools that attack what classifies images, or texts. */
export const ON_IMAGES: ReadonlySet<string> = new Set(['robustbench', 'autoattack', 'timm-results'])
export const ON_TEXTS: ReadonlySet<string> = new Set(['textattack'])
/** Traits that say what a model takes in. */
export const KINDS_OF_INPUT: readonly Trait[] = ['tabular', 'text', 'vision', 'generative']

/** The first report of an attack in one of these formats that measured something. */
export function attacked(
  evidence: readonly Evidence[],
  formats: ReadonlySet<string>,
  on?: 'images' | 'texts',
): Showing | undefined {
  const file = evidence.find(
    ({ format, measurements }) => formats.has(format ?? '') && measurements.length > 0,
  )
  return file?.format === undefined ? undefined : { kind: 'attacks', format: file.format, ...(on && { on }) }
}
