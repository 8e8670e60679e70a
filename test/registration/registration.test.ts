import { describe, expect, test } from 'vitest'
import type { Criteria } from '../../src/criteria/criteria.ts'
import type { Start, Work } from '../../src/facts.ts'
import { type Required, registration, required } from '../../src/registration/registration.ts'
import { anId } from '../support/build.ts'
import {
  ACCURACY,
  aCriteriaFile,
  CRITERIA_PATH,
  criteriaText,
  modelFacts,
  parsedCriteria,
} from '../support/facts.ts'

const file = aCriteriaFile([ACCURACY])
const amended = aCriteriaFile([ACCURACY], '7')
const path = CRITERIA_PATH
const training: Work = { kind: 'training', commit: anId('1') }
const evaluation: Work = { kind: 'evaluation', commit: anId('1') }
const placed: Start = { kind: 'placed', work: training, at: anId('2'), saw: anId('c') }
const unseen: Start = { kind: 'placed', work: training, at: anId('2') }
const both = { path, registered: file, today: file }
const proposed = { path, proposed: anId('9') }
const trainedHere: Required = { tier: 'ordered', trainedHere: true }
const bought: Required = { tier: 'ordered', trainedHere: false }
const work = anId('1')
const at = anId('2')
const WHERE = { repository: 'acme/credit', branch: 'main' }
const limit = { code: 'no_clock' } as const

type Row = readonly [string, Start, ReturnType<typeof modelFacts>['criteria'], Required, object]

describe('whether the criteria came first', () => {
  test.each<Row>([
    [
      'the same everywhere',
      placed,
      both,
      trainedHere,
      { code: 'registered', outcome: 'met', tier: 'ordered', work, at, amended: false },
    ],
    [
      'amended since',
      placed,
      { ...both, today: amended },
      trainedHere,
      { code: 'registered', outcome: 'met', tier: 'ordered', work, at, amended: true },
    ],
    [
      'what this change proposes has no effect',
      placed,
      { ...both, proposed: anId('9') },
      trainedHere,
      { code: 'registered', outcome: 'met', tier: 'ordered', work, at, amended: false },
    ],
    [
      'an evaluation of what is bought',
      { ...placed, work: evaluation },
      both,
      bought,
      { code: 'registered', outcome: 'met', tier: 'ordered', work, at, amended: false },
    ],
    [
      'a training of what is bought',
      placed,
      both,
      bought,
      { code: 'nothing_trained_here', outcome: 'undecided' },
    ],
    [
      'a tier that nothing shows',
      placed,
      both,
      { tier: 'witnessed', trainedHere: true },
      { code: 'tier_too_low', outcome: 'undecided', tier: 'ordered', wanted: 'witnessed', limit },
    ],
    [
      'the tier in between',
      placed,
      both,
      { tier: 'started', trainedHere: true },
      { code: 'tier_too_low', outcome: 'undecided', tier: 'ordered', wanted: 'started', limit },
    ],
    [
      'a miss at a higher tier is a miss',
      unseen,
      both,
      { tier: 'witnessed', trainedHere: true },
      { code: 'work_saw_other_criteria', outcome: 'unmet', path, work, at, found: 'none' },
    ],

    [
      'no criteria anywhere',
      unseen,
      { path },
      trainedHere,
      { code: 'criteria_absent', outcome: 'unmet', path },
    ],
    [
      'no criteria, and no work named',
      { kind: 'not_named' },
      { path },
      bought,
      { code: 'criteria_absent', outcome: 'unmet', path },
    ],
    [
      'criteria in this change',
      unseen,
      proposed,
      trainedHere,
      { code: 'criteria_in_this_change', outcome: 'unmet', path },
    ],
    [
      'criteria in this change, which the work saw too',
      { ...unseen, saw: anId('9') },
      proposed,
      trainedHere,
      { code: 'criteria_in_this_change', outcome: 'unmet', path },
    ],
    [
      'criteria in this change, and no work named',
      { kind: 'not_named' },
      proposed,
      trainedHere,
      { code: 'criteria_in_this_change', outcome: 'unmet', path },
    ],
    [
      'criteria after the work',
      unseen,
      { path, today: file },
      trainedHere,
      { code: 'criteria_after_work', outcome: 'unmet', path, work, at },
    ],
    [
      'criteria after the work, which the work saw on its branch',
      placed,
      { path, today: file },
      trainedHere,
      { code: 'criteria_after_work', outcome: 'unmet', path, work, at },
    ],
    [
      'the work saw none',
      unseen,
      both,
      trainedHere,
      { code: 'work_saw_other_criteria', outcome: 'unmet', path, work, at, found: 'none' },
    ],
    [
      'the work saw others',
      { ...placed, saw: anId('8') },
      both,
      trainedHere,
      { code: 'work_saw_other_criteria', outcome: 'unmet', path, work, at, found: 'other' },
    ],
    [
      "the work saw today's",
      { ...placed, saw: anId('7') },
      { ...both, today: amended },
      trainedHere,
      { code: 'work_saw_other_criteria', outcome: 'unmet', path, work, at, found: 'other' },
    ],
    [
      'gone since',
      placed,
      { path, registered: file },
      trainedHere,
      { code: 'criteria_gone', outcome: 'undecided', path, at },
    ],
    [
      'gone since, and proposed again',
      placed,
      { path, registered: file, proposed: anId('9') },
      trainedHere,
      { code: 'criteria_gone', outcome: 'undecided', path, at },
    ],
    [
      'gone since, and the work saw none',
      unseen,
      { path, registered: file },
      trainedHere,
      { code: 'work_saw_other_criteria', outcome: 'unmet', path, work, at, found: 'none' },
    ],

    [
      'no work named',
      { kind: 'not_named' },
      both,
      trainedHere,
      { code: 'work_not_named', outcome: 'undecided', wanted: 'training' },
    ],
    [
      'no work named of what is bought',
      { kind: 'not_named' },
      both,
      bought,
      { code: 'work_not_named', outcome: 'undecided', wanted: 'evaluation' },
    ],
    [
      'an evaluation of what is trained here',
      { ...placed, work: evaluation },
      both,
      trainedHere,
      { code: 'work_not_named', outcome: 'undecided', wanted: 'training' },
    ],
    [
      'a commit that is not there',
      { kind: 'not_found', work: training },
      both,
      trainedHere,
      { code: 'work_not_found', outcome: 'undecided', work },
    ],
    [
      'a commit without shared history',
      { kind: 'unrelated', work: training },
      both,
      trainedHere,
      { code: 'work_unrelated', outcome: 'unmet', work, branch: 'main' },
    ],
    [
      'a history that is too long',
      { kind: 'too_long', work: training, limit: 5000 },
      both,
      trainedHere,
      { code: 'history_too_long', outcome: 'undecided', work, limit: 5000 },
    ],
  ])('%s', (_, start, criteria, needed, expected) => {
    const { answer, registration: shown } = registration(modelFacts({ start, criteria }), WHERE, needed)

    expect(answer).toEqual(expected)
    expect(shown.tier).toBe(
      answer.code === 'registered' || answer.code === 'tier_too_low' ? 'ordered' : 'none',
    )
  })

  test('says which blobs and commits it is about', () => {
    const criteria = { ...both, today: amended, proposed: anId('9') }

    const { registration: shown } = registration(modelFacts({ start: placed, criteria }), WHERE, trainedHere)

    expect(shown).toEqual({
      tier: 'ordered',
      required: 'ordered',
      work: training,
      at,
      limits: [limit],
      path,
      registered: anId('c'),
      today: anId('7'),
      proposed: anId('9'),
    })
  })

  test('says nothing of what is not there', () => {
    const facts = modelFacts({ start: { kind: 'not_named' }, criteria: { path } })

    const { registration: shown } = registration(facts, WHERE, trainedHere)

    expect(shown).toEqual({ tier: 'none', required: 'ordered', limits: [], path })
  })
})

