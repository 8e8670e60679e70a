import { describe, expect, test } from 'vitest'
import { type Binding, bindingOf, type Identifiers, type Named } from '../../src/core/binding.ts'
import { isSameName } from '../../src/core/model-name.ts'

const REVISION = '0e9e39f249a16976918f6564b8830bc894c89659'
const DIGEST = '9f86d081'.repeat(8)
const COMMIT = '4be1c0'.repeat(6).padEnd(40, '0')

function known(given: Partial<Identifiers> = {}): Identifiers {
  return { names: [], knownAs: [], revisions: [], digests: [], commits: [], ...given }
}

describe('one name', () => {
  test.each<readonly [found: string, name: string]>([
    ['acme/credit-risk', 'acme/credit-risk'],
    ['Acme/Credit-Risk', 'acme/credit-risk'],
    ['acme/credit-risk/', 'acme/credit-risk'],
    ['credit-risk', 'credit-risk'],
    ['credit-risk', 'acme/credit-risk'],
    ['Credit-Risk', 'acme/credit-risk'],
    ['/mnt/hub/acme/credit-risk', 'acme/credit-risk'],
    ['./credit-risk', 'credit-risk'],
    ['~/models/credit-risk/', 'credit-risk'],
    ['file:///mnt/credit-risk', 'credit-risk'],
    ['C:\\models\\credit-risk', 'credit-risk'],
    ['models/credit-risk', './models/credit-risk'],
    ['/srv/models/credit-risk/model.pt', './models/credit-risk/model.pt'],
    ['models/credit-risk/model.pt', './models/credit-risk/model.pt'],
    ['runs/7/credit-risk', 'credit-risk'],
    ['s3://acme/models/2.4.0', 's3://acme/models/2.4.0/'],
    ['openai:gpt-4o', 'openai:gpt-4o'],
  ])('%s is %s', (found, name) => {
    expect(isSameName(found, name)).toBe(true)
  })

  test.each<readonly [found: string, name: string]>([
    ['', 'credit-risk'],
    ['credit-risk', ''],
    ['/', 'credit-risk'],
    ['credit', 'credit-risk'],
    ['credit-risk-v2', 'credit-risk'],
    ['old-credit-risk', 'credit-risk'],
    ['other/credit-risk', 'acme/credit-risk'],
    ['other/credit-risk', 'credit-risk'],
    ['acme/credit-risk-base', 'acme/credit-risk'],
    ['/mnt/old-credit-risk', 'credit-risk'],
    ['/mnt/credit-risk/step4000', 'credit-risk'],
    ['/mnt/other/credit-risk', 'acme/credit-risk'],
    ['/mnt/Credit-Risk', 'credit-risk'],
    ['s3://other/credit-risk', 'credit-risk'],
    ['https://huggingface.co/acme/credit-risk', 'acme/credit-risk'],
    ['model.pt', './models/credit-risk/model.pt'],
    ['/mnt/run8/model.pt', './models/credit-risk/model.pt'],
    ['acme', 'acme/credit-risk'],
  ])('%s is not %s', (found, name) => {
    expect(isSameName(found, name)).toBe(false)
  })
})

