import type { Fault } from '../../core/problem.ts'
import { suggest } from '../../core/suggest.ts'
import type { Row } from './engine.ts'
import type { Shape } from './shape.ts'
import type { Places } from './sql.ts'

/** The names of a file's columns in order, from what `headerSql` gives; of Parquet only the outermost. */
export function namesIn(header: readonly Row[], { kind }: Shape): readonly string[] {
  if (kind === 'csv') return Object.values(header[0] ?? {}).map((name) => String(name ?? ''))
  const [root, ...nodes] = header
  const names: string[] = []
  // The tree is written depth first: what belongs to another is passed over.
  const open: number[] = [Number(root?.children ?? 0)]
  for (const { name, children } of nodes) {
    while (open.length > 1 && open.at(-1) === 0) open.pop()
    if (open.length === 1) names.push(String(name))
    open[open.length - 1] = (open.at(-1) ?? 0) - 1
    if (Number(children) > 0) open.push(Number(children))
  }
  return names
}

/** Where the wanted columns are; one that is missing, or is there twice, is a fault. */
export function placesOf(
  wanted: readonly string[],
  names: readonly string[],
): { readonly places: Places; readonly faults: readonly Fault[] } {
  const faults = wanted.flatMap((named): readonly Fault[] => {
    const times = names.filter((name) => name === named).length
    if (times === 1) return []
    if (times > 1) return [{ code: 'bad_rows', flaw: 'column_twice', named }]
    const found = names.slice(0, 10).map((name) => name.slice(0, 100))
    const suggestion = suggest(named, names)?.slice(0, 100)
    return [
      {
        ...{ code: 'bad_rows', flaw: 'no_column', named, found },
        ...(suggestion !== undefined && { suggestion }),
      },
    ]
  })
  return { places: new Map(wanted.map((name) => [name, names.indexOf(name)])), faults }
}
