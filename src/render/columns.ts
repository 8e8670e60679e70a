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

/** Rows of cells as aligned lines; a column that is empty everywhere takes no room. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const cut = rows.map((row) => row.map((text) => shortened(text)))
  const count = Math.max(0, ...cut.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, index) =>
    cut.reduce((most, row) => Math.max(most, size(row[index] ?? '')), 0),
  )
  return cut.map((row) =>
    row
      .flatMap((text, index) => {
        const width = widths[index] ?? 0
        return width === 0 ? [] : [`${text}${' '.repeat(width - size(text))}`]
      })
      .join('  ')
      .trimEnd(),
  )
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
function shortened(text: string): string {
  const characters = Array.from(text)
  const most = text.includes(' ') ? PROSE : CELL
  if (characters.length <= most) return text
  const half = Math.floor((most - 1) / 2)
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`
}

function size(text: string): number {
  return Array.from(text).length
}
