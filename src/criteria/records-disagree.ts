import type { Base } from '../core/base-model.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import type { Profile } from '../core/profile.ts'
import type { WrittenRecord } from '../core/written-record.ts'

type Told = {
  readonly evidence: readonly Evidence[]
  readonly bases: readonly Base[]
  readonly approaches: Profile['approaches']
}

/**
 * Records that people wrote of the candidate and that can't all be of one release: of two vendors or two services, of a
 * base model that the manifest does not name, or a decision for another approach than the criteria have.
 */
export function recordsDisagree({ evidence, bases, approaches }: Told): readonly Problem[] {
  const all = evidence
    .filter(({ about }) => about === 'candidate')
    .flatMap(({ records }) => records.filter((one) => one.kind === 'written'))
  return [
    ...(['vendor', 'service'] as const).flatMap((field) => twoIn(field, all)),
    ...all.flatMap((record) => ofOtherBase(record, bases)),
    ...all.flatMap((record) => {
      const { approach } = record.choices
      const [held] = approaches
      if (approach === undefined || held === undefined || approaches.some((one) => one === approach))
        return []
      return [contradiction(record, 'approach', approach, held)]
    }),
  ]
}

/** Each record that names another one than the first does, as people write a name. */
function twoIn(field: 'vendor' | 'service', records: readonly WrittenRecord[]): readonly Problem[] {
  const named = records.flatMap((record) => {
    const name = record.named?.[field]
    return name === undefined ? [] : [{ record, name }]
  })
  const [first] = named
  if (first === undefined) return []
  return named
    .filter(({ name }) => plainly(name) !== plainly(first.name))
    .map(({ record, name }) => contradiction(record, field, name, first.name))
}

function ofOtherBase(record: WrittenRecord, bases: readonly Base[]): readonly Problem[] {
  const text = record.named?.base
  const [first] = bases
  if (text === undefined || first === undefined || bases.some((base) => isOf(text, base))) return []
  return [contradiction(record, 'base', text, `${first.name} at ${first.revision}`)]
}

/** A short commit id of fewer digits may be a word. */
const COMMIT = /\b[0-9a-f]{12,64}\b/gi

/** Whether a text names a base: as its hub does, or without the publisher; and no other revision than the base's. */
function isOf(text: string, { name, revision }: Base): boolean {
  const [said, whole, own] = [text, name, name.split('/').at(-1) ?? name].map((one) => ` ${plainly(one)} `)
  if (said === undefined || whole === undefined || own === undefined) return false
  const isNamed = said.includes(whole) || (!text.includes('/') && said.includes(own))
  const commits = text.match(COMMIT) ?? []
  return isNamed && commits.every((one) => revision.toLowerCase().startsWith(one.toLowerCase()))
}

/** Words alone, in small letters. */
function plainly(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function contradiction({ source }: WrittenRecord, at: string, one: string, other: string): Problem {
  const { path, line } = source
  return { path, ...(line !== undefined && { line }), code: 'contradiction', at, one, other }
}
