import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { type Files, gonogo, type LocalRepository, localRepository, releaseFiles, write } from './clone.ts'

let made: LocalRepository[] = []
afterEach(() => {
  for (const one of made) one.remove()
  made = []
})

function repository(): LocalRepository {
  const one = localRepository()
  made.push(one)
  return one
}

/** A repository in which nothing but the names of some files is not as the gate has them. */
function released(rename: Readonly<Record<string, string>> = {}): LocalRepository {
  const named = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, content]) => [rename[path] ?? path, content]))
  const one = repository()
  one.commit('Criteria', named({ '.gonogo/criteria/sentiment.yml': demoFile('criteria.yml') }))
  const training = one.commit('Train', { 'train.py': demoFile('train.py') })
  one.git('checkout', '--quiet', '-b', 'release')
  one.commit('Release', named(releaseFiles(training)))
  return one
}

const NO_SUCH = 'no file of this name is read here'

describe('a file by a name that the gate does not read', () => {
  test('lint: its remedy is the name that is read', async () => {
    const { folder } = released({
      '.gonogo/criteria/sentiment.yml': '.gonogo/criteria/sentiment.yaml',
      'models/sentiment/release.yml': 'models/sentiment/release.yaml',
    })
    write(folder, {
      '.gonogo/floor.yaml': 'gonogo: 1\n',
      '.gonogo/criteria/My Model.yml': demoFile('criteria.yml'),
    })

    const { code, out } = await gonogo(folder, ['lint'])

    expect(code).toBe(1)
    for (const [file, remedy] of [
      ['.gonogo/criteria/sentiment.yaml', 'rename it to `sentiment.yml`'],
      ['models/sentiment/release.yaml', 'rename it to `release.yml`'],
      ['.gonogo/floor.yaml', 'rename it to `floor.yml`'],
      ['.gonogo/criteria/My Model.yml', 'rename the file to what was meant'],
    ] as const)
      expect(out).toContain(`${file}:1  ${NO_SUCH}\n  ${remedy}`)
    expect(out).toContain('4 problems in 4 files')
  })

  test('lint: what lies in a folder below is read by nothing either', async () => {
    const { folder } = released()
    write(folder, { '.gonogo/criteria/old/sentiment.yml': demoFile('criteria.yml') })

    const { code, out } = await gonogo(folder, ['lint'])

    expect(code).toBe(1)
    expect(out).toContain(`.gonogo/criteria/old/sentiment.yml:1  ${NO_SUCH}`)
    expect(out).toContain('1 problem in 3 files')
  })

  test('lint: from the folder itself too, and no draft elsewhere', async () => {
    const { folder } = repository()
    write(folder, {
      '.gonogo/criteria/sentiment.yaml': demoFile('criteria.yml'),
      'drafts/criteria.yaml': demoFile('criteria.yml'),
    })

    const here = await gonogo(`${folder}/.gonogo/criteria`, ['lint', 'sentiment.yaml'])
    const draft = await gonogo(folder, ['lint', 'drafts/criteria.yaml'])

    expect(here).toMatchObject({ code: 1, out: expect.stringContaining('rename it to `sentiment.yml`') })
    expect(draft).toMatchObject({ code: 0 })
  })

  test('check: missing criteria are named by the file that lies there', async () => {
    const { folder } = released({ '.gonogo/criteria/sentiment.yml': '.gonogo/criteria/sentiment.yaml' })

    const { code, out } = await gonogo(folder, ['check'])

    expect(code).toBe(1)
    const said = out.replaceAll(/\s+/g, ' ')
    expect(said).toContain('only `.gonogo/criteria/sentiment.yaml`, which is not read')
    expect(said).toContain('rename it to `sentiment.yml`')
  })

  test('check: a missing manifest likewise', async () => {
    const { folder } = released({ 'models/sentiment/release.yml': 'models/sentiment/release.yaml' })

    const [all, one] = [
      await gonogo(folder, ['check']),
      await gonogo(folder, ['check', '--model', 'sentiment']),
    ]

    const said = all.out.replaceAll(/\s+/g, ' ')
    expect(said).toContain('`models/sentiment/release.yaml` is not read as one')
    expect(said).toContain('rename `models/sentiment/release.yaml` to `release.yml`')
    expect(one).toMatchObject({
      code: 3,
      err: expect.stringContaining('rename models/sentiment/release.yaml to release.yml'),
    })
  })
})

