import { isDigest } from '../core/named-evidence.ts'
import type { Fault } from '../core/problem.ts'
import type { Lack, OscalFault, RecordAnswer, RecordHolds } from '../core/record-answer.ts'
import { CONDITION_WORDS, type Failing, SENTENCE_WORDS, type Weak } from '../core/written-record.ts'
import { counted } from './numbers.ts'
import { joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import { claimedAdvice, claimedWords } from './words-access.ts'
import { BOM_PROBLEM_WORDS, BOM_WORDS } from './words-bom.ts'
import { CAIQ_WORDS, shareWords } from './words-caiq.ts'
import { DOCUMENTS_WORDS } from './words-documents.ts'
import { enteredWords, outsideWords } from './words-entered.ts'
import { NO_RECORD_WORDS } from './words-no-record.ts'
import {
  NOT_OBSERVED,
  observedFault,
  onlyClaimed,
  otherwiseAdvice,
  seenWords,
  toObserve,
} from './words-observed.ts'
import type { AnswerWords, FaultWords } from './words-table.ts'
import { restsOn, unshownAdvice, unshownWords } from './words-tests-shown.ts'

/** The words of what a criterion that asks for a record came to. */
export const RECORD_WORDS: AnswerWords<RecordAnswer> = {
  record_holds: (answer) => ({ says: holdsWords(answer) }),
  records_hold: ({ each }) => ({ says: joined(each.map(holdsWords), '; ') }),
  record_observed_otherwise: ({ record, path, run, sibling, faults }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} is contradicted by what GitHub shows of ${run === undefined ? ['the repository'] : runOf(run, sibling)}: ${listed(faults.map(observedFault))}`,
    next: otherwiseAdvice(faults),
  }),
  record_not_observed: ({ record, path, why, workflow, seen = [], claimed = [] }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} says all that was asked, and ${NOT_OBSERVED[why]}${workflow === undefined ? [] : sentence` (${quoted(workflow)})`}${seen.length === 0 ? [] : sentence`; seen without a run: ${seenWords(seen)}`}${why === 'claimed' ? sentence`: ${claimedWords(claimed)}` : onlyClaimed(claimed)}`,
    next: why === 'claimed' ? claimedAdvice(claimed) : toObserve(why, claimed),
  }),
  record_lacks: ({ record, path, lacking }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} lacks ${listed(lacking.map(lack))}`,
    next: joined(remediesOf(lacking, sentence` in ${quoted(path)}`), ', and '),
  }),
  record_unowned: ({ record, path, why, lacking }) => ({
    says: sentence`nobody owns the ${quoted(record)} record in ${quoted(path)}: its ${quoted('owner')} is ${[HOW[why]]}${lacking.length === 0 ? [] : sentence`; it also lacks ${listed(lacking.map(lack))}`}`,
    next: sentence`name the person or team that answers for it as ${quoted('owner')} in ${quoted(path)}${remediesOf(lacking).flatMap((one) => sentence`, and ${one}`)}`,
  }),
  record_expired: ({ record, path, date, days, limit, field }) => ({
    says:
      field === undefined
        ? sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} is ${[counted(days, 'day')]} old, and at most ${[counted(limit, 'day')]} are allowed`
        : sentence`${quoted(field)} of ${quoted(date)} in the ${quoted(record)} record in ${quoted(path)} is ${[counted(days, 'day')]} old, and at most ${[counted(limit, 'day')]} are allowed`,
    next:
      field === undefined
        ? sentence`check again what the record says, and commit a record of that day`
        : sentence`do again what ${quoted(field)} is about, and commit a record of it`,
  }),
  record_ran_out: ({ record, path, date, expires }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} was to hold until ${quoted(expires)}, which is over`,
    next: sentence`check again what the record says, and commit a record of that day; a later ${quoted('expires')} alone says nothing new`,
  }),
  record_in_future: ({ record, path, date, field }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} is dated ${quoted(date)}${field === undefined ? [] : sentence` at ${quoted(field)}`}, which is still to come`,
    next: sentence`correct the date in ${quoted(path)}`,
  }),
  record_rejected: ({ record, path, date, word }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} ends with ${quoted(`outcome: ${word}`)}`,
    next: sentence`change what speaks against it, have it looked at again, and commit the record of that day`,
  }),
  record_unfinished: ({ record, path, date, word }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} is not at its end: ${quoted(`outcome: ${word}`)}`,
    next: sentence`finish what it is about, and write what it came to as ${quoted('outcome')}`,
  }),
  record_wants_conditions: ({ record, path, date, word, weak }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} ends with ${quoted(`outcome: ${word}`)}, and ${listed(weak.map(weakly))}, which holds only with ${[weak.length === 1 ? 'a condition' : 'conditions']} for it`,
    next: sentence`end it with conditions: what is to be done about ${names(weak.map(({ field }) => field))}, and until which day, each with ${quoted('for:')} and that name`,
  }),
  record_ends_otherwise: ({ record, path, date, word, failing }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} ends with ${quoted(`outcome: ${word}`)}, and ${listed(failing.map(fails))} in it`,
    next: sentence`mend what ${names(failing.map(({ field }) => field))} shows and try again, or write the ${quoted('outcome')} that it had`,
  }),
  record_condition_overdue: ({ record, path, date, overdue }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} was accepted on ${[counted(overdue.length, 'condition')]} whose day is over: ${listed(overdue.map(({ what, due }) => sentence`${quoted(what)} until ${quoted(due)}`))}`,
    next: sentence`do what the conditions ask, and write the day as ${quoted('met:')} beside each`,
  }),
  record_fails: ({ record, path, date, failing }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} speaks against itself: ${listed(failing.map(fails))}`,
    next: sentence`mend what ${names(failing.map(({ field }) => field))} shows, and commit a record of that day`,
  }),
  record_unshown: ({ record, path, date, unshown }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} does not show its tests: ${listed(unshown.map(unshownWords))}`,
    next: sentence`${listed(unshownAdvice(unshown))}; the report of what is confidential or lies elsewhere is given by its digest, as ${quoted('evidence: { name: ..., sha256: ... }')}`,
  }),
  record_not_apart: ({ record, path, fields: [one, other], who }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} names ${quoted(who)} both as ${quoted(one)} and as ${quoted(other)}`,
    next: sentence`have it done by somebody who is not ${quoted(other)}`,
  }),
  record_of_other_work: ({ record, path, found, wanted }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} is of commit ${quoted(found)}, and the manifest has ${names(wanted)} for the training`,
    next: sentence`commit the record of the training that made these weights, or correct ${quoted('training:')} in the manifest`,
  }),
  record_of_other_model: ({ record, path, found, wanted }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} is about the model ${quoted(found)}, and not about ${names(wanted)}`,
    next: sentence`write a record of this model, or take ${quoted('model:')} out of one that is about all of them`,
  }),
  ...CAIQ_WORDS,
  oscal_faults: ({ path, faults }) => ({
    says: sentence`the assessment results in ${quoted(path)} do not hold: ${listed(faults.map(oscalFault))}`,
    next: sentence`have what was found mended and assessed again, and commit the new results`,
  }),
  oscal_unknown: ({ path, unknown }) => ({
    says: sentence`the assessment results in ${quoted(path)} do not show ${listed(unknown.map(({ control, why }) => sentence`${quoted(control)} (${[UNKNOWN[why]]})`))}${unknown.length === 0 ? ['anything that was asked'] : []}`,
    next: sentence`have the assessor review them and write a finding for each, or ask for the parts by their own ids`,
  }),
  ...DOCUMENTS_WORDS,
  ...BOM_WORDS,
  ...NO_RECORD_WORDS,
}

