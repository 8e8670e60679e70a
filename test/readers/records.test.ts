import { describe, expect, test } from 'vitest'
import { plain } from '../../src/render/sentence.ts'
import { problemWords } from '../../src/render/words-problems.ts'
import { ALL_GIVEN } from '../support/facts.ts'
import { faults, readFixture, readText } from './read.ts'

describe('markdown', () => {
  test('sections of a card', () => {
    expect(readFixture('markdown/card.md').records).toMatchObject([
      {
        kind: 'document',
        sections: [
          { title: 'Churn model', line: 1, words: 12, placeholder: 'TBD' },
          { title: 'Intended use', line: 5, words: 8, placeholder: 'TBD' },
          { title: 'Out of scope', line: 9, words: 0, placeholder: 'TBD' },
          { title: 'Data', line: 13, words: 4 },
          { title: 'Ethics', line: 19, words: 0, placeholder: '[More Information Needed]' },
        ],
      },
    ])
  })
})

describe('a card that is no prose', () => {
  const nvidia = [
    '# Explainability',
    '',
    '| Field | Response |',
    '|:--|:--|',
    '| Intended Task | screening of credit applications |',
    '| Known Risks | Not Available |',
    '| Out of scope | Not applicable. |',
    '| Bias | none found in 12,000 cases |',
    '',
  ].join('\n')

  test('a table of fields and responses: an answer that says nothing is a placeholder', () => {
    expect(readText(nvidia, 'card.md').reading.records).toMatchObject([
      {
        sections: [
          { title: 'Explainability', line: 1 },
          { title: 'Intended Task', line: 5, words: 4 },
          { title: 'Known Risks', line: 6, words: 0, placeholder: 'Not Available' },
          { title: 'Out of scope', line: 7, words: 0, placeholder: 'Not applicable.' },
          { title: 'Bias', line: 8, words: 5 },
        ],
      },
    ])
  })

  test('numbers in words, with the heading or key that they stand under', () => {
    const numbers = (text: string, path: string) =>
      readText(text, path).reading.records.flatMap((one) =>
        one.kind === 'document' ? (one.numbers ?? []) : [],
      )
    const card = {
      model_details: { name: 'credit' },
      quantitative_analysis: { performance_metrics: [{ type: 'accuracy', value: '0.9' }] },
      considerations: { limitations: [{ description: 'An accuracy of 0.8 on rainy days.' }] },
    }
    const fields = ['# Safety', '', '| Field | Response |', '| --- | --- |', '| Tested: | Accuracy: 0.9 |']

    expect(numbers('# Results\n\nText.\n\n- F1 (macro): 80%\n', 'CARD.md')).toMatchObject([
      {
        ...{ metric: 'f1', value: 80, percent: true, line: 5, label: 'F1 (macro)', compared: true },
        ...{ said: 'F1 ( macro ) : 80%', under: 'Results' },
      },
    ])
    expect(numbers(JSON.stringify(card), 'card.json')).toMatchObject([
      { metric: 'accuracy', value: 0.8, near: 'accuracy of on rainy days', under: 'limitations' },
    ])
    expect(numbers(fields.join('\n'), 'CARD.md')).toMatchObject([{ metric: 'accuracy', value: 0.9, line: 5 }])
  })

  test.each([
    ['sentences', 'F1: 0.9.\n\n'.repeat(2001)],
    ['rows', `| metric | value |\n|-|-|\n${'| F1 | 0.9 |\n'.repeat(2001)}`],
    ['tags', `<table>${'<tr><td>F1<td>0.9'.repeat(4000)}</table>`],
    ['columns', `|${'F1|'.repeat(201)}\n|${'-|'.repeat(201)}\n|${'0.9|'.repeat(201)}\n`],
  ])('more numbers than are looked at are a problem: %s', (_, text) => {
    const { problems } = readText(`# Results\n\n${text}`, 'CARD.md').reading

    expect(problems).toEqual([expect.objectContaining({ code: 'too_many' })])
  })

  test('a card of Model Card Toolkit: what people wrote, key by key', () => {
    const card = {
      model_details: {
        name: 'credit',
        overview: 'scores applications for credit',
        owners: [{ name: 'TODO' }],
      },
      considerations: {
        use_cases: [{ description: 'ranking of applications by risk' }],
        limitations: [{ description: 'none' }],
        tradeoffs: [],
      },
      quantitative_analysis: { performance_metrics: [{ type: 'accuracy', value: '0.9' }] },
    }

    expect(readText(JSON.stringify(card), 'card.json').reading.records).toMatchObject([
      {
        kind: 'document',
        sections: [
          { title: 'name', words: 1 },
          { title: 'overview', words: 4 },
          { title: 'owners', words: 0, placeholder: 'TODO' },
          { title: 'use cases', words: 5 },
          { title: 'limitations', words: 0, placeholder: 'none' },
          { title: 'tradeoffs', words: 0 },
        ],
      },
    ])
  })

  test('a card of data with a table of fields and responses', () => {
    const card = `---\ntask_categories: [text-classification]\n---\n# Data\n\n${nvidia.slice(nvidia.indexOf('| Field'))}`

    const { format, reading } = readText(card, 'DATA.md')

    expect(format).toBe('hf-dataset-card')
    expect(reading.records[0]).toMatchObject({
      kind: 'document',
      sections: [
        { title: 'Data' },
        { title: 'Intended Task', words: 4 },
        { title: 'Known Risks', placeholder: 'Not Available' },
        { title: 'Out of scope', placeholder: 'Not applicable.' },
        { title: 'Bias', words: 5 },
      ],
    })
  })

  test('what its tables state', () => {
    expect(
      readText('# Results\n\n| Metric | Value |\n|---|---|\n| AUC | 0.91 |\n', 'card.md').reading.records,
    ).toMatchObject([{ numbers: [{ metric: 'roc_auc', value: 0.91, line: 5 }] }])
  })
})

