const BLOCK = 512
const [CHECKSUM, CHECKSUM_END] = [148, 156]
const SPACE = 0x20

/**
 * Whether Python opens a file as a tar archive: nothing tells one but the sum of the bytes of its first header, which older
 * ones have and no word `ustar`. CPython, Lib/tarfile.py, `nti`, `calc_chksums` and `frombuf`.
 */
export function isTar(head: Uint8Array): boolean {
  if (head.length < BLOCK) return false
  const said = numberIn(head.subarray(CHECKSUM, CHECKSUM_END))
  let [plain, signed] = [0, 0]
  for (let index = 0; index < BLOCK; index += 1) {
    const byte = index >= CHECKSUM && index < CHECKSUM_END ? SPACE : (head[index] ?? 0)
    plain += byte
    signed += byte < 0x80 ? byte : byte - 0x100
  }
  return said === plain || said === signed
}

/** A number of a header: of bytes behind a byte that says so, or an octal text up to a NUL, as Python's `int` takes it. */
function numberIn(field: Uint8Array): number | undefined {
  const [first = 0, ...rest] = field
  if (first === 0x80 || first === 0xff) {
    const value = rest.reduce((sum, byte) => sum * 256 + byte, 0)
    return first === 0x80 ? value : value - 256 ** rest.length
  }
  const spaced = field.map((byte) => (byte >= 0x1c && byte <= 0x1f ? SPACE : byte))
  const [text = ''] = Buffer.from(spaced).toString('latin1').split('\0')
  const [, sign, digits] = OCTAL.exec(text) ?? []
  if (digits === undefined) return text.trim() === '' ? 0 : undefined
  return Number.parseInt(digits.replaceAll('_', ''), 8) * (sign === '-' ? -1 : 1)
}

/** Eight bytes at most. Python takes a sign, a prefix and underscores. */
const OCTAL = /^\s*([+-]?)(?:0[oO]_?)?([0-7]+(?:_[0-7]+)*)\s*$/
