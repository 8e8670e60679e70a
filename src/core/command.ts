import { suggest } from './suggest.ts'

/** What a command is about, as it was written: `model/criterion`, and `floor:` before an id of the floor. */
export type Named = { readonly model?: string; readonly criterion: string; readonly floor?: true }

/** What one line of a comment asks for. */
export type Command =
  | { readonly kind: 'recheck' }
  | { readonly kind: 'explain'; readonly on: Named }
  | { readonly kind: 'unwaive'; readonly on: Named }
  | { readonly kind: 'waive'; readonly on: Named; readonly until: string; readonly because: string }
  | { readonly kind: 'unclear'; readonly fault: Unclear }

/** Why a line that begins as a command is none. */
export type Unclear =
  | { readonly why: 'no_word' }
  | { readonly why: 'unknown_word'; readonly found: string; readonly suggestion?: Word }
  | { readonly why: 'no_criterion' | 'too_much'; readonly word: Word }
  | { readonly why: 'no_name'; readonly word: Word; readonly found: string }
  | { readonly why: 'no_until' | 'no_because'; readonly suggestion?: string }
  | { readonly why: 'no_day'; readonly found: string }
  | { readonly why: 'too_long'; readonly limit: number }
  | { readonly why: 'too_many'; readonly limit: number }

const WORDS = ['recheck', 'explain', 'waive', 'unwaive'] as const
export type Word = (typeof WORDS)[number]

/** So many commands of one comment are done, and no more. */
export const MOST_COMMANDS = 5
/** A reason is shown whole wherever it is shown. */
const LONGEST_REASON = 200
/** No line of a command is longer. */
const LONGEST_LINE = 1_000

/**
 * The lines of a comment that are commands: at the very start of a line, in none of a quote, a code block or what
 * is hidden from readers. One more than are done, so that it shows; each cut where no command goes on.
 */
export function commandLines(comment: string): readonly string[] {
  const lines: string[] = []
  let fence: string | undefined
  let hiddenUntil: string | undefined
  let isQuote = false
  let isCode = false
  for (const line of comment.split(/\r\n|\r|\n/)) {
    if (lines.length > MOST_COMMANDS) break
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined
      continue
    }
    if (hiddenUntil !== undefined) {
      if (line.toLowerCase().includes(hiddenUntil)) hiddenUntil = undefined
      continue
    }
    fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) continue
    hiddenUntil = hides(line)
    const isBlank = line.trim() === ''
    // What follows a quote without a blank line is shown as a part of it.
    isQuote = !isBlank && (isQuote || /^ {0,3}>/.test(line))
    if (!isQuote && !isCode && /^\/gonogo(?=\s|$)/.test(line)) lines.push(line.slice(0, LONGEST_LINE + 1))
    // Code in a line may go on in the next one of its paragraph.
    isCode = !isBlank && isCode !== (line.split('`').length % 2 === 0)
  }
  return lines
}

/** What ends a piece of HTML that shows what is in it as code, or not at all; undefined where none is left open. */
function hides(line: string): string | undefined {
  const text = line.toLowerCase()
  const ends = ['<!--', '<pre', '<code', '<template'].flatMap((start) => {
    const at = text.lastIndexOf(start)
    const end = start === '<!--' ? '-->' : `</${start.slice(1)}>`
    return at >= 0 && !text.includes(end, at) ? [end] : []
  })
  return ends[0]
}

function closes(line: string, fence: string): boolean {
  const found = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1]
  return found !== undefined && found[0] === fence[0] && found.length >= fence.length
}

/** What a comment asks for, in order. */
export function readCommands(comment: string): readonly Command[] {
  const lines = commandLines(comment)
  const commands = lines.slice(0, MOST_COMMANDS).map(readCommand)
  return lines.length > MOST_COMMANDS
    ? [...commands, unclear({ why: 'too_many', limit: MOST_COMMANDS })]
    : commands
}

function readCommand(line: string): Command {
  if (line.length > LONGEST_LINE) return unclear({ why: 'too_long', limit: LONGEST_LINE })
  const [, written = '', rest = ''] = /^\/gonogo\s*(\S*)\s*(.*?)\s*$/u.exec(line) ?? []
  if (written === '') return unclear({ why: 'no_word' })
  const word = WORDS.find((one) => one === written.toLowerCase())
  if (word === undefined) {
    const near = suggest(written, WORDS)
    const suggestion = WORDS.find((one) => one === near)
    return unclear({ why: 'unknown_word', found: written, ...(suggestion && { suggestion }) })
  }
  if (word === 'recheck') return rest === '' ? { kind: 'recheck' } : unclear({ why: 'too_much', word })
  const [, name = '', more = ''] = /^(\S*)\s*(.*)$/u.exec(rest) ?? []
  if (name === '' || /^(until|because)$/i.test(name)) return unclear({ why: 'no_criterion', word })
  const on = namedBy(name)
  if (on === undefined) return unclear({ why: 'no_name', word, found: name })
  if (word === 'waive') return readWaive(on, more)
  return more === '' ? { kind: word, on } : unclear({ why: 'too_much', word })
}

const NAME = /^(?:([a-z0-9][a-z0-9-]{0,63})\/)?(floor:)?([a-z0-9][a-z0-9-]{0,63})$/

/** Somebody may well put a name into backticks. */
function namedBy(written: string): Named | undefined {
  const [, model, floor, criterion] = NAME.exec(written.replace(/^`(.*)`$/, '$1')) ?? []
  if (criterion === undefined) return undefined
  return { criterion, ...(model !== undefined && { model }), ...(floor !== undefined && { floor: true }) }
}

function readWaive(on: Named, rest: string): Command {
  const [, first = '', day = '', second = '', because = ''] =
    /^(\S*)\s*(\S*)\s*(\S*)\s*(.*)$/u.exec(rest) ?? []
  if (first.toLowerCase() !== 'until') return unclear({ why: 'no_until', ...nearly(first, 'until') })
  if (!isDay(day)) return unclear({ why: 'no_day', found: day })
  if (second.toLowerCase() !== 'because') return unclear({ why: 'no_because', ...nearly(second, 'because') })
  if (!/[\p{L}\p{N}]/u.test(because)) return unclear({ why: 'no_because' })
  if (because.length > LONGEST_REASON) return unclear({ why: 'too_long', limit: LONGEST_REASON })
  return { kind: 'waive', on, until: day, because }
}

/** A day that is in the calendar, as 2026-09-01. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(text)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

function nearly(found: string, wanted: string): { readonly suggestion?: string } {
  return suggest(found, [wanted]) === undefined ? {} : { suggestion: wanted }
}

function unclear(fault: Unclear): Command {
  return { kind: 'unclear', fault }
}
