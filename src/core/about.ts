import type { Answer } from './answer.ts'
import type { Measurement } from './measurement.ts'

/** A dataset that an answer is about, and where its measurement was read. */
export type About = { readonly dataset: string; readonly path?: string }

/** The datasets that an answer is about, one for each measurement or member. */
export function aboutIn(answer: Answer): readonly About[] {
  if ('members' in answer) return answer.members.flatMap((member) => aboutIn(member.answer))
  if ('answer' in answer) return aboutIn(answer.answer)
  const observed: Measurement | undefined =
    'observed' in answer ? answer.observed : 'gaps' in answer ? answer.gaps[0]?.measured[0] : undefined
  if (observed !== undefined) {
    const { labels, source } = observed
    return Object.hasOwn(labels, 'dataset') && labels.dataset !== undefined
      ? [{ dataset: labels.dataset, path: source.path }]
      : []
  }
  return 'dataset' in answer ? [{ dataset: answer.dataset }] : []
}
