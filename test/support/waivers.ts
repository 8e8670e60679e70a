import { acceptable } from '../../src/core/accepted.ts'
import type { Waiver } from '../../src/core/waiver.ts'
import { evaluate } from '../../src/evaluate.ts'
import { type Asking, gather } from '../../src/sources/gather.ts'
import type { Repository } from '../../src/sources/repository.ts'
import { anId } from './build.ts'

/** A waiver by alan, who may write, of an accuracy of 0.88 of the release `1…`, unless told otherwise. */
export function aWaiver(given: Partial<Waiver> = {}): Waiver {
  return {
    ...{ comment: 1, place: 0, pull: 7, model: 'credit-risk', identity: '1'.repeat(64) },
    ...{ criterion: 'accuracy', of: 'repository', by: 'alan', at: '2026-02-20T10:00:00Z' },
    ...{ until: '2026-03-31', because: 'the vendor mends it by then', commit: anId('a') },
    accepted: { what: 'missing', asked: 'accuracy' },
    ...{ teams: [], writes: true },
    ...given,
  }
}

/** A waiver as a story tells of it: of what a criterion came to on a commit. */
export type ToldWaiver = Pick<Waiver, 'by' | 'criterion' | 'until' | 'because' | 'at'> & {
  readonly teams?: readonly string[] | undefined
  readonly withdrawn?: string | undefined
}

/** The waiver, with what its giver saw. */
export async function givenOn(
  repository: Repository,
  asking: Asking,
  model: string,
  { by, criterion, until, because, at, teams = [], withdrawn }: ToldWaiver,
): Promise<readonly Waiver[]> {
  const seen = evaluate(await gather(repository, asking)).models.find((one) => one.model === model)
  const finding = seen?.findings.find((one) => one.criterion === criterion)
  if (seen?.identity === undefined || finding === undefined) return []
  const found = acceptable(finding.answer)
  if (found.kind === 'not') throw new Error(`nobody can waive ${criterion}`)
  const about = { model, identity: seen.identity, criterion, by, at, until, because, teams }
  return [
    aWaiver({
      ...about,
      ...{ commit: asking.commit, accepted: found.accepted },
      of: finding.version === 'floor' ? 'floor' : 'repository',
      ...(withdrawn !== undefined && { withdrawn: { by: withdrawn, at, comment: 2 } }),
    }),
  ]
}
