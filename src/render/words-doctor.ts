import type { RuleSource, Unseen } from '../core/doctor-facts.ts'
import type { DoctorCode, DoctorFinding, Where } from '../core/doctor-finding.ts'
import { ACTIONS_APP, APP_EVENTS, APP_PERMISSIONS, CHECK_NAME } from '../core/gate.ts'
import {
  gateEnvironment,
  keepBranch,
  makeEnvironment,
  type Patient,
  requireAbove,
  requireCheck,
  requireOwners,
} from './doctor-calls.ts'
import { joined, names, quoted, type Sentence, sentence, type Words } from './sentence.ts'
import { type ApiCall, isStraight } from './shell.ts'

/** Words, and the calls of GitHub's API that do what the advice says. */
export type DoctorWords = Words & { readonly calls?: readonly ApiCall[] }

/** Whose gate it is, and which branch holds what was registered. */
export type Examined = Patient & { readonly branch: string }

type Of<Code extends DoctorCode> = Extract<DoctorFinding, { code: Code }>
type Table = { readonly [Code in DoctorCode]: (finding: Of<Code>, examined: Examined) => DoctorWords }

const CHECK = quoted(CHECK_NAME)

const WORDS: Table = {
  check_required: ({ where, appId }, { branch }) => ({
    says: sentence`the check ${CHECK} is required on ${quoted(branch)} by ${places(where)}, and pinned to app ${[`${appId}`]}`,
  }),
  check_not_required: (_, examined) => ({
    says: sentence`the check ${CHECK} is not required on ${quoted(examined.branch)}: whatever it says, people merge all the same`,
    ...pinning(examined),
  }),
  check_not_pinned: ({ where }, examined) => ({
    says: sentence`the check ${CHECK} is required on ${quoted(examined.branch)} by ${places(where)}, but of whomever: a workflow of any writer can post a green one`,
    ...pinning(examined),
  }),
  check_pinned_elsewhere: ({ where, pinned }, examined) => ({
    says: sentence`the check ${CHECK} is required on ${quoted(examined.branch)} by ${places(where)}, but pinned to ${app(pinned)}, which is not this app`,
    ...pinning(examined),
  }),
  check_pinned_to_unknown: ({ where, pinned }, { branch }) => ({
    says: sentence`the check ${CHECK} is required on ${quoted(branch)} by ${places(where)}, and pinned to ${app(pinned)}; whether that is the gate's app can't be told`,
    next: sentence`give the app's id with ${quoted('--app')}`,
  }),
  check_unseen: ({ unseen }, { branch }) => ({
    says: sentence`whether the check ${CHECK} is required on ${quoted(branch)} can't be seen`,
    ...shown(unseen),
  }),
  rules_above: ({ by }) => ({
    says: sentence`a ruleset above the repository requires it, of ${quoted(by)}: no admin of the repository can remove it`,
  }),
  rules_removable: ({ where, organization }, examined) => ({
    says: sentence`it is required by ${places(where)} alone, which any admin of the repository can change`,
    next: organization
      ? ['require it in a ruleset of the organisation']
      : ['move the repository into an organisation, whose rulesets its admins cannot change'],
    ...callsOf(requireAbove(examined)),
  }),
  admins_pass: (_, { branch }) => ({
    says: sentence`classic protection of ${quoted(branch)} does not show that it holds admins as well`,
    next: ["turn on 'Do not allow bypassing the above settings', or require the check in a ruleset"],
  }),
  up_to_date: ({ how }) => ({
    says:
      how === 'strict'
        ? ['a branch must be up to date before it is merged, so what is merged was judged']
        : ['a merge queue judges what is merged'],
  }),
  not_up_to_date: (_, examined) => ({
    says: sentence`a branch need not be up to date with ${quoted(examined.branch)}: two changes that are green apart may be none together`,
    next: ['require branches to be up to date before merging, or use a merge queue'],
    ...callsOf(requireCheck(examined)),
  }),
  up_to_date_unseen: ({ unseen }, { branch }) => ({
    says: sentence`whether a branch must be up to date with ${quoted(branch)} can't be seen`,
    ...shown(unseen),
  }),
  bypass_none: ({ source }) => ({ says: sentence`nobody may pass by ${place(source)}` }),
  bypass_allowed: ({ source, actors }) => ({
    says: sentence`${names(actors.map(({ actor, mode }) => `${actor} (${mode})`))} may pass by ${place(source)}`,
    next: [
      'take them off its bypass list, or know who they are: what they merge without a go is only recorded',
    ],
  }),
  bypass_unseen: ({ source, unseen }) => ({
    says: sentence`who may pass by ${place(source)} can't be seen`,
    ...shown(unseen),
  }),
  force_push_blocked: (_, { branch }) => ({ says: sentence`nobody can force a push to ${quoted(branch)}` }),
  force_push_allowed: (_, examined) => ({
    says: sentence`whoever may push can force a push to ${quoted(examined.branch)}, and throw out what was registered there`,
    next: ['block force pushes to the default branch'],
    calls: [keepBranch(examined)],
  }),
  force_push_unseen: ({ unseen }, { branch }) => ({
    says: sentence`whether a push to ${quoted(branch)} can be forced can't be seen`,
    ...shown(unseen),
  }),
  deletion_blocked: (_, { branch }) => ({ says: sentence`${quoted(branch)} can't be deleted` }),
  deletion_allowed: (_, examined) => ({
    says: sentence`no rule keeps ${quoted(examined.branch)} from being deleted, once another branch is the default`,
    next: ['restrict deletions of the default branch'],
    calls: [keepBranch(examined)],
  }),
  deletion_unseen: ({ unseen }, { branch }) => ({
    says: sentence`whether ${quoted(branch)} can be deleted can't be seen`,
    ...shown(unseen),
  }),
  code_owners_hold: ({ file }) => ({
    says: sentence`${quoted(file)} gives everything under ${quoted('.gonogo/')} owners, whose review is required`,
  }),
  code_owners_missing: () => ({
    says: sentence`there is no ${quoted('CODEOWNERS')}: nobody in particular reviews a change of criteria`,
    next: sentence`add ${quoted('.github/CODEOWNERS')} with a line for ${quoted('/.gonogo/')} and one for itself, and require the review of code owners`,
  }),
  code_owners_uncovered: ({ file, paths }) => ({
    says: sentence`${quoted(file)} gives ${names(paths, 3)} no owner`,
    next: sentence`end it with a line for ${quoted('/.gonogo/')} and one for ${quoted(`/${file}`)}, each with its owners: the last pattern that fits decides`,
  }),
  code_owners_not_required: ({ file }, examined) => ({
    says: sentence`${quoted(file)} covers the criteria, but nothing requires its owners' review on ${quoted(examined.branch)}`,
    next: ['require the review of code owners'],
    calls: [requireOwners(examined)],
  }),
  code_owners_unseen: ({ unseen }) => ({
    says: ["whether code owners must review a change of criteria can't be seen"],
    ...shown(unseen),
  }),
  environment_gated: ({ environment, models }) => ({
    says: sentence`environment ${quoted(environment)} asks the gate for ${names(models)}`,
  }),
  environment_missing: ({ environment, models }, examined) => ({
    says: sentence`environment ${quoted(environment)}, which the criteria of ${names(models)} name, is not there: the first job that names it makes it, without the gate`,
    next: ["make it, and turn on the app's protection rule on it"],
    ...callsOf(makeEnvironment(examined, environment), gateEnvironment(examined, environment)),
  }),
  environment_ungated: ({ environment, models, disabled }, examined) => ({
    says: sentence`environment ${quoted(environment)}, which the criteria of ${names(models)} name, ${[disabled ? "has the app's protection rule turned off" : "does not have the app's protection rule"]}: whatever a job deploys there is not asked about`,
    next: ["turn on the app's protection rule on it"],
    ...callsOf(gateEnvironment(examined, environment)),
  }),
  environment_unseen: ({ environment, unseen }) => ({
    says: sentence`whether environment ${quoted(environment)} asks the gate can't be seen`,
    ...shown(unseen),
  }),
  environment_like_production: ({ environment }, examined) => ({
    says: sentence`environment ${quoted(environment)} looks like production, but no criteria name it and it does not ask the gate`,
    next: sentence`name it under ${quoted('environments')} of the criteria whose models run there, and turn on the app's protection rule on it`,
    ...callsOf(gateEnvironment(examined, environment)),
  }),
  environments_unseen: ({ unseen }) => ({
    says: ["which environments there are can't be seen"],
    ...shown(unseen),
  }),
  criteria_unread: ({ files }) => ({
    says: sentence`which environments ${names(files)} names can't be told: the file has problems`,
    next: sentence`see them with ${quoted('gonogo lint')}`,
  }),
  criteria_unseen: ({ unseen }) => ({
    says: ["which environments the criteria name can't be seen"],
    ...shown(unseen),
  }),
  releases_flagged: () => ({ says: ['a release without a go is flagged'] }),
  releases_not_flagged: () => ({
    says: ['a release without a go is not flagged: the app may only read contents'],
    next: sentence`give the app ${quoted('Contents: write')}, or publish releases from a job behind an environment that asks the gate`,
  }),
  permissions_complete: () => ({ says: ['the app may do and hear all that it asks for'] }),
  permission_missing: ({ permission, wanted, held }) => ({
    says: sentence`the app needs the permission ${quoted(`${permission}: ${wanted}`)} and has ${held === undefined ? ['none'] : [quoted(held)]}: ${[APP_PERMISSIONS[permission].without]}`,
    next: ["give it in the app's settings, and let an owner accept it on the installation"],
  }),
  event_missing: ({ event }) => ({
    says: sentence`the app does not hear of ${quoted(event)}: ${[APP_EVENTS[event].without]}`,
    next: ["subscribe to it in the app's settings"],
  }),
  installation_unseen: ({ unseen }) => ({
    says: ["what the app may do and hear can't be seen, nor whether it flags releases"],
    ...shown(unseen),
  }),
}

