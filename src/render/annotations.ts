import { type Finding, outcomeOf } from '../core/finding.ts'
import { isOfArtifact } from '../core/paths.ts'
import type { Place } from '../core/place.ts'
import type { Problem } from '../core/problem.ts'
import type { ModelVerdict, Verdict } from '../core/verdict.ts'
import { clampBytes, clampLength, clean } from './clean.ts'
import { isAboutFile, placeIn } from './facts.ts'
import { worstFindings, worstModels } from './order.ts'
import { plain, type Words } from './sentence.ts'
import { findingWords } from './words-answers.ts'
import { problemWords } from './words-problems.ts'

export type Annotation = {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly annotation_level: 'failure' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
}

/** The same with its words as they are, for whoever renders them otherwise. */
export type Noted = Pick<Annotation, 'path' | 'annotation_level' | 'title'> & {
  readonly line: number
  readonly words: Words
}

const LEVELS = { failure: 0, warning: 1, notice: 2 } as const
/** GitHub's limits: 255 characters and 64 KB. */
const TITLE_CHARACTERS = 255
const MESSAGE_BYTES = 64_000

/** Every annotation of a verdict, worst first; none is left out. */
export function annotationsOf(verdict: Verdict): readonly Annotation[] {
  return notedOf(verdict).map(({ line, words, title, ...where }) => {
    const next = words.next === undefined ? '' : `\nNext: ${plain(words.next)}`
    return {
      ...where,
      start_line: line,
      end_line: line,
      title: clampLength(title, TITLE_CHARACTERS),
      message: clampBytes(`${plain(words.says)}${next}`, MESSAGE_BYTES),
    }
  })
}

/** What is to be said at lines of files, worst first. */
export function notedOf(verdict: Verdict): readonly Noted[] {
  const models = worstModels(verdict.models)
  const home: Place = models[0]
    ? { path: models[0].manifest.path }
    : { path: verdict.proposals[0]?.path ?? '' }
  const all = [
    ...models.flatMap((model) => [
      ...worstFindings(model.findings).flatMap((finding) => ofFinding(model, finding)),
      ...model.problems.map((problem) =>
        ofProblem(problem, judged(model, problem) ? problem : manifest(model), manifest(model)),
      ),
    ]),
    ...verdict.problems.map((problem) => ofProblem(problem, problem, home)),
    ...verdict.proposals.flatMap(({ path, problems }) =>
      problems.map((problem) => ofProblem(problem, problem, { path })),
    ),
  ]
  // Two models can share a file and its problem; without any file, the summary alone says it.
  const once = new Map(all.filter(({ path }) => inRepository(path)).map((one) => [JSON.stringify(one), one]))
  return [...once.values()].sort((a, b) => LEVELS[a.annotation_level] - LEVELS[b.annotation_level])
}

function ofFinding(model: ModelVerdict, finding: Finding): readonly Noted[] {
  const { answer, blocking, criterion, version } = finding
  if (answer.outcome === 'met') return []
  const outcome = outcomeOf(finding)
  const level = !blocking || outcome === 'waived' ? 'notice' : outcome === 'unmet' ? 'failure' : 'warning'
  const title = `${outcome}: ${clean(criterion)} of ${clean(model.model, 64)}${version === 'floor' ? ', from the floor' : ''}${blocking ? '' : ' (advisory)'}`
  return [noted(placeFor(model, finding), manifest(model), level, title, findingWords(finding))]
}

function ofProblem(problem: Problem, place: Place, home: Place): Noted {
  return noted(place, home, 'warning', `problem: ${problem.code.replaceAll('_', ' ')}`, problemWords(problem))
}

/** The evidence's line, else the criterion's own if the blob at the head is the judged one, else the manifest. */
function placeFor(model: ModelVerdict, { answer, asked }: Finding): Place {
  const evidence = placeIn(answer)
  if (evidence && (evidence.line !== undefined || isAboutFile(answer))) return evidence
  if (asked && asked.sha === model.registration.proposed) return asked
  return manifest(model)
}

/** Whether a problem's line means something at the judged commit: criteria may have changed since they were registered. */
function judged({ registration }: ModelVerdict, problem: Problem): boolean {
  const { path, registered, today, proposed } = registration
  if (problem.path !== path) return true
  return registered === proposed && (today === undefined || today === proposed)
}

function manifest(model: ModelVerdict): Place {
  return { path: model.manifest.path }
}

function noted(
  place: Place,
  home: Place,
  level: Annotation['annotation_level'],
  title: string,
  words: Words,
): Noted {
  const { path, line = 1 } = inRepository(place.path) ? place : home
  return { path, line, annotation_level: level, title, words }
}

/** Longer than any path that git checks out. */
const PATH_CHARACTERS = 4_096

function inRepository(path: string): boolean {
  if (path.length > PATH_CHARACTERS) return false
  return path !== '' && !isOfArtifact(path) && !/^\/|\p{Cc}/u.test(path) && !path.split('/').includes('..')
}
