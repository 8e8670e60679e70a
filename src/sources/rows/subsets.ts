import { type RowsPlan, subsetsOf } from './plan.ts'
import { numberOf } from './sql.ts'
import type { Tally } from './tally.ts'

/** Subsets that are divided by the same columns: the tallies of one, and what a row's is called in SQL. */
export type Family = {
  readonly columns: readonly number[]
  readonly tallies: readonly Tally[]
  /** The place of a row's subset among all that these columns could make, from 1 on. */
  readonly place: string
}

/** The subsets of a plan by what divides them. `sizes` are how many groups each column has. */
export function familiesOf(
  plan: RowsPlan,
  tallies: readonly Tally[],
  sizes: readonly number[],
): readonly Family[] {
  return subsetsOf(plan.groups).map((columns) => ({
    columns,
    tallies: tallies.filter(
      ({ groups }) =>
        groups.length === columns.length && groups.every(([column], index) => column === columns[index]),
    ),
    place: `${columns.reduce((all, column) => `(${all} * ${sizes[column] ?? 0} + g${column})`, '0')} + 1`,
  }))
}

/** The place of a tally's own subset. */
export function placeOf({ groups }: Tally, sizes: readonly number[]): number {
  return groups.reduce((all, [column, group]) => all * (sizes[column] ?? 0) + group, 0) + 1
}

/** Columns `g0` … that hold the numbers of groups. */
export function groupNumbers(plan: RowsPlan): readonly string[] {
  return plan.groups.map((_, index) => `CAST(${numberOf(`g${index}`)} AS INTEGER) AS g${index}`)
}

/** Whether the truth is positive, as 1 or 0. */
export function truthOf(plan: RowsPlan): string {
  return plan.label === undefined ? '0' : `CASE WHEN ${numberOf('l')} = $positive THEN 1 ELSE 0 END`
}
