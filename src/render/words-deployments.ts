import type { Needed, Passed, Refusal } from '../core/deployment.ts'
import type { ModelVerdict } from '../core/verdict.ts'
import { count, counted } from './numbers.ts'
import { wanting } from './order.ts'
import { problemFact } from './problem-line.ts'
import { type Advice, names, quoted, type Sentence, sentence } from './sentence.ts'
import { named, why } from './why.ts'
import { answerWords } from './words-answers.ts'
import { shortened } from './words-limits.ts'
import { problemWords } from './words-problems.ts'

/** `short`: a few words of bounded length, where there is no room for more. */
type Words = Advice & { readonly short: Sentence }
type Table = { readonly [C in Refusal['code']]: (refusal: Extract<Refusal, { code: C }>) => Words }

/** Why a deployment may not be, and what to do about it. */
export function refusalWords(refusal: Refusal): Words {
  // The compiler cannot follow that the row and the refusal have the same code; `Table` guarantees it.
  const words = REFUSALS[refusal.code] as (refusal: Refusal) => Words
  return words(refusal)
}

const RERUN = sentence`re-run the job, which asks anew`

const REFUSALS: Table = {
  run_unseen: ({ run }) => ({
    short: sentence`run ${[`${run}`]} cannot be seen`,
    says: sentence`run ${[`${run}`]} is not shown by GitHub, so it is not known which commit it is of`,
    next: sentence`give gonogo the permission ${quoted('Actions: read')}, and re-run the job`,
  }),
  run_differs: ({ run, found, wanted }) => ({
    short: sentence`run ${[`${run}`]} is of another commit`,
    says: sentence`run ${[`${run}`]} is of commit ${shortened(found)}, and commit ${shortened(wanted)} is to be deployed`,
    next: sentence`deploy from a run for the commit itself, such as one for the event ${quoted('push')} or ${quoted('workflow_dispatch')}`,
  }),
  repository_differs: ({ run }) => ({
    short: sentence`run ${[`${run}`]} is of another repository`,
    says: sentence`run ${[`${run}`]} is of another repository than the one that asks`,
    next: RERUN,
  }),
  not_on_branch: ({ branch, from }) => ({
    short: sentence`the commit is on no branch that may be deployed`,
    says: sentence`the commit is not on ${quoted(branch)}${from.length === 0 ? [] : sentence`, nor on a branch that fits ${names(from, 3)}`}; that it exists proves nothing`,
    next: sentence`merge it into ${quoted(branch)} first, or have the floor list its branch under ${quoted('deploy.from')}`,
  }),
  branches_unsearched: ({ found, limit }) => ({
    short: sentence`${[count(found)]} branches may be deployed, which are too many`,
    says: sentence`${[counted(found, 'branch', 'branches')]} fit ${quoted('deploy.from')} of the floor, and the commit is on none of the ${[count(limit)]} that were looked at`,
    next: sentence`deploy from the branch by its name, or delete branches that are not used`,
  }),
  unread: ({ problem, more }) => ({
    short: sentence`what names the environment cannot be read`,
    says: sentence`${problemFact(problem)}${more > 0 ? [`; ${counted(more, 'more problem')}`] : []}; it may name this environment`,
    next: problemWords(problem).next,
  }),
  unnamed: ({ environment }) => ({
    short: sentence`nobody names the environment`,
    says: sentence`no criteria on the default branch and no line of the floor name this environment, so nothing says which models need a go`,
    next: sentence`write ${quoted(`environments: [${environment.slice(0, 60)}]`)} into the criteria of each model that it runs, or take the rule off it`,
  }),
  none_needed: ({ retired }) => ({
    short: sentence`no model that names the environment is left`,
    says: sentence`the environment is named, and no model of it is left${retired.length === 0 ? [] : sentence`: ${names(retired, 3)} ${[retired.length === 1 ? 'is' : 'are']} retired`}`,
    next: sentence`name the environment in the criteria of a model that it runs, or take the rule off it`,
  }),
  no_manifest: ({ model, by }) => ({
    short: sentence`${quoted(model)} is not in the commit`,
    says: sentence`${quoted(model)} is needed here ${[BY[by]]}, and the commit has no ${quoted(`models/${model}/release.yml`)}`,
    next:
      by === 'gone'
        ? sentence`put ${quoted(`.gonogo/criteria/${model}.yml`)} back; with ${quoted('retired: true')}, once that is approved, the model is not needed`
        : sentence`deploy a commit that has the model; if it is released no more, have ${quoted('retired: true')} approved in its criteria`,
  }),
  no_go: ({ verdict, late }) => ({
    short: sentence`${quoted(verdict.model)} is ${[verdict.decision]}`,
    says: sentence`${named(verdict)} is ${[verdict.decision]}: ${why(verdict)}${othersOf(verdict)}${
      late === undefined
        ? []
        : sentence`; its go here is of ${quoted(dayOf(late.go))}, and it may come back for ${[counted(late.days, 'day')]}`
    }`,
    next: nextOf(verdict),
  }),
  not_judged: () => ({
    short: sentence`nothing was judged`,
    says: sentence`nothing was judged, which is a fault of gonogo`,
    next: RERUN,
  }),
}

const BY: { readonly [B in Needed['by']]: string } = {
  criteria: 'by its criteria',
  floor: 'by the floor',
  gone: 'by criteria that are gone from the default branch',
}

/** What of the criteria fails besides the first, which the reason tells of. */
function othersOf(verdict: ModelVerdict): Sentence {
  const [, ...others] = wanting(verdict).map(({ criterion }) => criterion)
  return others.length === 0 ? [] : sentence` (${names([...new Set(others)], 4)})`
}

function nextOf(verdict: ModelVerdict): Sentence {
  const [first] = wanting(verdict)
  const [problem] = verdict.problems
  const next = first === undefined ? undefined : answerWords(first.answer).next
  if (next !== undefined) return next
  return problem === undefined ? sentence`add a blocking criterion that can fail` : problemWords(problem).next
}

/** Why a model does not stand in the way. */
export function passedWords(passed: Passed): Sentence {
  const { verdict } = passed
  switch (passed.code) {
    case 'go':
      return passed.runs === undefined
        ? sentence`${named(verdict)} is a go`
        : sentence`${named(verdict)} is a go, and runs here unchanged since ${quoted(dayOf(passed.runs))}`
    case 'running':
      return sentence`${named(verdict)} is ${[verdict.decision]} today (${why(verdict)}), and runs here unchanged since ${quoted(dayOf(passed.runs))}, so that it blocks nothing`
    case 'rollback':
      return sentence`${named(verdict)} is ${[verdict.decision]} today (${why(verdict)}): a rollback to what had a go here on ${quoted(dayOf(passed.go))}, which may come back for ${[counted(passed.days, 'day')]}`
  }
}

const SHORT: { readonly [C in Passed['code']]: string } = {
  go: 'is a go',
  running: 'is no go today, and runs here unchanged',
  rollback: 'is no go today, and may come back',
}

/** The same in a few words of bounded length. */
export function passedShort({ code, verdict }: Passed): Sentence {
  return sentence`${quoted(verdict.model)} ${[SHORT[code]]}`
}

function dayOf(moment: string): string {
  return moment.slice(0, 10)
}
