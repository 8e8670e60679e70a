import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import {
  gonogo,
  type LocalRepository,
  localRepository,
  releaseFiles,
  releaseRepository,
  write,
} from './clone.ts'

let go: LocalRepository
let noGo: LocalRepository
beforeAll(() => {
  go = releaseRepository()
  noGo = releaseRepository({ 'models/sentiment/report.json': demoFile('report-low.json') })
})
afterAll(() => {
  go.remove()
  noGo.remove()
})

/** A repository for one test, removed with it. */
async function withRepository(
  repository: LocalRepository,
  use: (repository: LocalRepository) => Promise<void>,
): Promise<void> {
  try {
    await use(repository)
  } finally {
    repository.remove()
  }
}

describe('gonogo check', () => {
  test('lays the rows of a release beside those of its base, sample by sample, and its record replays', async () => {
    const lines = (wrong: number) =>
      Array.from(
        { length: 300 },
        (_, index) => `c${index},${index % 2},${index % 10 === wrong ? 2 : index % 2}`,
      )
    const rows = (wrong: number) => `id,label,answer\n${lines(wrong).join('\n')}\n`.replaceAll(',2\n', ',0\n')
    const repository = localRepository()
    const criteria = `gonogo: 1\nmodel: sentiment\nrisk: low\napproach: build\ndatasets: { holdout: { digest: { sha256: ${'a'.repeat(64)} }, label: label, rows: 300 } }\ncriteria:\n  - { id: no-loss, control: performance, check: metric, metric: accuracy, dataset: holdout, baseline: base, at_least: -0.02, confidence: 0.95 }\n`
    await withRepository(repository, async ({ folder, git, commit }) => {
      commit('Criteria', { '.gonogo/criteria/sentiment.yml': criteria })
      const training = commit('Train', { 'train.py': 'fit()' })
      git('checkout', '--quiet', '-b', 'release')
      const entry = 'dataset: holdout, prediction: answer, id: id'
      const manifest = `gonogo: 1\nmodel: sentiment\nversion: 1.0.0\nweights: [{ uri: "s3://a/b", sha256: ${'b'.repeat(64)} }]\ntraining: { commit: ${training} }\ndatasets:\n  - { name: holdout, role: test, digest: { sha256: ${'a'.repeat(64)} } }\n  - { name: corpus, role: train, digest: { sha256: ${'c'.repeat(64)} } }\nevidence:\n  - { rows: own.csv, ${entry} }\n  - { rows: base.csv, ${entry}, about: base }\n`
      commit('Release', {
        'models/sentiment/release.yml': manifest,
        'models/sentiment/own.csv': rows(3),
        'models/sentiment/base.csv': rows(3),
      })
      const checked = await gonogo(folder, ['check', '--record', 'record.json'])
      const explained = await gonogo(folder, ['explain', 'sentiment/no-loss'])
      const replayed = await gonogo(folder, ['replay', 'record.json'])

      expect(checked).toMatchObject({ code: 0, err: '' })
      expect(checked.out).toContain('sample by sample)')
      expect(explained.out).toContain('on no sample do the two differ')
      expect(replayed).toMatchObject({
        code: 0,
        out: expect.stringContaining('the same verdict as recorded'),
      })
    })
  })

  test('0: a release that proves itself', async () => {
    const { code, out, err } = await gonogo(go.folder, ['check'])

    expect(code).toBe(0)
    expect(err).toBe('')
    expect(out).toContain('go')
    expect(out).toContain('accuracy')
    expect(out).not.toContain('\u001b[')
    expect(out).not.toContain('What was judged')
    expect((await gonogo(go.folder, ['check', '--full'])).out).toContain('What was judged')
  })

  test('1: a release that misses a bound', async () => {
    const { code, out } = await gonogo(noGo.folder, ['check'])

    expect(code).toBe(1)
    expect(out).toContain('0.8665')
  })

  test('1: criteria that were committed after the training, with dates from before it', async () => {
    const repository = localRepository()
    const training = repository.commit('Train', { 'train.py': 'fit()' }, '2026-02-01T00:00:00Z')
    const criteria = { '.gonogo/criteria/sentiment.yml': demoFile('criteria.yml') }
    repository.commit('Criteria', criteria, '2020-01-01T00:00:00Z')
    repository.git('checkout', '--quiet', '-b', 'release')
    repository.commit('Release', releaseFiles(training))

    await withRepository(repository, async ({ folder }) => {
      const { code, out } = await gonogo(folder, ['check'])

      expect(code).toBe(1)
      expect(out).toMatch(/of the default branch, which has\s+no/)
    })
  })

  test('a floor that is given is judged in addition, and a faulty one never ignored', async () => {
    const criterion = (bound: string) =>
      `gonogo: 1\ncriteria: [{ id: org-accuracy, control: performance, check: metric, metric: accuracy, at_least: ${bound} }]\n`
    await withRepository(releaseRepository(), async ({ folder }) => {
      write(folder, {
        'met.yml': criterion('0.5'),
        'unmet.yml': criterion('0.99'),
        'faulty.yml': 'gonogo: 1\nunlisted: hihg\n',
      })
      const check = (file: string) => gonogo(folder, ['check', '--floor', file])
      const [met, unmet, faulty, absent] = [
        await check('met.yml'),
        await check('unmet.yml'),
        await check('faulty.yml'),
        await check('nowhere.yml'),
      ]

      expect([met.code, unmet.code, faulty.code, absent.code]).toEqual([0, 1, 2, 3])
      expect(met.out).toContain('org-accuracy')
      expect(met.out.replace(/\s+/g, ' ')).toContain('floor `met.yml` as it was given to the command')
      expect(faulty.out).toContain('faulty.yml:2')
    })
  })

  test('2: a release without its evidence', async () => {
    await withRepository(releaseRepository({ 'models/sentiment/report.json': '{' }), async ({ folder }) => {
      expect((await gonogo(folder, ['check'])).code).toBe(2)
    })
  })

  test('3: no repository, no such commit, no such model, no such option', async () => {
    const outside = await gonogo('/', ['check'])
    const commit = await gonogo(go.folder, ['check', '--head', 'nowhere'])
    const option = await gonogo(go.folder, ['check', '--head', '--upload-pack=touch /tmp/x'])
    const model = await gonogo(go.folder, ['check', '--model', 'nobody'])
    const unknown = await gonogo(go.folder, ['check', '--flor', 'x'])

    expect([outside, commit, option, model, unknown].map(({ code }) => code)).toEqual([3, 3, 3, 3, 3])
    expect(outside.err).toContain('not a git repository')
    expect(commit.err).toContain('--head')
    expect(model.err).toContain('models/nobody/release.yml')
    expect(unknown.err).toContain('--flor')
  })

  test('4: nothing to judge', async () => {
    await withRepository(releaseRepository(), async ({ folder, git, commit }) => {
      git('checkout', '--quiet', 'main')
      git('checkout', '--quiet', '-b', 'docs')
      commit('Docs', { 'docs.md': '# Docs' })

      expect((await gonogo(folder, ['check'])).code).toBe(4)
    })
  })

  test('5: all is in order but for the run, which only GitHub can show', async () => {
    const manifest = releaseFiles('0'.repeat(40))['models/sentiment/release.yml']
    const byRun = String(manifest).replace(/training: .*/, 'training: { run: 77 }')
    await withRepository(
      releaseRepository({ 'models/sentiment/release.yml': byRun }),
      async ({ folder, git, commit }) => {
        git('remote', 'add', 'origin', 'https://github.com/acme/models.git')
        const { code, out } = await gonogo(folder, ['check', '--json', '--base', 'main'])

        expect(code).toBe(5)
        expect(JSON.parse(out)).toMatchObject({ decision: 'undecided', awaiting: ['acme/models#77'] })

        commit('Break', { 'models/sentiment/report.json': '{' })
        expect((await gonogo(folder, ['check', '--base', 'main'])).code).toBe(2)
      },
    )
  })

  test('a commit on the default branch is compared with its first parent', async () => {
    await withRepository(releaseRepository(), async ({ folder, git }) => {
      git('checkout', '--quiet', 'main')
      git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'release')

      const { code, out } = await gonogo(folder, ['check', '--json'])

      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ decision: 'go' })
    })
  })

  test('--all and --model judge a model that did not change', async () => {
    await withRepository(releaseRepository(), async ({ folder, commit }) => {
      commit('Unrelated', { 'docs.md': '# Docs' })
      const head = ['--base', 'HEAD~1']

      expect((await gonogo(folder, ['check', ...head])).code).toBe(4)
      expect((await gonogo(folder, ['check', ...head, '--all'])).code).toBe(0)
      expect((await gonogo(folder, ['check', ...head, '--model', 'sentiment'])).code).toBe(0)
    })
  })

  test('uncommitted files are named as not judged', async () => {
    await withRepository(releaseRepository(), async ({ folder }) => {
      write(folder, { 'models/sentiment/extra.json': '{}', 'notes.txt': 'x' })

      const { err } = await gonogo(folder, ['check'])

      expect(err).toContain('not judged, because not committed: models/sentiment/extra.json')
      expect(err).not.toContain('notes.txt')
    })
  })

  test('a shallow clone is undecided and names the remedy', async () => {
    await withRepository(localRepository(), async ({ folder, git }) => {
      git('remote', 'add', 'origin', `file://${go.folder}`)
      git('fetch', '--quiet', '--depth', '1', 'origin', 'release')
      git('checkout', '--quiet', '-b', 'release', 'FETCH_HEAD')

      const { code, out } = await gonogo(folder, ['check', '--base', 'release'])

      expect(code).toBe(2)
      expect(out).toContain('unshallow')
    })
  })

  test('--json is the public interface', async () => {
    const { out } = await gonogo(noGo.folder, ['check', '--json'])
    const verdict = JSON.parse(out)

    expect(verdict).toMatchObject({
      decision: 'no-go',
      awaiting: ['waiver:accuracy', 'waiver:every-class'],
      models: [
        {
          model: 'sentiment',
          version: '1.0.0',
          decision: 'no-go',
          registration: { tier: 'ordered' },
          problems: [],
        },
      ],
    })
    expect(verdict.models[0].findings).toContainEqual(
      expect.objectContaining({
        criterion: 'accuracy',
        control: 'performance',
        outcome: 'unmet',
        code: 'beyond_bound',
      }),
    )
  })

  test('--format oscal is what an auditor reads, with the same exit code', async () => {
    const { code, out } = await gonogo(noGo.folder, ['check', '--format', 'oscal'])

    expect(code).toBe(1)
    const { metadata, results } = JSON.parse(out)['assessment-results']
    expect(metadata['oscal-version']).toBe('1.2.1')
    const states = results[0].findings.map((finding: { target: { 'target-id': string; status: object } }) => [
      finding.target['target-id'],
      finding.target.status,
    ])
    expect(states).toContainEqual([
      'performance',
      { state: 'not-satisfied', reason: 'fail', remarks: 'unmet' },
    ])
    expect(states).toContainEqual(['preregistration', { state: 'satisfied', reason: 'pass' }])
  })

  test('--format markdown is what the check run says', async () => {
    const { out } = await gonogo(go.folder, ['check', '--format', 'markdown'])

    expect(out).toContain('| criterion |')
  })

  test('a configuration of the clone that names a program runs nothing', async () => {
    await withRepository(releaseRepository(), async ({ folder, git }) => {
      git('config', 'core.fsmonitor', `touch ${folder}/was-run`)
      git('config', 'core.pager', `touch ${folder}/was-run`)

      const { code } = await gonogo(folder, ['check'])

      expect(code).toBe(0)
      expect(() => readFileSync(join(folder, 'was-run'))).toThrow()
    })
  })

  test('a replace ref rewrites no history', async () => {
    await withRepository(
      releaseRepository({ 'models/sentiment/report.json': demoFile('report-low.json') }),
      async ({ folder, git }) => {
        const bad = git('rev-parse', 'HEAD:models/sentiment/report.json')
        write(folder, { 'other.json': demoFile('report.json') })
        git('replace', bad, git('hash-object', '-w', 'other.json'))

        expect((await gonogo(folder, ['check'])).code).toBe(1)
      },
    )
  })
})

