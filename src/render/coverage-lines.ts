import { CONTROL_TABLE } from '../core/controls.ts'
import { type Covered, missingOf } from '../core/coverage.ts'
import type { Below, FloorUsed, Standing } from '../core/standing.ts'
import { tableHead, tableRow } from './markdown.ts'
import { counted } from './numbers.ts'
import { joined, markdown, names, quoted, type Sentence, sentence } from './sentence.ts'
import { causeWords } from './words-coverage.ts'
import { shortened } from './words-limits.ts'
import { unfitListed } from './words-unfit.ts'

/** The head of a table of controls; a block that begins with it needs an empty line above. */
export const COVERAGE_HEAD: string = tableHead(['', 'control', 'asked by', 'required because of'])

const SIGNS = { 'built-in': '✅', asked: '✅', excused: '➖', missing: '❔' } as const

/** One row for each required control, what is not answered first. */
export function coverageRows(coverage: readonly Covered[] = []): readonly string[] {
  const open: readonly Covered[] = missingOf(coverage)
  return [...open, ...coverage.filter((one) => !open.includes(one))].map((one) => {
    return tableRow([
      SIGNS[one.state],
      ...[[quoted(one.control)], answered(one), causeWords(one.because)].map(markdown),
    ])
  })
}

function answered(one: Covered): Sentence {
  switch (one.state) {
    case 'built-in':
      return ['built in']
    case 'asked':
      return joined(
        one.by.map(({ criterion, floor }) => sentence`${quoted(criterion)}${floor ? [' of the floor'] : []}`),
      )
    case 'excused':
      return sentence`does not apply: ${quoted(one.reason)}`
    case 'missing': {
      const { advisory } = one
      const unfit = one.unfit === undefined ? [] : sentence`; ${unfitListed([one], 5)}`
      return advisory.length === 0
        ? sentence`nothing${unfit}${[`; wanted: ${CONTROL_TABLE[one.control].wants}`]}`
        : sentence`nothing that blocks; ${names(advisory)} only ${[advisory.length === 1 ? 'advises' : 'advise']}${unfit}`
    }
  }
}

/** How many of the required controls are answered, in one sentence. */
export function coverageSentences(coverage: readonly Covered[] = []): readonly Sentence[] {
  if (coverage.length === 0) return []
  const open = new Set(missingOf(coverage).map(({ control }) => control))
  const all = counted(coverage.length, 'control')
  return open.size === 0
    ? [
        sentence`${[coverage.length === 1 ? 'the one required control is' : `all ${all} that are required are`]} answered: ${names(coverage.map(({ control }) => control))}`,
      ]
    : [
        sentence`${[`${open.size} of ${all} that are required ${open.size === 1 ? 'is' : 'are'} not answered`]}: ${names([...open])}`,
      ]
}

/** The same in short: what is answered is only counted. */
export function coverageInShort(coverage: readonly Covered[] = []): readonly Sentence[] {
  if (coverage.length < 2 || missingOf(coverage).length > 0) return coverageSentences(coverage)
  return [[`all ${counted(coverage.length, 'control')} that are required are answered`]]
}

/** Risk and traits, and who says so. */
export function standingSentences(standing: Standing | undefined): readonly Sentence[] {
  if (standing === undefined) return []
  const { traits, added, later } = standing
  const own = traits.filter((trait) => !added.includes(trait))
  return [
    riskSentence(standing),
    ...(own.length === 0
      ? []
      : [sentence`${[plural(own, 'trait')]} ${names(own)}, as the repository declares`]),
    ...(added.length === 0 ? [] : [sentence`${[plural(added, 'trait')]} ${names(added)}, set by the floor`]),
    ...later.map(
      ({ what, from }) =>
        sentence`not held to what the floor asks of work that begins on ${quoted(from)} or later: ${quoted(what)}`,
    ),
  ]
}

function riskSentence({ risk, set, declared }: Standing): Sentence {
  const level = sentence`risk ${quoted(risk)}`
  if (set === undefined)
    return sentence`${level}, self-declared: the repository says so, and no floor says anything else`
  if (declared === undefined || declared === set) return sentence`${level}, set by the floor`
  return declared === risk
    ? sentence`${level}, as the repository declares; the floor sets ${quoted(set)}, and the higher holds`
    : sentence`${level}, set by the floor; the repository declares only ${quoted(declared)}, and the higher holds`
}

function plural(list: readonly string[], one: string): string {
  return list.length === 1 ? one : `${one}s`
}

/** Where proposed criteria say less than the floor. */
export function belowSentences(below: readonly Below[] = []): readonly Sentence[] {
  return below.map(
    ({ what, found, wanted }) =>
      sentence`${quoted(what)} is ${quoted(found)}, below the floor: ${quoted(wanted)} holds all the same`,
  )
}

/** Sentences as a Markdown list. */
export function bullets(sentences: readonly Sentence[]): readonly string[] {
  return sentences.map((one) => `- ${markdown(one)}`)
}

/** The floor that a verdict used, as the end of a sentence; nothing without one. */
export function floorUsed(floor: FloorUsed | undefined): Sentence {
  if (floor === undefined || floor.kind === 'none') return []
  if (floor.kind === 'given')
    return sentence`; floor ${quoted(floor.path)} as it was given to the command, blob ${shortened(floor.sha)}`
  const { kind, repository } = floor
  if (kind !== 'read') return sentence`; the floor of ${quoted(repository)} could not be read`
  return sentence`; floor ${quoted(floor.path)} of ${quoted(repository)} at commit ${shortened(floor.commit)}`
}
