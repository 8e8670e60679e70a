import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { type Asked, readArchive } from '../../../src/sources/artifact/archive.ts'
import { type ArchiveLimits, LIMITS } from '../../../src/sources/artifact/limits.ts'
import { inMemory } from '../../../src/sources/artifact/source.ts'
import { numbers, type Part, type Whole, zip } from '../../support/zip.ts'

const PATH = 'artifact validation'
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const content = (...paths: readonly string[]): Asked =>
  new Map(paths.map((path) => [path, 'content'] as const))

const read = (bytes: Uint8Array, asked: Asked = new Map(), limits: Partial<ArchiveLimits> = {}) =>
  readArchive(inMemory(bytes), PATH, asked, { ...LIMITS, ...limits })

async function faultOf(
  bytes: Uint8Array,
  asked: Asked = content('a.txt'),
  limits: Partial<ArchiveLimits> = {},
) {
  const archive = await read(bytes, asked, limits)
  return 'problem' in archive ? archive.problem : 'read'
}

async function opened(bytes: Uint8Array, asked?: Asked) {
  const archive = await read(bytes, asked)
  if ('problem' in archive) throw new Error(JSON.stringify(archive.problem))
  return archive
}

describe('an archive', () => {
  const files = { 'metrics.json': '{"accuracy":0.9}\n', 'deep/ünïcode.txt': 'épsilon\n'.repeat(200) }

  // Written by archiver 7, the way that @actions/artifact uses it.
  test.each(['upload-artifact', 'upload-artifact-zip64', 'upload-artifact-stored'])('of %s', async (name) => {
    const bytes = readFileSync(new URL(`../../../fixtures/artifacts/${name}.zip`, import.meta.url))
    const archive = await opened(bytes, content(...Object.keys(files)))

    expect(archive.entries).toEqual([
      { path: 'metrics.json', bytes: 17 },
      { path: 'deep/ünïcode.txt', bytes: 1800 },
    ])
    for (const [path, text] of Object.entries(files)) {
      const file = archive.files.get(path)
      expect(Buffer.from(file?.content ?? []).toString()).toBe(text)
      expect([file?.bytes, file?.sha256]).toEqual([Buffer.byteLength(text), sha256(text)])
    }
    expect(archive.problems).toEqual([])
  })

  const a: Part = { name: 'a.txt', content: 'some text' }
  test.each<readonly [string, Uint8Array]>([
    ['plain', zip([a])],
    ['stored', zip([{ ...a, stored: true }])],
    ['of fflate', zipSync({ 'a.txt': Buffer.from('some text'), 'b/c.txt': new Uint8Array() })],
    ...([12, 16, 20, 24] as const).map(
      (described) =>
        [`streamed, with ${described} bytes after it`, zip([{ ...a, described }, { name: 'b' }])] as const,
    ),
    ['in 64 bits', zip([a], { zip64: {} })],
    [
      'with a size in 64 bits',
      zip([
        {
          ...a,
          stored: true,
          local: { bytes: 0xffffffff, packed: 0xffffffff, extra: numbers([2, 1], [2, 16], [8, 9], [8, 9]) },
          central: { bytes: 0xffffffff, packed: 0xffffffff, extra: numbers([2, 1], [2, 16], [8, 9], [8, 9]) },
        },
      ]),
    ],
    ['made on Windows', zip([{ ...a, central: { madeBy: 20, attributes: 0x20 } }])],
    ['listed in another order than written', reordered()],
  ])('%s', async (_, bytes) => {
    const { files, problems } = await opened(bytes, content('a.txt'))

    expect(Buffer.from(files.get('a.txt')?.content ?? []).toString()).toBe('some text')
    expect(problems).toEqual([])
  })

  test('without entries', async () => {
    expect(await opened(zip([]))).toEqual({ entries: [], files: new Map(), problems: [] })
  })

  test('gives what is asked for and nothing else, and a digest without content', async () => {
    const bytes = zip([a, { name: 'weights.bin', content: 'w' }, { name: 'other', content: 'x' }])
    const asked: Asked = new Map([
      ['weights.bin', 'digest'],
      ['gone.json', 'content'],
    ])

    expect(await opened(bytes, asked)).toEqual({
      entries: [
        { path: 'a.txt', bytes: 9 },
        { path: 'weights.bin', bytes: 1 },
        { path: 'other', bytes: 1 },
      ],
      files: new Map([['weights.bin', { bytes: 1, sha256: sha256('w') }]]),
      problems: [{ path: PATH, code: 'not_in_archive', file: 'gone.json' }],
    })
  })
})

