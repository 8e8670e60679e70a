import { describe, expect, test } from 'vitest'
import { answerDocument, DocumentCheck } from '../../src/checks/document.ts'
import { LEAST_WORDS } from '../../src/checks/sections.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Section } from '../../src/core/record.ts'
import { PRESETS, type Preset } from '../../src/core/section-presets.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aMeasurement, aSource } from '../support/build.ts'
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
  [
    'of a sentence',
    ['Intended use'],
    [card([{ ...written, words: LEAST_WORDS }])],
    { code: 'sections_written' },
  ],
  [
    'of a word less',
    ['Intended use'],
    [card([{ ...written, words: LEAST_WORDS - 1 }])],
    {
      code: 'sections_lacking',
      outcome: 'unmet',
      lacking: [
        { title: 'Intended use', why: 'short', line: 3, words: LEAST_WORDS - 1, wanted: LEAST_WORDS },
      ],
    },
  ],
  [
    'of no word',
    ['Intended use'],
    [card([{ ...written, words: 0 }])],
    { code: 'sections_lacking', lacking: [{ title: 'Intended use', why: 'empty', line: 3 }] },
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

/** What a card of this text is judged as, by its own words. */
function judgedText(text: string, sections: readonly string[], more: object = {}) {
  const path = 'models/credit-risk/CARD.md'
  const { reading } = readEvidence(Buffer.from(text), path, 'f00d')
  const evidence = [anEvidence({ ...reading, path, document: 'model-card' })]
  return answerDocument(DocumentCheck.parse({ ...criterion(sections), ...more }), aContext([], { evidence }))
}

const SAID = 'Screening of loan applications in three markets by trained analysts.'

describe('a document that says next to nothing', () => {
  test.each(['One two three.', 'abc xyz klm', 'none that we know', 'This section describes it.'])(
    '%s under every heading',
    (stub) => {
      const titles = ['Uses', 'Training data', 'Limitations']
      const text = titles.map((title) => `## ${title}\n\n${stub}\n`).join('\n')

      expect(judgedText(text, titles)).toMatchObject({
        ...{ code: 'sections_lacking', outcome: 'unmet' },
        lacking: titles.map((title) => ({ title, why: 'short', wanted: LEAST_WORDS })),
      })
    },
  )

  test.each<readonly [string, number]>([
    ['a a a a a a a a', 1],
    ['Yes yes YES, yes! yes yes yes yes', 1],
    ['risk is low risk is low risk is low', 3],
    ['we all know it we all know it', 4],
    ['a b c d e f g h i j', 4],
    ['1 2 3 4 5 6 7 8 9 10', 4],
    ['用途用途用途用途用途用途用途用途用途', 1],
  ])('repeats or is no word: %s', (text, words) => {
    expect(judgedText(`# Uses\n\n${text}`, ['Uses'])).toMatchObject({
      lacking: [{ title: 'Uses', why: 'short', words, wanted: LEAST_WORDS }],
    })
    expect(judgedText(`| Field | Response |\n|---|---|\n| Uses | ${text} |`, ['Uses'])).toMatchObject({
      lacking: [{ title: 'Uses', why: 'short', words }],
    })
    expect(judgedText(`# Uses\n## A\n${text}\n## B\n${text}`, ['Uses']).outcome).toBe('unmet')
  })

  test.each(['we all know it well we all know it well', 'as of now it is in use as it is'])(
    'five different words, one of them longer than two letters: %s',
    (text) => expect(judgedText(`# Uses\n\n${text}`, ['Uses']).outcome).toBe('met'),
  )

  test('criteria may want more words than a sentence, and not less', () => {
    expect(judgedText(`# Uses\n\n${SAID}`, ['Uses'])).toMatchObject({ code: 'sections_written' })
    expect(judgedText(`# Uses\n\n${SAID}`, ['Uses'], { words: 11 })).toMatchObject({
      lacking: [{ title: 'Uses', why: 'short', line: 1, words: 10, wanted: 11 }],
    })
    expect(judgedText(`# Uses\n\n${SAID}`, ['Uses'], { words: 10 }).outcome).toBe('met')
    const fewer = { ...criterion(['Uses']), words: LEAST_WORDS - 1 }
    expect(DocumentCheck.safeParse(fewer).success).toBe(false)
  })

  test('a writing without spaces has words too', () => {
    const text = '# 用途\n\n由受过训练的分析师筛选三个市场的贷款申请。'

    expect(judgedText(text, ['用途'])).toMatchObject({ code: 'sections_written' })
    expect(judgedText('# 用途\n\n没有用途。', ['用途'])).toMatchObject({ lacking: [{ why: 'short' }] })
  })
})

describe('the very same under several headings', () => {
  test.each<readonly [string, string, readonly string[], readonly object[]]>([
    [
      'is what one of them says',
      `# Uses\n${SAID}\n# Limits\n${SAID}\n# Data\n${SAID}`,
      ['Uses', 'Limits', 'Data'],
      [
        { title: 'Limits', why: 'same', line: 3, as: 'Uses' },
        { title: 'Data', why: 'same', line: 5, as: 'Uses' },
      ],
    ],
    [
      'whatever its signs, case and lines',
      `# Uses\n${SAID}\n# Limits\n- **${SAID.toUpperCase().replace(' IN ', '\nIN ')}**!\n`,
      ['Uses', 'Limits'],
      [{ title: 'Limits', why: 'same', as: 'Uses' }],
    ],
    [
      'whatever its numbers',
      `# Uses\n${SAID} 1\n# Limits\n${SAID} 22`,
      ['Uses', 'Limits'],
      [{ title: 'Limits', why: 'same', as: 'Uses' }],
    ],
    [
      'under a heading of a heading',
      `# Uses\n## Direct\n${SAID}\n# Limits\n${SAID}`,
      ['Direct', 'Limits'],
      [{ title: 'Limits', why: 'same', as: 'Direct' }],
    ],
    ['a heading that is all of another is no copy', `# Uses\n## Direct\n${SAID}`, ['Uses', 'Direct'], []],
    ['what nobody asks for may repeat it', `# Uses\n${SAID}\n# Abstract\n${SAID}`, ['Uses'], []],
    ['another word is another text', `# Uses\n${SAID}\n# Limits\nNo ${SAID}`, ['Uses', 'Limits'], []],
    [
      'a heading that stands twice answers by what is its own',
      `# Uses\n${SAID}\n# Limits\n${SAID}\n# Limits\nNo ${SAID}`,
      ['Uses', 'Limits'],
      [],
    ],
    [
      'in a table of answers',
      `| Field | Response |\n|---|---|\n| Uses | ${SAID} |\n| Limits | ${SAID} |`,
      ['Uses', 'Limits'],
      [{ title: 'Limits', why: 'same', line: 4, as: 'Uses' }],
    ],
  ])('%s', (_, text, sections, lacking) => {
    const answer = judgedText(text, sections)

    if (lacking.length === 0) expect(answer).toMatchObject({ code: 'sections_written', outcome: 'met' })
    else expect(answer).toMatchObject({ code: 'sections_lacking', outcome: 'unmet', lacking })
  })
})

describe('a table of questions and answers', () => {
  const table = (...rows: readonly (readonly [string, string])[]) =>
    ['| Field | Response |', '| :--- | :--- |', ...rows.map(([one, two]) => `| ${one} | ${two} |`)].join('\n')
  const LONG = 'Which measures were taken in the design of it against unwanted bias of any kind?'

  test.each<readonly [string, string, object]>([
    [
      'questions are no answers',
      table([LONG, 'None'], [`${LONG} And else?`, 'Not Applicable']),
      { lacking: [{ title: 'Bias', why: 'placeholder', line: 1, placeholder: 'None' }] },
    ],
    ['nor is nothing', table([LONG, ''], [LONG, '']), { lacking: [{ title: 'Bias', why: 'empty' }] }],
    [
      'nor a yes, or what is known to nobody',
      table([LONG, 'Yes'], [LONG, 'No.'], [LONG, 'None Known <br>'], [LONG, '**N/A**']),
      { lacking: [{ title: 'Bias', why: 'placeholder', placeholder: 'Yes' }] },
    ],
    [
      'a few words are too few',
      table([LONG, 'Yes'], [LONG, 'Before Release']),
      { lacking: [{ title: 'Bias', why: 'short', words: 2, wanted: LEAST_WORDS }] },
    ],
    [
      'answers are counted together',
      table([LONG, SAID.slice(0, 30)], [LONG, 'None'], [LONG, SAID.slice(30)]),
      {},
    ],
    [
      'in a quotation, with a colon and more columns',
      `> | Field: | Response: | More |\n> |---|---|---|\n> | ${LONG} | None | - |`,
      { lacking: [{ title: 'Bias', why: 'placeholder' }] },
    ],
    ['beside prose', `${table([LONG, 'None'])}\n\n${SAID}`, {}],
    [
      'of which only the answers are called so',
      table([LONG, 'None']).replace('Field', 'Subject'),
      { lacking: [{ why: 'placeholder' }] },
    ],
    ['any other table is prose', table([LONG, 'stands']).replace('Response', 'State'), {}],
  ])('%s', (_, text, expected) => {
    const answer = judgedText(`# Bias\n\n${text}`, ['Bias'])

    if ('lacking' in expected) expect(answer).toMatchObject({ outcome: 'unmet', ...expected })
    else expect(answer).toMatchObject({ code: 'sections_written', outcome: 'met' })
  })

  test('a question is a heading too, and its answer is held to the same', () => {
    const text = `# Bias\n\n${table([LONG, SAID], ['Groups', 'Age (18+), Gender'], ['Metric', 'None'])}`

    expect(judgedText(text, [LONG])).toMatchObject({ code: 'sections_written' })
    expect(judgedText(text, ['Groups', 'Metric'])).toMatchObject({
      lacking: [
        { title: 'Groups', why: 'short', line: 6, words: 3 },
        { title: 'Metric', why: 'placeholder', line: 7 },
      ],
    })
  })
})

test('what a document states and no evidence measures is said', () => {
  const text = '# Intended use\n\nRanking of applications for credit by their risk, and no other use.\n'
  const { reading } = readEvidence(
    Buffer.from(`${text}\n- Accuracy: 0.9\n- F1: 0.8\n- Macro recall: 0.7\n- ROC AUC: 0.8\n`),
    'CARD.md',
    'f00d',
  )
  const own = card([], { ...reading, path: 'CARD.md', document: 'model-card' })
  const measured = anEvidence({ measurements: [aMeasurement({ metric: 'acc' })] })
  const index = anEvidence({ format: 'hf-model-index', measurements: [aMeasurement({ metric: 'f1' })] })
  const base = anEvidence({ about: 'base', measurements: [aMeasurement({ metric: 'roc_auc' })] })

  expect(
    answerDocument(criterion(['Intended use']), aContext([], { evidence: [own, measured, index, base] })),
  ).toMatchObject({ code: 'sections_written', unmeasured: ['f1', 'roc_auc'] })
  expect(
    answerDocument(criterion(['Intended use']), aContext([], { evidence: [card([written]), measured] })),
  ).not.toHaveProperty('unmeasured')

  const rows =
    '| Metric | Value |\n|-|-|\n| Topic hits | 0.8 |\n| Helpfulness | 0.9 |\n| Epochs | 3.0 |\n| 1.5 | 0.5 |\n'
  const table = readEvidence(Buffer.from(`${text}\n${rows}`), 'CARD.md', 'f00d').reading
  const hits = anEvidence({ measurements: [aMeasurement({ metric: 'eval/topic_hits' })] })
  const tabled = card([], { ...table, path: 'CARD.md', document: 'model-card' })
  expect(
    answerDocument(criterion(['Intended use']), aContext([], { evidence: [tabled, hits] })),
  ).toMatchObject({ unmeasured: ['helpfulness'] })
})
