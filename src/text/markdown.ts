import type { Heading, Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Block, Table } from '../core/passage.ts'
import type { Fault } from '../core/problem.ts'
import type { Section } from '../core/record.ts'
import { type Answered, answersIn, isOfAnswers, onlyAnswers } from './answers.ts'
import { blocksOf, MOST_BLOCKS } from './blocks.ts'
import { bare } from './inline.ts'
import { MAX_DEPTH } from './parsed.ts'
import { saysNothing, withoutPlaceholders } from './placeholders.ts'
import { shownLines } from './shown-lines.ts'
import { linesOfTables, tablesOf } from './tables.ts'
import { type Said, sayingWords, wordsIn } from './words.ts'

const MAX_MARKDOWN = 200_000
const MAX_HEADINGS = 5000
const MAX_UNDERLINES = 500
const MAX_MARKERS = 2000
const MAX_ITEM = 2000

/**
 * Blocks decide what is under a heading; of the inline syntax only code does. The rest is quadratic in
 * hostile text (half a minute for 200 KB of `a**b`), so it is not parsed.
 */
const BLOCKS_ONLY = {
  disable: {
    null: [
      'attention',
      'autolink',
      'definition',
      'htmlText',
      'labelStartImage',
      'labelStartLink',
      'labelEnd',
    ],
  },
}

/**
 * The YAML between two lines of `---` at the very top, and the rest. Both keep their line numbers of the whole
 * file: what is cut off before them stays as empty lines.
 */
export function splitFrontMatter(text: string): { readonly front?: string; readonly body: string } {
  const opening = /^---[ \t]*\r?\n/.exec(text)
  if (!opening) return { body: text }
  const closing = /^---[ \t]*\r?$/gm
  closing.lastIndex = opening[0].length
  const end = closing.exec(text)
  if (!end) return { body: text }
  const body = text.slice(end.index + end[0].length)
  const above = text.slice(0, end.index).split('\n').length - 1
  return { front: `\n${text.slice(opening[0].length, end.index)}`, body: '\n'.repeat(above) + body }
}

type Chunk = {
  readonly title: string
  readonly depth: number
  readonly line: number
  words: number
  said: string
  begins?: number
  placeholder?: string
  /** An answer of a table that says nothing. */
  bare?: string
}

/** Sections, and beside each what it says and where that begins; those that say nothing begin at their heading. Blocks are what is written outside tables; lines all of the text, those of code empty. */
export type Sectioned = {
  readonly sections: readonly Section[]
  readonly said: readonly Said[]
  readonly blocks: readonly Block[]
  readonly lines: readonly string[]
  readonly tables: readonly Table[]
  readonly answers: readonly Answered[]
  readonly fault?: Fault
}

/**
 * Every heading with what stands under it, sub-headings included, in order. Words are those of prose, lists,
 * tables and code, outside comments, HTML and placeholders; a heading or an image is no word, nor is the question of a
 * table of questions and answers, nor an answer such as `None`.
 */
export function sectionsOf(text: string): Sectioned {
  if (text.length > MAX_MARKDOWN)
    return failed({ code: 'too_large', bytes: text.length, limit: MAX_MARKDOWN })
  const bomb = bombIn(text)
  if (bomb) return failed(bomb)
  try {
    const answered = onlyAnswers(text)
    const root = fromMarkdown(answered, { extensions: [BLOCKS_ONLY] })
    const chunks = chunksOf(root)
    if (chunks.length > MAX_HEADINGS) return failed({ code: 'too_many', limit: MAX_HEADINGS })
    const answers = answersIn(text)
    for (const { answer, line } of answers)
      if (saysNothing(answer)) {
        const chunk = chunks.findLast((one) => one.line < line)
        if (chunk) chunk.bare ??= answer.slice(0, 40)
      }
    const lines = shownLines(text, root)
    const tables = tablesOf(lines)
    const blocks = blocksOf(root, linesOfTables(tables.filter((table) => !isOfAnswers(table))))
    if (blocks.length > MOST_BLOCKS) return failed({ code: 'too_many', limit: MOST_BLOCKS })
    const read = chunks.map((chunk, index) => section(chunk, under(chunks, index)))
    return {
      sections: read.map((one) => one.section),
      said: read.map((one) => one.said),
      ...{ blocks, answers, lines, tables },
    }
  } catch (error) {
    // Attacker-controlled nesting: both the parser and `textOf` are recursive.
    if (error instanceof RangeError) return failed({ code: 'too_deep', limit: MAX_DEPTH })
    throw error
  }
}

function failed(fault: Fault): Sectioned {
  return { sections: [], said: [], blocks: [], lines: [], tables: [], answers: [], fault }
}