/** The list names the second entry first, as it may. */
function reordered(): Buffer {
  const bytes = zip([
    { name: 'b', content: 'b', stored: true },
    { name: 'a.txt', content: 'some text', stored: true },
  ])
  const start = bytes.indexOf(numbers([4, 0x02014b50]))
  const second = bytes.indexOf(numbers([4, 0x02014b50]), start + 1)
  const end = bytes.byteLength - 22
  return Buffer.concat([
    bytes.subarray(0, start),
    bytes.subarray(second, end),
    bytes.subarray(start, second),
    bytes.subarray(end),
  ])
}

describe('a hostile archive', () => {
  const a: Part = { name: 'a.txt', content: 'some text' }
  const b: Part = { name: 'b.txt', content: 'more text' }
  const FOLDER = { madeBy: 20, attributes: 0x10 }
  const link = { madeBy: 0x0314, attributes: 0o120777 * 0x10000 }
  const named = (name: string | Uint8Array, flag?: number): Buffer =>
    zip([a, { name, ...(flag === undefined ? {} : { local: { flags: flag }, central: { flags: flag } }) }])
  const both = (fields: NonNullable<Part['local']>): Buffer => zip([{ ...a, local: fields, central: fields }])
  const whole = (fields: Whole): Buffer => zip([a, b], fields)
  const packed = deflateRawSync(Buffer.from('some text'))

  test.each<readonly [string, string, Uint8Array]>([
    ['nothing', 'no_zip', new Uint8Array()],
    ['another file', 'no_zip', Buffer.from('a,b\n'.repeat(100))],
    ['cut off', 'no_zip', zip([a, b]).subarray(0, -1)],
    ['cut off in the middle', 'no_zip', zip([a, b]).subarray(0, 60)],
    ['with bytes after its end', 'no_zip', whole({ trailing: Buffer.from('x') })],
    ['with a comment', 'no_zip', whole({ comment: 'x' })],
    ['with another archive in its comment', 'structure', whole({ comment: zip([a]).toString('latin1') })],
    ['after another archive', 'structure', Buffer.concat([zip([b]), zip([a])])],
    ['with bytes before the first entry', 'stray_bytes', zip([{ ...a, before: Buffer.from('x') }])],
    ['with bytes between entries', 'stray_bytes', zip([a, { ...b, before: Buffer.from('x') }])],
    ['with bytes before the list', 'stray_bytes', whole({ beforeList: Buffer.from('x') })],
    ['with bytes after the list', 'structure', whole({ afterList: Buffer.from('x') })],
    ['with an entry that the list does not name', 'stray_bytes', unlisted()],
    ['that counts too few', 'structure', whole({ end: { count: 1 } })],
    ['that counts too many', 'structure', whole({ end: { count: 3 } })],
    ['whose end record promises a comment', 'no_zip', patched(zip([a]), -2, 5)],
    ['whose list lies on another disk', 'structure', patched(zip([a]), -16, 1)],
    ['with more entries on this disk than in all', 'structure', patched(zip([a]), -14, 2)],
    ['whose list has another length', 'structure', whole({ end: { size: 1 } })],
    ['whose small count is not that of 64 bits', 'structure', whole({ zip64: {}, end: { count: 1 } })],
    ['whose small start is not that of 64 bits', 'structure', whole({ zip64: {}, end: { start: 1 } })],
    ['on several disks', 'structure', whole({ end: { disk: 1 } })],
    ['whose list begins elsewhere', 'structure', whole({ end: { start: 1 } })],
    [
      'whose 64-bit record counts differently',
      'structure',
      whole({ zip64: { count: 1 }, end: { count: 2 } }),
    ],
    ['whose 64-bit record counts too few', 'structure', whole({ zip64: { count: 1 } })],
    ['whose 64-bit record lists elsewhere', 'structure', whole({ zip64: { start: 1 } })],
    ['whose 64-bit record lies elsewhere', 'structure', whole({ zip64: { at: 0 } })],
    ['in 64 bits past all numbers', 'structure', whole({ zip64: { start: 2 ** 60 } })],
    ['that goes up', 'name', named('../a')],
    ['that goes up inside', 'name', named('b/../../a')],
    ['that stays', 'name', named('./a')],
    ['with an empty part', 'name', named('b//a')],
    ['with an absolute name', 'name', named('/etc/passwd')],
    ['with a drive', 'name', named('C:a')],
    ['with a backslash', 'name', named('b\\a')],
    ['with a NUL', 'name', named('a.txt\0.png')],
    ['with a line break', 'name', named('a\nb')],
    ['without a name', 'name', named('')],
    ['named by a slash', 'name', named('/')],
    ['with a long name', 'name', named('x'.repeat(1025))],
    ['with a name in no UTF-8', 'name', named(Buffer.from([0x61, 0xff]), 0x800)],
    ['with a name in another script', 'name', named('ü', 0)],
    [
      'with two names',
      'name',
      both({ extra: Buffer.concat([numbers([2, 0x7075], [2, 6]), Buffer.from('\x01abcdx')]) }),
    ],
    ['with a name twice', 'name_twice', zip([a, a])],
    ['with a name twice in Unicode', 'name_twice', zip([{ name: '\u00e9' }, { name: 'e\u0301' }])],
    ['with a file where a folder is', 'name_twice', zip([{ name: 'b' }, { name: 'b/a' }])],
    [
      'with a folder where a file is',
      'name_twice',
      zip([{ name: 'b/', stored: true, central: FOLDER }, { name: 'b' }]),
    ],
    ['with a link', 'link', zip([{ ...a, central: link }])],
    ['with a link that hides its maker', 'link', zip([{ ...a, central: { ...link, madeBy: 20 } }])],
    ['with a junction', 'link', zip([{ ...a, central: { madeBy: 20, attributes: 0x400 } }])],
    ['with a device', 'link', zip([{ ...a, central: { ...link, attributes: 0o020666 * 0x10000 } }])],
    ['with a folder that calls itself a file', 'link', zip([{ name: 'b/' }])],
    ['encrypted', 'encrypted', both({ flags: 1 })],
    ['strongly encrypted', 'structure', both({ flags: 0x41 })],
    ['with masked headers', 'encrypted', both({ flags: 0x2000 })],
    ['compressed otherwise', 'method', both({ method: 12 })],
    ['patched', 'method', both({ flags: 0x20 })],
    ['whose header has another name', 'headers_differ', zip([{ ...a, local: { name: 'b.txt' } }])],
    ['whose header has another length', 'headers_differ', zip([{ ...a, local: { bytes: 1 } }])],
    ['whose header has another checksum', 'headers_differ', zip([{ ...a, local: { crc: 1 } }])],
    ['whose header is compressed otherwise', 'headers_differ', zip([{ ...a, local: { method: 0 } }])],
    ['whose header is streamed', 'headers_differ', zip([{ ...a, local: { flags: 8 } }])],
    [
      'streamed, with another length after it',
      'headers_differ',
      zip([{ ...a, described: 16, central: { bytes: 8 } }]),
    ],
    [
      'streamed, with a lie before it',
      'headers_differ',
      zip([{ ...a, described: 16, local: { packed: 3 } }]),
    ],
    ...(['signature', 'crc', 'packed', 'bytes'] as const).map(
      (field) =>
        [
          `streamed, with another ${field} after it`,
          'headers_differ',
          zip([{ ...a, described: 16, descriptor: { [field]: 1 } }]),
        ] as const,
    ),
    ['streamed, with nothing after it', 'stray_bytes', both({ flags: 8 })],
    [
      'with two entries on the same bytes',
      'headers_differ',
      zip([a, { ...b, local: { name: 'a.txt' }, offset: 0 }].reverse()),
    ],
    ['with an entry inside another', 'overlap', nested()],
    ['that packs past its end', 'structure', both({ packed: 10_000 })],
    ['that packs into the list', 'overlap', both({ packed: 40 })],
    ['with an entry past its end', 'structure', zip([{ ...a, offset: 10_000 }])],
    [
      'stored in another length',
      'size',
      zip([{ ...a, stored: true, local: { bytes: 8 }, central: { bytes: 8 } }]),
    ],
    ['with a folder that has content', 'size', zip([{ name: 'b/', content: 'x', central: FOLDER }])],
    ['that unpacks to less than it says', 'size', both({ bytes: 100 })],
    ['with another checksum', 'checksum', both({ crc: 1 })],
    [
      'stored with another checksum',
      'checksum',
      zip([{ ...a, stored: true, local: { crc: 1 }, central: { crc: 1 } }]),
    ],
    ['with damaged data', 'data', zip([{ ...a, packed: Buffer.from([7, 7, 7, 7]) }])],
    ['with data that is cut off', 'data', zip([{ ...a, packed: packed.subarray(0, -2) }])],
    [
      'with data after its data',
      'stray_bytes',
      zip([{ ...a, packed: Buffer.concat([packed, Buffer.from('xx')]) }]),
    ],
    [
      'with its length in 64 bits twice',
      'structure',
      both({ extra: numbers([2, 1], [2, 0], [2, 1], [2, 0]) }),
    ],
    [
      'listed with its length in 64 bits twice',
      'structure',
      zip([{ ...a, central: { extra: numbers([2, 1], [2, 0], [2, 1], [2, 0]) } }]),
    ],
    ['with a broken extra field', 'structure', both({ extra: numbers([2, 9], [2, 50]) })],
  ])('%s', async (_, flaw, bytes) => {
    expect(await faultOf(bytes)).toMatchObject({ path: PATH, code: 'bad_archive', flaw })
  })

  /** With another number of 16 bits, so far from the end. */
  function patched(bytes: Buffer, at: number, value: number): Buffer {
    bytes.writeUInt16LE(value, bytes.byteLength + at)
    return bytes
  }

  /** The first of two entries is taken out of the list. */
  function unlisted(): Buffer {
    const bytes = zip([b, a])
    const start = bytes.indexOf(numbers([4, 0x02014b50]))
    const second = bytes.indexOf(numbers([4, 0x02014b50]), start + 1)
    const list = bytes.subarray(second, bytes.byteLength - 22)
    const end = numbers([4, 0x06054b50], [4, 0], [2, 1], [2, 1], [4, list.byteLength], [4, start], [2, 0])
    return Buffer.concat([bytes.subarray(0, start), list, end])
  }

  /** A stored entry whose bytes are an archive with the other one, which the outer list names too. */
  function nested(): Buffer {
    const inner = zip([{ ...a, stored: true }])
    const outer = { name: 'outer.zip', content: inner, stored: true }
    return zip([outer, { ...a, stored: true, offset: 30 + 'outer.zip'.length }])
  }
})

