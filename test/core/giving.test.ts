import { describe, expect, test } from 'vitest'
import type { Hands, Review } from '../../src/core/approval.ts'
import { meant, nameOf } from '../../src/core/command-target.ts'
import type { Finding } from '../../src/core/finding.ts'
import { refuseHand, refuseRight, refuseWaiving, type WaiveRefusal } from '../../src/core/giving.ts'
import { by } from '../support/approvals.ts'
import { aFinding, aModel, isMet, isRegistered, isUnmet } from '../support/build.ts'

const AT = '2026-03-01T12:00:00Z'
const RULES = { teams: [], longest: 90, never: [] }
const unmet = aFinding({ answer: isUnmet() })

describe('what can be waived until when', () => {
  test.each<readonly [string, Partial<Finding>, string, object, WaiveRefusal | undefined]>([
    ['a miss, for a while', {}, '2026-05-30', {}, undefined],
    ['to the end of today', {}, '2026-03-01', {}, undefined],
    ['to yesterday', {}, '2026-02-28', {}, { why: 'past', until: '2026-02-28' }],
    ['for a day too long', {}, '2026-05-31', {}, { why: 'too_long', latest: '2026-05-30', longest: 90 }],
    [
      'longer than the floor has it',
      {},
      '2026-03-12',
      { longest: 10 },
      { why: 'too_long', latest: '2026-03-11', longest: 10 },
    ],
    ['what is met', { answer: isMet() }, '2026-03-12', {}, { why: 'unwaivable', because: 'met' }],
    ['registration', isRegistered(), '2026-03-12', {}, { why: 'unwaivable', because: 'built_in' }],
    ['what is advisory', { blocking: false }, '2026-03-12', {}, { why: 'advisory' }],
    [
      'what is never waived',
      {},
      '2026-03-12',
      { never: ['performance'] },
      { why: 'never', control: 'performance' },
    ],
  ])('%s', (_, given, until, rules, expected) => {
    const about = { until, at: AT, now: AT }

    expect(refuseWaiving({ ...unmet, ...given }, about, { ...RULES, ...rules })).toEqual(expected)
  })

  test('a day that was to come when it was named, and is over now', () => {
    const about = { until: '2026-03-01', at: AT, now: '2026-03-02T00:00:00Z' }

    expect(refuseWaiving(unmet, about, RULES)).toEqual({ why: 'past', until: '2026-03-01' })
  })
})

describe('who may waive', () => {
  const teams = ['risk', 'legal']
  test.each<readonly [string, readonly string[], Review['teams'], boolean, string | undefined]>([
    ['a writer, without teams', [], {}, true, undefined],
    ['no writer, without teams', [], {}, false, 'no_writer'],
    ['no writer in some team, without teams', [], { risk: 'active' }, false, 'no_writer'],
    ['a member of one team', teams, { risk: 'none', legal: 'active' }, false, undefined],
    ['a writer in no team', teams, { risk: 'none', legal: 'none' }, true, 'no_member'],
    ['a writer of another team', teams, { other: 'active' }, true, 'no_member'],
    ['one whose teams nobody may see', teams, { risk: 'unseen', legal: 'none' }, true, 'team_unseen'],
    ['one who was not asked about', teams, {}, true, 'no_member'],
  ])('%s', (_, rules, found, writes, expected) => {
    expect(refuseRight({ teams: found, writes }, { teams: rules })?.why).toBe(expected)
  })

  const hands = (...people: Hands['people']): Hands => ({ people, unseen: [] })
  test.each<readonly [string, Hands | undefined, WaiveRefusal | undefined]>([
    ['who made nothing of it', hands(by('grace', 'author')), undefined],
    ['an author', hands(by('alan', 'author')), { why: 'hand', hand: 'author' }],
    ['an author by another case', hands(by('Alan', 'author')), { why: 'hand', hand: 'author' }],
    [
      'a committer',
      hands(by('grace', 'author'), by('alan', 'committer')),
      { why: 'hand', hand: 'committer' },
    ],
    ['who pushed', hands(by('alan', 'pusher')), { why: 'hand', hand: 'pusher' }],
    ['anybody, where nobody knows who made it', undefined, { why: 'made_before' }],
    [
      'anybody, where it comes from a fork',
      { people: [], unseen: [{ why: 'fork', pull: 7 }] },
      { why: 'makers_unknown', unseen: [{ why: 'fork', pull: 7 }] },
    ],
  ])('%s', (_, made, expected) => {
    expect(refuseHand({ by: 'alan', hands: made })).toEqual(expected)
  })
})

describe('what a command means', () => {
  const own = aModel({ model: 'risk', findings: [isRegistered(), aFinding(), aFinding({ criterion: 'f1' })] })
  const floors = aFinding({ version: 'floor' })
  const other = aModel({ model: 'fraud', findings: [isRegistered(), aFinding(), floors] })
  const only = aModel({ model: 'spam', findings: [isRegistered(), floors] })

  test.each<readonly [string, Parameters<typeof meant>[0], Parameters<typeof meant>[1], string]>([
    ['one criterion', { criterion: 'f1' }, [own], 'risk/f1'],
    ['the one model that is asked it', { criterion: 'f1' }, [own, other], 'risk/f1'],
    ['a model’s', { model: 'fraud', criterion: 'accuracy' }, [own, other], 'fraud/accuracy'],
    [
      'the floor’s',
      { model: 'fraud', criterion: 'accuracy', floor: true },
      [own, other],
      'fraud/floor:accuracy',
    ],
    ['the floor’s where no other has the id', { criterion: 'accuracy' }, [only], 'spam/floor:accuracy'],
  ])('%s', (_, named, models, expected) => {
    const found = meant(named, models)

    expect(found.kind === 'one' && nameOf(found)).toBe(expected)
  })

  test.each<readonly [string, Parameters<typeof meant>[0], Parameters<typeof meant>[1], object]>([
    [
      'several',
      { criterion: 'accuracy' },
      [own, other],
      { kind: 'several', choices: ['risk/accuracy', 'fraud/accuracy'] },
    ],
    [
      'several of every release',
      { criterion: 'preregistration' },
      [own, other],
      { kind: 'several', choices: ['risk/preregistration', 'fraud/preregistration'] },
    ],
    [
      'no model',
      { model: 'fruad', criterion: 'accuracy' },
      [own, other],
      { kind: 'no_model', found: 'fruad', suggestion: 'fraud' },
    ],
    [
      'no criterion',
      { criterion: 'acuracy' },
      [own],
      { kind: 'no_criterion', found: 'acuracy', suggestion: 'accuracy' },
    ],
    ['nothing near', { criterion: 'zzzzzzzzzz' }, [own], { kind: 'no_criterion', found: 'zzzzzzzzzz' }],
    [
      'none of the floor',
      { criterion: 'f1', floor: true },
      [own],
      { kind: 'no_criterion', found: 'f1', suggestion: 'f1' },
    ],
    ['nothing', { criterion: 'f1' }, [], { kind: 'nothing_judged' }],
  ])('%s', (_, named, models, expected) => {
    expect(meant(named, models)).toEqual(expected)
  })
})
