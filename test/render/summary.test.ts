import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/core/problem.ts'
import { renderCheckRun, renderCouldNotEvaluate, renderMarkdown } from '../../src/render/check-run.ts'
import { bytes } from '../../src/render/clean.ts'
import { nextSteps } from '../../src/render/model-blocks.ts'
import { type Block, pack } from '../../src/render/pack.ts'
import { plain } from '../../src/render/sentence.ts'
import {
  aFinding,
  aMeasurement,
  aModel,
  anId,
  aProposal,
  aRegistration,
  aSource,
  aVerdict,
  isRegistered,
  isUndecided,
  isUnmet,
} from '../support/build.ts'

const LIMIT = 65_535

describe('what a person in a hurry reads', () => {
  const model = aModel({
    decision: 'no-go',
    findings: [
      isRegistered(),
      aFinding({ criterion: 'calibration', version: 'registered' }),
      aFinding({ criterion: 'parity', blocking: false, answer: isUnmet() }),
      aFinding({ criterion: 'jailbreaks', answer: isUndecided() }),
      aFinding({ answer: isUnmet() }),
    ],
    deviations: [
      {
        criterion: 'calibration',
        change: 'loosened',
        fields: [{ field: 'between', effect: 'loosened', before: '[0.9, 1.1]', after: '[0.8, 1.2]' }],
      },
    ],
    registration: aRegistration({ today: anId('7'), proposed: anId('8') }),
    weights: [{ name: 's3://acme/models', digest: 'sums:abc', trust: 'declared' }],
    knownAs: ['/mnt/run7'],
    problems: [{ path: 'metrics.json', line: 4, column: 2, code: 'not_finite', at: 'f1', found: 'NaN' }],
  })
  const { summary, text } = renderCheckRun(
    aVerdict({
      decision: 'no-go',
      models: [model],
      proposals: [
        aProposal({
          deviations: [
            {
              criterion: 'recall',
              change: 'added',
              fields: [{ field: 'at_least', effect: 'tightened', after: '0.5' }],
            },
          ],
        }),
      ],
    }),
  )
  const lines = summary.split('\n')

  test('the verdict and why is the first line', () => {
    expect(lines[0]).toBe(
      '❌ **No-go** for `credit-risk` `2.4.0`: `accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`); 1 more is not met.',
    )
  })

  test('a row per criterion, what blocks first', () => {
    const rows = lines.filter((line) => /^\| [❌❔✅]/u.test(line))

    expect(rows.map((row) => row.split(' | ').slice(0, 2).join(' '))).toEqual([
      '| ❌ `accuracy`',
      '| ❔ `jailbreaks`',
      '| ❌ `parity` (advisory)',
      '| ✅ `preregistration`',
      '| ✅ `calibration` (as registered)',
    ])
    expect(rows[0]).toBe(
      '| ❌ | `accuracy` | `performance` | 0.871 | ≥ 0.9 | 1,000 | `holdout` | typed | `models/credit-risk/validation/metrics.json:3` |',
    )
  })

  test('one action for each blocking criterion that is not met, and none for others', () => {
    const start = lines.indexOf('### What to do next')
    const actions = lines.slice(start, lines.indexOf('### Problems')).filter((line) => line.startsWith('- '))

    expect(actions.map((line) => line.slice(0, 18))).toEqual([
      '- ❌ `accuracy`: im',
      '- ❔ `jailbreaks`: ',
      '- settle the probl',
    ])
  })

  test('what the verdict rests on', () => {
    expect(summary).toContain('- `metrics.json:4:2`: `f1` is `NaN`')
    expect(summary).toContain(
      'registered as blob `cccccccccc`, on the default branch today blob `7777777777`, in this commit blob `8888888888`',
    )
    expect(summary).toContain(
      '- criterion `calibration` was loosened: `between` from `[0.9, 1.1]` to `[0.8, 1.2]`',
    )
    expect(summary).toContain('weights `s3://acme/models`, only declared in the manifest: `sums:abc`')
    expect(summary).toContain('tools know these weights as `/mnt/run7`, as the manifest declares')
    expect(summary).toContain('that has no effect on this verdict')
    expect(summary).toContain('is changed for `credit-risk`, in order; it adds `recall`')
    expect(summary).toContain('  - criterion `recall` is added: it asks `at_least: 0.5`')
    expect(lines.at(-1)).toMatch(/^gonogo `0\.1\.0` judged commit .* at `2026-03-01T12:00:00Z`/)
    expect(text).toBeUndefined()
  })
})