describe('what is required', () => {
  const criteria = (head: string): Criteria => {
    const { criteria: parsed, problems } = parsedCriteria(criteriaText([ACCURACY], head))
    if (parsed === undefined) throw new Error(JSON.stringify(problems))
    return parsed
  }
  const build = criteria('risk: low\napproach: build')
  const buy = criteria('risk: low\napproach: buy')
  const tuned = criteria('risk: low\napproach: open-source\ntraits: [text, fine-tuned]')
  const open = criteria('risk: low\napproach: open-source\ntraits: [text]')
  const started = criteria('risk: low\napproach: buy\nregistration: started')
  const witnessed = criteria('risk: low\napproach: buy\nregistration: witnessed')
  const ordered = criteria('risk: low\napproach: buy\nregistration: ordered')

  test.each<readonly [string, readonly Criteria[], Required]>([
    ['nothing asked', [], { tier: 'ordered', trainedHere: undefined }],
    ['built', [build], trainedHere],
    ['bought', [buy], bought],
    ['open source', [open], bought],
    ['fine-tuned', [tuned], trainedHere],
    ['built in one version', [buy, build], trainedHere],
    ['bought in one version', [build, buy], trainedHere],
    ['ordered, said', [ordered], bought],
    ['started', [started], { tier: 'started', trainedHere: false }],
    ['the stricter today', [buy, witnessed], { tier: 'witnessed', trainedHere: false }],
    ['the stricter registered', [witnessed, started], { tier: 'witnessed', trainedHere: false }],
  ])('%s', (_, versions, expected) => {
    expect(required(versions, modelFacts())).toEqual(expected)
  })
})
