import { describe, expect, test } from 'vitest'
import { MOST_PACKAGES } from '../../src/readers/requirements.ts'
import { judged } from '../support/training.ts'
import { faults, readFixture, readText } from './read.ts'

/** Each package of an environment as `name: why it is not pinned`, `pinned` or `hashed`. */
function packages({ records }: ReturnType<typeof readFixture>): readonly string[] {
  return records.flatMap((record) =>
    record.kind !== 'environment'
      ? []
      : record.packages.map(
          ({ written, loose, hashed }) =>
            `${written.split(' ')[0]}: ${loose ?? (hashed ? 'hashed' : 'pinned')}`,
        ),
  )
}

test.each<readonly [string, readonly string[]]>([
  [
    'uv-lock/uv.lock',
    [
      ...['churn: hashed', 'numpy: hashed', 'gridnet: hashed', 'shared-features: hashed', 'drawkit: hashed'],
      // One of its files has no digest.
      'fastloop: pinned',
    ],
  ],
  [
    'uv-lock/loose.lock',
    ['gridnet: movable', 'nightly: movable', 'mine: local', 'far: local', 'numpy: no_version'],
  ],
  ['poetry-lock/poetry.lock', ['numpy: hashed', 'gridnet: hashed', 'features: hashed', 'nightly: movable']],
  ['poetry-lock/old.lock', ['numpy: hashed', 'unhashed: pinned']],
  ['poetry-lock/oldest.lock', ['numpy: hashed']],
  ['pdm-lock/pdm.lock', ['numpy: hashed', 'gridnet: hashed', 'features: hashed', 'nightly: movable']],
  ['pdm-lock/old.lock', ['numpy: hashed']],
  [
    'pylock/pylock.toml',
    [
      ...['numpy: hashed', 'gridnet: hashed', 'features: hashed', 'drawkit: hashed', 'oldhash: pinned'],
      ...['fastloop: pinned', 'both: no_version'],
    ],
  ],
  [
    'pipfile-lock/Pipfile.lock',
    [
      ...['numpy: hashed', 'unhashed: pinned', 'anything: range', 'gridnet: hashed', 'branch: movable'],
      ...['churn: hashed', 'nightly: movable'],
    ],
  ],
  [
    'pyproject/pyproject.toml',
    [
      ...['numpy>=2,<3: range', 'pandas: no_version', 'exactly==1.2.3: pinned', 'gridnet: hashed'],
      ...['drawkit~=7.0: range', 'fastloop==0.9.*: range'],
    ],
  ],
  [
    'pyproject/poetry.toml',
    [
      ...['numpy: range', 'exactly: pinned', 'anything: no_version', 'gridnet: hashed', 'branch: movable'],
      ...['features: hashed', 'several: pinned', 'several: range', 'fastloop: range'],
    ],
  ],
])('%s: what pins each package', (path, expected) => {
  expect(packages(readFixture(path))).toEqual(expected)
})

test('what a lock cannot mean is a problem where it stands', () => {
  expect(faults('uv-lock/loose.lock')).toEqual([
    '27 malformed uv-lock /package/5/source a source as uv writes it',
  ])
  expect(faults('pyproject/poetry.toml')).toEqual([
    '1 malformed pyproject /tool/poetry/dependencies/odd a version, or where it is from',
  ])
  expect(
    readText('version = 1\nrequires-python = ""\npackage = [7]\n', 'uv.lock').reading.problems,
  ).toMatchObject([{ code: 'malformed', at: '/package/0' }])
  expect(readText('version = 1\n[[package]\n', 'uv.lock').reading.problems).toMatchObject([
    { code: 'syntax', line: 2 },
  ])
})

test('a password in an address is not kept', () => {
  expect(JSON.stringify(readFixture('uv-lock/uv.lock'))).not.toContain('secret')
})

