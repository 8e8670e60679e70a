import { type Deviation, looser } from '../core/deviation.ts'
import { bullet, type Terminal } from './columns.ts'
import { deviationSentences } from './deviation-lines.ts'
import { plain } from './sentence.ts'
import { deviationWords } from './words-difference.ts'

/** What a difference comes to. */
export type Result = 'same' | 'stricter' | 'looser'

const SAYS: { readonly [R in Result]: string } = {
  same: 'the same: nothing that is asked differs',
  stricter: 'stricter: nothing that was asked is asked less',
  looser: 'looser: something that was asked is asked less, no more, or can’t be compared',
}
const STYLES = { same: 'dim', stricter: 'green', looser: 'red' } as const

/** The public interface of `gonogo diff --json`: fields may be added, never renamed. */
export type JsonDifference = {
  readonly result: Result
  readonly deviations: readonly (Deviation & { readonly message: string })[]
}

export function renderDifferenceJson(deviations: readonly Deviation[]): JsonDifference {
  return {
    result: resultOf(deviations),
    deviations: deviations.map((one) => ({ ...one, message: plain(deviationWords(one, 'proposed')) })),
  }
}

/** The difference of two versions for a terminal, what is looser first. */
export function renderDifferenceText(deviations: readonly Deviation[], terminal: Terminal): string {
  const result = resultOf(deviations)
  const entries = deviationSentences(deviations, 'proposed').flatMap((one) => bullet(plain(one), terminal))
  return `${[terminal.colour(STYLES[result], SAYS[result]), ...entries].join('\n')}\n`
}

function resultOf(deviations: readonly Deviation[]): Result {
  if (looser(deviations)) return 'looser'
  return deviations.every(({ change }) => change === 'reworded') ? 'same' : 'stricter'
}