/** What a record says that holds. */
function holdsWords({
  record,
  path,
  date,
  run,
  sibling,
  alone,
  seen = [],
  claimed = [],
  entered = [],
  outside = [],
  unseen,
  share,
  on,
  tests = [],
}: RecordHolds): Sentence {
  return sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} says all that was asked${share === undefined ? [] : sentence`, in ${shareWords(share)}`}${run === undefined ? [] : sentence`, and what GitHub shows of ${runOf(run, sibling)} says nothing else`}${enteredWords(entered)}${outsideWords(outside)}${unseen === undefined ? [] : sentence`; not seen: ${NOT_OBSERVED[unseen]}`}${seen.length === 0 ? [] : sentence`, and what GitHub shows says nothing else (${seenWords(seen)})`}${onlyClaimed(claimed, alone)}${on === undefined ? [] : onConditions(on)}${restsOn(tests)}`
}

function runOf(run: number, sibling: string | undefined): Sentence {
  return sibling === undefined ? [`run ${run}`] : sentence`run ${quoted(`${sibling}#${run}`)}`
}

const HOW: { readonly [W in Lack['why']]: string } = {
  missing: 'missing',
  placeholder: 'a placeholder',
  bare: 'a bare yes or no',
  short: `too short to say anything: ${SENTENCE_WORDS} different words are the least`,
  figureless: 'without a figure',
  clauseless: 'without the number of a clause',
  nameless: 'without a name that says which document it is',
  nobody: 'nobody in particular',
  same: 'the very text of another field',
  unidentified:
    'data that nothing identifies: give them their name with an origin or a digest, or a digest in the manifest',
  lock_absent: 'a lock, and the evidence has no list of packages: name the lock in the manifest too',
}

const WHY: { readonly [W in Lack['why']]: string } = { ...HOW, placeholder: 'placeholder' }

const SHORT_CONDITION = `too short to say what is to be done: ${CONDITION_WORDS} different words are the least`

function weakly({ field, found }: Weak): Sentence {
  return sentence`${quoted(field)} is ${quoted(found)}`
}

/** What a record holds on, so that nobody takes it for one that holds without. */
function onConditions({ conditions, weak }: NonNullable<RecordHolds['on']>): Sentence {
  const because = weak.length === 0 ? [] : sentence`, where ${listed(weak.map(weakly))}`
  if (conditions.length === 0) return sentence`, and every condition was met${because}`
  const open = conditions.map(({ what, due }) => sentence`${quoted(what)} until ${quoted(due)}`)
  return sentence`, on ${[counted(conditions.length, 'condition')]}${because}: ${listed(open)}`
}

function lack({ field, why }: Lack): Sentence {
  const how = field === 'conditions' && why === 'short' ? SHORT_CONDITION : WHY[why]
  return sentence`${quoted(field)} (${[how]})`
}

/** What is to be written, and what is written already and only has to be named. */
function remediesOf(lacking: readonly Lack[], where: Sentence = []): readonly Sentence[] {
  const open = lacking.filter(({ lock }) => lock === undefined).map(({ field }) => field)
  const locks = lacking.flatMap(({ lock }) => lock ?? [])
  return [
    ...(open.length > 0 ? [sentence`fill in ${names(open)}${where}`] : []),
    ...locks.map((lock) =>
      isDigest(lock)
        ? sentence`add the lock that is ${quoted(lock)} to the manifest's evidence`
        : sentence`add ${quoted(lock)} to the manifest's evidence`,
    ),
  ]
}

