import { expect, test } from 'vitest'
import { standardsOf } from '../../src/core/standards.ts'
import { renderJson, renderReadJson } from '../../src/render/json.ts'
import { aFinding, aMeasurement, aModel, aSource, aVerdict, isRegistered, isUnmet } from '../support/build.ts'
import { everyAnswer } from './every.ts'

test('the interface of check', () => {
  const json = renderJson(
    aVerdict({
      decision: 'no-go',
      models: [
        aModel({
          decision: 'no-go',
          findings: [isRegistered(), aFinding({ answer: isUnmet() })],
          problems: [{ path: 'a.json', line: 4, column: 2, code: 'duplicate_key', key: 'f1' }],
        }),
      ],
    }),
  )

  const { source, ...observed } = aMeasurement({ value: 0.871 })
  expect(json).toMatchObject({
    decision: 'no-go',
    awaiting: ['waiver:accuracy'],
    problems: [],
    proposals: [],
  })
  expect(json.models).toHaveLength(1)
  expect(json.models[0]).toMatchObject({
    model: 'credit-risk',
    version: '2.4.0',
    decision: 'no-go',
    registration: { tier: 'ordered', required: 'ordered' },
    problems: [
      {
        code: 'duplicate_key',
        path: 'a.json',
        line: 4,
        column: 2,
        message: 'the key `f1` stands here twice',
        next: 'keep the one that holds',
      },
    ],
  })
  expect(json.models[0]?.findings[1]).toEqual({
    criterion: 'accuracy',
    control: 'performance',
    blocking: true,
    version: 'both',
    outcome: 'unmet',
    code: 'beyond_bound',
    message: '`accuracy` is 0.871 and must be at least 0.9 (n = 1,000, dataset `holdout`)',
    next: 'improve the model and evaluate it again; the bound was registered before training',
    observed,
    bound: { kind: 'at_least', value: 0.9 },
    source,
    asked: aFinding().asked,
    standards: standardsOf('performance'),
  })
})

test('members have their own answers', () => {
  const json = renderJson(
    aVerdict({ models: [aModel({ findings: [aFinding({ answer: everyAnswer('a').members_unmet })] })] }),
  )

  expect(json.models[0]?.findings[0]?.members).toMatchObject([
    { member: 'a', outcome: 'unmet', code: 'beyond_bound', observed: { value: 0.2 } },
  ])
})

test('every answer survives JSON', () => {
  const findings = Object.values(everyAnswer('a')).map((answer) => aFinding({ answer }))
  const json = renderJson(aVerdict({ models: [aModel({ findings })] }))

  expect(JSON.parse(JSON.stringify(json))).toEqual(json)
})

test('the interface of read', () => {
  const measurement = aMeasurement({ source: aSource({ path: 'm.json' }) })

  expect(
    renderReadJson([
      { file: 'm.json', format: 'json', measurements: [measurement], records: [], problems: [] },
      { file: 'x', measurements: [], records: [], problems: [{ path: 'x', code: 'unknown_format' }] },
    ]),
  ).toEqual([
    { file: 'm.json', format: 'json', measurements: [measurement], records: [], problems: [] },
    {
      file: 'x',
      format: null,
      measurements: [],
      records: [],
      problems: [
        {
          code: 'unknown_format',
          path: 'x',
          message: 'no reader knows this format',
          next: "commit the evaluation tool's own output, or plain metrics as JSON, YAML or CSV",
        },
      ],
    },
  ])
})
