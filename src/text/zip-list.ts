/** `stored`: its bytes as they lie there; absent where they are packed. */
export type ListedEntry = { readonly name: string; readonly stored?: Uint8Array }
type List = { readonly count: number; readonly size: number; readonly start: number }

const [END, END_BYTES, LOCATOR, LOCATOR_BYTES] = [0x06054b50, 22, 0x07064b50, 20]
const [END64, END64_BYTES, LISTED, LISTED_BYTES] = [0x06064b50, 56, 0x02014b50, 46]
const [LOCAL, LOCAL_BYTES] = [0x04034b50, 30]
const [UTF8, UNICODE_PATH] = [0x800, 0x7075]
const [FULL_16, FULL_32] = [0xffff, 0xffffffff]

/**
 * The entries of an archive by name, in order, if every reader finds the same list of them: one at the end of the file,
 * without a comment, on one disk, of as many entries as both its counts say, and a second end of ZIP64 only if it says the
 * same. Readers of Python take the list that stands before its end, as far as its size goes, and prefer ZIP64; others go by
 * its place and one of its counts. `names`: one of them has a name, or lies at a place, that readers read differently.
 * APPNOTE.TXT 4.3.7 and 4.3.12 to 4.3.16.
 */
export function straightList(bytes: Uint8Array): readonly ListedEntry[] | 'names' | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = placeOf(view)
  if (found === undefined) return undefined
  const { list, end } = found
  if (list.start + list.size !== end) return undefined
  const entries: ListedEntry[] = []
  let at = list.start
  for (let index = 0; index < list.count; index += 1) {
    if (at + LISTED_BYTES > end || view.getUint32(at, true) !== LISTED) return undefined
    const { entry, next } = entryAt(bytes, view, at)
    if (entry !== undefined) entries.push(entry)
    at = next
    if (at > end) return undefined
  }
  if (at !== end) return undefined
  return entries.length === list.count ? entries : 'names'
}

function placeOf(view: DataView): { readonly list: List; readonly end: number } | undefined {
  const end = view.byteLength - END_BYTES
  if (end < 0 || view.getUint32(end, true) !== END || view.getUint16(end + 20, true) !== 0) return undefined
  const [disk, ofList, here, count] = [4, 6, 8, 10].map((at) => view.getUint16(end + at, true))
  const [size = 0, start = 0] = [12, 16].map((at) => view.getUint32(end + at, true))
  if (count === undefined || here !== count) return undefined
  const locator = end - LOCATOR_BYTES
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR)
    return disk === 0 && ofList === 0 ? { list: { count, size, start }, end } : undefined
  const at = locator - END64_BYTES
  const long = (from: number): number => Number(view.getBigUint64(from, true))
  const isPlaced =
    at >= 0 &&
    view.getUint32(at, true) === END64 &&
    long(at + 4) === END64_BYTES - 12 &&
    view.getUint32(locator + 4, true) === 0 &&
    long(locator + 8) === at &&
    view.getUint32(locator + 16, true) === 1
  if (!isPlaced || view.getUint32(at + 16, true) !== 0 || view.getUint32(at + 20, true) !== 0)
    return undefined
  const list = { count: long(at + 32), size: long(at + 40), start: long(at + 48) }
  const same =
    [disk, ofList].every((one) => one === 0 || one === FULL_16) &&
    long(at + 24) === list.count &&
    [FULL_16, list.count].includes(count) &&
    [FULL_32, list.size].includes(size) &&
    [FULL_32, list.start].includes(start)
  return same ? { list, end: at } : undefined
}

/** An entry of the list that lies at `at`; none where not every reader reads the same of it. */
function entryAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
): { readonly entry?: ListedEntry; readonly next: number } {
  const [flags = 0, method, length = 0, more = 0, comment = 0] = [8, 10, 28, 30, 32].map((from) =>
    view.getUint16(at + from, true),
  )
  const [packed = 0, size, from = 0] = [20, 24, 42].map((one) => view.getUint32(at + one, true))
  const text = at + LISTED_BYTES
  const next = text + length + more + comment
  const written = bytes.subarray(text, text + length)
  const name = nameOf(written, (flags & UTF8) !== 0)
  // Sizes and places of ZIP64 are not read by everybody from the same field.
  const isPlain = [packed, size, from].every((one) => one !== FULL_32)
  const begin = isNamedOnce(bytes.subarray(text + length, text + length + more))
    ? beginOf(bytes, view, from, written)
    : undefined
  if (!isPlain || name === undefined || begin === undefined) return { next }
  return { entry: { name, ...(method === 0 && { stored: bytes.subarray(begin, begin + packed) }) }, next }
}

/** A name as it is written; Python cuts one off at a NUL, and takes a backslash for a slash on some machines. */
function nameOf(bytes: Uint8Array, isUtf8: boolean): string | undefined {
  if (!isUtf8 && bytes.some((byte) => byte >= 0x80)) return undefined
  if (bytes.length === 0 || bytes.some((byte) => byte < 0x20 || byte === 0x7f || byte === 0x5c))
    return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Whether the extra fields of an entry can be gone over, and give it no second name (APPNOTE.TXT 4.6.9). */
function isNamedOnce(extra: Uint8Array): boolean {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength)
  let at = 0
  while (at + 4 <= extra.length) {
    if (view.getUint16(at, true) === UNICODE_PATH) return false
    at += 4 + view.getUint16(at + 2, true)
  }
  return at === extra.length
}

/** Where the bytes of an entry begin, if it lies where the list says, under the same name. */
function beginOf(bytes: Uint8Array, view: DataView, at: number, name: Uint8Array): number | undefined {
  if (at + LOCAL_BYTES > bytes.length || view.getUint32(at, true) !== LOCAL) return undefined
  const length = view.getUint16(at + 26, true)
  const text = at + LOCAL_BYTES
  const same = length === name.length && name.every((byte, index) => bytes[text + index] === byte)
  return same ? text + length + view.getUint16(at + 28, true) : undefined
}

/**
 * Two of these names that some reader takes for one, if there are any; undefined where there are none. With `folded`, letters
 * are compared as who looks an entry up does that takes no notice of their case.
 */
export function sameName(names: readonly string[], folded: boolean): string | undefined {
  const seen = new Set<string>()
  for (const name of names) {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
    const plain = parts.join('/')
    const key = folded ? plain.normalize('NFKC').toLowerCase() : plain
    if (seen.has(key)) return name
    seen.add(key)
  }
  return undefined
}
