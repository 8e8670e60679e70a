import { RELATIONS, type Relation } from '../core/base-model.ts'
import type { LineageRecord } from '../core/lineage-record.ts'
import type { Source } from '../core/measurement.ts'
import { type Fields, isFields } from './narrow.ts'

/** Of each list no more is read, and no longer name. */
const [MOST_NAMES, MOST_DATA, LONGEST] = [50, 500, 300]

/** The hub itself writes the one, and its documentation has the other. */
const SPELLINGS: ReadonlyMap<string, Relation> = new Map([
  ...RELATIONS.map((one) => [one, one] as const),
  ['finetuned', 'finetune'],
  ['quantize', 'quantized'],
])

/**
 * What the front matter of a card says of licence and origin; undefined where it says nothing of them.
 * https://github.com/huggingface/hub-docs/blob/main/modelcard.md: each is one text or a list of texts.
 */
export function cardOf(
  front: unknown,
): ((source: Source) => Extract<LineageRecord, { kind: 'card' }>) | undefined {
  if (!isFields(front)) return undefined
  const licence = licenceOf(front)
  const bases = namesIn(front.base_model)
  const datasets = dataIn(front.datasets)
  const [said] = namesIn(front.base_model_relation)
  const relation = said === undefined ? undefined : SPELLINGS.get(said.toLowerCase())
  if (licence === undefined && bases.length + datasets.length === 0) return undefined
  return (source) => ({
    kind: 'card',
    ...(licence !== undefined && { licence }),
    bases,
    ...(relation && { relation }),
    datasets,
    source,
  })
}

/** Of `other` the name that stands beside it says which; several licences are one expression that asks for all. */
function licenceOf({ license, license_name: name }: Fields): string | undefined {
  const all = namesIn(license)
  const [own] = namesIn(name)
  if (all.length === 1 && all[0]?.toLowerCase() === 'other' && own !== undefined) return own
  return all.length === 0 ? undefined : all.join(' AND ')
}

/** Data that nobody wrote as a text are data too: whoever compares them with others must see them. */
function dataIn(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  const named = all.slice(0, MOST_DATA).flatMap((one): readonly string[] => {
    if (one === undefined || one === null) return []
    const { name, id } = isFields(one) ? one : { name: one }
    const written = [name, id].find((text) => ['string', 'number', 'boolean'].includes(typeof text))
    if (written === undefined) return ['an entry that is no text']
    const text = String(written).trim()
    return text === '' ? [] : [text.slice(0, LONGEST)]
  })
  return all.length > MOST_DATA ? [...named, `${all.length - MOST_DATA} more`] : named
}

function namesIn(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all
    .slice(0, MOST_NAMES)
    .flatMap((one) =>
      typeof one === 'string' && one.trim() !== '' && one.length <= LONGEST ? [one.trim()] : [],
    )
}