describe('evidence is about a model', () => {
  test.each<readonly [why: string, Named, Partial<Identifiers>, by: string]>([
    ['it names nothing', {}, { names: ['a/b'], revisions: [REVISION] }, 'declared'],
    ['it names an empty text', { model: ' ' }, { names: ['a/b'] }, 'declared'],
    ['the manifest gives no names', { model: 'x' }, {}, 'declared'],
    ['by name', { model: 'a/b' }, { names: ['c', 'a/b'] }, 'name'],
    ['by a declared name', { model: '/ckpt/7' }, { names: ['a/b'], knownAs: ['/ckpt/7'] }, 'known_as'],
    [
      'by revision',
      { model: 'a/b', revision: REVISION },
      { names: ['a/b'], revisions: [REVISION] },
      'revision',
    ],
    ['by a shortened revision', { revision: '0e9e39f2' }, { revisions: [REVISION] }, 'revision'],
    [
      'by a whole revision, whatever it is called',
      { model: '/cache/x', revision: REVISION },
      { names: ['a/b'], revisions: [REVISION] },
      'revision',
    ],
    [
      'by the name of a revision',
      { model: 'a/b', revision: 'step1' },
      { names: ['a/b'], revisions: ['step1'] },
      'revision',
    ],
    ['by commit', { commit: COMMIT }, { names: ['a/b'], commits: [COMMIT] }, 'commit'],
    ['by a shortened commit', { commit: COMMIT.slice(0, 7).toUpperCase() }, { commits: [COMMIT] }, 'commit'],
    ['by digest', { digest: `sha256:${DIGEST}` }, { digests: ['0'.repeat(64), DIGEST] }, 'digest'],
    [
      'by digest, whatever it is called',
      { model: 'x', digest: DIGEST },
      { names: ['a/b'], digests: [DIGEST] },
      'digest',
    ],
    [
      'a branch is no commit',
      { model: 'a/b', revision: 'main' },
      { names: ['a/b'], revisions: [REVISION] },
      'name',
    ],
    [
      'an id against a branch',
      { model: 'a/b', revision: REVISION },
      { names: ['a/b'], revisions: ['main'] },
      'name',
    ],
    [
      'six digits are too few',
      { model: 'a/b', revision: '0e9e39' },
      { names: ['a/b'], revisions: [REVISION] },
      'name',
    ],
    ['no digest', { model: 'a/b', digest: 'md5:1' }, { names: ['a/b'], digests: [DIGEST] }, 'name'],
  ])('%s', (_, named, given, by) => {
    expect(bindingOf(named, known(given))).toMatchObject({ kind: 'bound', by })
  })

  test.each<readonly [why: string, Named, Partial<Identifiers>, what: string]>([
    ['another name', { model: 'a/c' }, { names: ['a/b'] }, 'model'],
    ['known by no part of a name', { model: '/ckpt/7/x' }, { names: ['a/b'], knownAs: ['/ckpt/7'] }, 'model'],
    ['declared names know case', { model: '/CKPT/7' }, { names: ['a/b'], knownAs: ['/ckpt/7'] }, 'model'],
    [
      'another revision',
      { model: 'a/b', revision: 'f'.repeat(40) },
      { names: ['a/b'], revisions: [REVISION] },
      'revision',
    ],
    ['another shortened one', { revision: '0e9e39f3' }, { revisions: [REVISION] }, 'revision'],
    [
      'another branch',
      { model: 'a/b', revision: 'step2' },
      { names: ['a/b'], revisions: ['step1'] },
      'revision',
    ],
    [
      'a branch of another model',
      { model: 'a/c', revision: 'step1' },
      { names: ['a/b'], revisions: ['step1'] },
      'model',
    ],
    [
      'another commit',
      { model: 'a/b', commit: 'f'.repeat(40) },
      { names: ['a/b'], commits: [COMMIT] },
      'commit',
    ],
    [
      'the commit of another model',
      { model: 'a/c', commit: COMMIT },
      { names: ['a/b'], commits: [COMMIT] },
      'model',
    ],
    [
      'other weights',
      { model: 'a/b', digest: 'f'.repeat(64) },
      { names: ['a/b'], digests: [DIGEST] },
      'digest',
    ],
  ])('not: %s', (_, named, given, what) => {
    expect(bindingOf(named, known(given))).toMatchObject({ kind: 'other', what })
  })

  test('another one is told with both names', () => {
    const binding: Binding = bindingOf({ model: 'a/c' }, known({ names: ['a/b'], knownAs: ['x'] }))

    expect(binding).toEqual({ kind: 'other', what: 'model', found: 'a/c', wanted: ['a/b', 'x'] })
  })
})
