import type { Holding, IntegrityFact } from '../core/integrity-answer.ts'
import type { Scalar } from '../core/training-evidence.ts'
import { count } from './numbers.ts'
import { type Advice, names, quoted, type Sentence, sentence, type Words } from './sentence.ts'

/** The words for some facts of a training: what holds needs no advice. */
export type FactWords<W extends IntegrityFact['what']> = {
  readonly [F in W]: (fact: Extract<IntegrityFact, { what: F }>) => F extends Holding['what'] ? Words : Advice
}

const UNSEEN_WORDS = {
  elsewhere: 'it is of another repository',
  not_found: 'this repository has no such commit',
  not_looked: 'it was not looked at',
} as const
const UNSEEN_NEXT = {
  elsewhere: sentence`have the run of the training upload it, where that is in this repository, and name it as an artifact; or have it accepted by a waiver`,
  not_found: sentence`push the commit that the training ran on, and name it as ${quoted('training: { commit: … }')} in the manifest`,
  not_looked: ['evaluate the commit again'],
} as const

/** The one way that works: whatever is written down when the training is over comes too late. */
export const LOCK_FIRST = sentence`commit a lock of the environment, each package to one version, as ${quoted('uv.lock')} or ${quoted('pip-compile')} has it, before the training, install from it, train, and name that lock in the evidence`

/** Of lists beside a lock that is named and was there at the training: nothing else is left to do. */
export function takeOut(paths: readonly string[], lock: string): Sentence {
  const each = [...new Set(paths)].toSorted()
  return sentence`take ${names(each)} out of the evidence: the lock ${quoted(lock)} is named already, and was there at the training`
}

const UNCOMPARED_WORDS = {
  folder: 'it is a folder with scripts',
  link: 'it is a symbolic link',
  submodule: 'it is a submodule',
  not_comparable: 'no digest of one algorithm is known of both',
  too_large: 'it is too large',
  too_many: 'too much lies there',
} as const

/** The words for what the commit of a training had, and for what its pipeline and its record name. */
export const AT_TRAINING_WORDS: FactWords<
  | 'as_at_training'
  | 'list_beside'
  | 'list_added'
  | 'output_released'
  | 'output_unseen'
  | 'changed_after_training'
  | 'added_after_training'
  | 'output_differs'
  | 'other_lock'
  | 'training_unseen'
  | 'not_of_training'
  | 'seed_uncommitted'
  | 'scripts_are_training'
  | 'bytes_uncompared'
  | 'bytes_differ'
  | 'script_differs'
