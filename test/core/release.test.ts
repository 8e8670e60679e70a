import { describe, expect, test } from 'vitest'
import { decideRelease, notEvaluated, type ReleaseFacts } from '../../src/core/release.ts'
import { aModel, anId, aVerdict } from '../support/build.ts'

const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const COMMIT = { by: 'tag', name: 'v1', sha: anId('1') } as const

const go = aVerdict({ decision: 'go', models: [aModel({ model: 'm', decision: 'go' })] })
const model = (decision: 'go' | 'no-go' | 'undecided', name = 'm') => aModel({ model: name, decision })
const asset = (name: string, sha256?: string, isModelFile = true) => ({
  name,
  isModelFile,
  ...(sha256 !== undefined && { sha256 }),
})

/** A release that carries the weights of one model with a go, unless told otherwise. */
function facts(given: Partial<ReleaseFacts> = {}): ReleaseFacts {
  return {
    commit: COMMIT,
    branch: 'main',
    watched: true,
    merged: true,
    assets: [asset('m.onnx', A)],
    models: [{ model: 'm', sha256: [A] }],
    problems: [],
    verdict: go,
    ...given,
  }
}

const NONE = { models: [], assets: [] } as const
const without = (...keys: readonly (keyof ReleaseFacts)[]): ReleaseFacts =>
  // What is taken away is optional.
  Object.fromEntries(
    Object.entries(facts()).filter(([key]) => !keys.some((one) => one === key)),
  ) as ReleaseFacts

describe('a decision', () => {
  test.each<readonly [string, ReleaseFacts, string, readonly string[]]>([
    ['a model with a go, its weights and a merged commit', facts(), 'go', []],
    ['what is no model file', facts({ assets: [asset('a.txt', B, false)] }), 'go', []],
    ['nothing changed and nothing carried', { ...without('verdict', 'merged'), ...NONE }, 'nothing', []],
    ['a repository without gonogo', facts({ watched: false, verdict: aVerdict() }), 'nothing', []],
    [
      'a model without a go',
      facts({ verdict: aVerdict({ models: [model('no-go')] }) }),
      'no-go',
      ['model_not_go'],
    ],
    [
      'an undecided model beside one with a go',
      facts({
        models: [
          { model: 'm', sha256: [A] },
          { model: 'n', sha256: [] },
        ],
        verdict: aVerdict({ models: [model('go'), model('undecided', 'n')] }),
      }),
      'undecided',
      ['model_not_go'],
    ],
    [
      'the worst of several reasons',
      facts({ assets: [asset('m.onnx')], verdict: aVerdict({ models: [model('no-go')] }) }),
      'no-go',
      ['model_not_go', 'asset_without_digest'],
    ],
    [
      'no verdict on a model that it carries',
      without('verdict'),
      'no-go',
      ['model_not_judged', 'asset_not_judged'],
    ],
    [
      'a verdict on another model',
      facts({ verdict: aVerdict({ models: [model('go', 'n')] }), assets: [] }),
      'undecided',
      ['model_not_judged'],
    ],
    [
      'a file that is not what was judged',
      facts({ assets: [asset('m.onnx', B)] }),
      'no-go',
      ['asset_not_judged'],
    ],
    [
      'a second file',
      facts({ assets: [asset('m.onnx', A), asset('n.onnx', B)] }),
      'no-go',
      ['asset_not_judged'],
    ],
    ['a file without a digest', facts({ assets: [asset('m.onnx')] }), 'undecided', ['asset_without_digest']],
    [
      'a model file and nothing else',
      { ...without('verdict'), ...NONE, assets: [asset('x.pt', B)] },
      'no-go',
      ['asset_not_judged'],
    ],
    [
      'the weights of a retired model',
      facts({
        verdict: aVerdict({ decision: 'nothing', models: [], retired: [{ model: 'm', by: ['ada'] }] }),
      }),
      'no-go',
      ['asset_not_judged'],
    ],
    [
      'a retired model that changed',
      facts({
        assets: [],
        verdict: aVerdict({ decision: 'nothing', models: [], retired: [{ model: 'm', by: ['ada'] }] }),
      }),
      'nothing',
      [],
    ],
    [
      'a problem of what changed',
      facts({ problems: [{ path: 'w.onnx', code: 'uncovered' }] }),
      'undecided',
      ['commit_problem'],
    ],
    [
      'the same problem twice',
      facts({
        problems: [{ path: 'w.onnx', code: 'uncovered' }],
        verdict: aVerdict({ models: [model('go')], problems: [{ path: 'w.onnx', code: 'uncovered' }] }),
      }),
      'undecided',
      ['commit_problem'],
    ],
    ['a commit that was not merged', facts({ merged: false }), 'no-go', ['unmerged']],
    ['a commit of which nobody asked', without('merged'), 'no-go', ['unmerged']],
    ['no commit', facts({ commit: { by: 'target', name: 'gone' } }), 'undecided', ['no_commit']],
  ])('%s', (_, given, decision, codes) => {
    const decided = decideRelease(given)

    expect(decided.decision).toBe(decision)
    expect(decided.reasons.map(({ code }) => code)).toEqual(codes)
  })

  test('tells what a file was, and where the tag pointed, when the release was judged first', () => {
    const first = { commit: anId('2'), assets: { 'm.onnx': A, 'n.onnx': null } }
    const decided = decideRelease(facts({ assets: [asset('m.onnx', B), asset('n.onnx', B)], first }))

    expect(decided.reasons).toEqual([
      { code: 'asset_not_judged', name: 'm.onnx', sha256: B, was: A },
      { code: 'asset_not_judged', name: 'n.onnx', sha256: B },
    ])
    expect(decided.notes).toEqual([{ code: 'tag_moved', tag: 'v1', was: anId('2'), is: anId('1') }])
    expect(decideRelease(facts({ first: { ...first, commit: COMMIT.sha } })).notes).toEqual([])
    expect(decideRelease(facts({ first: { commit: anId('2'), assets: {} } })).decision).toBe('go')
  })

  test('is never a go where it could not be made', () => {
    expect(notEvaluated('id')).toMatchObject({ decision: 'undecided', reasons: [{ correlation: 'id' }] })
  })
})
