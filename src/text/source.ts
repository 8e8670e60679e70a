/** The bytes of a file: whole, or in pieces that can be gone through again and are never all in memory. */
export type Bytes = Uint8Array | Pieces
export type Pieces = { readonly size: number; readonly pieces: () => Iterable<Uint8Array> }

export function sizeOf(source: Bytes): number {
  return source instanceof Uint8Array ? source.byteLength : source.size
}

export function piecesOf(source: Bytes): Iterable<Uint8Array> {
  return source instanceof Uint8Array ? [source] : source.pieces()
}
