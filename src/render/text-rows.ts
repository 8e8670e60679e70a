import { type Finding, outcomeOf } from '../core/finding.ts'
import type { ModelVerdict } from '../core/verdict.ts'
import { columns, shortened, type Terminal, wrapped } from './columns.ts'
import { type CriterionRow, criterionRow } from './criterion-row.ts'
import { byItself, observedIn } from './facts.ts'
import { count } from './numbers.ts'
import { SIGNS } from './order.ts'
import { readable } from './readable.ts'
import { bare, plain, type Sentence, sentence } from './sentence.ts'
import { answerWords, attemptsAwaited } from './words-answers.ts'

const OUTCOME_STYLES = { met: 'green', unmet: 'red', undecided: 'yellow', waived: 'yellow' } as const

/** A row for each criterion, aligned; under it the reason where a number alone does not say it. */
export function rows(
  findings: readonly Finding[],
  evidence: ModelVerdict['evidence'],
  terminal: Terminal,
): readonly string[] {
  const shown = findings.map((finding) => ({ finding, row: criterionRow(finding, evidence) }))
  const aligned = columns(
    shown.map(({ row, finding }) => cells(row, finding)),
    REASON,
    terminal,
  )
  return shown.flatMap(({ finding }, index) => {
    const { answer } = finding
    const sign = terminal.colour(OUTCOME_STYLES[outcomeOf(finding)], SIGNS[outcomeOf(finding)])
    const [first = '', ...more] = aligned[index] ?? []
    const lines = [`  ${sign} ${first}`, ...more]
    const said = answer.outcome !== 'met' || !isNumber(finding)
    return said
      ? [
          ...lines,
          ...wrapped(inShort(answerWords(answer).says), REASON, terminal).map((line) =>
            terminal.colour('dim', line),
          ),
        ]
      : lines
  })
}

/** What stands below a row, or does not fit into it. */
const REASON = '      '

function cells(row: CriterionRow, finding: Finding): readonly string[] {
  const samples: Sentence = row.samples.length === 0 ? [] : sentence`n ${row.samples}`
  const [value = [], required = []] = readable([isNumber(finding) ? row.observed : [], row.required])
  return [row.criterion, row.control, value, required, samples, row.dataset, row.trust, row.read].map(bare)
}

/** Whether the observed cell is a number and not a sentence. */
function isNumber({ answer }: Finding): boolean {
  return 'observed' in byItself(answer)
}

/** One line for each criterion: what it is of, and the number or the file that shows it, as far as there is room. */
export function shortRows(
  findings: readonly Finding[],
  evidence: ModelVerdict['evidence'],
  terminal: Terminal,
): readonly string[] {
  return lines(findings, evidence, terminal).map(({ finding, row, line, room }) =>
    `${line}  ${shownBy(finding, row, room)}`.trimEnd(),
  )
}

/**
 * Each criterion that is open with its number and bound, and what is wrong in a sentence; those of which the very same
 * is said stand together, above what is said of them once.
 */
export function openRows(
  findings: readonly Finding[],
  evidence: ModelVerdict['evidence'],
  terminal: Terminal,
): readonly string[] {
  const all = lines(findings, evidence, terminal).map(({ finding, row, line, room }) => {
    const number = isMeasured(finding) ? numberIn(row) : ''
    const isBeside = Array.from(number).length <= room
    const below = isBeside ? [] : wrapped(number, REASON, terminal)
    const head = [`${line}  ${isBeside ? number : ''}`.trimEnd(), ...dimmed(below, terminal)]
    return { head, said: saidOf(finding, row) }
  })
  const alike = Map.groupBy(all, ({ said }) => JSON.stringify(said))
  return [...alike.values()].flatMap((rows) => {
    const [what = '', ...places] = rows[0]?.said ?? []
    const told = [rows.length > 1 ? `these ${count(rows.length)}: ${what}` : what, ...places]
    return [
      ...rows.flatMap(({ head }) => head),
      ...dimmed(
        told.flatMap((one) => wrapped(one, REASON, terminal)),
        terminal,
      ),
    ]
  })
}

/** What is said of an open criterion, and the place of its number. */
function saidOf(finding: Finding, row: CriterionRow): readonly [string, ...string[]] {
  const { answer } = finding
  // Its number stands beside it; how often the exam was taken is said of all that were measured on it.
  if (answer.code === 'attempts_awaited') return [inShort(sentence`met, but ${attemptsAwaited(answer)}`)]
  const place: Sentence = row.read.length === 0 ? [] : sentence`${row.read}, ${row.trust}`
  const says = inShort(answerWords(answer).says)
  return isMeasured(finding) && place.length > 0 ? [says, bare(place)] : [says]
}

function dimmed(lines: readonly string[], terminal: Terminal): readonly string[] {
  return lines.map((line) => terminal.colour('dim', line))
}

/** The beginning of each line, aligned, and how much room there is beside it. */
function lines(findings: readonly Finding[], evidence: ModelVerdict['evidence'], terminal: Terminal) {
  const shown = findings.map((finding) => ({ finding, row: criterionRow(finding, evidence) }))
  const names = columns(
    shown.map(({ row }) => [row.criterion, row.control].map(bare)),
    REASON,
    { ...terminal, width: Number.POSITIVE_INFINITY },
  )
  return shown.map((one, index) => {
    const outcome = outcomeOf(one.finding)
    const of = padded(names, index)
    const line = `  ${terminal.colour(OUTCOME_STYLES[outcome], SIGNS[outcome])} ${cut(of, terminal.width - 4)}`
    return { ...one, line, room: terminal.width - of.length - 6 }
  })
}

/** Whether an answer is about a number, of which it shows the value. */
function isMeasured({ answer }: Finding): boolean {
  return observedIn(byItself(answer)) !== undefined
}

function padded(names: readonly (readonly string[])[], index: number): string {
  const all = names.map(([line = '']) => line)
  return (all[index] ?? '').padEnd(Math.max(...all.map((line) => line.length)))
}

function shownBy(finding: Finding, row: CriterionRow, room: number): string {
  if (isMeasured(finding)) return cut(numberIn(row), room)
  const [value = []] = readable([row.observed])
  const read = bare(row.read)
  // The end of a path says more than its start.
  return finding.answer.outcome === 'met' && read !== '' ? shortened(read, room) : cut(plain(value), room)
}

/** A number, and the bound that it is held to. */
function numberIn(row: CriterionRow): string {
  return readable([row.observed, row.required]).map(bare).join('  ').trimEnd()
}

function cut(text: string, room: number): string {
  const characters = Array.from(text)
  if (characters.length <= room) return text
  return room < 2
    ? ''
    : `${characters
        .slice(0, room - 1)
        .join('')
        .trimEnd()}…`
}

/** A sentence with numbers that people can read. */
export function inShort(one: Sentence): string {
  return plain(readable([one])[0] ?? one)
}
