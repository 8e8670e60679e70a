import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of a ZIP that is written by hand; each field can be made to lie, in the header, in the list, or in both. */
export type Part = {
  readonly name: string | Uint8Array
  readonly content?: string | Uint8Array
  readonly stored?: boolean
  /** Sizes and checksum stand after the bytes: so many bytes, as 32 or 64 bits, with or without a signature. */
  readonly described?: 12 | 16 | 20 | 24
  /** What stands after the bytes says this instead. */
  readonly descriptor?: {
    readonly signature?: number
    readonly crc?: number
    readonly packed?: number
    readonly bytes?: number
  }
  /** The packed bytes themselves, whatever the content is. */
  readonly packed?: Uint8Array
  readonly local?: Fields
  readonly central?: Fields
  /** Bytes before the entry. */
  readonly before?: Uint8Array
  /** Where the list says that the entry begins. */
  readonly offset?: number
}

type Fields = {
  readonly name?: string
  readonly madeBy?: number
  readonly flags?: number
  readonly method?: number
  readonly crc?: number
  readonly packed?: number
  readonly bytes?: number
  readonly attributes?: number
  readonly extra?: Uint8Array
  readonly comment?: Uint8Array
}

export type Whole = {
  readonly beforeList?: Uint8Array
  readonly afterList?: Uint8Array
  readonly comment?: string
  readonly trailing?: Uint8Array
  /** Fields of the end record. */
  readonly end?: {
    readonly disk?: number
    /** The disk on which the list begins. */
    readonly listDisk?: number
    readonly count?: number
    /** How many entries this disk has. */
    readonly here?: number
    readonly size?: number
    readonly start?: number
  }
  /** Writes the 64-bit end record, with these fields in place of the true ones. */
  readonly zip64?: {
    readonly count?: number
    readonly here?: number
    readonly start?: number
    readonly at?: number
    readonly disk?: number
    readonly listDisk?: number
    readonly disks?: number
    readonly locatorDisk?: number
    readonly length?: number
  }
}

const UTF8 = 0x800
const UNIX_FILE = { madeBy: 0x0314, attributes: 0o100644 * 0x10000 }

/** A ZIP with these parts; an honest one where nothing is made to lie. */
export function zip(parts: readonly Part[], whole: Whole = {}): Buffer {
  const body: Uint8Array[] = []
  const list: Uint8Array[] = []
  let at = 0
  const add = (bytes: Uint8Array): void => {
    body.push(bytes)
    at += bytes.byteLength
  }
  for (const part of parts) {
    add(part.before ?? new Uint8Array())
    const { bytes, record } = written(part, at)
    add(bytes)
    list.push(record)
  }
  add(whole.beforeList ?? new Uint8Array())
  const start = at
  const size = list.reduce((sum, record) => sum + record.byteLength, 0)
  const rest = [...list, whole.afterList ?? new Uint8Array()]
  const end = start + size + (whole.afterList?.byteLength ?? 0)
  return Buffer.concat([
    ...body,
    ...rest,
    ...(whole.zip64 ? [end64({ count: parts.length, size, start, end }, whole.zip64)] : []),
    endOf({ count: parts.length, size, start }, whole),
    whole.trailing ?? new Uint8Array(),
  ])
}

function written(part: Part, at: number): { readonly bytes: Buffer; readonly record: Buffer } {
  const content = Buffer.from(part.content ?? '')
  const packed = Buffer.from(part.packed ?? (part.stored ? content : deflateRawSync(content)))
  const name = Buffer.from(part.name)
  const described = part.described !== undefined
  const honest = {
    flags: (name.every((byte) => byte < 0x80) ? 0 : UTF8) | (described ? 8 : 0),
    method: part.stored ? 0 : 8,
    crc: crc32(content),
    packed: packed.byteLength,
    bytes: content.byteLength,
  }
  const head = { ...honest, ...(described ? { crc: 0, packed: 0, bytes: 0 } : {}), ...part.local }
  const listed = { ...UNIX_FILE, ...honest, ...part.central }
  return {
    bytes: Buffer.concat([
      numbers(
        [4, 0x04034b50],
        ...common(head),
        [2, nameOf(name, part.local).byteLength],
        [2, head.extra?.byteLength ?? 0],
      ),
      nameOf(name, part.local),
      head.extra ?? new Uint8Array(),
      packed,
      part.described ? descriptor(part.described, { ...honest, ...part.descriptor }) : new Uint8Array(),
    ]),
    record: Buffer.concat([
      numbers([4, 0x02014b50], [2, listed.madeBy], ...common(listed), [
        2,
        nameOf(name, part.central).byteLength,
      ]),
      numbers([2, listed.extra?.byteLength ?? 0], [2, listed.comment?.byteLength ?? 0], [2, 0], [2, 0]),
      numbers([4, listed.attributes], [4, part.offset ?? at]),
      nameOf(name, part.central),
      listed.extra ?? new Uint8Array(),
      listed.comment ?? new Uint8Array(),
    ]),
  }
}

const nameOf = (name: Buffer, { name: other }: Fields = {}): Buffer =>
  other === undefined ? name : Buffer.from(other)

type Common = {
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly bytes: number
}
const common = ({ flags, method, crc, packed, bytes }: Common): readonly Field[] => [
  [2, 20],
  [2, flags],
  [2, method],
  [4, 0],
  [4, crc],
  [4, packed],
  [4, bytes],
]

function descriptor(
  length: 12 | 16 | 20 | 24,
  { signature: sign = 0x08074b50, crc, packed, bytes }: Common & { readonly signature?: number },
): Buffer {
  const width = length >= 20 ? 8 : 4
  const signature: readonly Field[] = length === 16 || length === 24 ? [[4, sign]] : []
  return numbers(...signature, [4, crc], [width, packed], [width, bytes])
}

function end64(
  truth: { readonly count: number; readonly size: number; readonly start: number; readonly end: number },
  lie: NonNullable<Whole['zip64']>,
): Buffer {
  const count = lie.count ?? truth.count
  return numbers(
    ...([
      [4, 0x06064b50],
      [8, lie.length ?? 44],
      [2, 45],
      [2, 45],
      [4, lie.disk ?? 0],
      [4, lie.listDisk ?? 0],
    ] as const),
    ...([
      [8, lie.here ?? count],
      [8, count],
      [8, truth.size],
      [8, lie.start ?? truth.start],
    ] as const),
    ...([
      [4, 0x07064b50],
      [4, lie.locatorDisk ?? 0],
      [8, lie.at ?? truth.end],
      [4, lie.disks ?? 1],
    ] as const),
  )
}

function endOf(
  truth: { readonly count: number; readonly size: number; readonly start: number },
  whole: Whole,
): Buffer {
  const full = whole.zip64 ? { count: 0xffff, size: 0xffffffff, start: 0xffffffff } : {}
  const { count, size, start, disk = 0, listDisk = disk, here = count } = { ...truth, ...full, ...whole.end }
  const comment = Buffer.from(whole.comment ?? '')
  return Buffer.concat([
    numbers([4, 0x06054b50], [2, disk], [2, listDisk], [2, here], [2, count], [4, size], [4, start]),
    numbers([2, comment.byteLength]),
    comment,
  ])
}

type Field = readonly [width: 2 | 4 | 8, value: number]

/** Numbers as ZIP has them, the lowest byte first. */
export function numbers(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigUInt64LE(BigInt(value))
      return bytes.subarray(0, width)
    }),
  )
}
