import type { Reading } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { EvidenceRecord } from '../core/record.ts'
import { clean } from './clean.ts'
import { count, counted, shownValue } from './numbers.ts'
import { plain } from './sentence.ts'
import { problemWords } from './words-problems.ts'

type Colour = (style: 'bold' | 'dim' | 'red', text: string) => string

/** What the gate sees in one file, for a terminal. */
export function renderReadText(
  read: { readonly file: string; readonly format?: string } & Reading,
  colour: Colour,
): string {
  const { file, format, measurements, records, problems } = read
  const head = `${colour('bold', clean(file, 500))}  ${format ?? 'no format that gonogo knows'}`
  const width = Math.max(0, ...measurements.map(({ metric }) => [...clean(metric, 40)].length))
  const lines = [
    head,
    ...measurements.map((measurement) => `  ${measurementLine(measurement, width)}`),
    ...records.map((record) => `  ${recordLine(record)}`),
    ...problems.flatMap((problem) => {
      const { says, next } = problemWords(problem)
      const place = problem.line === undefined ? '' : `line ${problem.line}: `
      return [
        colour('red', `  ${place}${plain(says)}`),
        ...(next ? [colour('dim', `    ${plain(next)}`)] : []),
      ]
    }),
    colour(
      'dim',
      `  ${counted(measurements.length, 'measurement')}, ${counted(records.length, 'record')}, ${counted(problems.length, 'problem')}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function measurementLine(
  { metric, value, unit, samples, unevaluated, labels, source }: Measurement,
  width: number,
): string {
  const name = clean(metric, 40)
  const padded = name + ' '.repeat(Math.max(0, width - [...name].length))
  const n = samples === undefined ? '' : `  n = ${count(samples)}`
  const left = unevaluated === undefined ? '' : `  ${count(unevaluated)} not evaluated`
  const said = Object.entries(labels).map(
    ([label, labelled]) => `${clean(label, 40)}: ${clean(labelled, 60)}`,
  )
  const at = source.line === undefined ? source.pointer : `line ${source.line}`
  return `${padded}  ${shownValue(value, unit)}${n}${left}  ${said.join(', ')}${said.length > 0 ? '  ' : ''}(${clean(at, 80)})`
}

function recordLine(record: EvidenceRecord): string {
  if (record.kind === 'document') return `document with ${counted(record.sections.length, 'section')}`
  if (record.kind === 'suite') {
    const passed = record.tests.filter(({ outcome }) => outcome === 'passed').length
    const name = record.suite === undefined ? '' : ` ${clean(record.suite, 80)}`
    return `suite${name}: ${count(passed)} of ${counted(record.tests.length, 'test')} passed`
  }
  const given = Object.entries(record.fields).filter(([, filled]) => filled === 'given')
  return `training record of ${record.date}: ${given.map(([field]) => field).join(', ') || 'no field filled in'}`
}
