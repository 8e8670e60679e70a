import { type AccessFault, type Claimed, couldBeSeen } from '../core/access.ts'
import type { NotObserved, ObservedFault, SeenPart } from '../core/observed.ts'
import { joined, names, quoted, type Sentence, sentence } from './sentence.ts'
import { accessAdvice, accessFault, claimedAdvice, claimedWords } from './words-access.ts'
import { whyAny } from './words-entered.ts'

const TRAIN_HERE: Sentence = [
  "train in an Actions run of this repository, or of a sibling that the app is installed on, and name it as `run` of the manifest's training",
]

/** Why nothing was seen that could speak for a record. */
export const NOT_OBSERVED: { readonly [W in NotObserved]: Sentence } = {
  awaited: ['only GitHub can show the run that trained the model'],
  no_run: [
    'the app sees no Actions run that trained the model, which alone shows who starts it, what its token may write, whether what it runs is pinned and which environments it enters',
  ],
  no_workflow: ['the workflow of the run that trained is not in its commit'],
  environments_unseen: [
    'the environments that the training enters may not be seen, which takes the permission Actions: read',
  ],
  branches_unseen: [
    'from which branches jobs enter its environments may not be seen, which takes the permissions Actions: read and Contents: read, and no more than 300 patterns of an environment and 10 environments',
  ],
  called_unread: [
    'a workflow of another repository that it calls is not read, which may enter environments, run what is not pinned and check out other code',
  ],
  claimed: ['what it names is only claimed'],
  not_understood: ['the workflow of the run that trained is not understood'],
}

/** How it comes to be seen. */
const TO_OBSERVE: { readonly [W in Exclude<NotObserved, 'claimed'>]: Sentence } = {
  awaited: ['push the commit: the app looks at the run'],
  no_run: TRAIN_HERE,
  no_workflow: TRAIN_HERE,
  environments_unseen: ['give the app the permission Actions: read'],
  branches_unseen: [
    'give the app the permissions Actions: read and Contents: read, and list no more patterns and environments than it looks through',
  ],
  called_unread: [
    'write its jobs in a workflow of the repository that trains, which is read when it is called as ',
    quoted('./.github/workflows/…'),
    ', and train with it',
  ],
  not_understood: ['write the workflow as plain YAML with jobs, without anchors, and train with it'],
}

const PARTS: { readonly [P in SeenPart]: Sentence } = {
  writers: ['who may write to the repository'],
  review: ['whether code owners must review changes'],
  owners: ['who owns the data in it'],
}

/** What was seen without any run. */
export function seenWords(seen: readonly SeenPart[]): Sentence {
  return joined(seen.map((part) => PARTS[part]))
}

/** What only the record says: with `alone` of a training of which no run was seen. */
export function onlyClaimed(claimed: readonly Claimed[], alone?: true): Sentence {
  if (claimed.length > 0) return sentence`; only claimed: ${claimedWords(claimed)}`
  return alone ? sentence`; only claimed: ${CLAIMED_ALONE}` : []
}

const CLAIMED_ALONE: Sentence = ['how it ran (the app sees no Actions run of it)']

/** What to do for it, and for what else could be seen and is only claimed. */
export function toObserve(why: Exclude<NotObserved, 'claimed'>, claimed: readonly Claimed[]): Sentence {
  const others = claimed.filter((one) => one.why !== 'no_run' && couldBeSeen(one))
  return others.length === 0 ? TO_OBSERVE[why] : sentence`${TO_OBSERVE[why]}; ${claimedAdvice(others)}`
}

type Table = {
  readonly [W in ObservedFault['what']]: (fault: Extract<ObservedFault, { what: W }>) => Sentence
}

const FAULTS: Table = {
  open_to_anyone: ({ event, line }) =>
    sentence`its workflow runs on ${quoted(event)}${at(line)}, which people without write access cause`,
  token_writes: ({ found, job, line }) =>
    found === 'no permissions'
      ? sentence`nothing limits what the token of job ${quoted(job ?? '')} may write${at(line)}`
      : sentence`its token may write: ${quoted(found)}${job === undefined ? [] : sentence` in job ${quoted(job)}`}${at(line)}`,
  not_pinned: ({ uses, line }) =>
    sentence`it runs ${quoted(uses)}${at(line)}, which may change without a commit`,
  other_code: ({ found, runs, line }) =>
    runs === undefined
      ? sentence`it checks out ${quoted(found)}${at(line)}, so that what runs is not what the commit holds`
      : sentence`it checks out ${quoted(found)}${at(line)}, so that ${quoted(runs)} is not what the commit holds`,
  no_reviewers: ({ environment }) =>
    sentence`nobody has to let a job into the environment ${quoted(environment)}`,
  any_branch: ({ environment, open }) =>
    sentence`jobs of any ${[open.why === 'pattern' ? open.pattern.of : 'branch']} enter the environment ${quoted(environment)}${whyAny(open)}`,
  outside_environment: ({ jobs }) =>
    sentence`${jobs.length === 1 ? ['its job '] : ['its jobs ']}${names(jobs)} ${[jobs.length === 1 ? 'enters no environment and waits for none' : 'enter no environment and wait for none']}, so that whoever may write to the repository may start ${[jobs.length === 1 ? 'it' : 'them']} from any branch`,
  no_such_environment: ({ environment }) =>
    sentence`there is no environment ${quoted(environment)}, which its jobs name`,
  nobody_owns: ({ paths }) => sentence`no code owner owns ${names(paths)}`,
  others_write: accessFault,
  others_own: accessFault,
  everybody_writes: accessFault,
}

/** What was seen, in words. */
export function observedFault(fault: ObservedFault): Sentence {
  // The compiler cannot follow that the row and the fault are of one kind; `Table` guarantees it.
  const row = FAULTS[fault.what] as (fault: ObservedFault) => Sentence
  return row(fault)
}

/** What of it needs another run, and what does not. */
export function otherwiseAdvice(faults: readonly ObservedFault[]): Sentence {
  const access = faults.flatMap((fault) => (isAccessFault(fault) ? [fault] : []))
  const unowned = faults.flatMap((fault) => (fault.what === 'nobody_owns' ? fault.paths : []))
  const open = faults.flatMap((fault) => (fault.what === 'any_branch' ? [fault.environment] : []))
  const advice = [
    ...(faults.some(({ what }) => what === 'outside_environment') ? [ENTER] : []),
    ...(open.length > 0
      ? [sentence`let only branches that are guarded enter ${names(open)}, each by its name`]
      : []),
    ...(access.length + (unowned.length > 0 ? 1 : 0) < faults.length ? [TRAIN_AGAIN] : []),
    ...(unowned.length > 0
      ? [sentence`give ${names(unowned)} owners in ${quoted('CODEOWNERS')} of the default branch`]
      : []),
    ...(access.length > 0 ? [accessAdvice(access)] : []),
  ]
  return joined(advice, '; ')
}

const ENTER: Sentence = [
  'let each job of the workflow enter an environment that only guarded branches enter, or need (',
  quoted('needs'),
  ') a job that does, without ',
  quoted('always()'),
]

const TRAIN_AGAIN: Sentence = [
  'close what is open, train again in a run that is as the record says, and name that run in the manifest',
]

function isAccessFault(fault: ObservedFault): fault is AccessFault {
  return fault.what === 'others_write' || fault.what === 'others_own' || fault.what === 'everybody_writes'
}

function at(line: number | undefined): Sentence {
  return line === undefined ? [] : [` at line ${line}`]
}
