import type { RowsPlan } from './plan.ts'
import type { Shape } from './shape.ts'

/** Columns of the file that a plan asks for, by their place in it. */
export type Places = ReadonlyMap<string, number>

/** A text, whatever is in it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

const CSV = `delim=',', quote='"', escape='"', comment='', strict_mode=true`

/** The names that a file gives to its columns, in order: one row of a CSV, and rows with `name` of a Parquet. */
export function headerSql(file: string, { kind, gzip }: Shape): string | undefined {
  switch (kind) {
    case 'csv':
      return `SELECT * FROM read_csv(${quoteText(file)}, header=false, skip=0, all_varchar=true, ${CSV}, compression=${quoteText(gzip ? 'gzip' : 'none')}) LIMIT 1`
    case 'parquet':
      return `SELECT name, coalesce(num_children, 0) AS children FROM parquet_schema(${quoteText(file)})`
    // Each line has its own.
    case 'jsonl':
      return undefined
  }
}

/** What the engine's readers call a file that is not packed. */
const PLAIN = { csv: 'none', jsonl: 'uncompressed', parquet: '' } as const

/** The first of a file's JSON lines, as `json`. */
export function firstSql(file: string, { gzip }: Shape): string {
  const packed = `compression=${quoteText(gzip ? 'gzip' : PLAIN.jsonl)}`
  return `SELECT CAST(json AS VARCHAR) AS json FROM read_json_objects(${quoteText(file)}, format='newline_delimited', ${packed}) LIMIT 1`
}

/** The rows of a file with columns `c0`, `c1` … by place; of JSON lines those that are asked for. */
export function fileSql(file: string, { kind, gzip }: Shape, names: readonly string[]): string {
  const path = quoteText(file)
  const packed = `compression=${quoteText(gzip ? 'gzip' : PLAIN[kind])}`
  const places = names.map((_, index) => `c${index}`)
  switch (kind) {
    case 'csv': {
      const columns = places.map((place) => `${place}: 'VARCHAR'`).join(', ')
      return `read_csv(${path}, auto_detect=false, header=false, skip=1, ${CSV}, ${packed}, columns={${columns}})`
    }
    case 'jsonl': {
      const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ')
      return `read_json(${path}, format='newline_delimited', ${packed}, columns={${columns}}) AS file(${places.join(', ')})`
    }
    case 'parquet':
      return `read_parquet(${path}) AS file(${places.join(', ')})`
  }
}

/** The rows as a view of a name: `l` truth, `p` answer, `s` score, `k` cluster, `i` sample, `g0` … groups, `v0` … numbers. */
export function viewSql(view: string, source: string, plan: RowsPlan, places: Places): string {
  const { label, prediction, score, cluster, id, groups } = plan
  const at = (name: string | undefined) => (name === undefined ? 'NULL' : `c${places.get(name) ?? 'none'}`)
  const number = (name: string | undefined) => `TRY_CAST(${at(name)} AS DOUBLE)`
  const columns = [
    `${at(label)} AS l`,
    `${at(prediction)} AS p`,
    `${number(score)} AS s`,
    `${at(cluster)} AS k`,
    `${at(id)} AS i`,
    ...groups.map((name, index) => `${at(name)} AS g${index}`),
    ...Object.values(plan.values).map((name, index) => `${number(name)} AS v${index}`),
  ]
  return `CREATE TEMP VIEW ${view} AS SELECT ${columns.join(', ')} FROM ${source}`
}

/** More classes and groups than this together are none. */
export const MOST_CELLS = 20_000

/**
 * How many rows there are of each class, answer and group, as they stand in the file, and of how many of them
 * score, cluster or numbers are not as they must be.
 */
export function countsSql({ score, threshold, cluster, groups, values }: RowsPlan, view = 'rows'): string {
  const groupColumns = groups.map((_, index) => `g${index}`)
  const above = score === undefined || threshold === undefined ? 'NULL' : 's >= $threshold'
  const keys = ['l', 'p', 'above', ...groupColumns]
  const numbers = Object.keys(values).map(
    (_, index) => `count(*) FILTER (v${index} IS NULL OR NOT isfinite(v${index})) AS bad${index}`,
  )
  const counts = [
    'count(*) AS n',
    `${score === undefined ? '0' : 'count(*) FILTER (s IS NULL OR NOT (s BETWEEN 0 AND 1))'} AS unscored`,
    `${cluster === undefined ? '0' : 'count(*) FILTER (k IS NULL)'} AS loose`,
    ...numbers,
  ]
  const inner = `SELECT l, p, ${above} AS above, ${[...groupColumns, ...counts].join(', ')} FROM ${view} GROUP BY ${keys.join(', ')}`
  const texts = ['l', 'p', ...groupColumns].map((key) => `CAST(${key} AS VARCHAR) AS ${key}`)
  const rest = ['above', 'n', 'unscored', 'loose', ...numbers.map((_, index) => `bad${index}`)]
  return `SELECT ${[...texts, ...rest].join(', ')} FROM (${inner}) LIMIT ${MOST_CELLS + 1}`
}

/** A class or group by its number: `$g0` are the values as they stand in the file, `$g0n` their numbers. */
export function numberOf(column: string): string {
  return `list_extract($${column}n, list_position($${column}, CAST(${column} AS VARCHAR)))`
}

/**
 * A column of numbers from the lowest to the highest, and a key for each that says whether its truth is positive and
 * of which groups it is (`keyOf`); `sizes` are how many groups each column has.
 */
export function sortedSql(column: string, sizes: readonly number[], labelled: boolean): string {
  const groups = sizes.reduce((all, size, index) => `(${all} * ${size} + ${numberOf(`g${index}`)})`, '0')
  const truth = labelled ? `CASE WHEN ${numberOf('l')} = $positive THEN 1 ELSE 0 END` : '0'
  return `SELECT ${column} AS x, CAST(${groups} * 2 + ${truth} AS DOUBLE) AS key FROM rows ORDER BY x`
}

/** The numbers of a row's groups out of its key. */
export function groupsOf(key: number, sizes: readonly number[]): readonly number[] {
  let rest = Math.floor(key / 2)
  return sizes
    .toReversed()
    .map((size) => {
      const number = rest % size
      rest = Math.floor(rest / size)
      return number
    })
    .toReversed()
}