describe('words that only repeat their heading', () => {
  const wordsOf = (title: string, text: string) => {
    const [record] = readText(`# Card\n\n## ${title}\n\n${text}\n`, 'card.md').reading.records
    return record?.kind === 'document' ? record.sections.find((one) => one.title === title)?.words : undefined
  }
  const TITLE = 'Risk management system'

  test.each<readonly [string, string, number]>([
    ['alone', 'Risk management system.\n\nRisk management system. Risk management system.', 0],
    ['with small words', 'This is the risk management system of the risk management system.', 0],
    [
      'with next to nothing',
      'The risk management system is described here as the risk management system.',
      1,
    ],
    [
      'in a table',
      '| The risk management system | risk management system |\n|---|---|\n| system | risk |',
      0,
    ],
  ])('are none: %s', (_, text, words) => {
    expect(wordsOf(TITLE, text)).toBe(words)
  })

  test.each([
    'The risk management system lists nine hazards, each with an owner and a limit.',
    'Risk management follows a system of quarterly reviews by the committee for credit.',
  ])('are words where something is said: %s', (text) => {
    expect(wordsOf(TITLE, text)).toBe(text.split(' ').length)
  })

  test('are none in a table of questions and answers either', () => {
    const [record] = readText(
      '# Card\n\nField | Response\n:---|:---\nIntended use | The intended use is the intended use, intended for use\n',
      'card.md',
    ).reading.records

    expect(record).toMatchObject({
      sections: expect.arrayContaining([expect.objectContaining({ title: 'Intended use', words: 0 })]),
    })
  })
})

