import { saysNothing } from './placeholders.ts'

/** A number that stands in a document's table beside the name of what was measured. */
export type Stated = {
  readonly name: string
  readonly value: number
  /** Half of the last digit that was written, in the unit of the value. */
  readonly rounding: number
  readonly percent: boolean
  readonly line: number
  /** The part of the data that the row names, such as a group. */
  readonly of?: string
  /** What else the row says, by column: a part too where the column is one of groups; a cell of all is empty. */
  readonly beside?: readonly Beside[]
  /** It is stated of this model only where one of those beside is a part of the data: else models may be compared. */
  readonly compared?: true
}

/** A cell and the head of its column. */
export type Beside = { readonly column: string; readonly cell: string }

/** So many numbers of one document are kept. */
const MOST = 500
const MOST_COLUMNS = 50

const NAMES = /^(?:metrics?|measures?|evaluation metrics?)$/i
const VALUES = /^(?:values?|results?|scores?|estimates?|overall)$/i
const ALL = /^(?:all|overall|total|whole|everybody|everyone|average|mean)$/i
/** A name of a part is shown and compared, and no longer. */
const MOST_LETTERS = 100
const MOST_BESIDE = 5
const PARTS = /^(?:groups?|slices?|class(?:es)?|data ?sets?|splits?|subsets?|segments?|subgroups?)$/i

/**
 * What the tables of a Markdown text state: a row for each metric with one column of values, or a column for each
 * metric with one row, or with a row for each part of the data. A table that compares models states nothing of this
 * one. `isMetric` says which names are metrics.
 */
export function statedIn(text: string, isMetric: (name: string) => boolean): readonly Stated[] {
  return tablesOf(text)
    .flatMap((table) => statedBy(table, isMetric))
    .slice(0, MOST)
}

/** A question of a table and the answer beside it. */
export type Answered = { readonly question: string; readonly answer: string; readonly line: number }

const QUESTIONS = /^(?:fields?|questions?|topics?|items?)\s?:?$/i
const DESCRIPTIONS = /^descriptions?\s?:?$/i
const ANSWERS = /^(?:responses?|answers?)\s?:?$/i
const MOST_ANSWERS = 1000

/** The rows of tables with a question and its answer, as cards of NVIDIA have them. */
export function answersIn(text: string): readonly Answered[] {
  return tablesOf(text)
    .filter(isOfAnswers)
    .flatMap(({ rows }) =>
      rows.map(({ cells: [question = '', answer = ''], line }) => ({ question, answer, line })),
    )
    .filter(({ question }) => question !== '')
    .slice(0, MOST_ANSWERS)
}

/**
 * A text in which tables of questions and answers are only their answers, each on the line of its row: questions are
 * those of a form. An answer that says nothing is left out.
 */
export function onlyAnswers(text: string): string {
  const tables = tablesOf(text).filter(isOfAnswers)
  if (tables.length === 0) return text
  const lines = text.split('\n')
  for (const { line, rows } of tables) {
    lines[line - 1] = ''
    lines[line] = ''
    for (const { cells, line: at } of rows) {
      const said = cells.slice(1).filter((cell) => cell !== '' && !saysNothing(cell))
      // No answer may begin a block of its own, such as a heading.
      lines[at - 1] = said.length === 0 ? '' : `| ${said.join(' ')}`
    }
  }
  return lines.join('\n')
}

function isOfAnswers({ header: [one = '', two = ''] }: Table): boolean {
  return ANSWERS.test(two) || (QUESTIONS.test(one) && DESCRIPTIONS.test(two))
}

type Row = { readonly cells: readonly string[]; readonly line: number }
/** `line` is that of its header. */
type Table = { readonly header: readonly string[]; readonly line: number; readonly rows: readonly Row[] }

type Open = { readonly header: readonly string[]; readonly line: number; readonly rows: Row[] }

