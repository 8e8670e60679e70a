import { describe, expect, test } from 'vitest'
import { MOST_PACKAGES } from '../../src/readers/requirements.ts'
import { aDigest } from '../support/digest.ts'
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
    [`sha256:${aDigest()}`, 'hashed'],
    [`sha512:${aDigest('sha512')}`, 'hashed'],
    [`md5:${aDigest('md5')}`, 'pinned'],
    [`sha256:${'0'.repeat(64)}`, 'pinned'],
    ['sha256:1a2b', 'pinned'],
    ['', 'pinned'],
  ])('%s', (hash, found) => {
    expect(packages(readText(locked(hash), 'poetry.lock').reading)).toEqual([`a: ${found}`])
  })
})

const OF_NOTHING = {
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  sha384: '38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
  sha512:
    'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
} as const

describe('a placeholder is no digest of a package', () => {
  const poetry = '[metadata]\ncontent-hash = "x"\npython-versions = "*"\n'
  const files = (hash: string) =>
    `[[package]]\nname = "a"\nversion = "1"\nfiles = [{ file = "a.whl", hash = "${hash}" }]\n`
  const conda = (sha256: string) =>
    JSON.stringify({
      ...{ version: 1, metadata: { content_hash: {} } },
      package: [{ name: 'a', version: '1', manager: 'conda', url: 'https://x/a.conda', hash: { sha256 } }],
    })
  const locks: Readonly<Record<string, (digest: string) => string>> = {
    'requirements.txt': (digest) => `a==1 --hash=sha256:${digest}\n`,
    'uv.lock': (digest) =>
      `version = 1\nrequires-python = ">=3.11"\n[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "x" }\nwheels = [{ url = "u", hash = "sha256:${digest}" }]\n`,
    'poetry.lock': (digest) => files(`sha256:${digest}`) + poetry,
    'pdm.lock': (digest) =>
      `${files(`sha256:${digest}`)}[metadata]\nlock_version = "4.4"\ncontent_hash = "x"\n`,
    'pylock.toml': (digest) =>
      `lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "a"\nversion = "1"\nwheels = [{ hashes = { sha256 = "${digest}" } }]\n`,
    'Pipfile.lock': (digest) =>
      JSON.stringify({
        _meta: { 'pipfile-spec': 6 },
        default: { a: { version: '==1', hashes: [`sha256:${digest}`] } },
        develop: {},
      }),
    'explicit.txt': (digest) => `@EXPLICIT\nhttps://x.example/a-1-0.conda#sha256:${digest}\n`,
    'conda-lock.yml': conda,
    'environment.yml': (digest) => `channels: [x]\ndependencies: ["a=1=0[sha256=${digest}]"]\n`,
  }
  const found = (name: string, digest: string) =>
    packages(readText(locks[name]?.(digest) ?? '', name).reading)[0]?.split(': ')[1]

  test.each(Object.keys(locks))('%s', (name) => {
    expect(found(name, aDigest())).toBe('hashed')
    for (const made of [
      ...['0', 'f', 'ab', 'abc1', 'deadbeef', '0123456789abcdef'].map((part) =>
        part.repeat(64 / part.length),
      ),
      OF_NOTHING.sha256,
    ])
      expect(found(name, made), made).toBe('pinned')
  })

  test.each(['sha384', 'sha512'] as const)('of pip: %s, and one among others', (algorithm) => {
    const pip = (...hashes: readonly string[]) =>
      packages(
        readText(`a==1 ${hashes.map((hash) => `--hash=${hash}`).join(' ')}\n`, 'requirements.txt').reading,
      )
    const real = `${algorithm}:${aDigest(algorithm)}`

    expect(pip(real)).toEqual(['a==1: hashed'])
    expect(pip(real, `sha256:${aDigest()}`)).toEqual(['a==1: hashed'])
    expect(pip(`${algorithm}:${OF_NOTHING[algorithm]}`)).toEqual(['a==1: pinned'])
    expect(pip(real, `${algorithm}:${OF_NOTHING[algorithm]}`)).toEqual(['a==1: pinned'])
    expect(pip(`${algorithm}:${aDigest()}`)).toEqual(['a==1: pinned'])
  })

  test('nor of a place, and no commit', () => {
    const pip = (line: string) => packages(readText(`${line}\nb==1\n`, 'requirements.txt').reading)[0]

    expect(pip(`a @ https://x.example/a.whl#sha256=${OF_NOTHING.sha256}`)).toBe('a: movable')
    expect(pip(`a @ git+https://x.example/a@${'0'.repeat(40)}`)).toBe('a: movable')
    const uv = (commit: string) =>
      `version = 1\nrequires-python = ">=3.11"\n[[package]]\nname = "a"\nsource = { git = "https://x/y#${commit}" }\n`
    expect(packages(readText(uv('0'.repeat(40)), 'uv.lock').reading)).toEqual(['a: movable'])
    expect(packages(readText(uv('0123456789'.repeat(4)), 'uv.lock').reading)).toEqual(['a: hashed'])
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
  const HASH = `sha256:${aDigest()}`
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
          ...{ url: 'git+https://x/y@main', hash: { sha256: aDigest() } },
        },
      ],
    })
    expect(packages(readText(text, 'conda-lock.yml').reading)).toEqual(['evil: movable'])
  })
})