describe('training-record', () => {
  test('every field given', () => {
    expect(readFixture('training-record/full.yml').records).toMatchObject([
      {
        kind: 'training',
        owner: 'given',
        date: '2026-02-03',
        fields: ALL_GIVEN,
        times: { started: '2026-02-02T08:00:00Z', finished: '2026-02-02T18:30:00+02:00' },
        data: [{ name: 'train-2026q1', digest: `sha256:${'0'.repeat(64)}` }],
        commit: '0123456789abcdef0123456789abcdef01234567',
      },
      {
        ...{ kind: 'parameters', of: 'run', unresolved: [] },
        values: { lr: 0.001, scheduler: 'none', 'seeds.0': 1, 'seeds.1': 2, 'seeds.2': 3 },
      },
    ])
    expect(faults('training-record/full.yml')).toEqual([])
  })

  test('placeholders give nothing', () => {
    const [record] = readFixture('training-record/placeholders.json').records

    expect(record).toMatchObject({
      owner: 'placeholder',
      fields: {
        data: 'placeholder',
        hyperparameters: 'placeholder',
        seeds: 'placeholder',
        environment: 'placeholder',
        commit: 'placeholder',
        times: 'placeholder',
      },
    })
    expect(record).not.toHaveProperty('commit')
    expect(record).not.toHaveProperty('times.finished')
  })

  test('a commit of nothing but digits wants quotes', () => {
    const problemsOf = (commit: string) =>
      readText(
        `gonogo: 1\nrecord: training\nowner: Credit team\ndate: 2026-02-03\ncommit: ${commit}\n`,
        'training.yml',
      ).reading.problems

    expect(problemsOf('1234567890'.repeat(4))).toMatchObject([
      {
        line: 5,
        code: 'wrong_value',
        at: 'commit',
        wanted: expect.stringMatching(/^a text: put it in quotes/),
      },
    ])
    expect(problemsOf(`"${'1234567890'.repeat(4)}"`)).toEqual([])
    const [exponent] = problemsOf(`${'1'.repeat(35)}e4444`)
    expect(exponent && plain(problemWords(exponent).next)).toMatch(/^put it in quotes/)
    const [dot] = problemsOf('.inf')
    expect(dot && plain(problemWords(dot).next)).not.toMatch(/quotes/)
  })

  test('what is not there is missing', () => {
    expect(readFixture('training-record/reversed.yml').records).toMatchObject([
      { fields: { data: 'missing', times: 'given' } },
    ])
  })

  test.each([
    [
      'faults',
      'training-record/faults.yml',
      ['6 wrong_value commit abc a whole commit id of 40 or 64 hex digits', '5 unknown_key sedes seeds'],
    ],
    [
      'finished before started',
      'training-record/reversed.yml',
      ['6 contradiction finished 2026-02-03T07:59:00Z started 2026-02-03T10:00:00+02:00'],
    ],
  ])('%s', (_, path, expected) => {
    expect(faults(path)).toEqual(expected)
  })

  test.each([
    ['within a day of it', 'finished: 2026-02-04T23:59:59Z', []],
    ['within a day of it, in the last zone', 'finished: 2026-02-04T11:59:59-12:00', []],
    [
      'more than a day after it',
      'finished: 2026-02-05T00:00:00Z',
      ['6 contradiction finished 2026-02-05T00:00:00Z date 2026-02-03'],
    ],
    [
      'begun more than a day after it',
      'started: 2026-02-05T00:00:00Z',
      ['6 contradiction started 2026-02-05T00:00:00Z date 2026-02-03'],
    ],
    ['open', 'finished: TODO', []],
  ])('a training that ended, of the day of the record: %s', (_, line, expected) => {
    const text = `gonogo: 1\nrecord: training\nmodel: m\nowner: Ada Quist\ndate: 2026-02-03\n${line}\n`

    const found = readText(text, 'r.yml').reading.problems.map(
      ({ path: _, column: __, line: at, ...fault }) => [at, ...Object.values(fault)].join(' '),
    )
    expect(found).toEqual(expected)
  })

  test.each([
    ['a time without zone', 'started: 2026-02-03T10:00:00', 'wrong_value'],
    ['a day that does not exist', 'finished: 2026-02-31T10:00:00Z', 'wrong_value'],
    ['an hour that does not exist', 'finished: 2026-02-03T25:00:00Z', 'wrong_value'],
    ['seeds as words', 'seeds: [one]', 'wrong_value'],
    ['half a seed', 'seeds: { numpy: 0.5 }', 'wrong_value'],
    ['a digest of another length', 'data: [{ name: a, digest: { sha256: abc } }]', 'wrong_value'],
    ['a note beside a data set', 'data: [{ name: a, notes: x }]', 'unknown_key'],
    ['zones that differ', 'started: 2026-02-03T10:00:00+02:00\nfinished: 2026-02-03T09:00:00Z', undefined],
    ['a seed of 0', 'seeds: [0]', undefined],
  ])('%s', (_, extra, code) => {
    const { reading } = readText(
      `gonogo: 1\nrecord: training\nowner: me\ndate: 2026-02-03\n${extra}\n`,
      'training.yml',
    )

    expect(reading.problems.map((problem) => problem.code)).toEqual(code ? [code] : [])
    expect(reading.records.filter(({ kind }) => kind === 'training')).toHaveLength(code ? 0 : 1)
  })

  const written = (extra: string) =>
    readText(`gonogo: 1\nrecord: training\nowner: ada\ndate: 2026-02-03\n${extra}\n`, 'training.yml').reading
  test.each<readonly [string, string, string]>([
    ['operator: nobody', 'operator', 'nobody'],
    ['operator: all employees', 'operator', 'nobody'],
    ['operator: Everyone in the company.', 'operator', 'nobody'],
    ['operator: authorised personnel', 'operator', 'nobody'],
    ['operator: the whole team and the vendor', 'operator', 'nobody'],
    ['operator: TBD', 'operator', 'placeholder'],
    ['operator: the fraud team', 'operator', 'given'],
    ['operator: Team Rocket', 'operator', 'given'],
    ['operator: "@acme/staff"', 'operator', 'given'],
    ['operator: 全員', 'operator', 'given'],
    ['operator: yes', 'operator', 'bare'],
    ['operator: svc-train', 'operator', 'given'],
    ['hardware: yes', 'hardware', 'bare'],
    ['hardware: { node: yes }', 'hardware', 'bare'],
    ['hardware: { node: TODO }', 'hardware', 'placeholder'],
    ['hardware: { accelerators: 1, driver: none }', 'hardware', 'given'],
    ['environment: yes', 'environment', 'bare'],
    ['environment: { lock: yes }', 'environment', 'bare'],
    ['environment: { python: "3.13" }', 'environment', 'given'],
    ['data: [{ name: a, rows: 0 }]', 'data', 'placeholder'],
    ['data: [{ name: a, rows: 7 }]', 'data', 'given'],
    ['hyperparameters: { default: default }', 'hyperparameters', 'placeholder'],
    ['hyperparameters: { lr: as usual, model: { depth: Depth } }', 'hyperparameters', 'placeholder'],
    ['hyperparameters: {}', 'hyperparameters', 'placeholder'],
    ['hyperparameters: { scheduler: default, lr: 0.1 }', 'hyperparameters', 'given'],
    ['hyperparameters: { optimizer: adamw }', 'hyperparameters', 'given'],
    ['hyperparameters: { shuffle: true }', 'hyperparameters', 'given'],
  ])('%s is a field that is %s', (extra, field, fill) => {
    expect(written(extra).records[0]).toMatchObject({ fields: { [field]: fill } })
  })

  test.each<readonly [string, string, object]>([
    ['no owner', 'date: 2026-02-03', { owner: 'missing', date: '2026-02-03' }],
    ['no date', 'owner: ada', { owner: 'given' }],
    ['neither', '', { owner: 'missing' }],
    ['a date that is to come', 'owner: ada\ndate: TBD', { owner: 'given', undated: 'placeholder' }],
  ])('with %s it is read, and what it says of the training too', (_, lines, expected) => {
    const settings = 'hyperparameters: { lr: 0.1 }\nfinished: 2026-02-02T10:00:00Z'
    const { records, problems } = readText(
      `gonogo: 1\nrecord: training\n${lines}\n${settings}\n`,
      'training.yml',
    ).reading
    const [record, parameters] = records

    expect(problems).toEqual([])
    expect(record).toMatchObject({ kind: 'training', ...expected })
    if (!('date' in expected)) expect(record).not.toHaveProperty('date')
    expect(parameters).toMatchObject({ kind: 'parameters', values: { lr: 0.1 } })
  })

  test('a date that no calendar has is a problem', () => {
    const text = 'gonogo: 1\nrecord: training\nowner: ada\ndate: 2026-02-30\n'
    expect(readText(text, 'training.yml').reading).toMatchObject({
      ...{ records: [], problems: [{ code: 'wrong_value', at: 'date' }] },
    })
  })

  test('an owner that is nobody owns nothing', () => {
    expect(
      readText('gonogo: 1\nrecord: training\nowner: nobody\ndate: 2026-02-03\n', 't.yml').reading,
    ).toMatchObject({ records: [{ owner: 'nobody' }] })
  })

  test.each([
    ['2025-02-03', []],
    ['2025-02-02', ['wrong_value']],
    ['2020-02-03', ['wrong_value']],
  ])('a training since %s', (day, codes) => {
    const { problems } = written(`started: ${day}T00:00:00Z\nfinished: 2026-02-03T12:00:00Z`)

    expect(problems.map(({ code }) => code)).toEqual(codes)
  })

  test.each<readonly [string, boolean]>([
    ['{ name: data }', true],
    ['{ name: Training Data.csv, rows: 7 }', true],
    ['{ name: train, origin: internal system }', true],
    ['{ name: train, origin: TODO }', true],
    ['{ name: train, origin: loans of 2026 }', false],
    [`{ name: data, digest: { sha256: ${'1a2b'.repeat(16)} } }`, false],
    ['{ name: loans-2026 }', false],
    ['{ name: データ }', false],
  ])('data as %s could be any: %s', (data, bare) => {
    const [record] = written(`data: [${data}]`).records
    expect(record?.kind === 'training' && record.data?.[0]?.bare === true).toBe(bare)
  })

  test('a training that took no time is none', () => {
    const came = written('started: 2026-02-03T08:00:00Z\nfinished: 2026-02-03T09:00:00+01:00')
    expect(came.problems).toMatchObject([{ code: 'wrong_value', at: 'finished', line: 6 }])
    expect(written('started: 2026-02-03T08:00:00Z\nfinished: 2026-02-03T08:00:01Z').problems).toEqual([])
  })

  test('the lock of the environment is what the record names it by', () => {
    expect(written('environment: { python: "3.13", lock: " train/uv.lock " }').records[0]).toMatchObject({
      lock: 'train/uv.lock',
    })
    for (const none of ['{ lock: TODO }', '{ python: "3.13" }', 'uv.lock', '{ lock: null }'])
      expect(written(`environment: ${none}`).records[0]).not.toHaveProperty('lock')
  })
})

