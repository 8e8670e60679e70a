import type { Answer, Bound, Outcome } from '../core/answer.ts'
import { awaiting } from '../core/awaiting.ts'
import type { Decision } from '../core/decide.ts'
import type { Reading } from '../core/evidence.ts'
import { type Finding, outcomeOf } from '../core/finding.ts'
import type { Gap } from '../core/gap-answer.ts'
import type { Measurement, Source } from '../core/measurement.ts'
import type { Why } from '../core/near.ts'
import type { Note } from '../core/note.ts'
import type { Place } from '../core/place.ts'
import type { Problem } from '../core/problem.ts'
import type { Registration } from '../core/registration.ts'
import type { Shown } from '../core/shown.ts'
import { type Ids, standardsOf } from '../core/standards.ts'
import type { Unpassed } from '../core/suite-answer.ts'
import { type ModelVerdict, mergedWithoutGo, type Proposal, type Verdict } from '../core/verdict.ts'
import type { WeightFormat } from '../core/weight-format.ts'
import { byItself } from './facts.ts'
import { plain, type Words } from './sentence.ts'
import { answerWords, findingWords } from './words-answers.ts'
import { noteSentence } from './words-criteria.ts'
import { problemWords } from './words-problems.ts'

export type JsonProblem = Place & { readonly code: string; readonly message: string; readonly next: string }

export type JsonAnswer = {
  readonly outcome: Answer['outcome']
  readonly code: Answer['code']
  readonly message: string
  readonly next?: string
  readonly observed?: Omit<Measurement, 'source'>
  readonly bound?: Bound
  /** How sure the samples had to make it. */
  readonly confidence?: number
  /** What the samples show; each end alone holds with its confidence. */
  readonly shown?: Shown
  /** How many samples would decide it at this value. */
  readonly needed?: number
  /** The pairs of groups that are furthest apart, the worst first. */
  readonly gaps?: readonly Gap[]
  readonly source?: Source
  /** Of a suite: the tests that did not pass, the worst first, and how many there are beside these. */
  readonly unpassed?: readonly Unpassed[]
  readonly more?: number
}

export type JsonFinding = Pick<Finding, 'criterion' | 'control' | 'blocking' | 'version' | 'exam'> &
  Omit<JsonAnswer, 'outcome'> & {
    readonly outcome: Outcome
    /** The waiver that accepts it. */
    readonly waiver?: Finding['waiver']
    readonly asked?: Finding['asked']
    /** Where the control stands in the standards that ask for it, by standard, with commas between ids. */
    readonly standards?: Ids
    readonly members?: readonly (JsonAnswer & { readonly member: string })[]
  }

export type JsonModel = Pick<
  ModelVerdict,
  | 'model'
  | 'version'
  | 'identity'
  | 'risk'
  | 'standing'
  | 'coverage'
  | 'deviations'
  | 'amendments'
  | 'since'
  | 'weights'
  | 'service'
  | 'bases'
  | 'components'
  | 'evidence'
  | 'exams'
  | 'chosen'
  | 'loaded'
  | 'unproved'
  | 'datasets'
  | 'waivers'
  | 'manifest'
> & {
  readonly decision: Decision
  readonly registration: Registration
  readonly known_as: readonly string[]
  readonly findings: readonly JsonFinding[]
  readonly problems: readonly JsonProblem[]
}

export type JsonNote = Note & { readonly message: string }

export type JsonProposal = Omit<Proposal, 'problems' | 'notes'> & {
  readonly problems: readonly JsonProblem[]
  readonly notes?: readonly JsonNote[]
}

/** The public interface of `gonogo check --format json`: fields may be added, never renamed. */
export type JsonVerdict = Omit<Verdict, 'models' | 'problems' | 'proposals'> & {
  /** Runs, start tickets, files of artifacts, approvals and waivers that only GitHub, or the app, can show. */
  readonly awaiting: readonly string[]
  /** Of a tip of the default branch: whether something reached it that is no go. */
  readonly merged_without_go?: boolean
  readonly models: readonly JsonModel[]
  readonly problems: readonly JsonProblem[]
  readonly proposals: readonly JsonProposal[]
}

