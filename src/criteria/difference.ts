import type { Deviation, FieldChange } from '../core/deviation.ts'
import { overall } from '../core/deviation.ts'
import type { Criteria } from './criteria.ts'
import { changesOf, everythingOf, meaningOf } from './difference-criterion.ts'
import { settingChanges } from './difference-settings.ts'

type Criterion = Criteria['criteria'][number]

/**
 * What another version of a criteria file asks more, less or otherwise: by id in order, settings first.
 * What is called tightened or reworded is softer for no evidence; what can't be compared is called changed.
 * An id that is gone while another asks the very same is renamed, which is no loosening by itself.
 */
export function difference(before: Criteria | undefined, after: Criteria | undefined): readonly Deviation[] {
  const [old, young] = [byId(before), byId(after)]
  const renamed = renamings(old, young)
  const moved = new Set(renamed.values())
  const ids = [...new Set([...old.keys(), ...young.keys()])].toSorted()
  const criteria = ids.flatMap((criterion): readonly Deviation[] => {
    const [one, other] = [old.get(criterion), young.get(criterion)]
    if (other === undefined) {
      if (one === undefined || moved.has(criterion)) return []
      return [{ criterion, change: 'removed', fields: everythingOf(one, 'before') }]
    }
    if (one !== undefined) return deviation(criterion, changesOf(one, other))
    const from = renamed.get(criterion)
    const earlier = from === undefined ? undefined : old.get(from)
    if (from === undefined || earlier === undefined)
      return [{ criterion, change: 'added', fields: everythingOf(other, 'after') }]
    return [{ criterion, change: 'reworded', renamed: from, fields: changesOf(earlier, other) }]
  })
  // Where a whole file comes or goes, its settings say nothing that its criteria do not.
  if (before === undefined || after === undefined) return criteria
  const settings = [...settingChanges(before, after)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [...settings.flatMap(([key, fields]) => deviation(`(${key})`, fields)), ...criteria]
}

function deviation(criterion: string, fields: readonly FieldChange[]): readonly Deviation[] {
  const change = overall(fields.map(({ effect }) => effect))
  return change === undefined ? [] : [{ criterion, change, fields }]
}

function byId(criteria: Criteria | undefined): ReadonlyMap<string, Criterion> {
  return new Map((criteria?.criteria ?? []).map((criterion) => [criterion.id, criterion]))
}

/** Of ids that are new, the one that is gone and asked the very same; each is taken once. */
function renamings(
  old: ReadonlyMap<string, Criterion>,
  young: ReadonlyMap<string, Criterion>,
): ReadonlyMap<string, string> {
  const gone = [...old].filter(([id]) => !young.has(id))
  const come = [...young].filter(([id]) => !old.has(id))
  const byMeaning = Map.groupBy(gone, ([, criterion]) => meaningOf(criterion))
  return new Map(
    come.flatMap(([id, criterion]) => {
      const [from] = byMeaning.get(meaningOf(criterion))?.shift() ?? []
      return from === undefined ? [] : [[id, from] as const]
    }),
  )
}