describe('a bomb', () => {
  const zeros = Buffer.alloc(2_000_000)
  const bomb = zip([{ name: 'a.txt', content: zeros }])
  const digest: Asked = new Map([['a.txt', 'digest']])

  test.each<[string, Uint8Array, Partial<ArchiveLimits>, number, Asked?]>([
    ['a file that is denser than text', bomb, {}, LIMITS.free],
    ['the same for its digest', bomb, {}, LIMITS.free, digest],
    ['content past the limit', bomb, { ratio: 5000, content: 1_999_999 }, 1_999_999],
    ['content past what is held', bomb, { ratio: 5000, held: 1000 }, 1000],
    ['a digest past what is unpacked', bomb, { ratio: 5000, unpacked: 1000 }, 1000, digest],
    [
      'one that says it is small',
      zip([{ name: 'a.txt', content: zeros, local: { bytes: 9 }, central: { bytes: 9 } }]),
      {},
      LIMITS.free,
    ],
  ])('%s', async (_, bytes, limits, limit, asked = content('a.txt')) => {
    expect(await faultOf(bytes, asked, limits)).toEqual({
      path: PATH,
      code: 'unpacks_beyond',
      entry: 'a.txt',
      limit,
    })
  })

  test('several files share what is held', async () => {
    const bytes = zip(['a', 'b'].map((name) => ({ name, content: 'x'.repeat(600), stored: true })))

    expect(await faultOf(bytes, content('a', 'b'), { held: 1200 })).toBe('read')
    expect(await faultOf(bytes, content('a', 'b'), { held: 1199 })).toMatchObject({ entry: 'b', limit: 599 })
  })

  test('several digests share what is unpacked', async () => {
    const bytes = zip(['a', 'b'].map((name) => ({ name, content: 'x'.repeat(600), stored: true })))
    const asked: Asked = new Map([
      ['a', 'digest'],
      ['b', 'digest'],
    ])

    expect(await faultOf(bytes, asked, { unpacked: 1200 })).toBe('read')
    expect(await faultOf(bytes, asked, { unpacked: 1199 })).toMatchObject({ entry: 'b', limit: 599 })
  })

  test('a length that cannot be is refused although nothing is unpacked', async () => {
    const bytes = zip([{ name: 'a', content: 'x', stored: true, local: { bytes: 9 }, central: { bytes: 9 } }])

    expect(await faultOf(bytes, content())).toMatchObject({ code: 'bad_archive', flaw: 'size' })
  })

  test('what is not asked for is not unpacked', async () => {
    expect(await faultOf(bomb, content('b'))).toBe('read')
  })

  test('more entries than are read', async () => {
    const bytes = zip(Array.from({ length: 11 }, (_, index) => ({ name: `${index}` })))

    expect(await faultOf(bytes, content('1'), { entries: 10 })).toEqual({
      path: PATH,
      code: 'too_many',
      limit: 10,
    })
    expect(await faultOf(bytes, content('1'), { entries: 11 })).toBe('read')
  })

  test('a longer list than is read', async () => {
    const bytes = zip([{ name: 'a.txt', central: { comment: Buffer.alloc(5000) } }])

    expect(await faultOf(bytes, content('a.txt'), { directory: 5000 })).toMatchObject({ flaw: 'structure' })
    expect(await faultOf(bytes, content('a.txt'), { directory: 6000 })).toBe('read')
  })
})