describe('written-record', () => {
  const only = (path: string) => readFixture(path).records[0]

  test('what is given, and what of it decides', () => {
    expect(only('written-record/vendor-risk-assessment.yml')).toMatchObject({
      ...{ kind: 'written', record: 'vendor-risk-assessment', model: 'support-bot', owner: 'given' },
      ...{ date: '2026-02-03', expires: '2027-02-03', outcome: 'accepted-with-conditions', failing: [] },
      fields: { lock_in: 'given', report: 'missing', conditions: 'given', outcome: 'given' },
      conditions: [
        { what: 'a second region for backups', due: '2026-06-30', met: '2026-05-02' },
        { what: 'a test of the export', due: '2026-09-30' },
      ],
    })
    expect(only('written-record/human-oversight.yml')).toMatchObject({
      days: { stop_test: '2026-01-20', override_test: '2026-01-20' },
      failing: [{ field: 'override_test', why: 'says', found: 'failed' }],
    })
    expect(only('written-record/certificate.yml')).toMatchObject({
      ...{ choices: { type: 'SOC2-II', opinion: 'adverse' }, days: { period_end: '2025-10-31' } },
      failing: [
        { field: 'opinion', why: 'says', found: 'adverse' },
        { field: 'scope', why: 'does_not_name', found: 'Parrot Large 3' },
      ],
    })
  })

  test('prose is in no fact', () => {
    expect(JSON.stringify(only('written-record/vendor-risk-assessment.yml'))).not.toContain('system card')
  })

  test('placeholders, bare answers and nobody', () => {
    const record = only('written-record/placeholders.json')

    expect(record).toMatchObject({
      ...{ owner: 'nobody' },
      fields: {
        ...{ date: 'placeholder', change_training_data: 'bare', start_runs: 'placeholder' },
        ...{ read_outputs: 'bare', least_privilege: 'short', reviewed_by: 'placeholder', expires: 'missing' },
      },
    })
    expect(record).not.toHaveProperty('date')
  })

  test.each([
    [
      'written-record/faults.yml',
      [
        '7 wrong_value rollback_rehearsal.date 2026-02-31 a day such as 2026-01-31',
        '7 wrong_value rollback_rehearsal.result worked one of passed, failed',
        '6 unknown_key runbok runbook',
      ],
    ],
    ['written-record/reversed.yml', ['5 contradiction expires 2026-01-03 date 2026-02-03']],
    [
      'written-record/other-kind.yml',
      [expect.stringMatching(/^2 wrong_value record assessment a kind of record, such as /)],
    ],
  ])('%s', (path, expected) => {
    expect(faults(path)).toEqual(expected)
  })
})

