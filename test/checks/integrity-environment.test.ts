import { describe, expect, test } from 'vitest'
import { acceptable } from '../../src/core/accepted.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { Package } from '../../src/core/training-evidence.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { factWords } from '../../src/render/words-integrity.ts'
import { anEvidence } from '../support/facts.ts'
import { asItWas, environment, judged, MADE, run, training, whats } from '../support/training.ts'

describe('environment', () => {
  const of = { of: ['environment'] }
  const pinned: Package = { written: 'numpy==1.26.4' }
  const hashed: Package = { ...pinned, hashed: true }
  const loose: Package = { written: 'torch>=2', loose: 'range' }

  test.each<readonly [string, readonly EvidenceRecord[], object, string, readonly string[]]>([
    ['all pinned', [environment('r.txt', [pinned, hashed])], {}, 'met', ['packages_pinned']],
    ['one is not', [environment('r.txt', [pinned, loose])], {}, 'unmet', ['package_loose']],
    [
      'of two lists one is not',
      [environment('a.txt', [pinned]), environment('b.txt', [loose])],
      {},
      'unmet',
      ['package_loose', 'packages_pinned'],
    ],
    [
      'not all hashed',
      [environment('r.txt', [pinned, hashed])],
      { hashed: true },
      'unmet',
      ['package_unhashed'],
    ],
    ['all hashed', [environment('r.txt', [hashed])], { hashed: true }, 'met', ['packages_pinned']],
    ['nothing', [], {}, 'undecided', ['no_environment']],
    ['an empty list', [environment('r.txt', [])], {}, 'undecided', ['no_packages']],
    [
      'nothing but what installs others',
      [
        environment(
          'r.txt',
          [
            'pip==24.0',
            'Setuptools 80.9.0',
            'conda-forge::wheel=0.45=py_0',
            'uv-0.8.0-h_0',
            'python=3.11.9=h_0',
          ].map((written) => ({ written, hashed: true })),
        ),
      ],
      {},
      'undecided',
      ['no_packages'],
    ],
    [
      'nothing but what installs others beside the list that does it',
      [environment('build.txt', [{ written: 'pip==24.0' }]), environment('r.txt', [pinned])],
      {},
      'met',
      ['packages_pinned', 'packages_pinned'],
    ],
    [
      'what installs others beside the list that does it, and is not pinned',
      [environment('build.txt', [{ written: 'pip', loose: 'no_version' }]), environment('r.txt', [pinned])],
      {},
      'unmet',
      ['package_loose', 'packages_pinned'],
    ],
    [
      'a name that begins as such',
      [environment('r.txt', [{ written: 'pip-audit==2.7.3' }])],
      {},
      'met',
      ['packages_pinned'],
    ],
    [
      'another file that is not there',
      [environment('models/r.txt', [pinned], ['base.txt'])],
      {},
      'undecided',
      ['file_not_given', 'packages_pinned'],
    ],
    [
      'another file that is there',
      [environment('models/r.txt', [pinned], ['../base.txt']), environment('base.txt', [pinned])],
      {},
      'met',
      ['packages_pinned', 'packages_pinned'],
    ],
    [
      'nothing but two files that take in each other',
      [environment('a.txt', [], ['b.txt']), environment('b.txt', [], ['a.txt'])],
      {},
      'undecided',
      ['no_packages', 'no_packages'],
    ],
    [
      'nothing but another file that is there, and loose',
      [environment('models/r.txt', [], ['base.txt']), environment('models/base.txt', [loose])],
      {},
      'unmet',
      ['package_loose'],
    ],
    [
      'a model that is pickled is said, and decides nothing',
      [
        environment('r.txt', [pinned]),
        run('MLmodel', { doubts: [{ what: 'pickled', found: 'cloudpickle' }] }),
      ],
      {},
      'met',
      ['packages_pinned', 'doubt'],
    ],
    [
      'a doubt is no environment',
      [run('MLmodel', { doubts: [{ what: 'no_signature' }] })],
      {},
      'undecided',
      ['no_environment'],
    ],
  ])('%s', (_, records, given, outcome, facts) => {
    const came = judged({ ...of, ...given }, records)

    expect(came.outcome).toBe(outcome)
    expect(whats(came)).toEqual(facts)
  })

  const digest = `sha256:${'3f'.repeat(32)}`
  test.each<readonly [string, string, string]>([
    ['its path', 'train/requirements.txt', 'met'],
    ['its path from where the manifest stands', './requirements.txt', 'met'],
    ['its sha256', digest, 'met'],
    ['a file that is nowhere', 'nowhere.lock', 'unmet'],
    ['the end of another name', 'ments.txt', 'unmet'],
    ['another sha256', `sha256:${'3e'.repeat(32)}`, 'unmet'],
    ['a file that is no lock', 'training.yml', 'unmet'],
  ])('the lock that the training record names: %s', (_, lock, outcome) => {
    const list = environment('train/requirements.txt', [pinned])
    const evidence = [
      anEvidence({ path: list.source.path, measurements: [], records: [list], digest }),
      anEvidence({ path: 'training.yml', measurements: [], records: [training({ lock })] }),
    ]
    const came = judged(of, [], { context: { evidence, atTraining: asItWas(evidence) } })

    expect(came.outcome).toBe(outcome)
    if (outcome === 'unmet') expect(acceptable(came)).toMatchObject({ why: 'contradiction' })
    if (outcome === 'unmet')
      expect(came.facts[0]).toEqual({
        ...{ what: 'other_lock', path: 'training.yml', found: lock, wanted: ['train/requirements.txt'] },
      })
  })

  test.each<readonly [string, string | undefined, object]>([
    ['among the weights', 'model.pkl', { file: 'model.pkl', released: true }],
    ['among the weights, by its name', 'data/model.pkl', { released: true }],
    ['not among them', 'other.pkl', { file: 'other.pkl', released: false }],
    ['not named', undefined, {}],
  ])('the pickle that a packaged model names, %s', (_, file, said) => {
    const doubt = { what: 'pickled' as const, found: 'cloudpickle', ...(file !== undefined && { file }) }
    const records = [environment('r.txt', [pinned]), run('MLmodel', { packaged: true, doubts: [doubt] })]
    const weights = [{ name: 'models/m/model.pkl', digest: MADE }]
    const fact = judged(of, records, { context: { weights } }).facts.find(({ what }) => what === 'doubt')

    expect(fact).toMatchObject({ doubt: 'pickled', found: 'cloudpickle', ...said })
    expect(fact === undefined ? '' : plain(factWords(fact).says)).toMatch(
      file === undefined
        ? /model file that it packages is pickled/
        : 'released' in said && said.released
          ? /the weights .* are pickled/
          : /not among the released weights, is pickled/,
    )
  })

  describe('what lies beside a lock that was there at the training', () => {
    const list = (path: string, packages: readonly Package[]) => environment(path, packages)
    const stray = list('conda.yaml', [{ written: 'pip<=24.2', loose: 'range' }])
    const later = list('env.yaml', [{ written: 'setuptools', loose: 'no_version' }])
    const nextOf = (records: readonly EvidenceRecord[], there: readonly string[], given: object = {}) => {
      const evidence = records.map((record) =>
        anEvidence({ path: record.source.path, measurements: [], records: [record] }),
      )
      const atTraining = {
        ...asItWas(evidence),
        files: evidence.map(({ path, sha = '' }) => ({ path, ...(there.includes(path) && { sha }) })),
      } as const
      const came = judged({ ...of, ...given }, [], { context: { evidence, atTraining } })
      const { next } = answerWords(came)
      return next === undefined ? '' : plain(next)
    }

    test('is to be taken out, all of it in one sentence and nothing else', () => {
      expect(nextOf([list('uv.lock', [pinned]), later, stray], ['uv.lock'])).toBe(
        'take `conda.yaml`, `env.yaml` out of the evidence: the lock `uv.lock` is named already, and was there at the training',
      )
    })

    test('by digest, where that is asked', () => {
      const records = [list('uv.lock', [hashed]), list('r.txt', [pinned])]
      const all = ['uv.lock', 'r.txt']

      expect(nextOf(records, all, { hashed: true })).toMatch(/^take `r.txt` out of the evidence: /)
      expect(nextOf([list('uv.lock', [pinned]), later], all, { hashed: true })).not.toContain('take `')
    })

    test.each<readonly [string, readonly EvidenceRecord[], readonly string[]]>([
      ['was written later too', [list('uv.lock', [pinned]), later], []],
      ['is not whole', [list('uv.lock', [pinned, loose]), later], ['uv.lock']],
      ['takes in other files', [environment('uv.lock', [pinned], ['env.yaml']), later], ['uv.lock']],
      [
        'has nothing but what installs others',
        [list('uv.lock', [{ written: 'pip==24.0' }]), later],
        ['uv.lock'],
      ],
    ])('is not, where the lock %s', (_, records, there) => {
      const next = nextOf(records, there)

      expect(next).toContain('commit a lock of the environment')
      expect(next).not.toContain('out of the evidence')
    })
  })
})