> = {
  scripts_are_training: ({ path, stage, commit, scripts }) => ({
    says: sentence`${[scripts === 1 ? 'the one script' : `all ${count(scripts)} scripts`]} of stage ${quoted(stage)} in ${quoted(path)} ${[scripts === 1 ? 'is' : 'are']} as commit ${quoted(commit.slice(0, 10))} of the training has ${[scripts === 1 ? 'it' : 'them']}`,
  }),
  bytes_uncompared: ({ path, file, commit, why }) => ({
    says: sentence`nobody compared ${quoted(file)} in commit ${quoted(commit.slice(0, 10))} with ${quoted(path)}: ${[UNCOMPARED_WORDS[why]]}`,
  }),
  bytes_differ: ({ path, file, commit, found, wanted }) => ({
    says: sentence`${quoted(file)} in commit ${quoted(commit.slice(0, 10))} is ${quoted(short(found))}, and ${quoted(short(wanted))} in ${path === undefined ? ['the manifest'] : [quoted(path)]}`,
    next: sentence`commit the data that the model was made with, or train on those that are committed and commit what was written down of that`,
  }),
  script_differs: ({ path, stage, file, commit, found, wanted }) => ({
    says: sentence`by ${quoted(path)} stage ${quoted(stage)} ran ${quoted(file)} as ${quoted(short(found))}, and commit ${quoted(commit.slice(0, 10))} of the training has it as ${quoted(short(wanted))}`,
    next: sentence`run the pipeline from what is committed and commit its lock, or name the commit that has these scripts as ${quoted('training: { commit: … }')} in the manifest`,
  }),
  as_at_training: ({ path, commit }) => ({
    says: sentence`${quoted(path)} is as commit ${quoted(commit.slice(0, 10))} of the training had it`,
  }),
  list_beside: ({ path, against, packages, of }) => ({
    says: sentence`${quoted(path)} was written after the training, and has ${[`${packages} of its ${of} packages`]} as ${quoted(against)}`,
  }),
  list_added: ({ path, commit, beside, lock }) => ({
    says:
      beside === undefined
        ? sentence`${quoted(path)} was not in commit ${quoted(commit.slice(0, 10))} of the training: nobody can see that it was trained with what it lists`
        : sentence`${quoted(path)} was not in commit ${quoted(commit.slice(0, 10))} of the training, and ${quoted(beside.against)} does not have its ${names(beside.packages)}${[beside.more > 0 ? ` and ${count(beside.more)} more` : '']}`,
    next:
      lock === undefined
        ? sentence`${LOCK_FIRST}; ${quoted(path)} may stay beside it${[beside === undefined ? '' : ' as far as the lock has its packages']}`
        : takeOut([path], lock),
  }),
  output_released: ({ path, weights, digest }) => ({
    says: sentence`by ${quoted(path)} the pipeline made ${quoted(weights)}, ${quoted(short(digest))}`,
  }),
  output_unseen: ({ path, weights }) => ({
    says: sentence`${quoted(path)} is no proof that the pipeline made ${quoted(weights)}, which is not in the commit to be compared`,
  }),
  changed_after_training: ({ path, commit, found, wanted }) => ({
    says: sentence`${quoted(path)} is ${quoted(found.slice(0, 10))} here and was ${quoted(wanted.slice(0, 10))} in commit ${quoted(commit.slice(0, 10))} of the training`,
    next: sentence`put ${quoted(path)} back as the training had it, or train again with what it says now`,
  }),
  added_after_training: ({ path, commit }) => ({
    says: sentence`${quoted(path)} was not in commit ${quoted(commit.slice(0, 10))} of the training`,
    next: sentence`name the file in the evidence that the training read, where it lay then, or commit ${quoted(path)} and train again`,
  }),
  output_differs: ({ path, weights, found, wanted }) => ({
    says: sentence`by ${quoted(path)} the pipeline made ${quoted(weights)} as ${quoted(short(found))}, and what is released is ${quoted(short(wanted))}`,
    next: sentence`release the weights that the pipeline made, or commit the lock of the run that made these`,
  }),
  other_lock: ({ path, found, wanted }) => ({
    says: sentence`${quoted(path)} names ${quoted(found)} as the lock of the training, and the evidence has ${names(wanted)}`,
    next: sentence`add the lock that the training ran with to the evidence, and name it in ${quoted(path)} by its path or as ${quoted('sha256:…')}`,
  }),
  training_unseen: ({ path, commit, why }) => ({
    says: sentence`nobody could see what commit ${quoted(commit.slice(0, 10))} of the training had as ${quoted(path)}: ${[UNSEEN_WORDS[why]]}`,
    next: UNSEEN_NEXT[why],
  }),
  not_of_training: ({ path, run }) => ({
    says: sentence`${quoted(path)} comes from run ${[String(run)]}, which is not seen to be the training's`,
    next: sentence`name the file as it lies in the training's commit, or as its run uploaded it`,
  }),
  seed_uncommitted: ({ path, key, found }) => ({
    says: sentence`${quoted(path)} has the seed ${quoted(key)} as ${value(found)}, which no committed parameters have`,
    next: sentence`commit ${quoted(key)} among the parameters before the training, and train with it`,
  }),
}

/** As much of a digest as people compare; the facts and the JSON have all of it. */
export function short(digest: string): string {
  const [algorithm = '', value = ''] = [
    digest.slice(0, digest.indexOf(':') + 1),
    digest.slice(digest.indexOf(':') + 1),
  ]
  return value.length > 16 && algorithm !== 'snapshot:' ? `${algorithm}${value.slice(0, 12)}…` : digest
}

/** A setting, as it is written. */
export function value(found: Scalar): ReturnType<typeof quoted> {
  return quoted(String(found))
}
