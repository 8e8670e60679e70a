import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { answerAlone } from '../checks/record-written.ts'
import {
  CRITERIA_FOLDER,
  FLOOR,
  MODELS_FOLDER,
  manifestPath,
  misspelt,
  modelOfCriteria,
  readAs,
} from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { RecordAnswer } from '../core/record-answer.ts'
import { parseCriteria } from '../criteria/criteria.ts'
import { type FloorFacts, floorFaults, parseFloor } from '../criteria/floor.ts'
import { parseManifest } from '../criteria/manifest.ts'
import { holdAgainst, type ProposedFile } from '../criteria/proposed.ts'
import { type Weighed, weigh } from '../criteria/weigh.ts'
import { readEvidence } from '../readers/index.ts'
import { clean } from '../render/clean.ts'
import { jsonAnswer, jsonNote, jsonProblem } from '../render/json.ts'
import { plain, type Words } from '../render/sentence.ts'
import { answerWords } from '../render/words-answers.ts'
import { noteSentence } from '../render/words-criteria.ts'
import { problemWords } from '../render/words-problems.ts'
import { MAX_WRITTEN_BYTES } from '../sources/files.ts'
import { decode } from '../text/decode.ts'
import type { Parsed } from '../text/parsed.ts'
import { parseYaml } from '../text/yaml.ts'
import { evidenceHere } from './evidence-here.ts'
import { givenFloor } from './floor.ts'
import { colourFor } from './style.ts'
import { isRepository, UsageError, type World } from './world.ts'

export type LintOptions = {
  readonly floor?: string
  readonly repository?: string
  readonly json?: boolean
  /** The folder that files are named from, and looked for in. */
  readonly repo?: string
}
type Against = { readonly floor?: FloorFacts; readonly repository: string; readonly now: string }

/** `gonogo lint`: every problem of criteria, floors, manifests and records, by line, what criteria do not ask, and what they take. */
export async function lint(
  world: World,
  files: readonly string[],
  { floor: given, repository = '', json, repo = '.' }: LintOptions = {},
): Promise<number> {
  if (repository !== '' && !isRepository(repository))
    throw new UsageError(`${clean(repository)} is no repository: write --repository OWNER/NAME`)
  const folder = resolve(world.cwd, repo)
  const inFolder = await stat(folder).catch(() => undefined)
  if (!inFolder?.isDirectory()) throw new UsageError(`${clean(repo)} is not a folder; name one with --repo`)
  const floor = given === undefined ? undefined : await givenFloor(world, given)
  if (floor !== undefined && floorFaults(floor).length > 0) throw new UsageError(faultyFloor(floor))
  const against = { repository, now: world.clock().toISOString(), ...(floor && { floor }) }
  const paths = files.length > 0 ? files.map((file) => resolve(folder, file)) : await written(folder)
  if (paths.length === 0)
    throw new UsageError(
      `there is nothing to lint here: no ${CRITERIA_FOLDER}*.yml, no ${MODELS_FOLDER}*/release.yml and no ${FLOOR}`,
    )
  const linted: Linted[] = []
  for (const path of paths) {
    const file = relative(folder, path) || path
    const { problems, notes, answers = [] } = await lintFile(path, file, against)
    const ordered = [...misnamed(path, file), ...problems].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    linted.push({ file, problems: ordered, notes, answers })
  }
  const faults = linted.reduce((sum, { problems, answers }) => sum + problems.length + answers.length, 0)
  if (json) {
    const files = linted.map(({ file, problems, notes, answers }) => ({
      ...{ file, problems: problems.map(jsonProblem), notes: notes.map(jsonNote) },
      ...(answers.length > 0 && { answers: answers.map((answer) => jsonAnswer(answer)) }),
    }))
    world.stdout.write(`${JSON.stringify(files, null, 2)}\n`)
    return faults === 0 ? 0 : 1
  }
  const colour = colourFor(world)
  const write = (place: string, { says, next }: Words): void => {
    const remedy = next ? `  ${colour('dim', plain(next))}\n` : ''
    world.stdout.write(`${colour('bold', clean(place, 500))}  ${plain(says)}\n${remedy}`)
  }
  for (const { file, problems, notes, answers } of linted) {
    for (const problem of problems) {
      const { path, line, column } = problem
      write([path, line, column].filter((part) => part !== undefined).join(':'), problemWords(problem))
    }
    for (const answer of answers) write(file, answerWords(answer))
    for (const note of notes)
      world.stdout.write(`${colour('bold', clean(file, 500))}  ${plain(noteSentence(note))}\n`)
  }
  const counted = `${paths.length} ${paths.length === 1 ? 'file' : 'files'}`
  world.stdout.write(
    faults === 0
      ? colour('green', `no problems in ${counted}\n`)
      : colour('red', `${faults} ${faults === 1 ? 'problem' : 'problems'} in ${counted}\n`),
  )
  return faults === 0 ? 0 : 1
}