describe('caiq', () => {
  test('a question of a list that has no answer is open, and one among no answers is no question', () => {
    const answered = { question_id: 'AIS-01.1', answer: 'Yes', reviewed: '2026-01-12' }
    const left = { question_id: 'AIS-01.2', question: 'Is it so?', reviewed: '2026-01-12' }
    const inner = { control: 'BCR-08.1', questions: [{ id: 'BCR-08.2', answer: 'Yes' }] }
    const read = (...answers: readonly object[]) =>
      readText(JSON.stringify({ answers }), 'caiq.json').reading.records

    expect(read(answered, left, inner)).toMatchObject([
      {
        answers: 4,
        open: [
          { question: 'AIS-01.2', answer: 'none' },
          { question: 'BCR-08.1', answer: 'none' },
        ],
      },
    ])
    expect(read(left).filter(({ kind }) => kind === 'caiq')).toEqual([])
  })

  test('the same answer twice is one answer, and no reason of one stands beside the other', () => {
    const read = (...answers: readonly object[]) =>
      readText(
        JSON.stringify(answers.map((one) => ({ id: 'AIS-01.1', reviewed: '2026-01-12', ...one }))),
        'c.json',
      ).reading

    const yes = read({ answer: 'Yes' }, { answer: 'Yes' })
    expect(yes.problems).toEqual([])
    expect(yes.records).toMatchObject([{ answers: 1, answered: ['AIS-01.1'], open: [] }])
    expect(read({ answer: 'No: we have never needed it' }, { answer: 'No' }).records).toMatchObject([
      { answers: 1, no: 1, answered: [], open: [{ question: 'AIS-01.1', answer: 'no' }] },
    ])
    expect(read({ answer: 'Yes' }, { answer: 'Yes' }, { answer: 'No' }).problems).toMatchObject([
      { code: 'contradiction', at: 'AIS-01.1', one: 'no', other: 'yes' },
    ])
  })

  test.each([
    ['Parrot Models Ltd', { vendor: 'Parrot Models Ltd' }],
    ['the vendor', {}],
  ])('the answers of %s', (vendor, named) => {
    const text = JSON.stringify({ vendor, answers: [{ id: 'AIS-01.1', answer: 'Yes' }] })
    const [record] = readText(text, 'caiq.json').reading.records

    expect(record?.kind === 'caiq' && record.vendor !== undefined ? { vendor: record.vendor } : {}).toEqual(
      named,
    )
  })

  test('each no and each not applicable wants a reason, and each question an answer', () => {
    expect(readFixture('caiq/answers.json').records).toMatchObject([
      {
        ...{ kind: 'caiq', vendor: 'Parrot Models Ltd', date: '2026-01-11', answers: 5, no: 2, na: 1 },
        answered: ['A&A-01.1', 'AIS-01.1'],
        open: [
          { question: 'AIS-01.2', answer: 'no', line: 7 },
          { question: 'BCR-08.1', answer: 'na', line: 8 },
          { question: 'CEK-01.1', answer: 'none', line: 9 },
        ],
      },
    ])
  })

  test('a map of questions, reviewed on one day', () => {
    expect(readFixture('caiq/responses.yml').records).toMatchObject([
      { vendor: 'Parrot Models Ltd', date: '2026-01-12', answers: 3, no: 1, na: 1, open: [] },
    ])
  })

  test.each([
    ['"No: we have never needed it"', 0],
    ['"N/A - there are no tapes"', 0],
    ['"N/A", "comment": "N/A: we keep no tapes"', 0],
    ['"N/A", "comment": "n/a"', 1],
    ['"no"', 1],
    ['"Not Applicable"', 1],
    ['"Nothing yet"', 1],
    ['"Yes, since 2019"', 0],
    ['false', 1],
    ['""', 1],
  ])('the answer %s leaves %d open', (answer, open) => {
    const text = `{ "date": "2026-01-12", "answers": [{ "id": "AIS-01.1", "question_details": "what is asked of you", "answer": ${answer} }] }`

    expect(readText(text, 'caiq.json').reading.records).toMatchObject([
      {
        date: '2026-01-12',
        answers: 1,
        open: Array.from({ length: open }, () => ({ question: 'AIS-01.1' })),
      },
    ])
  })

  test('of too many nothing is read', () => {
    const all = Array.from({ length: 5_001 }, () => ({ id: 'AIS-01.1', answer: 'Yes' }))

    expect(readText(JSON.stringify(all), 'caiq.json').reading).toMatchObject({
      ...{ records: [], problems: [{ code: 'too_many' }] },
    })
  })

  test('an answer without a day leaves all without one, and one that was left out is open with any comment', () => {
    const text = JSON.stringify([
      { id: 'AIS-01.1', answer: 'Yes', reviewed: '2026-01-12' },
      { id: 'AIS-01.2', answer: '', comment: 'somebody should look at this' },
    ])
    const [record] = readText(text, 'caiq.json').reading.records

    expect(record).toMatchObject({ open: [{ question: 'AIS-01.2', answer: 'none' }] })
    expect(record).not.toHaveProperty('date')
  })

  test('columns of a spreadsheet; two marks are no answer, and one question has one answer', () => {
    const [record] = readFixture('caiq/columns.json').records

    expect(record).toMatchObject({ answers: 2, no: 1, open: [{ answer: 'no' }, { answer: 'none' }] })
    expect(record).not.toHaveProperty('date')
    expect(faults('caiq/columns.json')).toEqual(['3 contradiction EKM-01.1 no yes'])
  })
})

