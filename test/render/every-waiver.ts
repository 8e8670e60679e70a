import type { Accepted, Unwaivable } from '../../src/core/accepted.ts'
import type { Unclear } from '../../src/core/command.ts'
import type { CommandAnswer } from '../../src/core/command-answer.ts'
import type { WaiveRefusal } from '../../src/core/giving.ts'
import type { JudgedWaiver, NotHeld, Waiver } from '../../src/core/waiver.ts'
import { aFinding, aModel, isUnmet } from '../support/build.ts'
import { aWaiver } from '../support/waivers.ts'

const value: Extract<Accepted, { what: 'value' }> = {
  what: 'value',
  asked: '',
  bound: { kind: 'at_least', value: 0.9 },
  unmet: true,
  value: 0.88,
  off: 0.02,
}
const UNWAIVABLE: { readonly [U in Unwaivable]: U } = {
  ...{ met: 'met', built_in: 'built_in', contradiction: 'contradiction', unclear: 'unclear' },
  ...{ trust: 'trust', approval: 'approval', attempts: 'attempts' },
}

/** The same text wherever a person, or a file, has a word in a waiver. */
export function hostileWaiver(text: string): Partial<Waiver> {
  return {
    ...{ model: text, identity: text, criterion: text, by: text, because: text, until: text, at: text },
    ...{ commit: text, teams: [text] },
  }
}

function everyAccepted(text: string): { readonly [W in Accepted['what']]: Extract<Accepted, { what: W }> } {
  return {
    value: { ...value, asked: text },
    samples: { what: 'samples', samples: 50, wanted: 100, value },
    missing: { what: 'missing', asked: text },
    lacking: { what: 'lacking', of: text, items: [text] },
    expired: { what: 'expired', of: text, date: text, limit: 30 },
    members: {
      ...{
        what: 'members',
        label: text,
        members: [{ member: text, accepted: value }],
        found: [text],
        short: 1,
      },
    },
  }
}

/** One waiver for each reason that it may not hold, for each thing that it may accept, and one that holds. */
export function everyWaiver(text: string): readonly JudgedWaiver[] {
  const waiver = aWaiver(hostileWaiver(text))
  const simple = ['withdrawn', 'other_release', 'not_asked', 'not_needed'] as const
  const reasons: readonly NotHeld[] = [
    ...simple.map((why) => ({ why })),
    { why: 'expired', ends: text },
    ...Object.values(UNWAIVABLE).map((because) => ({ why: 'unwaivable', because }) as const),
    { why: 'never', control: text },
    { why: 'no_right', teams: [text] },
    { why: 'no_right', teams: [] },
  ]
  return [
    { waiver, ends: text },
    { waiver: { ...waiver, teams: [], of: 'floor' }, ends: text },
    {
      waiver: { ...waiver, withdrawn: { by: text, at: text, comment: 2 } },
      ends: text,
      not: { why: 'withdrawn' },
    },
    ...reasons.map((not) => ({ waiver, ends: text, not })),
    ...Object.values(everyAccepted(text)).map(
      (accepted) => ({ waiver: { ...waiver, accepted }, ends: text, not: { why: 'worse' } }) as const,
    ),
  ]
}

function everyRefusal(text: string): { readonly [W in WaiveRefusal['why']]: WaiveRefusal & { why: W } } {
  return {
    closed: { why: 'closed' },
    floor_unknown: { why: 'floor_unknown' },
    no_identity: { why: 'no_identity' },
    advisory: { why: 'advisory' },
    no_writer: { why: 'no_writer' },
    made_before: { why: 'made_before' },
    moved_since: { why: 'moved_since' },
    unwaivable: { why: 'unwaivable', because: 'trust' },
    never: { why: 'never', control: text },
    past: { why: 'past', until: text },
    too_long: { why: 'too_long', latest: text, longest: 90 },
    no_member: { why: 'no_member', teams: [text] },
    team_unseen: { why: 'team_unseen', teams: [text] },
    hand: { why: 'hand', hand: 'pusher' },
    makers_unknown: { why: 'makers_unknown', unseen: [{ why: 'pushes', branch: text }] },
  }
}

function everyUnclear(text: string): { readonly [W in Unclear['why']]: Unclear & { why: W } } {
  return {
    no_word: { why: 'no_word' },
    unknown_word: { why: 'unknown_word', found: text },
    no_criterion: { why: 'no_criterion', word: 'explain' },
    too_much: { why: 'too_much', word: 'recheck' },
    no_name: { why: 'no_name', word: 'unwaive', found: text },
    no_until: { why: 'no_until' },
    no_because: { why: 'no_because', suggestion: 'because' },
    no_day: { why: 'no_day', found: text },
    too_long: { why: 'too_long', limit: 200 },
    too_many: { why: 'too_many', limit: 5 },
  }
}

/** One answer for each code of a command, each reason of a refusal and each fault of a line. */
export function everyCommandAnswer(text: string): readonly CommandAnswer[] {
  const finding = aFinding({ criterion: text, answer: isUnmet() })
  const waiver = aWaiver(hostileWaiver(text))
  const waived = { ...finding, waiver: { ...waiver, ends: text } }
  const model = aModel({ model: text, version: text, findings: [finding] })
  const on = { model, finding }
  return [
    { code: 'rechecking', commit: text },
    { code: 'explained', commit: text, ...on },
    { code: 'explained', commit: text, model, finding: waived },
    { code: 'waived', waiver, ...on },
    ...Object.values(everyRefusal(text)).map((why) => ({ code: 'refused', why, ...on }) as const),
    { code: 'withdrawn', name: text, count: 0 },
    { code: 'withdrawn', name: text, count: 2 },
    { code: 'not_judged', commit: text },
    { code: 'not_meant', meant: { kind: 'nothing_judged' } },
    { code: 'not_meant', meant: { kind: 'no_model', found: text, suggestion: text } },
    { code: 'not_meant', meant: { kind: 'no_criterion', found: text } },
    { code: 'not_meant', meant: { kind: 'several', choices: [text, text] } },
    ...Object.values(everyUnclear(text)).map((fault) => ({ code: 'unclear', fault }) as const),
    { code: 'may_not' },
    { code: 'failed', correlation: text },
  ]
}
