import type { AccessFault, AccessField, Claimed } from '../core/access.ts'
import type { Unseen } from '../core/doctor-facts.ts'
import { count, counted } from './numbers.ts'
import { joined, quoted, type Sentence, sentence } from './sentence.ts'

/** So many accounts are named. */
const MOST_SHOWN = 3

/** What somebody may do who writes to the repository. */
const MAY: { readonly [F in AccessField]: string } = {
  change_training_data: 'change the data on the default branch',
  start_runs: 'start the run',
  read_outputs: 'read what comes of it',
}

/** What GitHub lets others do than the record says. */
export function accessFault(fault: AccessFault): Sentence {
  const { field } = fault
  const may = [MAY[field]]
  if (fault.what === 'everybody_writes')
    return sentence`${[fault.more ? `more than ${count(fault.count)} accounts` : `every member of the organisation`]} may ${may}, whoever is meant by ${quoted(field)}`
  const first = fault.accounts.slice(0, MOST_SHOWN)
  const left = fault.count - first.length
  const shown = joined(first.map((account) => [quoted(`@${account}`)]))
  const all = left > 0 ? [...shown, ` and ${counted(left, 'more', 'more')}`] : shown
  return fault.what === 'others_own'
    ? sentence`the code owners ${all} let changes of the data in, and ${quoted(field)} does not name them`
    : sentence`${all} may ${may}, and ${quoted(field)} does not name them`
}

/** What of a record is only claimed, and why. */
export function claimedWords(claimed: readonly Claimed[]): Sentence {
  return joined(claimed.map((one) => sentence`${quoted(one.field)} (${whyClaimed(one)})`))
}

function whyClaimed(claim: Claimed): Sentence {
  switch (claim.why) {
    case 'elsewhere':
      return ['no data of the training is in the repository']
    case 'not_shown':
      return ['GitHub does not show it']
    case 'no_run':
      return ['the app sees no run of it']
    case 'unread':
      return sentence`the workflow ${quoted(claim.uses)}, which may enter an environment, is not read`
    case 'by_address':
      return ['the code owners are named by address']
    case 'by_role':
      return [`it names roles, and ${counted(claim.accounts, 'account')} may ${MAY[claim.field]}`]
    case 'owned_by_role':
      return [`it names roles, and ${counted(claim.owners, 'code owner')} let changes in`]
    case 'unseen':
      return whyUnseen(claim.what, claim.unseen)
  }
}

const UNSEEN: { readonly [W in Extract<Claimed, { why: 'unseen' }>['what']]: string } = {
  writers: 'who may write',
  review: 'whether code owners must review changes',
  team: 'who is in a team',
  environments: 'who lets a job in',
}

function whyUnseen(what: keyof typeof UNSEEN, unseen: Unseen): Sentence {
  return 'needs' in unseen
    ? [`${UNSEEN[what]} may not be seen, which takes the permission ${unseen.needs}`]
    : [`more than ${count(unseen.more)} accounts may write`]
}

/** How what is only claimed becomes something that is seen. */
export function claimedAdvice(claimed: readonly Claimed[]): Sentence {
  if (claimed.some(({ why }) => why === 'unread'))
    return sentence`let the job that calls the workflow of another repository need one that enters an environment with required reviewers, or write its jobs in a workflow of the repository that trains (${quoted('./.github/workflows/…')}), and train with it; or name in ${quoted('start_runs')} all who may write`
  const role = claimed.find(({ why }) => why === 'by_role' || why === 'owned_by_role')
  if (role !== undefined)
    return sentence`name the accounts and teams in ${quoted(role.field)}, each as ${quoted('@login')} or ${quoted('@organisation/team')}`
  if (claimed.some(({ why }) => why === 'by_address'))
    return ['name the code owners of the data as accounts or teams']
  const unseen = claimed.flatMap((one) => (one.why === 'unseen' ? [one] : []))
  if (unseen.some(({ what }) => what === 'review'))
    return ['ask for the review of code owners in a ruleset of the default branch, which everybody sees']
  if (unseen.some(({ what }) => what === 'team'))
    return ['give the app the permission Members: read, and name no more than 5 teams of this organisation']
  const needs = unseen.flatMap((one) => ('needs' in one.unseen ? [one.unseen.needs] : []))[0]
  return needs === undefined
    ? guard([...new Set(unseen.map(({ field }) => field))])
    : [`give the app the permission ${needs}`]
}

/** How others than those that a field is about are kept out, where the right to write stays with them. */
const GUARD: { readonly [F in AccessField]: string } = {
  change_training_data: 'ask for the review of code owners in a ruleset of the default branch',
  start_runs: 'let each job enter an environment with required reviewers, or need a job that does',
  read_outputs: 'keep what comes of it where only they read',
}

function guard(fields: readonly AccessField[]): Sentence {
  const guards = fields.map((field) => [GUARD[field]])
  return sentence`take the right to write from those who should not have it, or ${joined(guards, ' and ')}`
}

/** How a record and what GitHub lets people do come together again. */
export function accessAdvice(faults: readonly AccessFault[]): Sentence {
  const fields = [...new Set(faults.map(({ field }) => field))]
  return sentence`${guard(fields)}; or name in ${joined(fields.map((field) => [quoted(field)]))} all who may, each as ${quoted('@login')} or ${quoted('@organisation/team')}`
}