describe('groups for development', () => {
  const uv = (dev: string, rest = '') =>
    `version = 1\nrequires-python = ">=3.11"\n[[package]]\nname = "root"\nsource = { virtual = "." }\n${rest}[package.dev-dependencies]\n${dev} = [{ name = "a" }]\n[[package]]\nname = "a"\nsource = { url = "https://x.example/a.whl" }\ndependencies = [{ name = "b" }]\n[[package]]\nname = "b"\nsource = { url = "https://x.example/b.whl" }\n`

  test.each<readonly [string, string, readonly string[]]>([
    ['only dev leads there', uv('dev'), ['root: hashed']],
    ['another group leads there', uv('train'), ['root: hashed', 'a: movable', 'b: movable']],
    [
      'the project leads to one of them too',
      uv('dev', 'dependencies = [{ name = "b" }]\n'),
      ['root: hashed', 'b: movable'],
    ],
    [
      'an extra of the project leads there too',
      uv('dev', '[package.optional-dependencies]\nx = [{ name = "a" }]\n'),
      ['root: hashed', 'a: movable', 'b: movable'],
    ],
    [
      'nothing leads there: it is not known what it is for',
      uv('dev').replace('{ name = "a" }', ''),
      ['root: hashed', 'a: movable', 'b: movable'],
    ],
  ])('uv: %s', (_, text, expected) => {
    expect(packages(readText(text, 'uv.lock').reading)).toEqual(expected)
  })

  test('a group that is always installed is no such group', () => {
    const text =
      'lock-version = "1.0"\ncreated-by = "x"\ndefault-groups = ["dev"]\n[[packages]]\nname = "a"\nmarker = "\'dev\' in dependency_groups"\n'

    expect(packages(readText(text, 'pylock.toml').reading)).toEqual(['a: no_version'])
    expect(packages(readText(text.replace('["dev"]', '[]'), 'pylock.toml').reading)).toEqual([])
  })
})

describe('digests', () => {
  const locked = (hash: string) =>
    `[[package]]\nname = "a"\nversion = "1"\nfiles = [{ file = "a.whl", hash = "${hash}" }]\n[metadata]\ncontent-hash = "x"\npython-versions = "*"\n`

  test.each([
    [`sha256:${'1a2b'.repeat(16)}`, 'hashed'],
    [`sha512:${'1a2b'.repeat(32)}`, 'hashed'],
    [`md5:${'1a2b'.repeat(8)}`, 'pinned'],
    [`sha256:${'0'.repeat(64)}`, 'pinned'],
    ['sha256:1a2b', 'pinned'],
    ['', 'pinned'],
  ])('%s', (hash, found) => {
    expect(packages(readText(locked(hash), 'poetry.lock').reading)).toEqual([`a: ${found}`])
  })
})

test('a version that is a pattern is none', () => {
  const text =
    '[[package]]\nname = "a"\nversion = ">=1"\n[metadata]\ncontent-hash = "x"\npython-versions = "*"\n'

  expect(packages(readText(text, 'poetry.lock').reading)).toEqual(['a: range'])
})

test.each([
  ['Cargo.lock', 'version = 4\n\n[[package]]\nname = "serde"\nversion = "1.0.0"\n'],
  ['config.toml', 'accuracy = 0.93\n'],
  ['pyproject.toml', '[tool.ruff]\nline-length = 100\n'],
])('%s is nothing that is read', (name, text) => {
  expect(readText(text, name)).toMatchObject({
    reading: { measurements: [], records: [], problems: [{ code: 'unknown_format' }] },
  })
})

test('more packages than any environment has are not read', () => {
  const many = '[[packages]]\nname = "a"\n'.repeat(MOST_PACKAGES + 1)

  expect(readText(`lock-version = "1.0"\ncreated-by = "x"\n${many}`, 'pylock.toml').reading).toMatchObject({
    records: [],
    problems: [{ code: 'too_many' }],
  })
})

test.each([
  ['uv-lock/uv.lock', {}, 'met'],
  ['uv-lock/uv.lock', { hashed: true }, 'unmet'],
  ['poetry-lock/old.lock', { hashed: true }, 'unmet'],
  ['pdm-lock/old.lock', { hashed: true }, 'met'],
  ['pyproject/pyproject.toml', {}, 'unmet'],
] as const)('judged: %s, asked %j', (path, asked, outcome) => {
  const { records } = readFixture(path)

  expect(judged({ of: ['environment'], ...asked }, records).outcome).toBe(outcome)
})

