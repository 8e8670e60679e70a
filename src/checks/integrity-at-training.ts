import type { Evidence } from '../core/evidence.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { Context } from './context.ts'

/**
 * Whether the files that such records were read from are as the commit of the training had them: what was written
 * afterwards tells nothing of it. What the run of the training uploaded is of the training.
 */
export function atTrainingFacts(
  isAsked: (record: EvidenceRecord) => boolean,
  context: Context,
): readonly IntegrityFact[] {
  const { evidence, claims } = context
  const files = evidence.filter(({ records }) => records.some(isAsked))
  const facts = files.flatMap(({ path, sha, producer, awaited }): readonly IntegrityFact[] => {
    // Which run it was only GitHub can show, and it is awaited already.
    if (awaited !== undefined) return []
    if (producer !== undefined)
      return producer.run === claims?.run ? [] : [{ what: 'not_of_training', path, run: producer.run }]
    return [comparedWith({ path, ...(sha !== undefined && { sha }) }, context)]
  })
  const unnamed = facts.filter(({ what }) => what === 'no_training_commit')
  return [...unnamed.slice(0, 1), ...facts.filter(({ what }) => what !== 'no_training_commit')]
}

function comparedWith(
  { path, sha }: Pick<Evidence, 'path' | 'sha'>,
  { claims, atTraining }: Context,
): IntegrityFact {
  const [commit] = claims?.commits ?? []
  if (commit === undefined) return { what: 'no_training_commit' }
  if (atTraining === undefined) return { what: 'training_unseen', path, commit, why: 'not_looked' }
  const { commit: seen } = atTraining
  if (atTraining.kind !== 'seen') return { what: 'training_unseen', path, commit: seen, why: atTraining.kind }
  const there = atTraining.files.find((file) => file.path === path)
  if (there === undefined) return { what: 'training_unseen', path, commit: seen, why: 'not_looked' }
  if (there.sha === undefined) return { what: 'added_after_training', path, commit: seen }
  return there.sha === sha
    ? { what: 'as_at_training', path, commit: seen }
    : { what: 'changed_after_training', path, commit: seen, found: sha ?? '', wanted: there.sha }
}
