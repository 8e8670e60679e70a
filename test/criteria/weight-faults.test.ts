import { expect, test } from 'vitest'
import type { Weights } from '../../src/core/verdict.ts'
import type { WeightFormat } from '../../src/core/weight-format.ts'
import { weightFaults } from '../../src/criteria/weight-faults.ts'
import { evaluate } from '../../src/evaluate.ts'
import { modelFacts, someFacts } from '../support/facts.ts'
import { aFloor } from '../support/floor.ts'

type Read = Extract<WeightFormat, { kind: 'read' }>
const read = (given: Partial<Read> = {}): WeightFormat => ({
  ...{ kind: 'read', format: 'pickle', whole: true, faults: [], names: [] },
  ...given,
})
const weights = (format?: WeightFormat): readonly Weights[] => [
  { name: 'm.pkl', digest: `sha256:${'0a1b2c3d'.repeat(8)}`, trust: 'seen', ...(format && { format }) },
]
const SK = 'sklearn.linear_model._logistic.LogisticRegression'

test.each<readonly [string, WeightFormat | undefined, readonly object[]]>([
  ['nothing read', undefined, []],
  ['not to be had', { kind: 'not_read', why: 'lfs' }, []],
  ['plain names', read({ names: ['collections.OrderedDict', 'numpy.core.multiarray._reconstruct'] }), []],
  ['not known as a whole', read({ format: 'compressed', whole: false }), []],
  [
    'another name',
    read({ names: ['os.system', SK] }),
    [{ code: 'weights_names', names: ['os.system', SK], more: 0 }],
  ],
  [
    'a name that only begins alike',
    read({ names: ['collections.OrderedDict.x'] }),
    [{ code: 'weights_names' }],
  ],
  [
    'a contradiction',
    read({ faults: [{ fault: 'contradicts_name', is: 'pickle', wanted: ['safetensors'] }] }),
    [{ code: 'weights_contradict', is: 'pickle', wanted: ['safetensors'] }],
  ],
  [
    'a safetensors file that is none',
    read({ faults: [{ fault: 'safetensors', flaw: 'hole', at: 'a' }] }),
    [{ code: 'weights_malformed', flaw: 'hole', at: 'a' }],
  ],
  [
    'a pickle that nobody can follow',
    read({ faults: [{ fault: 'pickle', flaw: 'memo', at: 7, entry: 'a' }], names: ['os.system'] }),
    [{ code: 'weights_pickle', flaw: 'memo', at: 7, entry: 'a' }, { code: 'weights_names' }],
  ],
])('%s', (_, format, faults) => {
  expect(weightFaults('release.yml', weights(format), [])).toMatchObject(
    faults.map((fault) => ({ path: 'release.yml', file: 'm.pkl', ...fault })),
  )
})

test('names are listed as far as a sentence goes', () => {
  const names = Array.from({ length: 25 }, (_, at) => `m.n${at}`)

  expect(weightFaults('r', weights(read({ names })), [])).toMatchObject([{ names: { length: 20 }, more: 5 }])
})

test('a release with such weights is no go, whether a criterion asks or not, and the floor may allow names', () => {
  const bad = modelFacts({ weights: weights(read({ names: [SK] })) })
  const decision = (floor?: string) =>
    evaluate(someFacts([bad], floor === undefined ? {} : { floor: aFloor(floor) })).decision

  expect(evaluate(someFacts([modelFacts({ weights: weights(read()) })])).decision).toBe('go')
  expect(decision()).toBe('undecided')
  expect(decision(`trusted: { pickle: [${SK}] }\n`)).toBe('go')
  expect(decision('trusted: { pickle: [sklearn.linear_model] }\n')).toBe('undecided')
  expect(decision('trusted: { pickle: ["sklearn.*"] }\n')).toBe('undecided')
})