function fails({ field, why, found }: Failing): Sentence {
  return why === 'says'
    ? sentence`${quoted(field)} is ${quoted(found)}`
    : sentence`${quoted(field)} does not name ${quoted(found)}`
}

const UNKNOWN = {
  not_reviewed: 'not reviewed',
  no_finding: 'no finding, so it is unknown',
  in_part: 'only a part of it has a finding',
} as const

function oscalFault(fault: OscalFault): Sentence {
  switch (fault.why) {
    case 'not_satisfied':
      return sentence`${quoted(fault.control)} is not satisfied`
    case 'expired':
      return sentence`what was observed of ${quoted(fault.control)} expired at ${quoted(fault.at)}`
    case 'overdue':
      return sentence`the risk ${quoted(fault.risk)} is open, and was to be closed by ${quoted(fault.at)}`
    case 'no_deadline':
      return sentence`the risk ${quoted(fault.risk)} is open, with no day by which it is to be closed`
  }
}

type Faults = typeof BOM_PROBLEM_WORDS &
  FaultWords<Extract<Fault, { code: 'record_of_other_control' | 'record_of_other_service' }>>

/** The words of records that contradict themselves, and of criteria that ask one for what it says nothing of. */
export const RECORD_PROBLEM_WORDS: Faults = {
  ...BOM_PROBLEM_WORDS,
  record_of_other_service: ({ at, found, provider, model, by }) => ({
    says:
      by === 'oscal'
        ? sentence`the results assess the ${quoted(at)} ${quoted(found)}, and the manifest releases ${quoted(model)} of ${quoted(provider)}`
        : sentence`the ${quoted(at)} of the record is ${quoted(found)}, and the manifest releases ${quoted(model)} of ${quoted(provider)}`,
    next:
      by === 'oscal'
        ? sentence`commit the results of an assessment of this service; where they are of this one by another name, have the assessor name ${quoted(at === 'vendor' ? provider : model)} beside it, or correct ${quoted('service:')} in the manifest`
        : sentence`give the record of this service; where it is this one by another name, name ${quoted(at === 'vendor' ? provider : model)} beside it in ${quoted(`${at}:`)}`,
  }),
  record_of_other_control: ({ record, control, answers }) => ({
    says: sentence`a ${quoted(record)} record does not answer ${quoted(control)}, only ${names(answers)}`,
    next: sentence`ask for another kind of record or another check, or correct ${quoted('control:')}`,
  }),
}
