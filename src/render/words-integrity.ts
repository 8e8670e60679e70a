import type { IntegrityAnswer, IntegrityFact } from '../core/integrity-answer.ts'
import { isHolding } from '../core/integrity-facts.ts'
import { count, counted } from './numbers.ts'
import { joined, listed, names, plain, quoted, type Sentence, sentence, type Words } from './sentence.ts'
import { AT_TRAINING_WORDS, type FactWords, LOCK_FIRST, takeOut, value } from './words-at-training.ts'
import { DATA_WORDS } from './words-integrity-data.ts'
import type { AnswerWords } from './words-table.ts'
import { DOUBT_WORDS, LOOSE_WORDS } from './words-training-evidence.ts'

/** More facts than this make no sentence; the facts and the JSON have more of them. */
const SAID = 8

/** The words for the integrity of a training. */
export const INTEGRITY_WORDS: AnswerWords<IntegrityAnswer> = {
  integrity_holds: ({ facts, more }) => ({ says: allOf(facts, more) }),
  integrity_broken: ({ facts, more }) => ({ says: allOf(wanting(facts), more), next: nextOf(facts) }),
  integrity_open: ({ facts, more }) => ({ says: allOf(wanting(facts), more), next: nextOf(facts) }),
}

function wanting(facts: readonly IntegrityFact[]): readonly IntegrityFact[] {
  return facts.filter((fact) => !isHolding(fact))
}

function allOf(facts: readonly IntegrityFact[], more: number): Sentence {
  const first = listed(
    facts.slice(0, SAID).map((fact) => factWords(fact).says),
    SAID,
    '; ',
  )
  const left = Math.max(0, facts.length - SAID) + more
  return left > 0 ? sentence`${first}; and ${[counted(left, 'more', 'more')]}` : first
}

/** More remedies than this are no step to take next. */
const REMEDIES = 3

/** What to do about each kind of fact that is wanting, by the first of its kind: mending one leaves the others. */
function nextOf(facts: readonly IntegrityFact[]): Sentence {
  const aside = wanting(facts).flatMap((fact) =>
    'lock' in fact && fact.lock !== undefined ? [{ path: fact.path, lock: fact.lock }] : [],
  )
  const [beside] = aside
  const kinds = Map.groupBy(
    wanting(facts).filter((fact) => !('lock' in fact)),
    ({ what }) => what,
  )
  const remedies = [...kinds.values()].flatMap(([first]) => {
    const next = first && factWords(first).next
    return next ? [next] : []
  })
  // One step for all of them: whatever else is said of each is said of a release without a lock.
  if (beside !== undefined)
    remedies.unshift(
      takeOut(
        aside.map(({ path }) => path),
        beside.lock,
      ),
    )
  const each = [...new Map(remedies.map((next) => [plain(next), next])).values()].slice(0, REMEDIES)
  return each.length === 0 ? ['add the evidence that is wanting'] : joined(each, '; and ')
}

/** What one fact says, and what to do about it. */
export function factWords(fact: IntegrityFact): Words {
  // The compiler cannot follow that the row and the fact have the same name; `FactWords` guarantees it.
  const words = FACTS[fact.what] as (fact: IntegrityFact) => Words
  return words(fact)
}