async function lintFile(file: string, shown: string, against: Against): Promise<Found> {
  const info = await stat(file).catch(() => undefined)
  if (info?.isDirectory())
    throw new UsageError(`${clean(shown)} is a folder; name its files, or lint the whole clone with --repo`)
  if (!info?.isFile()) throw new UsageError(`${clean(shown)} is not a file`)
  if (info.size > MAX_WRITTEN_BYTES)
    return faulty([{ path: shown, code: 'too_large', bytes: info.size, limit: MAX_WRITTEN_BYTES }])
  const bytes = await readFile(file)
  const decoded = decode(bytes, shown)
  if ('problem' in decoded) return faulty([decoded.problem])
  const path = shown.replaceAll('\\', '/')
  const parsed = parseYaml(decoded.text, path)
  switch (kindOf(path, parsed)) {
    case 'criteria':
      return await criteriaProblems(parsed, { file, path }, against)
    case 'floor':
      return faulty(parseFloor(parsed, path).problems)
    case 'manifest':
      return faulty(parseManifest(parsed, path).problems)
    case 'record': {
      const { problems, records } = readEvidence(bytes, path, '').reading
      const written = records.filter((record) => record.kind === 'written')
      const answers = written.map((record) => answerAlone(record, against.now))
      return { ...faulty(problems), answers: answers.filter(({ outcome }) => outcome !== 'met') }
    }
    case 'unknown':
      return faulty(parsed.problems.length > 0 ? parsed.problems : [{ path, line: 1, code: 'unknown_file' }])
  }
}

/** What stands where the gate looks, by a name that it does not read. */
function misnamed(file: string, path: string): readonly Problem[] {
  const whole = file.replaceAll('\\', '/')
  const wanted = readAs(whole)
  if (wanted !== undefined) return [{ path, line: 1, code: 'unknown_file', readAs: wanted }]
  const [, inCriteria] = whole.split(`/${CRITERIA_FOLDER}`)
  if (inCriteria === undefined || modelOfCriteria(`${CRITERIA_FOLDER}${inCriteria}`)) return []
  return [{ path, line: 1, code: 'unknown_file' }]
}

/** What keeps a floor from being held against anything. */
function faultyFloor(floor: FloorFacts): string {
  const [first] = floorFaults(floor)
  if (first === undefined) return 'the floor can not be used'
  const place = [first.path, first.line].filter((part) => part !== undefined).join(':')
  return `the floor can not be used: ${clean(place)}: ${plain(problemWords(first).says)}`
}

/** `answers`: what a record comes to today, where it does not hold. */
type Found = Weighed & { readonly answers?: readonly RecordAnswer[] }
type Linted = Required<Found> & { readonly file: string }

function faulty(problems: readonly Problem[]): Weighed {
  return { problems, notes: [] }
}

/** With what nothing asks for: the file is held against the built-in controls, and the floor that was given. */
async function criteriaProblems(
  parsed: Parsed,
  { file: at, path }: { readonly file: string; readonly path: string },
  { floor, repository, now }: Against,
): Promise<Weighed> {
  const found = parseCriteria(parsed, path)
  // Only gaps are weighed by it, and rows take their time.
  const isAsked = found.criteria?.criteria.some((one) => one.check === 'disparity' && 'confidence' in one)
  const evidence = found.criteria && isAsked ? await evidenceHere(at, path, found.criteria) : []
  const { problems, notes } = weigh(found, path, evidence)
  const file: ProposedFile = {
    ...{ path, change: 'added', deviations: [], problems: [...found.problems, ...problems] },
    ...(found.criteria && { criteria: found.criteria, lines: found.lines }),
  }
  return { problems: holdAgainst(file, floor, { repository, now }).problems, notes }
}

function kindOf(path: string, { value }: Parsed): 'criteria' | 'floor' | 'manifest' | 'record' | 'unknown' {
  if ([FLOOR, misspelt(FLOOR)].some((floor) => `/${path}`.endsWith(`/${floor}`))) return 'floor'
  if (path.includes(CRITERIA_FOLDER)) return 'criteria'
  if (/(^|\/)release\.ya?ml$/.test(path)) return 'manifest'
  if (typeof value !== 'object' || value === null) return 'unknown'
  if (['enforcement', 'unlisted', 'approvals', 'models'].some((key) => key in value)) return 'floor'
  if ('criteria' in value) return 'criteria'
  if ('record' in value) return 'record'
  return 'weights' in value || 'evidence' in value ? 'manifest' : 'unknown'
}

/** The written files of a folder that stand where gonogo looks for them. */
async function written(folder: string): Promise<readonly string[]> {
  const below = await readdir(join(folder, CRITERIA_FOLDER), { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  const criteria = below.filter((entry) => !entry.isDirectory())
  const models: readonly string[] = await readdir(join(folder, MODELS_FOLDER)).catch(() => [])
  const there = await Promise.all(
    [FLOOR, ...models.map(manifestPath)]
      .flatMap((path) => [join(folder, path), join(folder, misspelt(path))])
      .map(async (path) => ((await stat(path).catch(() => undefined))?.isFile() ? [path] : [])),
  )
  return [...criteria.map(({ parentPath, name }) => join(parentPath, name)), ...there.flat()].toSorted()
}
