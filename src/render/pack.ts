import { bytes } from './clean.ts'
import { counted } from './numbers.ts'

/** A piece of Markdown that can be cut between its lines, and nowhere else. */
export type Block = {
  /** What stands above the lines wherever they go: a heading, the head of a table. */
  readonly head: string
  readonly lines: readonly string[]
  /** Who gets room first; reading order is the order of the blocks. */
  readonly rank: number
}

/** Where to find what did not fit: the end of a sentence. */
export type Elsewhere = string

/** Room that is kept for the sentences about what did not fit. */
const NOTE_BYTES = 160

/** The blocks in at most `limit` bytes and what is left; what does not fit is counted, never cut in silence. */
export function pack(
  blocks: readonly Block[],
  limit: number,
  elsewhere: Elsewhere,
): { readonly shown: string; readonly rest: readonly Block[] } {
  const whole = blocks.map(written).join('\n\n')
  if (bytes(whole) <= limit) return { shown: whole, rest: [] }

  const shares = share(blocks, limit - NOTE_BYTES)
  const parts = blocks.map((block, index) => ({ block, kept: shares.get(index) ?? 0 }))
  const rest = parts.flatMap(({ block, kept }) =>
    kept < block.lines.length ? [{ ...block, lines: block.lines.slice(kept) }] : [],
  )
  const left = rest.reduce((sum, block) => sum + block.lines.length, 0)
  const shown = parts.flatMap(({ block, kept }) => {
    if (kept === 0) return []
    const missing = block.lines.length - kept
    const note = missing === 0 ? '' : `\n\n… ${counted(missing, 'more line')} ${elsewhere}.`
    return [`${written({ ...block, lines: block.lines.slice(0, kept) })}${note}`]
  })
  return {
    shown: [...shown, `**${counted(left, 'line')} did not fit: ${elsewhere}.**`].join('\n\n'),
    rest,
  }
}

/** How many lines of each block fit, the first ranks first. */
function share(blocks: readonly Block[], limit: number): ReadonlyMap<number, number> {
  const order = blocks.map((block, index) => ({ block, index })).sort((a, b) => a.block.rank - b.block.rank)
  const kept = new Map<number, number>()
  let room = limit
  for (const { block, index } of order) {
    const whole = bytes(written(block)) + 2
    const lines = whole <= room ? block.lines.length : most(block, room - NOTE_BYTES)
    if (lines === 0) continue
    kept.set(index, lines)
    room -=
      lines === block.lines.length
        ? whole
        : NOTE_BYTES + bytes(written({ ...block, lines: block.lines.slice(0, lines) })) + 2
  }
  return kept
}

/** How many of a block's first lines fit. */
function most({ head, lines }: Block, room: number): number {
  let size = bytes(head) + 2
  const over = lines.findIndex((line) => {
    size += bytes(line) + 1
    return size > room
  })
  return over === -1 ? lines.length : over
}

function written({ head, lines }: Block): string {
  return [...(head === '' ? [] : [head]), ...lines].join('\n')
}