const FACTS: FactWords<IntegrityFact['what']> = {
  ...AT_TRAINING_WORDS,
  ...DATA_WORDS,
  seeds: ({ path, keys }) => ({
    says: sentence`${names(keys, 3)} ${[keys.length === 1 ? 'is' : 'are']} set in ${quoted(path)}`,
  }),
  parameters_equal: ({ path, against, keys }) => ({
    says: sentence`${[counted(keys, 'parameter')]} in ${quoted(path)} ${[keys === 1 ? 'is' : 'are']} as committed in ${quoted(against)}`,
  }),
  parameters_beside: ({ path, keys, more }) => ({
    says: sentence`${quoted(path)} tells ${[counted(keys.length + more, 'parameter')]} more than were committed: ${[...names(keys), ...(more > 0 ? [` and ${count(more)} more`] : [])]}`,
  }),
  packages_pinned: ({ path, packages, hashed }) => ({
    says: sentence`${[packages === 1 ? 'the one package' : `all ${count(packages)} packages`]} in ${quoted(path)} ${[packages === 1 ? 'is' : 'are']} pinned, ${[hashed === packages ? 'by digest' : `${count(hashed)} by digest`]}`,
  }),
  commit_is_training: ({ path, commit }) => ({
    says: sentence`${quoted(path)} names commit ${quoted(commit.slice(0, 10))}, the training's`,
  }),
  doubt: ({ path, doubt, found, file, released }) => ({
    says: sentence`${quoted(path)}: ${doubtOf(doubt, file, released)}${found === '' ? [] : sentence` (${quoted(found)})`}`,
  }),

  no_seed: ({ path }) => ({
    says: sentence`no seed is set in ${quoted(path)} or any other parameters`,
    next: sentence`set a seed in the committed parameters and train again`,
  }),
  parameter_differs: ({ path, key, found, wanted, against }) => ({
    says: sentence`${quoted(key)} is ${value(found)} in ${quoted(path)} and ${value(wanted)} in ${quoted(against)}`,
    next: sentence`train with the committed parameters, or commit those that this model was trained with before it is trained again`,
  }),
  run_differs: ({ path, found, wanted, against }) => ({
    says: sentence`by ${quoted(path)} run ${quoted(found)} made the model, and ${quoted(against)} is of run ${quoted(wanted)}`,
    next: sentence`add the run that made the model to the evidence, or the ${quoted('MLmodel')} of the run that is there`,
  }),
  version_differs: ({ path, package: name, found, wanted, against }) => ({
    says: sentence`by ${quoted(path)} the model was made with ${quoted(name)} ${quoted(found)}, and ${quoted(against)} has ${quoted(wanted)}`,
    next: sentence`name the lock that the model was trained from in place of the other, or train again from ${quoted(against)} and release what comes of it`,
  }),
  package_bytes_differ: ({ path, package: written, against }) => ({
    says: sentence`${quoted(path)} has ${quoted(written)} by no digest that ${quoted(against)} has of it`,
    next: sentence`find out which files were installed; name the lock that the model was trained from in place of the other, or train again from ${quoted(against)} and release what comes of it`,
  }),
  package_loose: ({ path, package: written, loose, lock }) => ({
    says: sentence`${quoted(written)} in ${quoted(path)} is not pinned (${[LOOSE_WORDS[loose]]})`,
    next:
      lock === undefined
        ? sentence`${LOCK_FIRST}, in place of ${quoted(path)}; where one was committed already, only name it`
        : takeOut([path], lock),
  }),
  package_unhashed: ({ path, package: written, lock }) => ({
    says: sentence`${quoted(written)} in ${quoted(path)} has no digest`,
    next:
      lock === undefined
        ? sentence`lock the environment with digests, as ${quoted('uv lock')}, ${quoted('pip-compile --generate-hashes')} or ${quoted('conda-lock')} does, commit the lock before the training, and name it in the evidence in place of ${quoted(path)}`
        : takeOut([path], lock),
  }),
  commit_differs: ({ path, found, wanted }) => ({
    says: sentence`${quoted(path)} names commit ${quoted(found)}, and the manifest has ${names(wanted)} for the training`,
    next: sentence`commit what was written by the training that made these weights, or correct ${quoted('training:')} in the manifest`,
  }),
  remote_differs: ({ path, found, wanted }) => ({
    says: sentence`${quoted(path)} names code of ${quoted(found)}, and the training is of ${names(wanted)}`,
    next: sentence`train with the code of this repository, or name the one that it is of as ${quoted('training: { repository: … }')} in the manifest`,
  }),

  pipeline_open: ({ path, input }) => ({
    says: sentence`by ${quoted(path)} a stage took in ${quoted(input)}, which no stage made and no digest tells`,
    next: sentence`track it with ${quoted('dvc add')} and run the pipeline again`,
  }),
  no_parameters: () => ({
    says: ['the evidence has no parameters of the training'],
    next: sentence`add what the training ran with to the evidence, and the committed file as ${quoted('{ path: …, format: parameters }')}`,
  }),
  no_committed_parameters: () => ({
    says: ['the evidence names no committed parameters to compare with'],
    next: sentence`add the file that the training reads them from to the evidence, as ${quoted('{ path: params.yaml, format: parameters }')}`,
  }),
  no_run_parameters: ({ path }) => ({
    says: sentence`nothing tells with which parameters the training ran, to compare with ${quoted(path)}`,
    next: sentence`add what the training wrote down of them to the evidence: ${quoted('dvc.lock')}, a run of MLflow, ${quoted('config.yaml')} of W&B or Hydra, or the training record`,
  }),
  parameter_unconfirmed: ({ path, key }) => ({
    says: sentence`nothing tells with which ${quoted(key)} of ${quoted(path)} the training ran`,
    next: sentence`add what the training wrote down of ${quoted(key)} to the evidence`,
  }),
  parameter_ambiguous: ({ path, key, keys, against }) => ({
    says: sentence`${names(keys.slice(0, 5))} of ${quoted(path)} could each be ${quoted(key)} of ${quoted(against)}, and not all of them have its value`,
    next: sentence`commit each of them under its whole key, as the training writes it down`,
  }),
  parameter_uncommitted: ({ path, key, found }) => ({
    says: sentence`the training ran with ${quoted(key)} ${quoted(String(found))} (${quoted(path)}), which no committed file has`,
    next: sentence`commit ${quoted(key)} with the other parameters before a training, and train with them; or leave it out of the record where it is no parameter`,
  }),
  parameter_unresolved: ({ path, key }) => ({
    says: sentence`${quoted(key)} in ${quoted(path)} is still to be filled in from elsewhere`,
    next: sentence`write down the value that the training ran with`,
  }),
  no_environment: () => ({
    says: ['the evidence has no list of the packages that the model was trained with'],
    next: sentence`commit the lock of the training's environment before the training, and add it to the evidence: such as ${quoted('uv.lock')}, ${quoted('poetry.lock')}, ${quoted('requirements.txt')} with every version, or ${quoted('conda-lock.yml')}`,
  }),
  no_packages: ({ path }) => ({
    says: sentence`${quoted(path)} lists no package, or none but what installs others`,
    next: LOCK_FIRST,
  }),
  file_not_given: ({ path, file }) => ({
    says: sentence`${quoted(path)} takes in ${quoted(file)}, which is not among the evidence`,
    next: sentence`add ${quoted(file)} to the manifest's evidence`,
  }),
  no_training_commit: () => ({
    says: ['the manifest names no commit of the training'],
    next: sentence`name it as ${quoted('training: { commit: … }')} in the manifest`,
  }),
  no_commit: () => ({
    says: ['nothing in the evidence tells on which commit the training ran'],
    next: sentence`add what the training wrote down of it to the evidence: ${quoted('wandb-metadata.json')}, a run of MLflow, the training record, or ${quoted('dvc.lock')} with every script of the training among the ${quoted('deps')} of a stage that only runs these, as ${quoted('python train.py')} does, and whose ${quoted('outs')} are the released weights as they lie in the commit`,
  }),
  commit_not_comparable: ({ path, found, wanted }) => ({
    says: sentence`${quoted(path)} names ${quoted(found)}, which can't be compared with commit ${names(wanted)}`,
    next: sentence`write down the whole commit id that the training ran on`,
  }),
  dirty: ({ path, commit }) => ({
    says: sentence`by ${quoted(path)} files were changed beside commit ${quoted(commit)}`,
    next: sentence`commit what was changed, and train on that commit`,
  }),
}

/** That a packaged model has a pickle of its own says nothing of other weights that are released. */
function doubtOf(
  doubt: Extract<IntegrityFact, { what: 'doubt' }>['doubt'],
  file: string | undefined,
  released = false,
): Sentence {
  if (doubt !== 'pickled' || file === undefined) return [DOUBT_WORDS[doubt]]
  return released
    ? sentence`the weights ${quoted(file)} are pickled`
    : sentence`its own model file ${quoted(file)}, which is not among the released weights, is pickled`
}
