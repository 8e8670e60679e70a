import type { Accepted, Unwaivable } from '../core/accepted.ts'
import type { WaiveRefusal } from '../core/giving.ts'
import type { JudgedWaiver, NotHeld, Waiver } from '../core/waiver.ts'
import { counted, shownNumber } from './numbers.ts'
import { type Advice, joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import { unseenWords } from './words-approvals.ts'
import { shortened } from './words-limits.ts'

/** A waiver that holds, its reason included. */
export function waiverSentence({ criterion, of, by, because }: Waiver, ends: string): Sentence {
  return sentence`${quoted(criterion)}${[of === 'floor' ? ' (from the floor)' : '']} is waived by ${quoted(by)} to the end of ${quoted(ends)}, because ${quoted(because)}`
}

/** Every waiver that was looked at, those that do not hold with the reason; of other releases all in one. */
export function waiverSentences(all: readonly JudgedWaiver[] = []): readonly Sentence[] {
  const others = all.filter(({ not }) => not?.why === 'other_release')
  const own = all.filter((one) => !others.includes(one)).map(judgedSentence)
  if (others.length === 0) return own
  const who = others.map(({ waiver }) => sentence`${quoted(waiver.criterion)} by ${quoted(waiver.by)}`)
  return [
    ...own,
    sentence`${[counted(others.length, 'waiver')]} of this model ${[others.length === 1 ? 'does' : 'do']} not hold here, for other weights, components or criteria are judged: ${listed(who)}`,
  ]
}

function judgedSentence({ waiver, ends, not }: JudgedWaiver): Sentence {
  const { criterion, by, at, commit, teams } = waiver
  const of: Sentence = [waiver.of === 'floor' ? ' (from the floor)' : '']
  if (not !== undefined)
    return sentence`the waiver of ${quoted(criterion)}${of} by ${quoted(by)} of ${quoted(at.slice(0, 10))} does not hold: ${notHeld(not, waiver)}`
  const as: Sentence =
    teams.length === 0
      ? ['could write here']
      : sentence`was in ${joined(
          teams.map((one) => [quoted(one)]),
          ' and ',
        )}`
  return sentence`${waiverSentence(waiver, ends)}; given at ${quoted(at)} for what commit ${shortened(commit)} showed, by somebody who ${as} and had no hand in it`
}

function notHeld(not: NotHeld, { accepted, withdrawn }: Waiver): Sentence {
  switch (not.why) {
    case 'withdrawn':
      return withdrawn === undefined
        ? ['it was withdrawn']
        : sentence`${quoted(withdrawn.by)} withdrew it at ${quoted(withdrawn.at)}`
    case 'other_release':
      return ['other weights, components or criteria are judged here']
    case 'expired':
      return sentence`it ended with ${quoted(not.ends)}`
    case 'not_asked':
      return ['the criterion is asked no more']
    case 'not_needed':
      return ['nothing is to be accepted: the criterion is met, or decides nothing']
    case 'unwaivable':
      return UNWAIVABLE[not.because]
    case 'never':
      return sentence`the floor has nothing of control ${quoted(not.control)} waived`
    case 'no_right':
      return not.teams.length > 0
        ? sentence`its giver was in none of ${names(not.teams)} when it was given, whom the floor names today`
        : ['its giver could not write here when it was given']
    case 'worse':
      return sentence`it accepts ${acceptedWords(accepted)}, and what is shown now is worse, or is measured or asked otherwise`
  }
}

/** What a waiver accepts, in short. */
function acceptedWords(accepted: Accepted): Sentence {
  switch (accepted.what) {
    case 'value':
      return [shownNumber(accepted.value)]
    case 'samples':
      return [`${shownNumber(accepted.value.value)} on ${counted(accepted.samples, 'sample')}`]
    case 'missing':
      return ['that it is missing']
    case 'lacking':
      return sentence`what was lacking: ${names(accepted.items)}`
    case 'expired':
      return sentence`the date ${quoted(accepted.date)}`
    case 'members': {
      const { members, short } = accepted
      const missing = short === 0 ? [] : [`${counted(short, 'member')} missing`]
      const unmet = members.length === 0 ? [] : [`${counted(members.length, 'member')} not met`]
      return [[...unmet, ...missing].join(' and ')]
    }
  }
}

/** Why what a criterion came to can't be accepted by anybody. */
const UNWAIVABLE: { readonly [U in Unwaivable]: Sentence } = {
  met: ['it is met'],
  built_in: ['that criteria come before the work, and ask for every control, is waived by nobody'],
  contradiction: ['what contradicts itself is mended and not accepted'],
  unclear: ['it is not known what was measured, or how sure it is'],
  trust: ['evidence must come from where the criteria ask'],
  approval: ['an approval is given and not waived'],
  attempts: ['a test set that was used too often is replaced and not accepted'],
}

type RefusalTable = {
  readonly [W in WaiveRefusal['why']]: (refusal: Extract<WaiveRefusal, { why: W }>) => Advice
}

const REFUSALS: RefusalTable = {
  closed: () => ({
    says: ['the pull request is not open'],
    next: ['open one that has the release, and ask there'],
  }),
  floor_unknown: () => ({
    says: ['the organisation’s floor can’t be used, so that nobody knows who may waive'],
    next: ['settle what is wrong with the floor, and ask again'],
  }),
  no_identity: () => ({
    says: ['the release has no identity that a waiver could be bound to'],
    next: ['settle what keeps its weights, components or criteria from being read, and ask then'],
  }),
  advisory: () => ({
    says: ['it is advisory, so that nothing is to be waived'],
    next: ['leave it as it is'],
  }),
  unwaivable: ({ because }) => ({
    says: UNWAIVABLE[because],
    next: [
      because === 'met'
        ? 'leave it as it is'
        : 'see under “What to do next” of the check run what it asks for',
    ],
  }),
  never: ({ control }) => ({
    says: sentence`the organisation’s floor has nothing of control ${quoted(control)} waived`,
    next: ['see under “What to do next” of the check run what it asks for'],
  }),
  past: ({ until }) => ({
    says: sentence`${quoted(until)} is over`,
    next: ['name a day that is still to come, or today'],
  }),
  too_long: ({ latest, longest }) => ({
    says: sentence`a waiver lasts at most ${[counted(longest, 'day')]}`,
    next: sentence`name a day up to ${quoted(latest)}`,
  }),
  no_writer: () => ({
    says: ['only who may write to this repository may waive here'],
    next: ['ask somebody who may, and had no hand in the release'],
  }),
  no_member: ({ teams }) => ({
    says: sentence`only an active member of ${joined(
      teams.map((team) => [quoted(team)]),
      ' or ',
    )} may waive, as the organisation’s floor says`,
    next: ['ask one of them, who had no hand in the release'],
  }),
  team_unseen: ({ teams }) => ({
    says: sentence`gonogo may not see who is in ${names(teams)}`,
    next: ['have the app given the permission to read members, and ask again'],
  }),
  hand: ({ hand }) => ({
    says: [`nobody waives what they had a hand in, and you are ${HANDS[hand]}`],
    next: ['ask somebody who had none'],
  }),
  makers_unknown: ({ unseen }) => ({
    says: sentence`it is not known who made the release: ${listed(unseen.map(unseenWords), 3, '; ')}`,
    next: ['push the commits from a known account to a new branch of this repository, and ask there'],
  }),
  moved_since: () => ({
    says: ['the branch moved after you wrote, so that you may have seen another commit'],
    next: ['look at the verdict on the commit that the pull request has now, and ask again'],
  }),
  made_before: () => ({
    says: [
      'it is not known who made the release: this pull request does not bring it, or is not at this commit',
    ],
    next: ['open a pull request that brings the release, and ask there'],
  }),
}

const HANDS = {
  author: 'an author of this release',
  committer: 'who committed this release',
  pusher: 'who pushed this release',
} as const

/** Why a waiver was not taken, and what to do. */
export function refusalWords(refusal: WaiveRefusal): Advice {
  // The compiler cannot follow that the row and the refusal have the same reason; `RefusalTable` guarantees it.
  const words = REFUSALS[refusal.why] as (refusal: WaiveRefusal) => Advice
  return words(refusal)
}
