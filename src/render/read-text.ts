import type { AttestationRecord, ClaimedWhy } from '../core/attestation.ts'
import type { BomPart, BomRecord } from '../core/bom.ts'
import type { Reading } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Why } from '../core/near.ts'
import type { EvidenceRecord } from '../core/record.ts'
import { lacksOf } from '../core/record-lacks.ts'
import type { ScanRecord } from '../core/scan.ts'
import type { WeightFormat } from '../core/weight-format.ts'
import type { WrittenRecord } from '../core/written-record.ts'
import { clean } from './clean.ts'
import { count, counted, shownValue } from './numbers.ts'
import { plain } from './sentence.ts'
import { INVALID_WORDS, signerInWords } from './words-attestations.ts'
import { whySentences } from './words-near.ts'
import { problemWords } from './words-problems.ts'
import { asRowsSentence } from './words-rows.ts'
import { trainingEvidenceLine } from './words-training-evidence.ts'
import { readWeightsWords, WEIGHTS_NAMED } from './words-weights.ts'

type Colour = (style: 'bold' | 'dim' | 'red', text: string) => string

/** How much is shown: of what may be rows the first few numbers, all of them, or only what the file as a whole is. */
export type Shown = 'some' | 'all' | 'file'

/** So many numbers of a file that may be rows tell what was read of it. */
const SOME = 20

