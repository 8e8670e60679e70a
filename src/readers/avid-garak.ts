import { pluginOf } from './garak-run.ts'
import { countOf } from './llm-results.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'

/** One probe and detector of a report that garak wrote, and where it stands in `results`. */
export type GarakRow = {
  readonly keys: readonly (string | number)[]
  readonly detector?: string
  readonly passed?: number
  readonly total?: number
  /** Percent of what passed. */
  readonly score: unknown
}

/** Rows as a list, or as columns of a table by row (`DataFrame.to_dict`); none where the results are no table of garak. */
export function garakRows(results: Fields): readonly GarakRow[] {
  const { rows, detector } = results
  if (Array.isArray(rows)) return rows.map((row, index) => rowFrom(isFields(row) ? row : {}, ['rows', index]))
  if (!isFields(detector)) return []
  const columns = ['detector', 'passed', 'total_evaluated', 'total', 'score']
  return Object.keys(detector).map((key) =>
    rowFrom(Object.fromEntries(columns.map((column) => [column, fieldsAt(results, column)[key]])), []),
  )
}

function rowFrom(row: Fields, keys: GarakRow['keys']): GarakRow {
  const detector = pluginOf(row.detector)
  const [passed, total] = [countOf(row.passed), countOf(row.total_evaluated ?? row.total)]
  return {
    keys,
    ...(detector === undefined ? {} : { detector }),
    ...(passed === undefined ? {} : { passed }),
    ...(total === undefined ? {} : { total }),
    score: row.score,
  }
}

/** The probe that garak names in the sentence it writes, and nowhere else. */
export function probeOf(report: Fields): string | undefined {
  const text = fieldsAt(fieldsAt(report, 'problemtype'), 'description').value
  const [, probe] = typeof text === 'string' ? (/ using the probe `([\w.]{1,100})`\./.exec(text) ?? []) : []
  return pluginOf(probe)
}
