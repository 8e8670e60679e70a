import type { Nodes, Root } from 'mdast'
import type { Block } from '../core/passage.ts'
import { htmlBlocks } from './html-words.ts'
import { bare, withoutEmphasis } from './inline.ts'

/** One more is given, for it to be said. */
export const MOST_BLOCKS = 10_000
/** So much of what leads to a block is looked at. */
const MOST_OF_LEAD = 400

/**
 * The paragraphs and headings of a parsed text; code is none, nor are tables in HTML or the lines that are `not` of a
 * paragraph. It may throw a `RangeError` for what is too deep.
 */
export function blocksOf(root: Root, not: ReadonlySet<number>): readonly Block[] {
  const blocks: Block[] = []
  const walk = (node: Nodes, lead: string): void => {
    if (!('children' in node)) return
    let before = lead
    for (const child of node.children) {
      if (blocks.length > MOST_BLOCKS) return
      if (child.type === 'heading') {
        const text = shown(child)
        before = text.slice(0, MOST_OF_LEAD)
        blocks.push({ text, line: child.position?.start.line ?? 1, lead: '' })
      } else if (child.type === 'paragraph') {
        const line = child.position?.start.line ?? 1
        const text = withoutLines(shown(child), line, not)
        if (text.trim() === '') continue
        blocks.push({ text, line, lead: before })
        if (node.type === 'listItem' || text.trimEnd().endsWith(':'))
          before = text.length <= MOST_OF_LEAD ? text : `${text.slice(0, MOST_OF_LEAD)}:`
      } else if (child.type === 'html') {
        blocks.push(...htmlBlocks(child.value, child.position?.start.line ?? 1, before))
      } else walk(child, before)
    }
  }
  walk(root, '')
  return blocks
}

function withoutLines(text: string, first: number, not: ReadonlySet<number>): string {
  const lines = text.split('\n')
  return lines.map((words, index) => (not.has(first + index) ? '' : words)).join('\n')
}

function shown(node: Nodes): string {
  return withoutEmphasis(bare(wordsOf(node)))
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value
  if (node.type === 'break') return '\n'
  return 'children' in node ? node.children.map(wordsOf).join('') : ''
}
