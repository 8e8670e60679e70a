import type { Answer, Member } from '../core/answer.ts'
import type { Finding } from '../core/finding.ts'
import type { WeakSource } from '../core/source-answer.ts'
import { worstFirst } from './members.ts'
import { boundInWords, count, counted, shownValue } from './numbers.ts'
import { listed, names, quoted, type Sentence, sentence, type Words } from './sentence.ts'
import { unitOf } from './shown.ts'
import { APPROVAL_WORDS } from './words-approvals.ts'
import { ATTESTATION_WORDS } from './words-attestations.ts'
import { COVERAGE_WORDS } from './words-coverage.ts'
import { GAP_WORDS } from './words-gaps.ts'
import { INTEGRITY_WORDS } from './words-integrity.ts'
import { LINEAGE_WORDS } from './words-lineage.ts'
import { MEASUREMENT_WORDS } from './words-measurements.ts'
import { leavingOut } from './words-no-record.ts'
import { RECORD_WORDS } from './words-records.ts'
import { REGISTRATION_WORDS } from './words-registration.ts'
import { SCAN_WORDS } from './words-scans.ts'
import { lackingSection } from './words-sections.ts'
import { REGISTERED_BOUND } from './words-shown.ts'
import { SUITE_WORDS } from './words-suites.ts'
import type { AnswerWords } from './words-table.ts'

/** What an answer says, and what to do about it. */
export function answerWords(answer: Answer): Words {
  // The compiler cannot follow that the row and the answer have the same code; `AnswerWords` guarantees it.
  const words = ANSWER_WORDS[answer.code] as (answer: Answer) => Words
  return leavingOut(answer, words(answer))
}

/** What a finding says, and what to do about it: the floor's bounds are not the repository's to register. */
export function findingWords({ answer, version }: Finding): Words {
  const words = answerWords(answer)
  if (version !== 'floor' || words.next === undefined) return words
  const next = words.next.map((part) => (part === REGISTERED_BOUND ? 'the bound is of the floor' : part))
  return { ...words, next }
}

/** What is awaited of all that was measured on an exam. */
export function attemptsAwaited({
  dataset,
  attempts,
}: Extract<Answer, { readonly code: 'attempts_awaited' }>): Sentence {
  return sentence`the criteria let ${[counted(attempts, 'model')]} be measured on the exam ${quoted(dataset)}, and only the app's ledger knows how many were`
}

