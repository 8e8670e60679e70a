import { clean } from './clean.ts'

const ZERO_WIDTH = '\u200b'

/** Text in which nobody is mentioned: entities still mention after GitHub decodes them, so they are decoded first. */
export function mentionSafe(text: string): string {
  return text
    .replace(/&(?:#0*64|#x0*40|commat);?/gi, '@')
    .replace(/[@＠](?!\u200b)/gu, (at) => `${at}${ZERO_WIDTH}`)
}

/** Text as Markdown prose that shows as it was written: no markup, mention, reference, link or image. */
export function escaped(text: string, limit?: number): string {
  return (
    broken(mentionSafe(clean(text, limit)))
      .replace(/#(?=\w)/g, `#${ZERO_WIDTH}`)
      .replace(/\bGH-(?=\d)/gi, (reference) => `${reference.slice(0, 2)}${ZERO_WIDTH}-`)
      .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH}`)
      .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}${ZERO_WIDTH}.`)
      .replace(
        /\b(?=\d*[a-f])[0-9a-f]{7,}\b/gi,
        (commit) => `${commit.slice(0, 6)}${ZERO_WIDTH}${commit.slice(6)}`,
      )
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/[\\`*_[\]~>$]/g, '\\$&')
      // What only counts at the start of a line.
      .replace(/^(?:#|[-+](?=\s|$)|[-=](?=[-=\s]*$))/, '\\$&')
      .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
  )
}

/**
 * Text as a Markdown code span that it cannot leave. `<` shows as `‹`, so that no raw tag stands in the
 * output even for a renderer that reads code spans differently.
 */
export function code(text: string, limit?: number): string {
  const shown =
    broken(mentionSafe(clean(text, limit)))
      .replace(/</g, '‹')
      .replace(/>/g, '›') || '(empty)'
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** A cell's Markdown, unable to end its cell or its row. */
function cell(markdown: string): string {
  return markdown
    .replace(/[\r\n]+/g, ' ')
    .replace(/\\(?=\|)/g, `\\${ZERO_WIDTH}`)
    .replace(/\|/g, '\\|')
}

/** One row of a table from cells that are Markdown already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`
}

/** The two lines that open a table. */
export function tableHead(header: readonly string[]): string {
  return `${tableRow(header)}\n|${header.map(() => ' --- |').join('')}`
}

/** A table from cells that are Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableHead(header), ...rows.map(tableRow)].join('\n')
}

/** Links and images taken apart. */
function broken(text: string): string {
  return text.replace(/\](?=[([])/g, `]${ZERO_WIDTH}`).replace(/!(?=\[)/g, `!${ZERO_WIDTH}`)
}
