import type { Collector } from './collect.ts'
import { nameOf } from './llm-results.ts'
import { type Fields, isFields, isNumber } from './narrow.ts'

type Keys = readonly (string | number)[]

/** One metric of one test case, or of a turn in a conversation; without `result` it was not evaluated. */
export type Entry = {
  readonly name: string
  readonly result?: { readonly score: number; readonly success: boolean }
  readonly threshold?: number
  readonly judge?: string
  /** It decides over no test case. */
  readonly flaky: boolean
  /** Which test case it is of. */
  readonly cluster: number
}

export type Case = { readonly success: unknown; readonly entries: readonly Entry[] }

/** Single questions and whole conversations, in the order of the file. */
export function casesOf(run: Fields, keys: Keys, found: Collector): readonly Case[] {
  let cluster = 0
  return ['testCases', 'conversationalTestCases'].flatMap((key) =>
    listed(run[key]).flatMap((one, index) => {
      const at = [...keys, key, index]
      if (!isFields(one)) {
        found.malformed(at, 'a test case')
        return []
      }
      cluster += 1
      const turns = listed(one.turns).filter(isFields)
      const rows = [one, ...turns].flatMap((holder) => [
        ...listed(holder.metricsData),
        ...listed(holder.metricsMetadata),
      ])
      const entries = rows.flatMap((row) => {
        const entry = isFields(row) ? entryOf(row, cluster) : undefined
        if (!entry) found.malformed(at, 'metrics with a name')
        return entry ? [entry] : []
      })
      return [{ success: one.success, entries }]
    }),
  )
}

/** `metric` and `minimumScore` before version 0.21. */
function entryOf(row: Fields, cluster: number): Entry | undefined {
  const name = nameOf(row.name ?? row.metric)
  if (name === undefined) return undefined
  const { score, error } = row
  const threshold = row.threshold ?? row.minimumScore
  const success =
    row.success ?? (isNumber(score) && isNumber(row.minimumScore) ? score >= row.minimumScore : undefined)
  const failed = error !== undefined && error !== null && error !== ''
  const judge = nameOf(row.evaluationModel)
  return {
    name,
    cluster,
    flaky: row.flaky === true,
    ...(!failed && isNumber(score) && typeof success === 'boolean' ? { result: { score, success } } : {}),
    ...(isNumber(threshold) ? { threshold } : {}),
    ...(judge === undefined ? {} : { judge }),
  }
}

/** Whether a case passed all that decides; undefined where it failed nothing and not all of it was evaluated. */
export function passedOf({ entries }: Case): boolean | undefined {
  const deciding = entries.filter(({ flaky }) => !flaky)
  if (deciding.some(({ result }) => result?.success === false)) return false
  return deciding.length > 0 && deciding.every(({ result }) => result) ? true : undefined
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
