import Big from 'big.js'
import { aboutIn } from '../core/about.ts'
import type { Answer } from '../core/answer.ts'
import { examKey } from '../core/exam.ts'
import type { Exams } from './exam.ts'

/**
 * The confidence that each of so many attempts must reach by itself, so that a model which does not hold the bound
 * passes in one of them no more often than the confidence says (Bonferroni).
 */
export function spreadOver(confidence: number, attempts: number): number {
  return new Big(1).minus(new Big(1).minus(confidence).div(attempts)).toNumber()
}

/** A criterion as each attempt is held to it. */
export function spread<C extends { readonly check: string }>(criterion: C, attempts: number | undefined): C {
  if (attempts === undefined || !('confidence' in criterion) || typeof criterion.confidence !== 'number')
    return criterion
  return { ...criterion, confidence: spreadOver(criterion.confidence, attempts) }
}

/** How many other weights were measured on an exam before these; undefined where only the app's ledger knows. */
export function seenBefore(name: string, digest: string, { seen }: Exams): number | undefined {
  const key = examKey(name, digest)
  if (seen === undefined) return undefined
  return Object.hasOwn(seen, key) ? seen[key] : undefined
}

/** What an answer still is where different weights may be measured on one exam only so often. */
export function answerWithin(answer: Answer, exams: Exams): Answer {
  const { attempts } = exams
  if (attempts === undefined || answer.outcome === 'unmet') return answer
  const about = [...new Set(aboutIn(answer).map(({ dataset }) => dataset))].flatMap((dataset) => {
    const digest = digestOf(dataset, exams)
    return digest === undefined ? [] : [{ dataset, digest, seen: seenBefore(dataset, digest, exams) }]
  })
  for (const { dataset, digest, seen } of about)
    if (seen !== undefined && seen >= attempts)
      return { code: 'attempts_spent', outcome: 'unmet', dataset, digest, seen, attempts }
  const unseen = about.find(({ seen }) => seen === undefined)
  if (answer.outcome !== 'met' || unseen === undefined) return answer
  const { dataset, digest } = unseen
  return { code: 'attempts_awaited', outcome: 'undecided', dataset, digest, attempts, otherwise: answer }
}

/** An exam that nobody pins is the one that the manifest gives. */
function digestOf(name: string, { pinned, given }: Exams): string | undefined {
  return pinned.get(name)?.digest ?? given.find((data) => data.name === name)?.digest
}