describe('gonogo replay', () => {
  test('0: the same verdict; 1: facts or verdict were changed; 3: no record', async () => {
    const file = join(go.folder, '..', `record-${process.pid}.json`)
    await gonogo(go.folder, ['check', '--record', file])
    const record = JSON.parse(readFileSync(file, 'utf8'))

    const same = await gonogo(go.folder, ['replay', file])
    const full = await gonogo(go.folder, ['replay', file, '--full'])
    const pretended = structuredClone(record)
    pretended.facts.models[0].evidence[0].problems.push({ path: 'x', code: 'not_utf8' })
    writeFileSync(file, JSON.stringify(pretended))
    const other = await gonogo(go.folder, ['replay', file])
    writeFileSync(
      file,
      JSON.stringify({
        ...record,
        facts: { ...record.facts, models: [{ model: 'x', manifest: {}, criteria: {}, evidence: [{}] }] },
      }),
    )
    const damaged = await gonogo(go.folder, ['replay', file])
    writeFileSync(file, '{}')
    const none = await gonogo(go.folder, ['replay', file])

    expect([same, other, damaged, none].map(({ code }) => code)).toEqual([0, 1, 3, 3])
    expect(same.out).toContain('the same verdict')
    expect(same.out).not.toContain('What was judged')
    expect(full.out).toContain('What was judged')
  })
})

describe('gonogo explain', () => {
  test('says why, from where and what next', async () => {
    const { code, out } = await gonogo(noGo.folder, ['explain', 'sentiment/accuracy'])

    expect(code).toBe(1)
    expect(out).toContain('models/sentiment/report.json')
    expect(out).toContain('0.9')
  })

  test.each([['sentiment'], ['sentiment/nothing'], ['sentiment/a/b'], ['nobody/accuracy']])(
    '3: %s',
    async (asked) => {
      expect((await gonogo(go.folder, ['explain', asked])).code).toBe(3)
    },
  )
})
