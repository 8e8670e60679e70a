import type { Nodes, Root } from 'mdast'
import { withoutComments } from './inline.ts'

/** The lines of a text that its reader sees as text or HTML: those of code are empty, and comments are out of theirs. */
export function shownLines(text: string, root: Root): readonly string[] {
  const lines = text.split(/\r?\n/)
  const walk = (node: Nodes): void => {
    const { start, end } = node.position ?? {}
    if (start && end && (node.type === 'code' || node.type === 'html')) {
      const own = lines.slice(start.line - 1, end.line)
      const left = node.type === 'code' ? own.map(() => '') : withoutComments(own.join('\n')).split('\n')
      lines.splice(start.line - 1, left.length, ...left)
    }
    if ('children' in node) node.children.forEach(walk)
  }
  walk(root)
  return lines
}
