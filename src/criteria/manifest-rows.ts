import type { z } from 'zod'
import type { Evidence } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import type { Parsed } from '../text/parsed.ts'
import type { ArtifactEvidence, FileEvidence, RowsEntry } from './manifest-entries.ts'

/** Which column of a file of rows is what, as the manifest says it. */
export type RowsColumns = {
  readonly label?: string
  readonly prediction?: string
  readonly score?: string
  readonly groups: readonly string[]
  readonly cluster?: string
  /** Names the sample, so that a row can be found in the rows of another model. */
  readonly id?: string
  /** Columns of numbers by the metric that they are. */
  readonly values: Readonly<Record<string, string>>
}

type Rows = z.infer<typeof RowsEntry>
type Entry = string | z.infer<typeof FileEvidence> | z.infer<typeof ArtifactEvidence> | Rows

/** What an entry with rows says of its file, wherever that lies. */
export function rowsOf({ dataset, about = 'candidate', ...entry }: Rows): {
  readonly dataset: string
  readonly about: Evidence['about']
  readonly rows: RowsColumns
} {
  const { label, prediction, score, groups = [], cluster, id, values = {} } = entry
  return {
    dataset,
    about,
    rows: {
      ...(label !== undefined && { label }),
      ...(prediction !== undefined && { prediction }),
      ...(score !== undefined && { score }),
      groups: [...new Set(groups)],
      ...(cluster !== undefined && { cluster }),
      ...(id !== undefined && { id }),
      values,
    },
  }
}

/** Labels that say how something was measured: a column of the same name would hide them. */
export const OWN_LABELS: readonly string[] = [
  ...['dataset', 'dataset_sha256', 'dataset_md5', 'threshold', 'positive', 'aggregate'],
  ...['outcome', 'file', 'format'],
]

/** What can't be read of rows, whatever is in them. */
export function rowsFaults(evidence: readonly Entry[], parsed: Parsed, path: string): readonly Problem[] {
  return evidence.flatMap((entry, index): readonly Problem[] => {
    if (typeof entry === 'string' || !('rows' in entry)) return []
    const at = (...keys: readonly (string | number)[]) => ({
      path,
      ...parsed.at(['evidence', index, ...keys]),
    })
    const half = entry.artifact === undefined ? 'artifact' : 'workflow'
    const alone = (entry.artifact === undefined) !== (entry.workflow === undefined)
    const { prediction, score, groups = [], values = {}, id, dataset, about } = entry
    const isOther = (one: Rows) => (one.about ?? 'candidate') !== (about ?? 'candidate')
    const beside = evidence.some(
      (one) =>
        typeof one !== 'string' &&
        'rows' in one &&
        one.dataset === dataset &&
        one.id !== undefined &&
        isOther(one),
    )
    const nothing = prediction === undefined && score === undefined && Object.keys(values).length === 0
    const own = groups.flatMap((group, at): readonly (readonly [string, string])[] =>
      OWN_LABELS.includes(group) ? [[`groups.${at}`, group]] : [],
    )
    return [
      ...(alone ? [{ ...at(), code: 'missing_key', key: half } as const] : []),
      ...(nothing ? [{ ...at(), code: 'missing_key', key: 'prediction' } as const] : []),
      // Half a pair would be compared as two samples, and nobody would know why.
      ...(id === undefined && beside ? [{ ...at(), code: 'missing_key', key: 'id' } as const] : []),
      ...own.map(([key, found]) => {
        const wanted = "a column that is not called like one of gonogo's own labels"
        return {
          ...at('groups'),
          code: 'wrong_value',
          at: `evidence.${index}.${key}`,
          found,
          wanted,
        } as const
      }),
    ]
  })
}