describe('oscal-assessment-results', () => {
  test('the newest result: what was reviewed, found, and is open', () => {
    expect(readFixture('oscal-assessment-results/satisfied.json').records).toEqual([
      {
        ...{ kind: 'oscal', date: '2026-01-12', assessors: ['Jo Hale'] },
        sides: [{ name: 'Jo Hale', also: ['Hale Auditors'] }],
        assessed: { vendors: ['Parrot Models'], systems: [] },
        ...{ reviewed: ['ac-6.1', 'sc-7', 'ac-2_smt.a'], all: false, not: [] },
        findings: [
          { target: 'ac-6.1_obj', satisfied: true, until: '2026-07-01T00:00:00.000Z' },
          { target: 'sc-7_obj.a', satisfied: true },
        ],
        risks: [{ title: 'keys older than a year', deadline: '2026-05-01T00:00:00.000Z' }],
        source: expect.anything(),
      },
    ])
  })

  test('of too many nothing is read', () => {
    const findings = Array.from({ length: 10_001 }, () => ({
      target: { 'target-id': 'ac-1_obj', status: { state: 'satisfied' } },
    }))
    const text = JSON.stringify({
      'assessment-results': { results: [{ start: '2026-01-10T08:00:00Z', findings }] },
    })

    expect(readText(text, 'ar.json').reading).toMatchObject({
      ...{ records: [], problems: [{ code: 'too_many' }] },
    })
  })

  test('what points to nothing, and what can not be read, is named', () => {
    expect(faults('oscal-assessment-results/dangling.json').map((fault) => fault.split(' ')[0])).toEqual([
      ...['4', '5', '12', '12', '13'],
    ])
  })

  test('whom an assessor belongs to, however far, and whom and what is assessed', () => {
    const party = (uuid: string, ...more: readonly string[]) => ({
      ...{ uuid, type: uuid < 'c' ? 'person' : 'organization', name: `name ${uuid}` },
      'member-of-organizations': more,
    })
    const parties = [
      party('a', 'c'),
      party('b', 'd'),
      { ...party('c', 'd', 'c'), 'short-name': 'C' },
      party('d', 'c'),
    ]
    const roles = [
      { 'role-id': 'assessor', 'party-uuids': ['a'] },
      { 'role-id': 'system-owner', 'party-uuids': ['b'] },
    ]
    const components = [
      { type: 'this-system', title: 'Parrot Large' },
      { type: 'this-system', title: 'This System' },
      { type: 'software', title: 'a database' },
    ]
    const text = JSON.stringify({
      'assessment-results': {
        metadata: { parties, 'responsible-parties': roles },
        results: [{ start: '2026-01-10T08:00:00Z', 'local-definitions': { components } }],
      },
    })

    expect(readText(text, 'ar.json').reading.records).toMatchObject([
      {
        sides: [{ name: 'name a', also: ['name c', 'C', 'name d'] }],
        assessed: { vendors: ['name d', 'name c', 'C'], systems: ['Parrot Large'] },
      },
    ])
  })

  test.each([
    ['the same party', 'a', 'a', {}, true],
    ['of one name', 'a', 'b', { b: { name: 'hale ' } }, true],
    ['a member', 'a', 'b', { a: { 'member-of-organizations': ['b'] } }, true],
    [
      'two members',
      'a',
      'b',
      { a: { 'member-of-organizations': ['c'] }, b: { 'member-of-organizations': ['c'] } },
      true,
    ],
    ['apart', 'a', 'b', {}, false],
  ])('assessor and provider: %s', (_, assessor, provider, more: Record<string, object>, same) => {
    const parties = ['a', 'b', 'c'].map((uuid) => ({
      uuid,
      name: uuid === 'a' ? 'Hale' : uuid,
      ...more[uuid],
    }))
    const roles = [
      { 'role-id': 'assessment-team', 'party-uuids': [assessor] },
      { 'role-id': 'cloud-service-provider', 'party-uuids': [provider] },
    ]
    const metadata = { parties, 'responsible-parties': roles }
    const results = [{ start: '2026-01-10T08:00:00Z' }]
    const text = JSON.stringify({ 'assessment-results': { metadata, results } })
    const { reading } = readText(text, 'ar.json')

    expect(reading.problems).toEqual([])
    expect(reading.records[0]).toMatchObject({ assessors: ['Hale'], ...(same && { same: 'Hale' }) })
    expect('same' in (reading.records[0] ?? {})).toBe(same)
  })
})
