import { describe, expect, test } from 'vitest'
import { answerDocument, DocumentCheck } from '../../src/checks/document.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Section } from '../../src/core/record.ts'
import { PRESETS, type Preset } from '../../src/core/section-presets.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const criterion = (sections: readonly string[] | Preset): DocumentCheck =>
  DocumentCheck.parse({
    id: 'card',
    control: 'documentation',
    check: 'document',
    document: 'model-card',
    sections,
  })

const written: Section = { title: 'Intended use', line: 3, words: 12 }

function card(sections: readonly Section[], given: Partial<Evidence> = {}): Evidence {
  const { path = 'models/credit-risk/CARD.md' } = given
  const source = aSource({ path, format: 'markdown' })
  return anEvidence({
    path,
    document: 'model-card',
    measurements: [],
    records: [{ kind: 'document', sections, source }],
    ...given,
  })
}

test.each<readonly [string, readonly string[], readonly Evidence[], object]>([
  ['written', ['Intended use'], [card([written])], { code: 'sections_written', outcome: 'met' }],
  ['in other letters', ['intended USE'], [card([written])], { code: 'sections_written' }],
  [
    'numbered',
    ['Intended use'],
    [card([{ ...written, title: '1.2 Intended Use:' }])],
    { code: 'sections_written' },
  ],
  [
    'with signs',
    ['Intended-use'],
    [card([{ ...written, title: '**Intended** use!' }])],
    { code: 'sections_written' },
  ],
  [
    'in another script',
    ['Использование'],
    [card([{ ...written, title: 'использование' }])],
    { code: 'sections_written' },
  ],
  ['of three words', ['Intended use'], [card([{ ...written, words: 3 }])], { code: 'sections_written' }],
  [
    'of two words',
    ['Intended use'],
    [card([{ ...written, words: 2 }])],
    {
      code: 'sections_lacking',
      outcome: 'unmet',
      lacking: [{ title: 'Intended use', why: 'empty', line: 3 }],
    },
  ],
  [
    'missing',
    ['Limitations'],
    [card([written])],
    {
      code: 'sections_lacking',
      lacking: [{ title: 'Limitations', why: 'missing' }],
    },
  ],
  [
    'another that begins alike',
    ['Intended'],
    [card([written])],
    {
      code: 'sections_lacking',
      lacking: [{ title: 'Intended', why: 'missing' }],
    },
  ],
  [
    'with a placeholder among words',
    ['Intended use'],
    [card([{ ...written, placeholder: 'TODO' }])],
    {
      code: 'sections_lacking',
      lacking: [{ title: 'Intended use', why: 'placeholder', line: 3, placeholder: 'TODO' }],
    },
  ],
  [
    'twice, one of them with a placeholder',
    ['Intended use'],
    [card([written, { ...written, line: 9, placeholder: 'TBD' }])],
    {
      code: 'sections_lacking',
      lacking: [{ title: 'Intended use', why: 'placeholder', line: 9, placeholder: 'TBD' }],
    },
  ],
  [
    'twice, one of them empty',
    ['Intended use'],
    [card([{ ...written, line: 1, words: 0 }, written])],
    {
      code: 'sections_written',
    },
  ],
  [
    'every lack is told',
    ['A', 'Intended use', 'B'],
    [card([written, { title: 'B', line: 8, words: 0 }])],
    {
      code: 'sections_lacking',
      lacking: [
        { title: 'A', why: 'missing' },
        { title: 'B', why: 'empty', line: 8 },
      ],
    },
  ],
  [
    'no document',
    ['Intended use'],
    [anEvidence()],
    { code: 'no_document', outcome: 'undecided', document: 'model-card' },
  ],
  [
    'another document',
    ['Intended use'],
    [card([written], { document: 'data-card' })],
    { code: 'no_document' },
  ],
  [
    'a document that no one said is one',
    ['Intended use'],
    [without(card([written]))],
    { code: 'no_document' },
  ],
  [
    'a file that is no document',
    ['Intended use'],
    [card([], { records: [] })],
    {
      code: 'no_document',
      unreadable: 'models/credit-risk/CARD.md',
    },
  ],
  [
    'two documents',
    ['Intended use'],
    [card([written], { path: 'b.md' }), card([written], { path: 'a.md' })],
    {
      code: 'several_documents',
      outcome: 'undecided',
      paths: ['a.md', 'b.md'],
    },
  ],
])('%s', (_, sections, evidence, expected) => {
  const answer = answerDocument(criterion(sections), aContext([], { evidence }))

  expect(answer).toMatchObject(expected)
})

function without({ document: _, ...evidence }: Evidence): Evidence {
  return evidence
}

describe.each(['model-card', 'dataset-card', 'instructions-for-use'] as const)('sections: %s', (name) => {
  const titles = PRESETS[name].map(([title]) => title)
  const whole = titles.map((title, index): Section => ({ title, line: 2 * index + 1, words: 12 }))
  const judged = (sections: readonly Section[]) =>
    answerDocument(criterion(name), aContext([], { evidence: [card(sections)] }))

  test('all of its headings are asked, and nothing else', () => {
    expect(judged(whole)).toMatchObject({ code: 'sections_written', sections: titles })
  })

  test.each(titles)('%s is wanting', (title) => {
    const without = whole.filter((section) => section.title !== title)
    expect(judged(without)).toMatchObject({
      ...{ code: 'sections_lacking', lacking: [{ title, why: 'missing' }] },
    })
    expect(judged([...without, { title, line: 99, words: 9, placeholder: 'TODO' }])).toMatchObject({
      lacking: [{ title, why: 'placeholder' }],
    })
  })
})

test.each<readonly [string, readonly Section[], object]>([
  [
    'any name of a heading is enough',
    [{ title: 'Curation Rationale', line: 1, words: 9 }],
    { code: 'sections_written' },
  ],
  [
    'also where another of its names is still open',
    [
      { title: 'Motivation', line: 1, words: 9, placeholder: 'TODO' },
      { title: 'Curation Rationale', line: 4, words: 9 },
    ],
    { code: 'sections_written' },
  ],
  [
    'what is wanting is told by the name that is there',
    [{ title: 'Curation Rationale', line: 4, words: 0 }],
    { lacking: [{ title: 'Curation Rationale', why: 'empty', line: 4 }] },
  ],
])('of a dataset card: %s', (_, sections, expected) => {
  const rest = PRESETS['dataset-card'].slice(1).map(([title]): Section => ({ title, line: 50, words: 12 }))

  const answer = answerDocument(
    criterion('dataset-card'),
    aContext([], { evidence: [card([...sections, ...rest])] }),
  )

  expect(answer).toMatchObject(expected)
})

test.each([['modelcard'], [[]], [['']], [['a', 1]], [undefined]])('sections %j are none', (sections) => {
  expect(DocumentCheck.safeParse({ ...criterion(['A']), sections }).success).toBe(false)
})
