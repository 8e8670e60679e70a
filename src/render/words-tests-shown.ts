import type { ShownIn, TestUnshown } from '../core/written-record.ts'
import { count, counted } from './numbers.ts'
import { listed, names, quoted, type Sentence, sentence } from './sentence.ts'

/** Why the evidence of a test is no report of it. */
export function unshownWords(one: TestUnshown): Sentence {
  return sentence`the evidence of ${quoted(one.field)}, ${quoted(one.path)}, ${[UNSHOWN[one.why]]}${moreOf(one)}`
}

function moreOf(one: TestUnshown): Sentence {
  switch (one.why) {
    case 'several':
      return sentence`: ${names(one.paths)}`
    case 'describes':
      return one.document === undefined ? [] : sentence` (${quoted(`document: ${one.document}`)})`
    case 'of_too_many':
      return sentence` ${[counted(one.tests, 'test')]} of this release, and one report may be of ${[count(one.most)]} at most`
    default:
      return []
  }
}

/** More reports than these are counted, not named. */
const REPORTS_NAMED = 3

/** What the tests of a record rest on, so that a reviewer knows what to read. */
export function restsOn(tests: readonly ShownIn[]): Sentence {
  if (tests.length === 0) return []
  const more = tests.length - REPORTS_NAMED
  const named = tests
    .slice(0, REPORTS_NAMED)
    .map((one) =>
      one.kind === 'evidence'
        ? sentence`${quoted(one.path)}`
        : sentence`${quoted(one.name)} (elsewhere, ${quoted(`sha256:${one.sha256.slice(0, 12)}…`)})`,
    )
  return sentence`; its tests rest on ${listed(named)}${more > 0 ? sentence` and ${[count(more)]} more` : []}`
}

const UNSHOWN: { readonly [W in TestUnshown['why']]: string } = {
  not_there: 'is no file of the evidence of this release',
  several: 'may be one of several files',
  says_nothing: 'says nothing that could be read, or is a template',
  no_report: 'is no report of a test',
  describes: 'describes the model, its data or the system, and is no report of a test',
  of_too_many: 'is to be the report of',
  beside_floor: 'is a path, and a record beside the floor has no release whose files it could name',
}

/** What is to be done, each once. */
export function unshownAdvice(unshown: readonly TestUnshown[]): readonly Sentence[] {
  const advice: { readonly [W in TestUnshown['why']]: Sentence } = {
    not_there: sentence`commit the report and name it in the manifest's evidence, by the path that the record has`,
    several: sentence`write the whole path in the record`,
    says_nothing: sentence`write in the report what was done and what came of it`,
    no_report: sentence`name the report of the test itself`,
    describes: sentence`write down what was done in the test, when, by whom and what came of it, in a file of its own; name that in the record, and in the manifest's evidence without ${quoted('document:')}`,
    of_too_many: sentence`give the tests reports of their own, each of what was done in it`,
    beside_floor: sentence`give the report by its digest`,
  }
  return [...new Set(unshown.map(({ why }) => why))].map((why) => advice[why])
}
