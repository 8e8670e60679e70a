import type { PairedRows } from '../../core/paired.ts'
import type { Fault, Problem } from '../../core/problem.ts'
import type { UnpairedWhy } from '../../core/rows-fault.ts'
import { type Engine, ROWS_LIMITS, type RowsContent, RowsError, type RowsLimits, withRows } from './engine.ts'
import { pairFigures } from './pair-figures.ts'
import { differSql, namesSql, pairsSql, type Side, sideSql } from './pair-sql.ts'
import { nameOf, type RowsPlan } from './plan.ts'
import { countIn } from './read.ts'
import type { Coded, Counted } from './tally.ts'

/** Rows of one model, how they are read, and how they are called among the evidence. */
export type PairedFile = {
  readonly content: RowsContent
  readonly plan: RowsPlan & { readonly id: string }
  readonly path: string
  readonly sha: string
}

export type PairedReading = { readonly pairs: readonly PairedRows[]; readonly problems: readonly Problem[] }

/**
 * The rows of two models on the same samples, each found in the other file by its name and never by its place. A
 * sample that is not in both, is there twice, or has another truth in each is a problem, and then nothing is paired.
 * Files that cannot be counted by themselves are not paired: their own problems say why.
 */
export async function pairRows(
  one: PairedFile,
  other: PairedFile,
  limits: RowsLimits = ROWS_LIMITS,
): Promise<PairedReading> {
  try {
    return await withRows([one.content, other.content], (engine) => paired(engine, one, other), limits)
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    return { pairs: [], problems: [{ path: one.path, code: 'bad_rows', flaw: error.flaw }] }
  }
}

async function paired(engine: Engine, one: PairedFile, other: PairedFile): Promise<PairedReading> {
  const shared = one.plan.groups.filter((group) => other.plan.groups.includes(group))
  const files = [one, other].map((file) => ({ ...file, plan: { ...file.plan, groups: shared } }))
  const counted: Counted[] = []
  for (const [index, { content, plan }] of files.entries()) {
    const found = await countIn(engine, { index, view: `rows${index}` }, content, plan)
    if ('faults' in found) return { pairs: [], problems: [] }
    counted.push(found)
  }
  const [own, others] = counted
  if (own === undefined || others === undefined) return { pairs: [], problems: [] }
  await intoTables(engine, [one.plan, other.plan], [own, others], shared)
  const unnamed = [...(await nameFaults(engine, 0, one)), ...(await nameFaults(engine, 1, other))]
  if (unnamed.length > 0) return { pairs: [], problems: unnamed }
  const differing = await differences(engine, one, other, shared)
  if (differing.length > 0) return { pairs: [], problems: differing }
  await engine.run(pairsSql(shared, one.plan.cluster === undefined ? 1 : 0))
  const figures = await pairFigures(engine, [{ ...one.plan, groups: shared }, other.plan], [own, others])
  return { pairs: [{ against: { path: other.path, sha: other.sha }, figures }], problems: [] }
}

/** Both files with the same numbers for the same classes and groups. */
async function intoTables(
  engine: Engine,
  plans: readonly [RowsPlan, RowsPlan],
  both: readonly [Counted, Counted],
  groups: readonly string[],
): Promise<void> {
  const named = (of: (counted: Counted) => Coded): readonly string[] =>
    [...new Set(both.flatMap((counted) => of(counted).raw.map(nameOf)))].toSorted()
  const classes = [
    ...new Set([...named(({ labels }) => labels), ...named(({ predictions }) => predictions)]),
  ].toSorted()
  const groupNames = groups.map((_, index) => named((counted) => counted.groups[index] ?? NONE))
  for (const side of [0, 1] as const) {
    const { labels, predictions, groups: coded, positive, byThreshold } = both[side]
    const values = {
      ...numbered('l', labels.raw, classes),
      ...numbered('p', predictions.raw, classes),
      ...Object.assign(
        {},
        ...coded.map(({ raw }, index) => numbered(`g${index}`, raw, groupNames[index] ?? [])),
      ),
      positive: positive === undefined ? -1 : classes.indexOf(positive.name),
      threshold: plans[side].threshold ?? 0,
    }
    await engine.all(sideSql(side, { ...plans[side], groups }, { byThreshold }), values)
  }
}

const NONE: Coded = { raw: [], numbers: [] }

function numbered(name: string, raw: readonly string[], names: readonly string[]) {
  return { [name]: raw, [`${name}n`]: raw.map((value) => names.indexOf(nameOf(value))) }
}

async function nameFaults(engine: Engine, side: Side, file: PairedFile): Promise<readonly Problem[]> {
  const [row] = await engine.all(namesSql(side))
  const fault = (flaw: 'missing' | 'id_twice', rows: number): readonly Problem[] =>
    rows === 0 ? [] : [{ path: file.path, code: 'bad_rows', flaw, named: file.plan.id, rows }]
  return [...fault('missing', Number(row?.unnamed)), ...fault('id_twice', Number(row?.again))]
}

async function differences(
  engine: Engine,
  one: PairedFile,
  other: PairedFile,
  shared: readonly string[],
): Promise<readonly Problem[]> {
  const inBoth = (column: string, of: 'label' | 'cluster') => {
    const [named, there] = [one.plan[of], other.plan[of]]
    return named === undefined || there === undefined ? [] : [{ column, named }]
  }
  const said = [
    ...inBoth('l', 'label'),
    ...inBoth('k', 'cluster'),
    ...shared.map((named, index) => ({ column: `g${index}`, named })),
  ]
  const [row] = await engine.all(differSql(said.map(({ column }) => column)))
  const fault = (why: UnpairedWhy, named: string, rows: unknown): readonly Problem[] => {
    const fact: Fault = { code: 'rows_unpaired', why, named, rows: Number(rows), other: other.path }
    return Number(rows) === 0 ? [] : [{ path: one.path, ...fact }]
  }
  return [
    ...fault('only_here', one.plan.id, row?.here),
    ...fault('only_there', one.plan.id, row?.there),
    ...said.flatMap(({ column, named }) => fault('differ', named, row?.[`differ_${column}`])),
  ]
}
