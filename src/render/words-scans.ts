import type { ScanIssue } from '../core/scan.ts'
import type { OwnWhy, ScanAnswer, ScanGap, ScanShown } from '../core/scan-answer.ts'
import { count, counted } from './numbers.ts'
import { joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import type { AnswerWords } from './words-table.ts'
import { FORMATS } from './words-weights.ts'

/** More than these make no sentence; the JSON has all of them. */
const NAMED = 5

/** The words for scans of weights. */
export const SCAN_WORDS: AnswerWords<ScanAnswer> = {
  scan_clean: ({ scans, by, lesser, suppressed }) => ({
    says: sentence`every file of the weights was scanned, and nothing was found: ${joined(waysInWords(scans, by))}${leftInWords(lesser, suppressed)}`,
  }),
  scan_found: ({ path, tool, issues, more }) => ({
    says: sentence`${quoted(tool)} found ${[counted(issues.length + more, 'issue')]}, as ${quoted(path)} says: ${listed(issues.slice(0, NAMED).map(issueInWords))}${[issues.length + more > NAMED ? ` and ${counted(issues.length + more - NAMED, 'more', 'more')}` : '']}`,
    next: sentence`release weights that have none, best as safetensors, scan them and commit the report`,
  }),
  scan_incomplete: ({ wanting: gaps, more }) => ({
    says: sentence`no scan shows that every file of the weights is clean: ${joined(gaps.slice(0, NAMED).map(gapInWords), '; ')}${[gaps.length + more > NAMED ? `; and ${counted(gaps.length + more - NAMED, 'more', 'more')}` : '']}`,
    next: gaps.some(({ why }) => why === 'not_seen_through')
      ? ownRemedy(gaps)
      : gaps.some(({ why }) => why === 'only_named')
        ? sentence`scan the weights in a workflow and name its artifact among the evidence in the manifest, or bring a report with the sha256 of each file, such as SARIF with ${quoted('hashes')}; ${quoted('named: accepted')} in the criteria takes names`
        : sentence`scan exactly the weights that are released, each of them, to the end, and commit the report as the scanner writes it`,
  }),
  no_scan: ({ tool, others }) => ({
    says: sentence`the evidence has no scan${tool === undefined ? [] : sentence` by ${quoted(tool)}`}${others.length === 0 ? [] : sentence`; there are scans by ${names(others)}`}`,
    next: sentence`scan the weights, as with ${quoted('modelscan -p model.pkl -r json -o scan.json')}, and name the report in the manifest's evidence`,
  }),
  nothing_to_scan: ({ service }) => ({
    says: service
      ? sentence`the model is a service, which has no weights that could be scanned`
      : sentence`the release has no weights, so that nothing was scanned`,
    next: service
      ? sentence`for the next release, say under ${quoted('not_applicable:')} in the criteria why the control needs no scan, and ask for what the provider attests`
      : sentence`name the weights in the manifest`,
  }),
  format_refused: ({ wanted, files }) => ({
    says: sentence`weights must be ${[formats(wanted)]}, and ${listed(files.slice(0, NAMED).map(fileInWords))}`,
    next: sentence`convert the weights, evaluate what came of it, and release that`,
  }),
  format_unknown: ({ wanted, files }) => ({
    says: sentence`weights must be ${[formats(wanted)]}, and their bytes could not be read: ${listed(files.slice(0, NAMED).map(({ name, why }) => sentence`${quoted(name)} ${[UNREAD[why]]}`))}`,
    next: sentence`commit the weights, with Git LFS where they are large, and check a clone that has them`,
  }),
}

/** gonogo writes no report that could be committed. */
function ownRemedy(gaps: readonly ScanGap[]): Sentence {
  const isAway = (gap: ScanGap) =>
    gap.why === 'not_seen_through' && (gap.of === 'elsewhere' || gap.of === 'lfs')
  const convert = sentence`release the weights as safetensors, evaluated as such; or name in the criteria of the next release, as ${quoted('tool:')}, another scanner that reads this format, and its report in the manifest's evidence`
  if (!gaps.some(isAway)) return convert
  const commit = sentence`commit the weights, with Git LFS where they are large, and check a clone that has them`
  return gaps.every(isAway) ? commit : sentence`${commit}; of the others, ${convert}`
}

const UNREAD = {
  elsewhere: 'is not in the commit',
  lfs: 'is in Git LFS, which was not to be had here',
  too_large: 'is larger than what is read',
} as const

const NOT_SEEN: { readonly [W in OwnWhy]: string } = {
  ...UNREAD,
  inside: 'was not looked into to its end by gonogo, which knows no such packing or format',
  faulty: 'was read by gonogo, and loading it may call what is not allowed',
}

function formats(wanted: Extract<ScanAnswer, { code: 'format_refused' }>['wanted']): string {
  return wanted.map((one) => FORMATS[one]).join(' or ')
}

function fileInWords({
  name,
  is,
}: Extract<ScanAnswer, { code: 'format_refused' }>['files'][number]): Sentence {
  return sentence`${quoted(name)} is ${[is === undefined ? 'in no format that gonogo knows' : `${FORMATS[is]} by its bytes`]}`
}

function issueInWords({ severity, what, file }: ScanIssue): Sentence {
  const where = file === undefined ? [] : sentence` in ${quoted(file)}`
  return sentence`${quoted(what)}${where} (${[severity === 'unknown' ? 'of unknown severity' : severity]})`
}

function waysInWords(
  scans: readonly ScanShown[],
  { digest, name, own }: Extract<ScanAnswer, { code: 'scan_clean' }>['by'],
): readonly Sentence[] {
  const tools = names([...new Set(scans.map(toolInWords))], NAMED)
  return [
    ...(digest > 0 ? [sentence`${[count(digest)]} by digest with ${tools}`] : []),
    ...(name > 0
      ? [sentence`${[count(name)]} by name with ${tools}, which only declares which bytes they were`]
      : []),
    ...(own > 0 ? [sentence`${[count(own)]} by its bytes, as gonogo read them`] : []),
  ]
}

function toolInWords({ tool, version, at }: ScanShown): string {
  return `${tool}${version === undefined ? '' : ` ${version}`}${at === undefined ? '' : ` of ${at}`}`
}

function leftInWords(lesser: number, suppressed: number): Sentence {
  const parts = [
    ...(lesser > 0 ? [`${counted(lesser, 'issue')} less severe than asked`] : []),
    ...(suppressed > 0 ? [`${counted(suppressed, 'issue')} accepted in the report itself`] : []),
  ]
  return parts.length === 0 ? [] : [`; beside them ${parts.join(' and ')}`]
}

function gapInWords(gap: ScanGap): Sentence {
  if (gap.why === 'left_out') return sentence`nothing scanned ${names(gap.files, NAMED, gap.more)}`
  if (gap.why === 'not_seen_through') return sentence`${quoted(gap.file)} ${[NOT_SEEN[gap.of]]}`
  const by = quoted(gap.path)
  switch (gap.why) {
    case 'failed':
      return sentence`${by} says that the scan failed`
    case 'not_said':
      return sentence`${by} does not say that the scan ran, so that its silence proves nothing`
    case 'nothing_scanned':
      return sentence`${by} names no file that was scanned`
    case 'errors':
      return sentence`${by} has ${[counted(gap.found.length + gap.more, 'error')]}: ${names(gap.found, NAMED)}`
    case 'skipped':
      return sentence`${by} says that ${quoted(gap.file)} was skipped (${quoted(gap.said)})`
    case 'other_bytes':
      return sentence`${by} is about other bytes of ${quoted(gap.file)} than are released`
    case 'only_named':
      return sentence`${by} only names ${quoted(gap.file)} and gives no sha256, and no run was seen that wrote it, so that it may be about other bytes`
    case 'version':
      return gap.found === undefined
        ? sentence`${by} does not say the version of the scanner, and ${quoted(gap.wanted)} or later is wanted`
        : sentence`${by} is by version ${quoted(gap.found)}, and ${quoted(gap.wanted)} or later is wanted`
    case 'no_time':
      return gap.at === undefined
        ? sentence`${by} does not say when the scan ran`
        : sentence`${by} says that the scan ran at ${quoted(gap.at)}, which nothing can read as a time: write it as ${quoted('2026-01-31T08:00:00Z')}`
    case 'in_future':
      return sentence`${by} says that the scan ran at ${quoted(gap.at ?? '')}, which is still to come`
    case 'before_work':
      return sentence`${by} says that the scan ran at ${quoted(gap.at ?? '')}, before the work on the weights began`
    case 'before_made':
      return sentence`${by} says that the scan ran at ${quoted(gap.at ?? '')}, before the training of the weights ended`
    case 'too_old':
      return sentence`${by} says that the scan ran ${[counted(gap.days, 'day')]} ago, and at most ${[counted(gap.limit, 'day')]} are allowed`
  }
}