/** Environments that look pinned and are not. */
describe('what is installed all the same counts', () => {
  const HASH = `sha256:${'9f86d081'.repeat(8)}`
  const pip = (...lines: readonly string[]) =>
    packages(readText(`${lines.join('\n')}\n`, 'requirements.txt').reading)

  test('pip: a comment ends what a backslash goes on with', () => {
    expect(pip('numpy==1.26.4 --config-settings=a=b \\', '# note \\', 'evil')).toEqual([
      ...['numpy==1.26.4: pinned', 'evil: no_version'],
    ])
  })

  test('pip: a digest in a comment, or in quotes, is none', () => {
    expect(pip('numpy==1.26.4 --config-settings=a=b # \\', `--hash=${HASH}`)).toEqual([
      'numpy==1.26.4: pinned',
    ])
    expect(pip(`numpy==1.26.4 --config-settings="a= --hash=${HASH} "`)).toEqual(['numpy==1.26.4: pinned'])
    expect(pip(`numpy==1.26.4 ; python_version < "3.13" \\`, `    --hash=${HASH}`)).toEqual([
      'numpy==1.26.4: hashed',
    ])
  })

  test('pip: lines end where Python ends them', () => {
    expect(pip('numpy==1.26.4 # \u2028evil\u0085more')).toEqual([
      ...['numpy==1.26.4: pinned', 'evil: no_version', 'more: no_version'],
    ])
  })

  test('uv: a package of a member that is no root, beside a group for development', () => {
    const text = `version = 1
requires-python = ">=3.11"
[[package]]
name = "root"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "member" }]
[package.dev-dependencies]
dev = [{ name = "evil" }]
[[package]]
name = "member"
version = "1"
source = { directory = "member" }
dependencies = [{ name = "evil" }]
[[package]]
name = "evil"
version = "1"
source = { git = "https://x/y?branch=main" }
`
    const orphaned = text.replace('dependencies = [{ name = "member" }]\n', '')
    for (const one of [text, orphaned])
      expect(packages(readText(one, 'uv.lock').reading)).toContain('evil: movable')
  })

  test('Pipenv: every category but that for development', () => {
    const lock = (category: string) =>
      JSON.stringify({
        _meta: { 'pipfile-spec': 6 },
        default: {},
        [category]: { evil: { version: '*' } },
      })
    expect(packages(readText(lock('training'), 'Pipfile.lock').reading)).toEqual(['evil: range'])
    expect(packages(readText(lock('develop'), 'Pipfile.lock').reading)).toEqual([])
  })

  test.each<readonly [string, string, readonly string[]]>([
    ['what a build makes up', 'dynamic = ["dependencies"]', ['dependencies,: no_version']],
    [
      'a group for development that another takes in',
      'dependencies = []\n[dependency-groups]\ntrain = [{ include-group = "dev" }]',
      ['group: no_version'],
    ],
    [
      'another place of uv',
      'dependencies = ["numpy==1.26.4"]\n[tool.uv.sources]\nNumPy = { git = "https://x/y", branch = "main" }',
      ['numpy: movable'],
    ],
    [
      'one of several places of uv',
      'dependencies = ["numpy==1.26.4"]\n[tool.uv.sources]\nnumpy = [{ index = "a" }, { index = "b" }]',
      ['numpy==1.26.4: movable'],
    ],
    [
      'a version beside a place of Poetry',
      '[tool.poetry.dependencies]\nscipy = { version = "1.11.1", git = "https://x/y", branch = "main" }',
      ['scipy: movable'],
    ],
  ])('pyproject: %s', (_, text, expected) => {
    expect(packages(readText(`[project]\nname = "x"\n${text}\n`, 'pyproject.toml').reading)).toEqual(expected)
  })

  test('pyproject: an index of uv, and a member of the workspace, leave a version as it is', () => {
    const text = (source: string) =>
      `[project]\nname = "x"\ndependencies = ["numpy==1.26.4"]\n[tool.uv.sources]\nnumpy = ${source}\n`
    for (const source of ['{ index = "mine" }', '{ workspace = true }'])
      expect(packages(readText(text(source), 'pyproject.toml').reading)).toEqual(['numpy==1.26.4: pinned'])
  })

  test('conda-lock: a branch is no fixed place, whatever digest stands beside it', () => {
    const text = JSON.stringify({
      version: 1,
      metadata: { content_hash: {}, channels: [], platforms: ['linux-64'], sources: [] },
      package: [
        {
          ...{ name: 'evil', version: '1.0', manager: 'pip', platform: 'linux-64', dependencies: {} },
          ...{ url: 'git+https://x/y@main', hash: { sha256: '9f86d081'.repeat(8) } },
        },
      ],
    })
    expect(packages(readText(text, 'conda-lock.yml').reading)).toEqual(['evil: movable'])
  })
})