/** Every code that a finding may have. */
// The table has a key for each code and no other.
export const DOCTOR_CODES: readonly DoctorCode[] = Object.keys(WORDS) as DoctorCode[]

/** What a finding says, what to do about it, and the calls that do it. */
export function doctorWords(finding: DoctorFinding, examined: Examined): DoctorWords {
  // The compiler can't see that a finding and the entry under its code belong together.
  const words = WORDS[finding.code] as (finding: DoctorFinding, examined: Examined) => DoctorWords
  return words(finding, examined)
}

function pinning(examined: Examined): Pick<DoctorWords, 'next' | 'calls'> {
  const call = requireCheck(examined)
  return call
    ? { next: ['require it, pinned to this app, in a ruleset'], calls: [call] }
    : {
        next: sentence`require it, pinned to the gate's app, in a ruleset; with ${quoted('--app')} and the app's id the command is shown here`,
      }
}

function callsOf(...calls: readonly (ApiCall | undefined)[]): Pick<DoctorWords, 'calls'> {
  const known = calls.flatMap((call) => (call && isStraight(call) ? [call] : []))
  return known.length === 0 ? {} : { calls: known }
}

function shown(unseen: Unseen): Pick<Words, 'next'> {
  return {
    next:
      'needs' in unseen
        ? sentence`${quoted(unseen.needs)} would show it`
        : [`no more than ${unseen.more} are looked through: look at it yourself`],
  }
}

function app(id: number): Sentence {
  return id === ACTIONS_APP ? [`GitHub Actions (app ${id})`] : [`app ${id}`]
}

function place(where: Where | RuleSource): Sentence {
  if (where === 'classic') return ['classic branch protection']
  const { kind, name, ruleset } = where
  const which = ruleset === undefined ? 'a ruleset' : `ruleset ${ruleset}`
  return kind === 'above' ? sentence`${[which]} of ${quoted(name)}` : [`${which} of the repository`]
}

function places(where: readonly Where[]): Sentence {
  return joined(where.map(place), ' and ')
}
