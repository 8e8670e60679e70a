import type { Answer } from '../core/answer.ts'
import type { EvidenceRecord } from '../core/record.ts'

/** What each record comes to, in the order of their files. */
export function judgedEach(
  records: readonly EvidenceRecord[],
  judge: (record: EvidenceRecord) => Answer,
): readonly { readonly path: string; readonly answer: Answer }[] {
  return records
    .map((one) => ({ path: one.source.path, answer: judge(one) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

type Judged = ReturnType<typeof judgedEach>

/** Of several records of a kind each must hold: what the first that does not comes to, what is unmet before what is undecided. */
export function worstOf(record: string, judged: Judged): Answer {
  const answers = judged.map(({ answer }) => answer)
  const failing = answers.filter(({ outcome }) => outcome !== 'met')
  const [worst = failing[0]] = failing.filter(({ outcome }) => outcome === 'unmet')
  if (worst !== undefined) return worst
  const each = answers.flatMap((answer) => (answer.code === 'record_holds' ? [answer] : []))
  const [only, second] = each
  if (only === undefined || each.length < answers.length)
    return { code: 'no_record', outcome: 'undecided', record }
  return second === undefined ? only : { code: 'records_hold', outcome: 'met', record, each }
}

/** The same of records that a release may have any number of: with one that does not hold those that do without it. */
export function answerEach(record: string, judged: Judged): Answer {
  const worst = worstOf(record, judged)
  const holding = judged.flatMap(({ path, answer }) => (answer.outcome === 'met' ? [path] : []))
  if (worst.outcome === 'met' || holding.length === 0 || !('path' in worst && 'record' in worst)) return worst
  return { ...worst, holding }
}