const ANSWER_WORDS: AnswerWords<Answer> = {
  ...MEASUREMENT_WORDS,
  ...REGISTRATION_WORDS,
  ...APPROVAL_WORDS,
  ...COVERAGE_WORDS,
  ...GAP_WORDS,
  ...SUITE_WORDS,
  ...RECORD_WORDS,
  ...LINEAGE_WORDS,
  ...ATTESTATION_WORDS,
  ...SCAN_WORDS,
  ...INTEGRITY_WORDS,
  members_met: ({ label, members, unattacked }) => ({
    says: sentence`all ${[count(members.length)]} members of ${quoted(label)} are met${closest(members)}${idle(unattacked)}`,
  }),
  members_unmet: ({ label, members }) => {
    const unmet = worstFirst(members).filter(({ answer }) => answer.outcome === 'unmet')
    const first = unmet[0]
    // A member whose exam was not taken says more than its value.
    if (first !== undefined && first.answer.code !== 'beyond_bound') {
      const { says, next = [] } = answerWords(first.answer)
      return {
        says: sentence`${share(unmet, members)} of ${quoted(label)} ${[are(unmet)]} unmet: ${names(unmet.map(({ member }) => member))}; ${quoted(first.member)}: ${says}`,
        next,
      }
    }
    return {
      says: sentence`${share(unmet, members)} of ${quoted(label)} ${[are(unmet)]} unmet: ${listed(unmet.map(atValue))}${boundOf(unmet)}`,
      next: sentence`improve the model on ${names(unmet.map(({ member }) => member))} and evaluate it again; ${[REGISTERED_BOUND]}`,
    }
  },
  members_undecided: ({ label, members }) => {
    const open = members.filter(({ answer }) => answer.outcome === 'undecided')
    const first = open[0]
    const because = first ? sentence`; ${quoted(first.member)}: ${answerWords(first.answer).says}` : []
    return {
      says: sentence`${share(open, members)} of ${quoted(label)} ${[are(open)]} undecided: ${names(open.map(({ member }) => member))}${because}`,
      next: (first && answerWords(first.answer).next) ?? sentence`add the evidence that is wanting`,
    }
  },
  members_missing: ({ label, missing, found, wanted, unattacked }) => ({
    says: sentence`${[counted(found, 'member')]} of ${quoted(label)} ${[found === 1 ? 'was' : 'were']} found, and ${[count(wanted)]} are wanted${missing.length > 0 ? sentence`; missing: ${names(missing)}` : []}${idle(unattacked)}`,
    next:
      found > wanted
        ? sentence`name evidence in the manifest that has exactly the ${[counted(wanted, 'member')]} that were asked for`
        : sentence`evaluate ${missing.length > 0 ? names(missing) : ['the missing members']} too and commit the results`,
  }),

  source_too_weak: ({ wanted, sources }) => ({
    says: sentence`all that was asked is said, by files of less trust than ${quoted(wanted)}: ${listed(sources.map(weakSource))}`,
    next: sources.some(({ unlisted }) => unlisted !== undefined)
      ? sentence`let a workflow write them that the floor lists under ${quoted('trusted: { workflows: … }')}, or have the organisation list this one`
      : wanted === 'signed'
        ? sentence`have a signer that the floor trusts attest ${names(sources.map(({ path }) => path))}, and name the attestation in the manifest's evidence`
        : sentence`let a workflow that is on the default branch write them and upload an artifact, and name it in the manifest's evidence: ${quoted('{ artifact: …, file: …, workflow: … }')}`,
  }),
  sections_written: ({ path, sections, unmeasured = [] }) => ({
    says: sentence`${quoted(path)} has content under ${names(sections)}${unmeasured.length === 0 ? [] : sentence`; no evidence measures what it states of ${names(unmeasured)}`}`,
  }),
  sections_lacking: ({ path, lacking }) => ({
    says: sentence`${quoted(path)} lacks content: ${listed(lacking.map(lackingSection))}`,
    next: lacking.some(({ why }) => why === 'same')
      ? sentence`write under ${names(lacking.map(({ title }) => title))} in ${quoted(path)} what there is to say of just that`
      : sentence`write ${names(lacking.map(({ title }) => title))} in ${quoted(path)}`,
  }),
  attempts_awaited: (answer) => ({
    says: sentence`${answerWords(answer.otherwise).says}; ${attemptsAwaited(answer)}`,
    next: sentence`push the commit and open a pull request: the app counts the models that were measured on ${quoted(answer.dataset)}`,
  }),
  manifest_unread: () => ({
    says: ['the manifest of the release cannot be read, so that nothing that it names was looked at'],
    next: ['mend the manifest first, by the problems that are listed'],
  }),
  no_document: ({ document, unreadable }) =>
    unreadable === undefined
      ? {
          says: sentence`the manifest names no document ${quoted(document)}`,
          next: sentence`write it, and add ${quoted(`{ path: …, document: ${document} }`)} to the manifest's evidence`,
        }
      : {
          says: sentence`the document ${quoted(document)} cannot be read from ${quoted(unreadable)}`,
          next: sentence`commit ${quoted(unreadable)} as a Markdown file with headings`,
        },
  several_documents: ({ document, paths }) => ({
    says: sentence`the manifest names ${[counted(paths.length, 'document')]} ${quoted(document)}, and exactly one is wanted: ${names(paths)}`,
    next: sentence`keep the one that holds in the manifest's evidence`,
  }),
}

function share(some: readonly Member[], members: readonly Member[]): Sentence {
  return [`${count(some.length)} of ${counted(members.length, 'member')}`]
}

function are(some: readonly Member[]): string {
  return some.length === 1 ? 'is' : 'are'
}

function atValue({ member, answer }: Member): Sentence {
  if (!('observed' in answer)) return [quoted(member)]
  return sentence`${quoted(member)} at ${[shownValue(answer.observed.value, unitOf(answer.observed))]}`
}

/** What every member must hold, said once. */
function boundOf(members: readonly Member[]): Sentence {
  const answer = members[0]?.answer
  if (answer === undefined || !('bound' in answer)) return []
  const { observed, bound } = answer
  const unit = 'unit' in answer ? answer.unit : undefined
  return sentence`; ${quoted(observed.metric)} must be ${[boundInWords(bound, unit ?? observed.unit)]}`
}

function weakSource({ path, found, unlisted }: WeakSource): Sentence {
  return unlisted === undefined
    ? sentence`${quoted(path)} is ${[found]}`
    : sentence`${quoted(path)} comes from a run of ${quoted(unlisted)}, which the floor does not list`
}

/** Members that are there, and that nobody asks for under attack. */
function idle(unattacked: readonly string[] = []): Sentence {
  const counts = unattacked.length === 1 ? 'was not attacked and counts' : 'were not attacked and count'
  return unattacked.length === 0 ? [] : sentence`; ${names(unattacked)} ${[counts]} for none`
}

/** The member with the least room, so that a go shows how near it was. */
function closest(members: readonly Member[]): Sentence {
  const first = worstFirst(members)[0]
  if (first === undefined || !('observed' in first.answer)) return []
  return sentence`; the closest is ${atValue(first)}`
}