describe('gonogo lint --repo', () => {
  test('looks there, and names files from there', async () => {
    const { folder } = released()
    const elsewhere = repository().folder

    const all = await gonogo(elsewhere, ['lint', '--repo', folder])
    const one = await gonogo(elsewhere, ['lint', '--repo', folder, '.gonogo/criteria/sentiment.yml'])

    expect(all).toMatchObject({ code: 0, out: expect.stringContaining('no problems in 2 files') })
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining('no problems in 1 file') })
    expect(await gonogo(elsewhere, ['lint', '--repo', 'nowhere'])).toMatchObject({
      code: 3,
      err: 'gonogo: nowhere is not a folder; name one with --repo\n',
    })
  })

  test.each(['acme', 'acme/bank/x', 'https://github.com/acme/bank', 'acme/'])(
    'no repository: %s',
    async (name) => {
      const { folder } = released()

      expect(await gonogo(folder, ['lint', '--repository', name])).toMatchObject({
        code: 3,
        err: `gonogo: ${name} is no repository: write --repository OWNER/NAME\n`,
      })
    },
  )
})

describe('gonogo check', () => {
  test.each([
    ['[report.json]', ', and no other'],
    ['[{ artifact: validation, file: a.json, workflow: .github/workflows/v.yml }]', '; it names validation'],
  ])('3: a folder for an artifact that the manifest does not name: %s', async (evidence, known) => {
    const one = repository()
    const training = one.commit('Criteria', { '.gonogo/criteria/sentiment.yml': demoFile('criteria.yml') })
    one.git('checkout', '--quiet', '-b', 'release')
    const files = releaseFiles(training)
    const manifest = String(files['models/sentiment/release.yml']).replace(
      /^evidence:.*$/m,
      `evidence: ${evidence}`,
    )
    one.commit('Release', { ...files, 'models/sentiment/release.yml': manifest })

    const args = ['check', '--base', 'main', '--artifact']
    const { code, out, err } = await gonogo(one.folder, [...args, 'x=models'])

    expect({ code, out, err }).toEqual({
      code: 3,
      out: '',
      err: `gonogo: models/sentiment/release.yml names no artifact x${known}\n`,
    })
  })

  test('3: a record that can not be written, after the verdict', async () => {
    const { folder } = released()
    const args = ['check', '--base', 'main', '--record']

    const nowhere = await gonogo(folder, [...args, 'nope/x.json'])
    const onFolder = await gonogo(folder, [...args, 'models'])

    expect(nowhere).toMatchObject({ code: 3, out: expect.stringContaining('accuracy') })
    expect(nowhere.err).toBe(
      "gonogo: the verdict was not recorded: nope/x.json can't be written, there is no such folder\n",
    )
    expect(onFolder).toMatchObject({ code: 3, err: expect.stringContaining('it is a folder') })
  })
})