function tablesOf(text: string): readonly Table[] {
  const lines = text.split(/\r?\n/)
  const tables: Open[] = []
  let [fence, open]: [string | undefined, Open | undefined] = [undefined, undefined]
  for (const [index, line] of lines.entries()) {
    const mark = /^ {0,3}(```+|~~~+)/.exec(line)?.[1]
    if (mark !== undefined && (fence === undefined || mark.startsWith(fence))) {
      fence = fence === undefined ? mark : undefined
      open = undefined
      continue
    }
    if (fence !== undefined || !line.includes('|')) {
      open = undefined
      continue
    }
    if (open !== undefined) open.rows.push({ cells: cellsOf(line), line: index + 1 })
    else if (isDivider(lines[index + 1] ?? '')) {
      open = { header: cellsOf(line), line: index + 1, rows: [] }
      tables.push(open)
    }
  }
  return tables.map(({ rows, ...table }) => ({ ...table, rows: rows.slice(1) }))
}

function isDivider(line: string): boolean {
  const cells = cellsOf(line)
  return line.includes('-') && cells.length > 1 && cells.every((cell) => /^:?-+:?$/.test(cell))
}

function cellsOf(line: string): readonly string[] {
  const quoted = /^(?:\s*>)*/.exec(line)?.[0].length ?? 0
  const inner = line.slice(quoted, 10_000).trim().replace(/^\|/, '').replace(/\|$/, '')
  return inner
    .split('|')
    .slice(0, MOST_COLUMNS)
    .map((cell) => cell.replaceAll(EMPHASIS, '').trim())
}

/** An underscore within a word is a part of it, as in `f1_score`. */
const EMPHASIS =
  /[*`]{1,3}(?=\S)|(?<=\S)[*`]{1,3}|(?<![\p{L}\p{N}_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\p{L}\p{N}_])/gu

function statedBy(table: Table, isMetric: (name: string) => boolean): readonly Stated[] {
  const { header, rows } = table
  const [first = ''] = header
  const isNumbers = (column: number) =>
    column > 0 || (rows.length > 0 && rows.every(({ cells: [cell] }) => numberIn(cell) !== undefined))
  const named = header.flatMap((cell, column) =>
    isMetric(nameOf(cell)) && isNumbers(column) ? [{ name: nameOf(cell), column }] : [],
  )
  if (named.length > 0) {
    const columns = named.map(({ column }) => column)
    const isOwn = rows.length === 1 || PARTS.test(first)
    return rows.flatMap((row) =>
      named.flatMap(({ name, column }) => stated(name, row, column, { header, not: columns, isOwn })),
    )
  }
  const at = Math.max(
    0,
    header.findIndex((cell) => NAMES.test(cell)),
  )
  const isList = NAMES.test(header[at] ?? '') || rows.some(({ cells: [name = ''] }) => isMetric(nameOf(name)))
  if (!isList || header.filter((cell) => VALUES.test(cell)).length > 1) return []
  const column = header.length === 2 ? 1 - at : header.findIndex((cell) => VALUES.test(cell))
  return rows.flatMap((row): readonly Stated[] => {
    const name = nameOf(row.cells[at] ?? '')
    if (!isMetric(name)) return []
    if (column !== -1) return stated(name, row, column, { header, not: [at, column], isOwn: at === 0 })
    // A column for each part of the data, or for each model.
    return header.flatMap((cell, index) =>
      index === at
        ? []
        : stated(name, row, index, { header, not: header.keys().toArray(), isOwn: false }, [
            { column: first, cell },
          ]),
    )
  })
}

/** A metric as people write it: `F1 (macro)` is something else than `F1`, and `Test F1 (%) ↑` is not. */
function nameOf(cell: string): string {
  return cell
    .slice(0, 200)
    .replaceAll(/[↑↓⬆⬇]|\(\s*(?:%|percent|higher is better|lower is better)\s*\)/gi, ' ')
    .trim()
    .toLowerCase()
    .replace(/^(?:test|eval|evaluation|val|validation|holdout)[\s_-]+(?=\S)/, '')
    .replaceAll(/[\s-]+/g, '_')
    .slice(0, 100)
}

const NUMBER = /^[~≈]?\s?([-+]?)(\d{0,12})(?:\.(\d{1,12}))?\s?(%)?(?:\s*(?:±|\+\/-|\(|\[).*)?$/

/** The number at the start of a cell; what stands after it may only be its spread. */
function numberIn(cell = ''): Pick<Stated, 'value' | 'rounding' | 'percent'> | undefined {
  const found = NUMBER.exec(cell)
  if (found === null) return undefined
  const [, sign = '', whole = '', part = '', percent] = found
  if (whole === '' && part === '') return undefined
  const value = Number(`${sign}${whole === '' ? '0' : whole}.${part === '' ? '0' : part}`)
  // A bare 1 or 0 claims all or none, and no half of it.
  const isShare = part === '' && percent === undefined && Math.abs(value) <= 1
  return { value, rounding: isShare ? 0.005 : 0.5 * 10 ** -part.length, percent: percent !== undefined }
}

/** How a table is read: columns that say no part of the data, and whether it is of one model for sure. */
type Reading = {
  readonly header: readonly string[]
  readonly not: readonly number[]
  readonly isOwn: boolean
}

/** What a cell states, and of which part of the data its row says that it is. */
function stated(
  name: string,
  { cells, line }: Row,
  column: number,
  { header, not, isOwn }: Reading,
  more: readonly Beside[] = [],
): readonly Stated[] {
  const number = numberIn(cells[column])
  if (number === undefined) return []
  const partAt = header.findIndex((cell) => PARTS.test(cell))
  const of = partOf(cells[partAt])
  const others = header.flatMap((head, at) =>
    at === partAt || not.includes(at) ? [] : [{ column: head, cell: cells[at] ?? '' }],
  )
  const beside = [...more, ...others]
    .slice(0, MOST_BESIDE)
    .map((one) => ({ column: one.column.slice(0, MOST_LETTERS), cell: partOf(one.cell) }))
  if (!isOwn && beside.length === 0) return []
  return [
    {
      ...{ name, ...number, line },
      ...(of !== '' && { of }),
      ...(beside.length > 0 && { beside }),
      ...(!isOwn && { compared: true as const }),
    },
  ]
}

/** What a cell calls a part of the data; nothing where it is all of them. */
function partOf(cell = ''): string {
  return ALL.test(cell) ? '' : cell.slice(0, MOST_LETTERS)
}