/** The public interface of `gonogo read --json`. */
export type JsonFile = Pick<Reading, 'measurements' | 'records'> & {
  readonly file: string
  readonly format: string | null
  readonly problems: readonly JsonProblem[]
  /** Why no tool's reader claims it: what stands at its top, and the formats that come near. */
  readonly why?: Why
  /** Of a table, or of JSON lines, that may be rows. */
  readonly columns?: readonly string[]
  /** Of what no reader takes, and is weights by its bytes or its name. */
  readonly weights?: WeightFormat
}

/** A verdict as plain data for `JSON.stringify`, every answer with its code and its sentence. */
export function renderJson(verdict: Verdict): JsonVerdict {
  const { decision, models, problems, proposals, ...commit } = verdict
  return {
    decision,
    awaiting: awaiting(verdict),
    ...(verdict.pushed && { merged_without_go: mergedWithoutGo(verdict) }),
    models: models.map(jsonModel),
    problems: problems.map(jsonProblem),
    proposals: proposals.map(jsonProposal),
    ...commit,
  }
}

/** What the gate sees in files, as plain data for `JSON.stringify`. */
export function renderReadJson(
  files: readonly (Reading & {
    readonly file: string
    readonly format?: string
    readonly why?: Why
    readonly columns?: readonly string[]
    readonly weights?: WeightFormat
  })[],
): readonly JsonFile[] {
  return files.map(({ file, format, measurements, records, problems, why, columns, weights }) => ({
    file,
    format: format ?? null,
    measurements,
    records,
    problems: problems.map(jsonProblem),
    ...(why && { why }),
    ...(columns && { columns }),
    ...(weights && { weights }),
  }))
}

function jsonProposal({ problems, notes, ...proposal }: Proposal): JsonProposal {
  return { ...proposal, problems: problems.map(jsonProblem), ...(notes && { notes: notes.map(jsonNote) }) }
}

/** A note with its sentence. */
export function jsonNote(note: Note): JsonNote {
  return { ...note, message: plain(noteSentence(note)) }
}

function jsonModel({ knownAs, findings, problems, ...model }: ModelVerdict): JsonModel {
  return {
    ...model,
    findings: findings.map(jsonFinding),
    problems: problems.map(jsonProblem),
    known_as: knownAs,
  }
}

function jsonFinding(finding: Finding): JsonFinding {
  const { criterion, control, blocking, version, asked, answer, exam, waiver } = finding
  const standards = standardsOf(control)
  return {
    criterion,
    control,
    blocking,
    version,
    ...jsonAnswer(answer, findingWords(finding)),
    outcome: outcomeOf(finding),
    ...(waiver === undefined ? {} : { waiver }),
    ...(exam === undefined ? {} : { exam }),
    ...(asked === undefined ? {} : { asked }),
    ...(standards === undefined ? {} : { standards }),
    ...('members' in answer
      ? { members: answer.members.map(({ member, answer: own }) => ({ member, ...jsonAnswer(own) })) }
      : {}),
  }
}

/** An answer with its sentence and what to do. */
export function jsonAnswer(answer: Answer, { says, next }: Words = answerWords(answer)): JsonAnswer {
  const own = byItself(answer)
  return {
    outcome: answer.outcome,
    code: answer.code,
    message: plain(says),
    ...(next === undefined ? {} : { next: plain(next) }),
    ...('observed' in own ? split(own.observed) : {}),
    ...('bound' in own ? { bound: own.bound } : {}),
    ...('confidence' in own && own.confidence !== undefined ? { confidence: own.confidence } : {}),
    ...('shown' in own && own.shown !== undefined ? { shown: own.shown } : {}),
    ...('gaps' in own ? { gaps: own.gaps } : {}),
    ...('needed' in own && own.needed !== undefined ? { needed: own.needed } : {}),
    ...('unpassed' in own ? { unpassed: own.unpassed, more: own.more } : {}),
  }
}

function split({ source, ...observed }: Measurement): Pick<JsonAnswer, 'observed' | 'source'> {
  return { observed, source }
}

/** A problem with its place, its sentence and what to do. */
export function jsonProblem(problem: Problem): JsonProblem {
  const { says, next } = problemWords(problem)
  const { code, path, line, column } = problem
  return {
    code,
    path,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    message: plain(says),
    next: plain(next),
  }
}
