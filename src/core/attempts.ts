import { aboutIn } from './about.ts'
import type { Answer } from './answer.ts'
import { examKey } from './exam.ts'
import type { ModelVerdict } from './verdict.ts'

/**
 * The exams, by key, that a release was measured on with everything that was asked: the evaluations that count as an
 * attempt at them. One that is not complete, or not of the exam that it names, is none.
 */
export function examsMeasured({
  findings,
  datasets,
}: Pick<ModelVerdict, 'findings' | 'datasets'>): readonly string[] {
  const names = new Set(findings.flatMap(({ answer }) => measuredIn(answer)))
  const keys = datasets.flatMap(({ name, digest }) =>
    names.has(name) && digest !== undefined ? [examKey(name, digest)] : [],
  )
  return [...new Set(keys)].toSorted()
}

function measuredIn(answer: Answer): readonly string[] {
  if ('members' in answer) return answer.members.flatMap((member) => measuredIn(member.answer))
  return COUNTS.has(answer.code) ? aboutIn(answer).map(({ dataset }) => dataset) : []
}

/** What says how well a whole exam was passed, or could not be told only for want of certainty. */
const COUNTS: ReadonlySet<Answer['code']> = new Set<Answer['code']>([
  ...(['within_bound', 'beyond_bound', 'not_shown', 'nothing_shown'] as const),
  ...([
    'difference_within',
    'difference_beyond',
    'difference_not_shown',
    'difference_nothing_shown',
  ] as const),
  ...(['gap_within', 'gap_beyond', 'gap_not_shown', 'gap_nothing_shown'] as const),
  ...(['suite_passed', 'suite_failed', 'attempts_spent'] as const),
])