describe('any archive', () => {
  const segment = fc.stringMatching(/^[a-z][a-z0-9.é-]{0,8}[a-z0-9]$/)
  const part = fc.record({
    name: fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
    content: fc.uint8Array({ maxLength: 300 }),
    stored: fc.boolean(),
    described: fc.constantFrom(undefined, 12, 16, 20, 24),
  })
  type Given = typeof part extends fc.Arbitrary<infer T> ? T : never
  const parts = fc.uniqueArray(part, {
    maxLength: 6,
    comparator: (one: string, other: string) =>
      one.normalize('NFC') === other.normalize('NFC') ||
      one.startsWith(`${other}/`) ||
      other.startsWith(`${one}/`),
    selector: ({ name }) => name,
  })
  const written = (given: readonly Given[]): Part[] =>
    given.map(({ described, ...rest }) => ({ ...rest, ...(described === undefined ? {} : { described }) }))

  test('that is honest is read as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.boolean(), async (given, in64) => {
        const bytes = zip(written(given), in64 ? { zip64: {} } : {})
        const { entries, files } = await opened(bytes, content(...given.map(({ name }) => name)))

        expect(entries.map(({ path }) => path)).toEqual(given.map(({ name }) => name))
        for (const { name, content } of given) {
          expect(Buffer.from(files.get(name)?.content ?? []).equals(content)).toBe(true)
          expect(files.get(name)?.sha256).toBe(sha256(content))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('that is damaged is refused, or says the same', async () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(parts, damage, async (given, changes) => {
        const bytes = zip(written(given))
        for (const [at, value] of changes) bytes[at % bytes.byteLength] = value
        const archive = await read(bytes, content(...given.map(({ name }) => name)))

        if ('problem' in archive) return
        for (const [name, file] of archive.files) {
          const honest = given.find((one) => one.name === name)?.content
          expect(Buffer.from(file.content ?? []).equals(Buffer.from(honest ?? [1]))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('that is cut off is refused', async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(), async (given, at) => {
        const bytes = zip(written(given))

        expect(await faultOf(bytes.subarray(0, at % bytes.byteLength))).toMatchObject({ code: 'bad_archive' })
      }),
      { numRuns: 60 },
    )
  })
})