/** What the gate sees in one file, for a terminal. */
export function renderReadText(
  read: {
    readonly file: string
    readonly format?: string
    readonly why?: Why
    readonly columns?: readonly string[]
    readonly weights?: WeightFormat
  } & Reading,
  colour: Colour,
  show: Shown = 'some',
): string {
  const { file, format, measurements, records, problems, why, columns, weights } = read
  const head = `${colour('bold', clean(file, 500))}  ${weights ? readWeightsWords(weights) : (format ?? 'no format that gonogo knows')}`
  const everything = show !== 'file'
  const shown = everything ? measurements.slice(0, columns && show === 'some' ? SOME : undefined) : []
  const more = everything ? measurements.length - shown.length : 0
  const width = Math.max(0, ...shown.map(({ metric }) => [...clean(metric, 40)].length))
  const lines = [
    head,
    ...(columns ? [`  ${plain(asRowsSentence(columns))}`] : []),
    ...aboutLines(measurements).map((line) => colour('dim', `  ${line}`)),
    ...shown.map((one) => `  ${measurementLine(one, width)}`),
    ...(more > 0 ? [colour('dim', `  and ${count(more)} more, which --all shows`)] : []),
    ...(everything ? records : []).map((record) => `  ${recordLine(record)}`),
    ...problems.flatMap((problem) => {
      const { says, next } = problemWords(problem)
      const place = problem.line === undefined ? '' : `line ${problem.line}: `
      return [
        colour('red', `  ${place}${plain(says)}`),
        ...(next ? [colour('dim', `    ${plain(next)}`)] : []),
      ]
    }),
    ...(why ? whySentences(why).map((one) => colour('dim', `  ${plain(one)}`)) : []),
    ...(weights ? [colour('dim', `  ${plain(WEIGHTS_NAMED)}`)] : []),
    colour(
      'dim',
      `  ${counted(measurements.length, 'measurement')}, ${counted(records.length, 'record')}, ${counted(problems.length, 'problem')}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** What the file says of the model that it is about, and of the tool that wrote it: the first few of each. */
function aboutLines(measurements: readonly Measurement[]): readonly string[] {
  const of = (what: string, given: (one: Measurement) => string | undefined): readonly string[] => {
    const all = [...new Set(measurements.flatMap((one) => given(one) ?? []))]
    const more = all.length > 3 ? ` and ${count(all.length - 3)} more` : ''
    const first = all.slice(0, 3).map((text) => clean(text, 80))
    return all.length === 0 ? [] : [`${what} ${first.join(', ')}${more}`]
  }
  const label = (name: string) => (one: Measurement) =>
    Object.hasOwn(one.labels, name) ? one.labels[name] : undefined
  const parts = [
    ...of('model', ({ model }) => model),
    ...of('revision', label('model_revision')),
    ...of('weights', label('model_sha256')),
    ...of('trained on commit', ({ commit }) => commit),
    ...of('by', ({ tool }) => tool),
    ...of('at', ({ at }) => at),
  ]
  return parts.length === 0 ? [] : [parts.join('; ')]
}

/** One measurement with everything known about it: value, samples, labels, and where it stands. */
export function measurementLine(
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
  const pointer = source.pointer === '' ? [] : [clean(source.pointer, 120)]
  const at = [...pointer, ...(source.line === undefined ? [] : [`line ${source.line}`])].join(', ')
  return `${padded}  ${shownValue(value, unit)}${n}${left}  ${said.join(', ')}${said.length > 0 ? '  ' : ''}(${at})`
}

function recordLine(record: EvidenceRecord): string {
  if (record.kind === 'attestation') return attestationLine(record)
  if (record.kind === 'document') return `document with ${counted(record.sections.length, 'section')}`
  if (record.kind === 'adapter') {
    const base = record.base === undefined ? 'no base model' : `base model ${clean(record.base, 120)}`
    return `adapter ${clean(record.type, 40)} of ${base}${record.revision === undefined ? '' : ` at ${clean(record.revision, 60)}`}`
  }
  if (record.kind === 'card') {
    const bases = record.bases.map((base) => clean(base, 120)).join(', ')
    const licence = record.licence === undefined ? 'no licence' : `licence ${clean(record.licence, 120)}`
    return `card: ${licence}${bases === '' ? '' : `, ${record.relation ?? 'made'} from ${bases}`}`
  }
  if (record.kind === 'suite') {
    const passed = record.tests.filter(({ outcome }) => outcome === 'passed').length
    const name = record.suite === undefined ? '' : ` ${clean(record.suite, 80)}`
    return `suite${name}: ${count(passed)} of ${counted(record.tests.length, 'test')} passed`
  }
  if (record.kind === 'caiq')
    return `CAIQ of ${record.date ?? 'no day'}: ${counted(record.answers, 'answer')}, ${count(record.no)} no, ${count(record.na)} not applicable, ${count(record.open.length)} open`
  if (record.kind === 'bom') return bomLine(record)
  if (record.kind === 'oscal') {
    const { date, findings, risks } = record
    return `assessment results of ${date}: ${counted(findings.length, 'finding')}, ${counted(risks.length, 'open risk')}`
  }
  if (record.kind === 'written') {
    const owner = record.owner === 'given' ? [] : [{ field: 'owner', why: record.owner }]
    const open = [...owner, ...lacksOf(record, [])].map(({ field, why }) => `${field} (${why})`)
    const left = open.length === 0 ? '' : `; not filled in: ${open.join(', ')}`
    const outcome = record.outcome === undefined ? '' : `, ${record.outcome}`
    return `${record.record} record of ${record.date ?? 'no day'}${outcome}${aboutOthers(record)}${left}`
  }
  if (record.kind === 'scan') return scanLine(record)
  if (record.kind !== 'training') return trainingEvidenceLine(record)
  const given = Object.entries(record.fields).filter(([, filled]) => filled === 'given')
  const ended =
    record.outcome === undefined
      ? 'outcome (missing)'
      : record.outcome === 'placeholder'
        ? 'outcome (placeholder)'
        : record.outcome
  return `training record ${record.date === undefined ? 'without a date' : `of ${record.date}`}, ${ended}: ${given.map(([field]) => field).join(', ') || 'no field filled in'}`
}

/** What a record says of other files: where an index is answered, and what a report signs for. */
function aboutOthers({ answered, signs, signers = [] }: WrittenRecord): string {
  const excused = Object.values(answered ?? {}).filter(({ kind }) => kind === 'excused').length
  const all = Object.keys(answered ?? {}).length
  const index =
    answered === undefined ? '' : `: ${counted(all - excused, 'heading')} answered, ${count(excused)} excused`
  const by = signers.map(({ name, role, signed }) => `${clean(name, 80)} (${clean(role, 80)}, ${signed})`)
  const report =
    signs === undefined ? '' : `: ${counted(signs.length, 'file')} signed for by ${by.join(', ') || 'nobody'}`
  return `${index}${report}`
}

function bomLine({ standard, spec, date, parts, placeholders, unresolved }: BomRecord): string {
  const those = (kind: BomPart['kind']) => parts.filter((part) => part.kind === kind)
  const hashed = parts.filter(({ digests }) => digests.length > 0).length
  const counts = [
    counted(those('model').length, 'model'),
    counted(those('data').length, 'dataset'),
    counted(those('file').length, 'file'),
    `${count(hashed)} with a digest`,
    counted(placeholders.length, 'placeholder'),
    `${counted(unresolved.length, 'reference')} to nothing`,
  ]
  return `${standard} ${clean(spec, 10)} bill of materials of ${date ?? 'no day'}: ${counts.join(', ')}`
}

const CLAIMED_READ: { readonly [W in ClaimedWhy]: string } = {
  unsigned: 'not signed',
  unknown_key: 'signed by a key that is not known here',
  unsupported: 'signed in a way that is not verified here',
}

function attestationLine({ predicateType, shown, subjects }: AttestationRecord): string {
  const of = `attestation ${clean(predicateType, 100) || '(unknown)'} of ${counted(subjects.length, 'subject')}`
  switch (shown.state) {
    case 'verified':
      return `${of}: signature verified, by ${plain(signerInWords(shown.signer))}${shown.at === undefined ? '' : ` at ${clean(shown.at, 40)}`}`
    case 'claimed':
      return `${of}: claimed, ${CLAIMED_READ[shown.why]}`
    case 'placeholder':
      return `${of}: placeholder, ${clean(shown.found, 40)}`
    case 'invalid':
      return `${of}: invalid, ${INVALID_WORDS[shown.why]}`
  }
}

const PROOFS: { readonly [P in ScanRecord['proof']]: string } = {
  ran: '',
  failed: ', which did not come to its end',
  not_said: ', which does not say that it ran',
}

function scanLine({ tool, version, at, proof, files, skipped, errors, issues }: ScanRecord): string {
  const by = [tool, ...(version === undefined ? [] : [version])].map((part) => clean(part, 80)).join(' ')
  const when = at === undefined ? '' : ` of ${clean(at, 40)}`
  const digests = files.filter(({ sha256 }) => sha256 !== undefined).length
  const counts = [
    `${counted(files.length, 'file')} scanned${digests > 0 ? `, ${count(digests)} with a digest` : ''}`,
    `${count(skipped.length)} skipped`,
    counted(errors.length, 'error'),
    counted(issues.length, 'issue'),
  ]
  return `scan by ${by}${when}${PROOFS[proof]}: ${counts.join(', ')}`
}