test('several models have a section each, the worst first', () => {
  const { summary } = renderCheckRun(
    aVerdict({
      decision: 'no-go',
      models: [
        aModel({ model: 'a' }),
        aModel({ model: 'b', decision: 'no-go', findings: [aFinding({ answer: isUnmet() })] }),
      ],
    }),
  )

  expect(summary.split('\n')[0]).toBe('❌ **No-go**: 1 model no-go, 1 model go.')
  expect(summary.match(/^###? .*/gm)).toEqual(['### ❌ `b` `2.4.0`: no-go', '### ✅ `a` `2.4.0`: go'])
})

test('a failure of ours blocks, and says nothing but the id', () => {
  const run = renderCouldNotEvaluate({ head_sha: anId('a'), correlation: '<b>@a' })

  expect(run).toMatchObject({ name: 'go/no-go', conclusion: 'action_required', annotations: [] })
  expect(run.summary).toContain('`‹b›@\u200ba`')
  expect(run.summary).toContain('re-run this check')
})

test('the command shows the same as the check run', () => {
  const run = renderCheckRun(aVerdict())

  expect(renderMarkdown(aVerdict())).toBe(`# ${run.title}\n\n${run.summary}\n`)
})

describe('limits', () => {
  const block = (lines: readonly string[], rank = 0, head = ''): Block => ({ head, lines, rank })

  test('exactly the limit is whole', () => {
    const two = [block(['é'.repeat(100)]), block(['a'.repeat(98)])]

    expect(pack(two, 300, 'elsewhere')).toEqual({
      shown: `${'é'.repeat(100)}\n\n${'a'.repeat(98)}`,
      rest: [],
    })
    const less = pack(two, 299, 'elsewhere')
    expect(bytes(less.shown)).toBeLessThanOrEqual(299)
    expect(less.rest.length).toBeGreaterThan(0)
  })

  test('a first rank gets room before what is read before it', () => {
    const { shown, rest } = pack([block(['a'.repeat(400)], 2), block(['b'.repeat(400)], 1)], 600, 'below')

    expect(shown).toBe(`${'b'.repeat(400)}\n\n**1 line did not fit: below.**`)
    expect(rest).toEqual([block(['a'.repeat(400)], 2)])
  })

  test('a cut block keeps its head, and goes on elsewhere under the same', () => {
    const rows = Array.from({ length: 100 }, (_, index) => `| ${String(index).padStart(8, '0')} |`)
    const { shown, rest } = pack([block(rows, 0, '| n |\n| --- |')], 1000, 'below')

    expect(shown).toMatch(/^\| n \|\n\| --- \|\n\| 00000000 \|\n/)
    const kept = shown.match(/^\| \d+ \|$/gm)?.length ?? 0
    expect(kept).toBeGreaterThan(30)
    expect(shown).toContain(`… ${100 - kept} more lines below.`)
    expect(rest[0]?.lines).toHaveLength(100 - kept)
    expect(rest[0]?.head).toBe('| n |\n| --- |')
  })

  test.each([300, 3000, 10_000])('%d long criteria stay within the limit, whole rows only', (number) => {
    const findings = Array.from({ length: number }, (_, index) =>
      aFinding({
        criterion: `criterion-${index}`,
        answer: {
          code: 'beyond_bound',
          outcome: 'unmet',
          observed: aMeasurement({ value: 0, source: aSource({ path: `${'é😀|`'.repeat(40)}${index}` }) }),
          bound: { kind: 'at_least', value: 0.9 },
        },
      }),
    )
    const { summary, text = '' } = renderCheckRun(
      aVerdict({ decision: 'no-go', models: [aModel({ decision: 'no-go', findings })] }),
    )

    expect(bytes(summary)).toBeLessThanOrEqual(LIMIT)
    expect(bytes(summary)).toBeGreaterThan(LIMIT - 2_000)
    expect(bytes(text)).toBeLessThanOrEqual(LIMIT)
    expect(summary).toMatch(/^❌ \*\*No-go\*\*/)
    expect(summary).toContain('### What to do next')
    expect(summary).toContain('in the details below')
    if (number > 300) expect(text).toContain('run `gonogo check` in a clone to see everything')
    for (const shown of [summary, text]) {
      expect(shown).not.toContain('\ufffd')
      for (const row of shown.split('\n').filter((line) => line.startsWith('| ❌')))
        expect(row).toMatch(/ \|$/)
    }
  })

  test('every row is either shown or counted', () => {
    const findings = Array.from({ length: 400 }, (_, index) =>
      aFinding({ criterion: `c${index}-${'x'.repeat(150)}` }),
    )
    const { summary, text = '' } = renderCheckRun(aVerdict({ models: [aModel({ findings })] }))
    const rows = (shown: string) => shown.match(/^\| ✅/gm)?.length ?? 0

    const left = Number(/… ([\d,]+) more lines in the details below/.exec(summary)?.[1]?.replace(',', ''))
    expect(rows(summary) + left).toBe(400)
    expect(rows(summary) + rows(text)).toBe(400)
  })
})

describe('what is beyond its bound, or not shown, is drawn', () => {
  const bound = { kind: 'at_least', value: 0.9 } as const
  const shown = { low: 0.82, high: 0.98, confidence: 0.95, method: 'clopper_pearson' } as const
  const seen = (outcome: 'met' | 'undecided', samples = 40) =>
    aFinding({
      criterion: `is-${outcome}`,
      answer: {
        ...{
          observed: aMeasurement({ value: 0.925, unit: 'fraction', samples }),
          bound,
          confidence: 0.95,
          shown,
        },
        ...(outcome === 'met'
          ? ({ code: 'within_bound', outcome } as const)
          : ({ code: 'not_shown', outcome, holds: true, off: 0 } as const)),
      },
    })
  const next = (...findings: readonly ReturnType<typeof aFinding>[]) => {
    const { summary } = renderCheckRun(
      aVerdict({ decision: 'undecided', models: [aModel({ decision: 'undecided', findings })] }),
    )
    return summary.slice(summary.indexOf('### What to do next'), summary.indexOf('### Registration'))
  }

  test('beneath its reason, in a code span, with a legend once', () => {
    const other = seen('undecided', 80)
    const text = next(seen('undecided'), seen('undecided'), other, seen('met'))

    expect(text.match(/^ {2}`0\.82 ├─+┼─+●─+┤ 0\.98`$/gm)).toHaveLength(2)
    expect(text.match(/In a plot/g)).toHaveLength(1)
  })

  test('what can not be drawn has no plot, and no legend', () => {
    const text = next(aFinding({ answer: isUndecided() }))

    expect(text).not.toMatch(/[├●]/)
    expect(text).not.toContain('In a plot')
  })
})

test('exams that may be among data that nobody names are one step', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const unknown = (criterion: string, dataset: string, of: readonly string[] = []) =>
    aFinding({
      criterion,
      answer: { code: 'training_data_unknown', outcome: 'undecided', dataset, digest, unknown: of },
    })
  const steps = (...findings: readonly ReturnType<typeof aFinding>[]) =>
    nextSteps(aModel({ decision: 'undecided', findings })).map(({ because = [], step }) => [
      plain(step).slice(0, plain(step).indexOf(':')),
      plain(because),
    ])

  expect(steps(unknown('a', 'one'), unknown('b', 'other'), unknown('c', 'one', ['web']))).toEqual([
    [
      '`a`, `b`',
      'it is not known whether `one`, `other` are among the training data, since neither manifest nor training record names any',
    ],
    [
      '`c`',
      'it is not known whether the exam `one` is among the training data, since `web` has no digest that can be compared',
    ],
  ])
})

describe('what is wrong in several lines', () => {
  const gone = (line: number, path = 'models/a/release.yml'): Problem => ({
    ...{ path, line, code: 'artifact_missing', artifact: 'val', workflow: 'v.yml', run: 7 },
  })
  const said = (...problems: readonly Problem[]) =>
    renderCheckRun(aVerdict({ decision: 'undecided', problems })).summary

  test('of one file is said once, with all lines', () => {
    const text = said(gone(7), gone(8), gone(9))

    expect(text.match(/release\.yml/g)).toHaveLength(said(gone(7)).match(/release\.yml/g)?.length ?? 0)
    expect(text).toContain('and so in lines 8, 9')
  })

  test('of two files is said twice', () => {
    expect(said(gone(7), gone(7, 'models/b/release.yml'))).not.toContain('and so in')
  })

  test('and what is wrong otherwise is said by itself', () => {
    const other: Problem = {
      path: 'models/a/release.yml',
      line: 8,
      code: 'artifact_gone',
      artifact: 'other',
      run: 7,
    }

    expect(said(gone(7), other)).not.toContain('and so in')
    expect(said(gone(7), other)).toContain('`other`')
  })
})
