import { expect, test } from 'vitest'
import { builtBy } from '../../src/attest/proof/build.ts'

test('what a build was told, and when it ran, by SLSA 1', () => {
  expect(
    builtBy({
      buildDefinition: {
        externalParameters: {
          ...{
            lr: 0.5,
            model: { depth: 3 },
            deterministic: true,
            optimizer: 'adam',
            config: 'a/params.yaml',
          },
          ...{
            workflow: { ref: 'main' },
            source: { uri: 'git' },
            hub_token: 'x',
            layers: [1],
            nan: Number.NaN,
          },
          inputs: { epochs: '10' },
        },
      },
      runDetails: { metadata: { startedOn: '2026-03-01T09:00:00+01:00', finishedOn: 'yesterday' } },
    }),
  ).toEqual({
    parameters: { lr: 0.5, 'model.depth': 3, deterministic: true, optimizer: 'adam', epochs: '10' },
    started: '2026-03-01T08:00:00.000Z',
  })
})

test('by SLSA 0.2, and of nothing nothing', () => {
  expect(
    builtBy({
      invocation: { parameters: { lr: 0.5 } },
      metadata: { buildStartedOn: '2026-03-01T08:00:00Z', buildFinishedOn: '2026-03-01T09:00:00Z' },
    }),
  ).toEqual({
    ...{ parameters: { lr: 0.5 }, started: '2026-03-01T08:00:00.000Z', finished: '2026-03-01T09:00:00.000Z' },
  })
  for (const nothing of [undefined, null, [], 'x', { invocation: { parameters: ['--lr=1'] } }])
    expect(builtBy(nothing)).toEqual({})
})

test('more than anybody tells a build is cut', () => {
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`k${at}`, at]))
  const { parameters = {} } = builtBy({ buildDefinition: { externalParameters: { a: many, b: many } } })
  expect(Object.keys(parameters)).toHaveLength(500)
})