describe('gonogo read', () => {
  test.each([
    [
      'text.json',
      '{"accuracy":"93%"}',
      '`/accuracy` is the text `93%`',
      '`{ "value": 93, "unit": "percent" }`',
    ],
    ['plain.json', '{"accuracy":"0.93"}', '`/accuracy` is the text `0.93`', 'without quotes: `0.93`'],
    ['odd.json', '{"accuracy":"1,000"}', '`/accuracy` is the text `1,000`', 'without quotes, signs of units'],
    ['a.json', Uint8Array.of(1, 0, 2, 0, 0, 3), 'the file is binary', 'a binary file is no evidence'],
    ['wide.json', Buffer.from('{"accuracy": 1}', 'utf16le'), 'not text in UTF-8', 'save it as UTF-8'],
    ['latin.json', Uint8Array.of(0x7b, 0xe4, 0x7d), 'not text in UTF-8', 'save it as UTF-8'],
    ['CARD.md', '---\na: [1\nb: x: y\nc: x: y\n---\n# A\n', 'line 3: the file cannot be parsed', '1 problem'],
  ])('%s: what is wrong, and how it is written', async (name, content, ...says) => {
    const { folder } = repository()
    write(folder, { [name]: content })

    const { code, out } = await gonogo(folder, ['read', name])

    expect(code).toBe(2)
    for (const said of says) expect(out).toContain(said)
  })

  test('what has no label is not quoted as if it were one', async () => {
    const { folder } = repository()
    write(folder, { 'm.json': '{"accuracy": 0.9}' })

    const { out } = await gonogo(folder, ['read', 'm.json', '--select', 'accuracy where split=test'])

    expect(out).toContain('what there is of it has no label')
    expect(out).not.toContain('`no label`')
  })

  test.each([
    ['.gonogo/criteria/sentiment.yml', 'this is a criteria file of gonogo, which measures nothing'],
    ['models/sentiment/release.yml', 'this is a manifest of gonogo, which measures nothing'],
  ])('2: %s is told from evidence, and who reads it', async (file, says) => {
    const { folder } = released()

    const { code, out } = await gonogo(folder, ['read', file])

    expect(code).toBe(2)
    expect(out).toContain(says)
    expect(out).toContain('`gonogo lint` says what is wrong with it')
    expect(out).toContain('0 measurements')
  })
})

describe('where there is nothing to judge yet', () => {
  test('a repository without commits can not name a default branch', async () => {
    const { folder } = repository()

    for (const base of [[], ['--base', 'main']])
      expect(await gonogo(folder, ['check', ...base])).toMatchObject({
        code: 3,
        err: `gonogo: ${folder} has no commit yet; commit the criteria on the default branch, and check again\n`,
      })
  })

  test('init says that a folder is no repository, and writes all the same', async () => {
    const { folder } = repository()
    rmSync(`${folder}/.git`, { recursive: true })
    const [outside, inside] = [
      await gonogo(folder, ['init', 'one', '--repo', folder]),
      await gonogo(repository().folder, ['init', 'one']),
    ]

    expect(outside.code).toBe(0)
    expect(outside.out).toContain('wrote .gonogo/criteria/one.yml')
    expect(outside.out).toContain('is no git repository, and gonogo judges commits: run git init')
    expect(inside.out).not.toContain('no git repository')
  })

  test('diff: it is the ref that is wrong', async () => {
    const { folder } = released()

    expect(await gonogo(folder, ['diff', 'nope', 'HEAD', '--model', 'sentiment'])).toMatchObject({
      code: 3,
      err: 'gonogo: nope is no commit of this clone; name a branch, a tag or a commit that is there\n',
    })
  })

  test('lint: a folder is no file', async () => {
    const { folder } = released()

    expect(await gonogo(`${folder}/models`, ['lint', '..'])).toMatchObject({
      code: 3,
      err: 'gonogo: .. is a folder; name its files, or lint the whole clone with --repo\n',
    })
  })
})

describe('gonogo explain', () => {
  test('a criterion that is met ends with what else keeps the release', async () => {
    const one = released()
    write(one.folder, { 'models/sentiment/MODEL_CARD.md': '# Card\n' })
    one.commit('Half a card', {})

    const broken = await gonogo(one.folder, ['explain', 'sentiment/accuracy', '--base', 'main'])
    const whole = await gonogo(released().folder, ['explain', 'sentiment/accuracy', '--base', 'main'])

    expect(broken.code).not.toBe(0)
    expect(broken.out).toContain('nothing: it is met')
    expect(broken.out).toMatch(/release +(?:no-go|undecided) for something else: /)
    expect(whole.out).not.toContain('for something else')
  })

  test('and with problems of the commit, which are of no model', async () => {
    const one = released()
    one.commit('Another model', { 'models/other/w.onnx': 'x' })

    const { code, out } = await gonogo(one.folder, ['explain', 'sentiment/accuracy', '--base', 'main'])

    expect(code).toBe(2)
    expect(out.replaceAll(/\s+/g, ' ')).toContain('no manifest covers this model file')
  })
})
