import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/checks/context.ts'
import { acceptable } from '../../src/core/accepted.ts'
import { data, judged, MADE, named, SHA, settings } from '../support/training.ts'

const [OWN, OTHER] = [`md5:${'a'.repeat(31)}0`, `md5:${'b'.repeat(31)}0`]
const WEIGHTS = [{ name: 'model.safetensors', digest: MADE }]
const SUMS = [{ name: 'model.safetensors', path: 'models/m/model.safetensors', digest: OWN }]

type Outs = readonly (readonly [path: string, ...digests: readonly string[]])[]

function came(outs: Outs, context: Partial<Context> = {}, of: readonly string[] = ['data']) {
  const lock = data('models/m/dvc.lock', [named('train', SHA)], {
    outs: outs.map(([path, ...digests]) => ({ path, digests })),
  })
  const parameters = [settings('p', 'committed', { seed: 1 }), settings('d', 'run', { seed: 1 })]
  return judged({ of }, [lock, ...parameters], { context: { weights: WEIGHTS, sums: SUMS, ...context } })
}

describe('what the lock of a pipeline says that it made', () => {
  test.each<readonly [string, Outs, string, string | undefined]>([
    ['the weights', [['model.safetensors', OWN]], 'met', 'output_released'],
    ['the weights, by the digest of the manifest', [['model.safetensors', MADE]], 'met', 'output_released'],
    ['other weights where they lie', [['model.safetensors', OTHER]], 'unmet', 'output_differs'],
    ['other weights elsewhere', [['out/model.safetensors', OTHER]], 'unmet', 'output_differs'],
    ['the weights elsewhere', [['../../out/model.safetensors', OWN]], 'met', 'output_released'],
    [
      'other weights where they lie, and the weights elsewhere',
      [
        ['model.safetensors', OTHER],
        ['old/model.safetensors', OWN],
      ],
      'unmet',
      'output_differs',
    ],
    [
      'a base of the same name, and the weights',
      [
        ['base/model.safetensors', OTHER],
        ['out/model.safetensors', OWN],
      ],
      'met',
      'output_released',
    ],
    ['something else', [['metrics.json', OTHER]], 'met', undefined],
    ['the weights by no digest', [['model.safetensors']], 'met', 'output_unseen'],
  ])('%s', (_, outs, outcome, fact) => {
    const answer = came(outs)

    expect([answer.outcome, answer.facts.find(({ what }) => what.startsWith('output_'))?.what]).toEqual([
      outcome,
      fact,
    ])
  })

  test('weights that are not in the commit are not compared, and that is said', () => {
    const answer = came([['model.safetensors', OTHER]], { sums: [] })

    expect(answer).toMatchObject({ outcome: 'met' })
    expect(answer.facts).toContainEqual({
      ...{ what: 'output_unseen', path: 'models/m/dvc.lock', weights: 'model.safetensors' },
    })
  })

  test('nothing of it is said of itself: without other facts it holds nothing', () => {
    expect(
      judged(
        { of: ['data'] },
        [data('dvc.lock', [], { outs: [{ path: 'model.safetensors', digests: [OTHER] }] })],
        {
          claims: { datasets: [] },
          context: { weights: WEIGHTS },
        },
      ).outcome,
    ).toBe('undecided')
  })

  test('it is asked with data and with parameters, and no waiver helps', () => {
    for (const of of [['data'], ['parameters'], ['data', 'parameters']]) {
      const answer = came([['model.safetensors', OTHER]], {}, of)
      expect(answer.outcome).toBe('unmet')
      expect(answer.facts.filter(({ what }) => what === 'output_differs')).toEqual([
        {
          ...{ what: 'output_differs', path: 'models/m/dvc.lock', weights: 'model.safetensors' },
          ...{ found: OTHER, wanted: OWN },
        },
      ])
      expect(acceptable(answer)).toMatchObject({ kind: 'not', why: 'contradiction' })
    }
  })
})