/** Attacker-controlled structure, seen before the parser: it is quadratic in depth, in underlined headings and in items of lists and quotes. */
function bombIn(text: string): Fault | undefined {
  let all = 0
  for (const [prefix] of text.matchAll(/^(?:[ \t]|>|[-+*][ \t]|\d{1,9}[.)][ \t])+/gm)) {
    const markers = prefix.match(/>|[-+*][ \t]|[.)]/g)?.length ?? 0
    const indent = /^[ \t]*/.exec(prefix)?.[0].length ?? 0
    if (markers > MAX_DEPTH || (markers > 0 && indent > 2 * MAX_DEPTH))
      return { code: 'too_deep', limit: MAX_DEPTH }
    all += markers
  }
  if (longestItem(text) > MAX_ITEM) return { code: 'too_many', limit: MAX_ITEM }
  if (all > MAX_MARKERS) return { code: 'too_many', limit: MAX_MARKERS }
  const underlines = text.match(/^ {0,3}(?:=+|-+)[ \t]*\r?$/gm)?.length ?? 0
  return underlines > MAX_UNDERLINES ? { code: 'too_many', limit: MAX_UNDERLINES } : undefined
}

/** The most lines of a list or a quote, which go on until a line that is not indented follows an empty one. */
function longestItem(text: string): number {
  let [longest, lines, isEmpty] = [0, 0, false]
  for (const line of text.split('\n')) {
    const isMarked = /^[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])/.test(line)
    if (isEmpty && !isMarked && /^\S/.test(line)) lines = 0
    if (isMarked || lines > 0) lines += 1
    longest = Math.max(longest, lines)
    isEmpty = line.trim() === ''
  }
  return longest
}

function chunksOf(root: Root): readonly Chunk[] {
  const chunks: Chunk[] = []
  for (const node of root.children) {
    const chunk = chunks.at(-1)
    if (node.type === 'heading') {
      const line = node.position?.start.line ?? 1
      chunks.push({ title: titleOf(node), depth: node.depth, line, words: 0, said: '' })
    } else if (chunk) {
      const { words, said, placeholder } = count(node)
      chunk.words += words
      if (words > 0) {
        chunk.said += ` ${said}`
        chunk.begins ??= node.position?.start.line ?? chunk.line
      }
      if (placeholder !== undefined) chunk.placeholder ??= placeholder
    }
  }
  return chunks
}

type Counted = { readonly words: number; readonly said: string; readonly placeholder?: string }

function count(node: RootContent): Counted {
  const { prose, code } = textOf(node)
  const read = withoutPlaceholders(bare(prose), 'prose')
  const shown = withoutPlaceholders(code, 'code')
  const placeholder = read.first ?? shown.first
  const said = [read.rest, shown.rest].join(' ')
  return { words: wordsIn(said), said, ...(placeholder === undefined ? {} : { placeholder }) }
}

function titleOf(node: Heading): string {
  const written = node.children.map((child) => ('value' in child ? child.value : '')).join('')
  const plain = bare(written.slice(0, 1000)).replaceAll(/[*`]|\b_+|_+\b/g, '')
  return plain.trim().replaceAll(/\s+/g, ' ').slice(0, 200)
}

function textOf(node: Nodes): { readonly prose: string; readonly code: string } {
  if (node.type === 'text') return { prose: node.value, code: '' }
  if (node.type === 'inlineCode' || node.type === 'code') return { prose: '', code: `${node.value}\n` }
  if (node.type === 'break') return { prose: '\n', code: '' }
  if (!('children' in node)) return { prose: '', code: '' }
  const parts = node.children.map(textOf)
  const between = node.type === 'paragraph' ? '' : '\n'
  return {
    prose: parts.map(({ prose }) => prose).join(between),
    code: parts.map(({ code }) => code).join(''),
  }
}

function under(chunks: readonly Chunk[], index: number): readonly Chunk[] {
  const depth = chunks[index]?.depth ?? 0
  const end = chunks.findIndex((chunk, at) => at > index && chunk.depth <= depth)
  return chunks.slice(index, end === -1 ? undefined : end)
}

function section(
  { title, line, words: own, said }: Chunk,
  chunks: readonly Chunk[],
): { readonly section: Section; readonly said: Said } {
  const words = chunks.reduce((sum, chunk) => sum + chunk.words, 0)
  const open = chunks.find((chunk) => chunk.placeholder !== undefined)?.placeholder
  // Among answers that say something, one that does not is an answer.
  const bare = words > 0 ? undefined : chunks.find((chunk) => chunk.bare !== undefined)?.bare
  const placeholder = open ?? bare
  const isWhole = own === words
  const text = chunks.map((chunk) => chunk.said).join(' ')
  return {
    section: {
      title,
      line,
      words: sayingWords(words, text),
      ...(isWhole ? {} : { own: sayingWords(own, said) }),
      ...(placeholder === undefined ? {} : { placeholder }),
    },
    said: {
      text,
      begins: chunks.find(({ begins }) => begins !== undefined)?.begins ?? line,
    },
  }
}
