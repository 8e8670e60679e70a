export type Style = 'green' | 'red' | 'yellow' | 'bold' | 'dim'

/** What a view needs to know of the terminal; rendering itself never looks. */
export type Terminal = {
  readonly colour: (style: Style, text: string) => string
  /** Columns; sentences wrap there. */
  readonly width: number
}

/** A terminal without colours, for pipes and tests. */
export const PLAIN_TERMINAL: Terminal = { colour: (_, text) => text, width: 100 }

/** How much of a cell is shown, so that one long path does not push every row off the screen. */
const CELL = 48
/** A number with its interval and method is no path: cut in its middle, it would lose what the bound is. */
const PROSE = 80

/**
 * Rows of cells as aligned lines; a column that is empty everywhere takes no room. What does not fit into the terminal
 * stands on lines of its own, from the same column on in every row, behind `indent`.
 */
export function columns(
  rows: readonly (readonly string[])[],
  indent: string,
  { width: room }: Terminal,
): readonly (readonly string[])[] {
  const cut = rows.map((row) => row.map((text) => shortened(text, room - indent.length)))
  const count = Math.max(0, ...cut.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, index) =>
    cut.reduce((most, row) => Math.max(most, size(row[index] ?? '')), 0),
  )
  const lines = packed(widths, room - indent.length)
  return cut.map((row) => {
    const padded = row.map((text, index) => `${text}${' '.repeat((widths[index] ?? 0) - size(text))}`)
    const [first = '', ...more] = lines.map((line) =>
      line
        .map((index) => padded[index] ?? '')
        .join('  ')
        .trimEnd(),
    )
    return [first, ...more.filter((line) => line !== '').map((line) => `${indent}${line}`)]
  })
}

/** Which columns stand on one line, by their widths. */
function packed(widths: readonly number[], room: number): readonly (readonly number[])[] {
  const lines: number[][] = [[]]
  let taken = 0
  for (const [index, width] of widths.entries()) {
    if (width === 0) continue
    const line = lines.at(-1)
    if (line === undefined || (line.length > 0 && taken + 2 + width > room)) {
      lines.push([index])
      taken = width
    } else {
      taken += width + (line.length > 0 ? 2 : 0)
      line.push(index)
    }
  }
  return lines
}

/** Text in lines of at most the terminal's width, each behind `indent`; a word is never cut. */
export function wrapped(text: string, indent: string, { width }: Terminal): readonly string[] {
  const room = Math.max(20, width - indent.length)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && size(line) + 1 + size(word) > room) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].map((one) => `${indent}${one}`)
}

/** An entry of a list, in lines of at most the terminal's width. */
export function bullet(text: string, terminal: Terminal): readonly string[] {
  const [first = '', ...more] = wrapped(text, '    ', terminal)
  return [`  - ${first.slice(4)}`, ...more]
}

/** Cut in the middle: the end of a path says more than its start. */
export function shortened(text: string, room: number): string {
  const characters = Array.from(text)
  const most = Math.min(text.includes(' ') ? PROSE : CELL, room)
  if (most < 3) return ''
  if (characters.length <= most) return text
  const half = Math.floor((most - 1) / 2)
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`
}

function size(text: string): number {
  return Array.from(text).length
}
