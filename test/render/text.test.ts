import { describe, expect, test } from 'vitest'
import type { Answer } from '../../src/core/answer.ts'
import { PREREGISTRATION } from '../../src/core/controls.ts'
import type { ModelVerdict, Verdict } from '../../src/core/verdict.ts'
import { columns, PLAIN_TERMINAL, wrapped } from '../../src/render/columns.ts'
import { renderExplanation } from '../../src/render/explanation.ts'
import { readable } from '../../src/render/readable.ts'
import { plain, quoted } from '../../src/render/sentence.ts'
import { renderText } from '../../src/render/text.ts'
import {
  aFinding,
  aMeasurement,
  aModel,
  aProposal,
  aVerdict,
  isRegistered,
  isUndecided,
  isUnmet,
} from '../support/build.ts'
import { aWaiver } from '../support/waivers.ts'
import { everyAnswer, everyFault } from './every.ts'

const PREREGISTERED = { criterion: PREREGISTRATION, control: PREREGISTRATION } as const

const noGo = aVerdict({
  decision: 'no-go',
  models: [
    aModel({
      decision: 'no-go',
      findings: [isRegistered(), aFinding({ criterion: 'recall' }), aFinding({ answer: isUnmet() })],
    }),
  ],
})

describe('the terminal view', () => {
  test('title first, then what is open, what to do next, and what is met in a line each', () => {
    const lines = renderText(noGo, PLAIN_TERMINAL).split('\n')

    expect(lines.slice(0, 18)).toEqual([
      'no-go: credit-risk 2.4.0 misses 1 of 2 criteria: accuracy',
      '',
      '  ✗ accuracy  performance  0.871  ≥ 0.9',
      '      `accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`)',
      '      models/credit-risk/validation/metrics.json:3, typed',
      '',
      'What to do next',
      '  - `accuracy`: improve the model and evaluate it again; the bound was registered before training',
      '',
      'Met',
      '  ✓ preregistration  preregistration  the criteria of commit `2222222222` came before the work of c…',
      '  ✓ recall           performance      0.93  ≥ 0.9',
      '',
      'Registration',
      '  - tier `ordered` is proved, and `ordered` is required: the criteria were on the default branch',
      '    before the commit from which the work ran, a commit that the releaser chose',
      '',
      '`--full` shows each of them in full, the history of the criteria, and what was judged by blobs and',
    ])
    expect(lines.slice(-3)).toEqual(['', 'no-go: 1 of 2 criteria met, 1 missed', ''])
  })

  test('in full each criterion has its row, and what was judged its digest', () => {
    const lines = renderText(noGo, PLAIN_TERMINAL, { full: true }).split('\n')

    expect(lines.slice(2, 11)).toEqual([
      '  ✗ accuracy  performance  0.871  ≥ 0.9  n 1,000  holdout  typed',
      '      models/credit-risk/validation/metrics.json:3',
      '      `accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`)',
      '',
      'What to do next',
      '  - `accuracy`: improve the model and evaluate it again; the bound was registered before training',
      '',
      'Met',
      '  ✓ preregistration  preregistration',
    ])
    expect(lines).toContain('What was judged')
    expect(lines.join('\n')).toContain('0a1b2c3d')
    expect(renderText(noGo, PLAIN_TERMINAL)).not.toMatch(/What was judged|0a1b2c3d|blob `/)
    expect(lines.slice(-3)).toEqual(['', 'no-go: 1 of 2 criteria met, 1 missed', ''])
  })

  const fault = { path: 'models/credit-risk/m.json', line: 4, code: 'duplicate_key', key: 'f1' } as const
  const whole = (given: Partial<ModelVerdict>, verdict: Partial<Verdict> = {}) =>
    renderText(
      aVerdict({ decision: 'no-go', models: [aModel({ decision: 'no-go', ...given })], ...verdict }),
      PLAIN_TERMINAL,
    )

  test('numbers of documents that no evidence has are named, in short and in full', () => {
    const unproved = [
      { path: 'CARD.md', line: 8, metric: 'accuracy', stated: '0.71' },
      { path: 'CARD.md', line: 9, metric: 'topic_hits', stated: '98%' },
    ]
    const given = aVerdict({ models: [aModel({ unproved })] })
    const block =
      'Numbers that no evidence has\n  - `CARD.md` states what no evidence has, unless it is of something else, which nobody checked:\n    `accuracy` `0.71` in line 8, `topic_hits` `98%` in line 9\n'

    expect(renderText(given, PLAIN_TERMINAL)).toContain(block)
    expect(renderText(given, PLAIN_TERMINAL, { full: true })).toContain(block)
    expect(renderText(noGo, PLAIN_TERMINAL)).not.toContain('Numbers that no evidence has')
  })

  test.each([
    ['method', 'gonogo looks into no compression but gzip and zlib'],
    ['too_large', 'it holds more than 64 MB, of which nothing is looked at'],
    ['nested', 'what it holds is compressed once more, which is not looked into'],
    ['within', 'what it holds is not known as a whole'],
  ] as const)('weights that were not looked into are named, with a remedy: %s', (unread, says) => {
    const format = {
      kind: 'read',
      format: 'compressed',
      unread,
      whole: false,
      faults: [],
      names: [],
    } as const
    const packed = { name: 'm.pkl.bz2', digest: 'sha256:a', trust: 'seen', format } as const
    const wide = { ...PLAIN_TERMINAL, width: 1000 }
    const block = `Weights that were not looked into\n  - \`m.pkl.bz2\` is compressed, and nobody knows what loading it calls: ${says} → release them as safetensors, or uncompressed or compressed once by gzip or zlib, at most 64 MB as they are loaded\n`

    for (const given of [{ weights: [packed] }, { weights: [], loaded: [packed] }])
      for (const full of [true, false])
        expect(renderText(aVerdict({ models: [aModel(given)] }), wide, { full })).toContain(block)
    expect(renderText(noGo, wide)).not.toContain('Weights that were not looked into')
  })

  test('weights that are too large to be looked into are named', () => {
    const format = { kind: 'not_read', why: 'too_large' } as const
    const weights = [{ name: 'm.pkl', digest: 'sha256:a', trust: 'seen', format } as const]

    expect(renderText(aVerdict({ models: [aModel({ weights })] }), PLAIN_TERMINAL)).toContain(
      'Weights that were not looked into\n  - `m.pkl` is too large to be looked into',
    )
  })

  test('whoever sees the beginning or the end sees all that is open, counted', () => {
    const late = aFinding({ ...PREREGISTERED, answer: isUndecided() })
    const findings = [
      ...[late, aFinding({ criterion: 'recall' }), aFinding({ answer: isUnmet() })],
      ...['f1', 'auc'].map((criterion) => aFinding({ criterion, answer: isUndecided() })),
      aFinding({ criterion: 'advice', blocking: false, answer: isUnmet() }),
      aFinding({ criterion: 'let', answer: isUnmet(), waiver: { ...aWaiver(), ends: '2027-01-31' } }),
    ]
    const beside = { ...fault, path: 'models/other/m.json' }
    const text = whole({ findings, problems: [fault] }, { problems: [beside] })

    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'no-go with 1 waiver: credit-risk 2.4.0 misses 1 of 5 criteria: accuracy; in all 1 missed, 2 undecided, preregistration undecided, 2 problems ✗ accuracy',
    )
    expect(text).toMatch(
      /\n\nno-go: 1 of 5 criteria met, 1 waived, 1 missed, 2 undecided, preregistration undecided, 2 problems\n$/,
    )
  })

  test('what is open stands before what is to be done, and that before what is settled', () => {
    const findings = [isRegistered(), aFinding({ criterion: 'recall' }), aFinding({ answer: isUnmet() })]
    const text = whole({ findings, problems: [fault] }, { problems: [{ ...fault, line: 9 }] })
    const places = [
      ...['  ✗ accuracy', '\nProblems\n', 'm.json:4', 'What to do next', '\nMet\n', '  ✓ recall'],
      ...['\nRegistration\n', '`--full`', 'gonogo `0.1.0`', '\nno-go: 1 of 2'],
    ].map((part) => text.indexOf(part))

    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(text.match(/\nProblems\n/g)).toHaveLength(1)
    expect(text).toContain('and so in line 9')
    expect(text).toContain('settle the problem listed above')
  })

  test.each([100, 60])('of a hundred that are met a terminal of %i columns has a line each', (width) => {
    const name = 'a-very-long-name-of-a-criterion-that-nobody-wrote-by-hand'
    const findings = Array.from({ length: 100 }, (_, index) => aFinding({ criterion: `${name}-${index}` }))
    const met = renderText(aVerdict({ models: [aModel({ findings })] }), { ...PLAIN_TERMINAL, width })
      .split('\n')
      .filter((line) => line.startsWith('  ✓'))

    expect(met).toHaveLength(100)
    expect(met.filter((line) => Array.from(line).length > width)).toEqual([])
  })

  test('what is awaited alike is said once, with the first few names', () => {
    const findings = ['a', 'b', 'c', 'd', 'e'].map((criterion) =>
      aFinding({
        criterion,
        answer: { code: 'approval_awaited', outcome: 'undecided', right: { teams: [], people: [] } },
      }),
    )
    const model = aModel({ decision: 'undecided', findings: [isRegistered(), ...findings] })
    const given = aVerdict({ decision: 'undecided', models: [model] })

    expect(renderText(given, PLAIN_TERMINAL)).toContain('\n  - the approvals `a`, `b`, `c` and 2 more\n')
    expect(renderText(given, PLAIN_TERMINAL, { full: true })).toContain(
      '\n  - the approvals `a`, `b`, `c`, `d`, `e`\n',
    )
    expect(renderText(given, PLAIN_TERMINAL)).toMatch(/\nundecided: 0 of 5 criteria met, 5 undecided\n$/)
  })

  describe('the first line where all that is open is awaited', () => {
    const answer: Answer = {
      ...{ code: 'approval_awaited', outcome: 'undecided', right: { teams: [], people: [] } },
    }
    const findings = [isRegistered(), aFinding({ criterion: 'recall' }), aFinding({ answer })]
    const path = 'models/credit-risk/release.yml'
    const artifact = { code: 'artifact_awaited', artifact: 'validation', awaited: 'read' } as const
    const awaited = [3, 5].map((line) => ({ path, line, ...artifact }))
    const shown = (problems: ModelVerdict['problems'], beside: Partial<Verdict> = {}) => {
      const models = [aModel({ decision: 'undecided', findings, problems })]
      return renderText(aVerdict({ decision: 'undecided', models, ...beside }), {
        ...PLAIN_TERMINAL,
        width: 400,
      })
    }

    test('counts it, and what is only awaited is nothing to settle', () => {
      const text = shown(awaited)

      expect(text.split('\n')[0]).toBe(
        'undecided only for what GitHub and the app must show, 1 undecided, 1 problem only awaited: all else, as far as this clone shows it, is in order',
      )
      expect(text).toContain('  - push the commit, and let the app read the artifact of the run\n\nAwaited')
      expect(text).not.toContain('settle')
      expect(text).toMatch(/\nundecided: 1 of 2 criteria met, 1 undecided, 1 problem only awaited\n$/)
    })

    test.each([
      ['of the model', [...awaited, fault], {}],
      ['of the commit', awaited, { problems: [fault] }],
    ] as const)(
      'says nothing of order beside a problem %s that is more than awaited',
      (_, problems, beside) => {
        const text = shown(problems, beside)

        expect(text.split('\n')[0]).toMatch(
          /^undecided: .*; in all 1 undecided, 1 problem, 1 problem only awaited$/,
        )
        expect(text).not.toContain('in order')
        expect(text).toContain('settle the 2 problems listed above'.slice(0, problems.length > 2 ? 34 : 0))
      },
    )

    test('counts the approvals of proposed criteria', () => {
      const consent = { what: 'loosen', names: ['f1'] } as const
      const problem = { path: '.gonogo/criteria/m.yml', code: 'unapproved', answer, ...consent } as const
      const proposals = [aProposal({ problems: [problem] })]

      expect(shown([], { proposals }).split('\n')[0]).toContain(
        'must show, 1 undecided, 1 approval of proposed criteria: all else',
      )
    })
  })

  test('why nothing was judged stands first, and what is said of all that was not comes once', () => {
    const unread = { answer: { code: 'manifest_unread', outcome: 'undecided' } } as const
    const findings = [
      aFinding({ ...PREREGISTERED, ...unread }),
      ...['f1', 'auc'].map((criterion) => aFinding({ criterion, ...unread })),
    ]
    const key = { path: 'models/credit-risk/release.yml', line: 9, code: 'unknown_key', key: 'foo' } as const
    const model = aModel({ decision: 'undecided', findings, problems: [key] })
    const lines = renderText(aVerdict({ decision: 'undecided', models: [model] }), PLAIN_TERMINAL).split('\n')

    expect(lines.slice(3, 12)).toEqual([
      'Problems',
      '  - `models/credit-risk/release.yml:9`: `foo` is not a known key → take the key out',
      '',
      '  ? preregistration  preregistration',
      '  ? f1               performance',
      '  ? auc              performance',
      '      these 3: the manifest of the release cannot be read, so that nothing that it names was looked',
      '      at',
      '',
    ])
  })

  test.each([100, 60])(
    'of what is open a terminal of %i columns has number, bound and reason in full',
    (width) => {
      const otherwise: Answer = {
        ...{ code: 'within_bound', outcome: 'met', observed: aMeasurement({ value: 0.81635 }) },
        ...{ bound: { kind: 'at_least', value: 0.75 }, confidence: 0.99 },
        shown: { method: 't', low: 0.7837, high: 0.85, confidence: 0.99 },
      }
      const awaited = (dataset: string): Answer => ({
        ...{ code: 'attempts_awaited', outcome: 'undecided', dataset, digest: 'sha256:0' },
        ...{ attempts: 5, otherwise },
      })
      const findings = ['h1', 'h1', 'h2'].map((exam, index) =>
        aFinding({ criterion: `a-name-as-people-write-${index}`, answer: awaited(exam) }),
      )
      const text = renderText(
        aVerdict({ decision: 'undecided', models: [aModel({ decision: 'undecided', findings })] }),
        { ...PLAIN_TERMINAL, width },
      )
      const [open = ''] = text.replaceAll(/\s+/g, ' ').split('What to do next')

      expect(open).not.toContain('…')
      expect(
        open.match(/0\.81635, at least 0\.783\d* \(t from the standard error\) ≥ 0\.75 at 0\.99/g),
      ).toHaveLength(3)
      expect(open).toContain(
        'these 2: met, but the criteria let 5 models be measured on the exam `h1`, and only',
      )
      expect(open).toContain(
        'at 0.99 met, but the criteria let 5 models be measured on the exam `h2`, and only',
      )
      expect(text.split('\n').filter((line) => Array.from(line).length > width)).toEqual([])
    },
  )

  test('colours come only through the given function', () => {
    const styled = renderText(noGo, { colour: (style, text) => `<${style}>${text}</>`, width: 100 })

    expect(styled).toMatch(/^<red>no-go: /)
    expect(styled).toMatch(/<red>no-go: [^<]*<\/>\n$/)
    expect(styled).toContain('<red>✗</> accuracy')
    expect(styled).toContain('<green>✓</> recall')
    expect(styled.replace(/<\w+>|<\/>/g, '')).toBe(renderText(noGo, PLAIN_TERMINAL))
  })

  test.each([
    ['nothing', aVerdict({ decision: 'nothing', models: [] })],
    [
      'undecided',
      aVerdict({ decision: 'undecided', models: [aModel({ decision: 'undecided', findings: [] })] }),
    ],
    ['two models', aVerdict({ models: [aModel(), aModel({ model: 'b' })] })],
  ])('%s has a view', (_, verdict) => {
    expect(renderText(verdict, PLAIN_TERMINAL)).toMatch(/^[a-z].*\n\n[\s\S]*\n$/)
  })

  test('nothing from a file reaches the terminal unseen', () => {
    const text = 'a\u001b]0;owned\u0007\u202e\nb'
    const findings = Object.values(everyAnswer(text)).map((answer) => aFinding({ criterion: text, answer }))
    const problems = Object.values(everyFault(text)).map((fault) => ({ path: text, ...fault }))
    const model = aModel({ model: text, version: text, findings, problems, knownAs: [text], identity: text })

    const shown = renderText(aVerdict({ models: [model], branch: text, repository: text }), PLAIN_TERMINAL)

    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    for (const finding of findings) {
      expect(renderExplanation(model, finding).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
  })
})

describe('an explanation', () => {
  test('says why, from where and what next', () => {
    const shown = renderExplanation(aModel(), aFinding({ answer: isUnmet() }))

    expect(shown).toBe(
      [
        '✗ accuracy of credit-risk 2.4.0: unmet',
        '  why       `accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`)',
        '  asked by  the criteria as registered, which today are the same for it:',
        '            `.gonogo/criteria/credit-risk.yml:7`, blob `cccccccccc`',
        '  control   `performance`',
        '  related   EU AI Act 9(6), 9(8), 15(1), 15(3), Annex IV 2(g), Annex IV 4; NIST AI RMF MEASURE 1.1,',
        '            MEASURE 2.3, MEASURE 2.5; ISO/IEC 42001 A.6.2.4; SP 800-53 r5 SA-11, CA-2; OWASP LLM',
        '            2025, ML 2023 ML08; MITRE ATLAS 5.6.0 AML.M0008',
        '  read      `models/credit-risk/validation/metrics.json:3` at `/accuracy`, blob `eeeeeeeeee`, read',
        '            as `json`',
        '  trust     typed: a file in the commit, as somebody committed it',
        '  next      improve the model and evaluate it again; the bound was registered before training',
        '',
      ].join('\n'),
    )
  })

  test('of what is met, and of what was not read', () => {
    expect(renderExplanation(aModel(), isRegistered())).toContain('next      nothing: it is met')
    expect(renderExplanation(aModel(), aFinding({ answer: isUndecided() }))).not.toContain('  read ')
  })
})

const aligned = (rows: readonly (readonly string[])[], width = 100) =>
  columns(rows, '    ', { ...PLAIN_TERMINAL, width })

test('columns: an empty one takes no room, a long cell is cut in its middle', () => {
  expect(
    aligned([
      ['é', '', 'b'],
      ['aaa', '', 'c'],
    ]),
  ).toEqual([['é    b'], ['aaa  c']])
  expect(aligned([[`${'a'.repeat(60)}/metrics.json`]])[0]?.[0]).toMatch(/^a{23}…a+\/metrics\.json$/)
})

test('columns: a number keeps its bound and its method, and what goes on and on is cut all the same', () => {
  const shown = '0.9258333333333333, at least 0.9121 (the tool’s own interval)'

  expect(aligned([[shown]])).toEqual([[shown]])
  expect(Array.from(aligned([['word '.repeat(40)]])[0]?.[0] ?? '').length).toBeLessThanOrEqual(80)
})

test('columns: what does not fit stands below, from the same column on in every row, and no line is too wide', () => {
  const rows = [
    ['one', 'performance', 'x'.repeat(40), 'models/a/metrics.json'],
    ['another', 'fairness', 'y', ''],
    ['third', 'word '.repeat(40), '', 'models/a/b.json'],
  ]

  expect(aligned(rows.slice(0, 2), 60)).toEqual([
    ['one      performance', `    ${'x'.repeat(40)}`, '    models/a/metrics.json'],
    ['another  fairness', '    y'],
  ])
  for (const width of [60, 80, 100, 160])
    for (const line of aligned(rows, width).flat()) expect(Array.from(line).length).toBeLessThanOrEqual(width)
})

describe('numbers in a sentence', () => {
  const read = (...texts: readonly string[]) => readable(texts.map((text) => [text])).map(plain)

  test.each([
    ['0.9258333333333333', '0.925833'],
    ['it is -0.00001234567890123 now', 'it is -0.0000123457 now'],
    ['93.12345678901%', '93.1235%'],
    ['1234567.8901234 ms', '1234568 ms'],
    ['1,234,567.8901234', '1,234,568'],
    ['1.234567890123456e-30', '1.23457e-30'],
    ['0.99999999', undefined],
    ['0.9300000000000001', '0.93'],
    ['0.5', '0.5'],
    ['1234567890123456', '1234567890123456'],
    ['at 2026-03-01T12:00:00.123456789Z with 1.2.3456789012 and v0.123456789', undefined],
    ['a/0.123456789/b', undefined],
  ])('%s', (text, short = text) => {
    expect(read(text)).toEqual([short])
  })

  test.each([
    ['0.89999996', '≥ 0.9'],
    ['0.9000000001', '≥ 0.9'],
    ['0.12345678', '0.12345679'],
  ])('are left as they are where two would read the same: %s, %s', (one, other) => {
    expect(read(one, other)).toEqual([one, other])
    expect(read(`${one} and ${other}, and 0.333333333333`)).toEqual([
      `${one} and ${other}, and 0.333333333333`,
    ])
  })

  test('and the same number twice is one', () => {
    expect(read('0.1234567890', '0.123456789')).toEqual(['0.123457', '0.123457'])
  })

  test('what stands in a file is shown as it stands there', () => {
    expect(readable([[quoted('0.123456789')]])).toEqual([[quoted('0.123456789')]])
  })

  test('a verdict has them in its rows and sentences, and never a value that reads as its bound', () => {
    const shown = (value: number) => {
      const answer: Answer = {
        ...{ code: 'beyond_bound', outcome: 'unmet', observed: aMeasurement({ value }) },
        bound: { kind: 'at_least', value: 0.9 },
      }
      return renderText(aVerdict({ models: [aModel({ findings: [aFinding({ answer })] })] }), PLAIN_TERMINAL)
    }

    expect(shown(0.8712345678901234)).toMatch(/performance {2}0\.871235 {2}≥ 0\.9\n/)
    expect(shown(0.8712345678901234)).toContain('`accuracy` is 0.871235 and must be at least 0.9')
    expect(shown(0.8999999999)).toMatch(/performance {2}0\.8999999999 {2}≥ 0\.9\n/)
    expect(shown(0.8999999999)).toContain('`accuracy` is 0.8999999999 and must be')
  })
})

test('wrapping never cuts a word', () => {
  const lines = wrapped(`${'word '.repeat(30)}${'x'.repeat(90)}`, '  ', { ...PLAIN_TERMINAL, width: 40 })

  expect(lines.slice(0, -1).every((line) => line.length <= 40)).toBe(true)
  expect(lines.at(-1)).toBe(`  ${'x'.repeat(90)}`)
})
