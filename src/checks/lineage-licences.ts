import type { AllowedBy, LineageLack } from '../core/lineage-answer.ts'
import type { Ancestry } from './ancestry.ts'
import { compatible, isAllowed, type Licence, licenceOf, type Made } from './licence.ts'

/**
 * What is wanting in the licences: of each base one that is known, allowed by floor and criterion, and kept by the
 * model's own; of the data that the model was made with one that the model's own keeps.
 */
export function lackingLicences(
  own: readonly string[] | undefined,
  { bases, trained, licence, trusted }: Ancestry,
): readonly LineageLack[] {
  const lists: readonly { readonly by: AllowedBy; readonly allowed: readonly string[] }[] = [
    ...(trusted.licences ? [{ by: 'floor', allowed: trusted.licences } as const] : []),
    ...(own ? [{ by: 'criterion', allowed: own } as const] : []),
  ]
  const model = licence === undefined ? undefined : licenceOf(licence)
  const unlisted: readonly LineageLack[] = lists.length === 0 ? [{ what: 'no_list', of: 'licences' }] : []
  return [
    ...unlisted,
    ...(model === undefined ? [unnamed('model', '', licence)] : []),
    ...bases.flatMap(({ name: base, licence: written, same }) => {
      const found = written === undefined ? undefined : licenceOf(written)
      if (found === undefined) return [unnamed('base', base, written)]
      const refusing = lists.find(({ allowed }) => !isAllowed(found, allowed))
      return [
        ...(refusing ? [{ what: 'licence', base, licence: found.text, ...refusing } as const] : []),
        ...together(model, found, same ? 'same' : 'base', base),
      ]
    }),
    ...trained.flatMap(({ name, licence: written }) => {
      const found = written === undefined ? undefined : licenceOf(written)
      return found === undefined
        ? [unnamed('dataset', name, written)]
        : together(model, found, 'dataset', name)
    }),
  ]
}

/** No licence, and what names none that could be looked at. */
function unnamed(of: 'base' | 'dataset' | 'model', name: string, written: string | undefined): LineageLack {
  return written === undefined
    ? { what: 'no_licence', of, name }
    : { what: 'unknown_licence', of, name, licence: written }
}

function together(
  model: Licence | undefined,
  other: Licence,
  made: Made,
  name: string,
): readonly LineageLack[] {
  // That the model has none is said once.
  if (model === undefined) return []
  const found = compatible(model, other, made)
  if (found.kind === 'compatible') return []
  const of = made === 'dataset' ? made : 'base'
  const { kind: what, restriction } = found
  return [
    { ...{ what, of, name, licence: other.text, model: model.text }, ...(restriction && { restriction }) },
  ]
}
