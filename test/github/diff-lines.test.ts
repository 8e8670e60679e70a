import { expect, test } from 'vitest'
import { shownLines } from '../../src/github/diff-lines.ts'

test.each<readonly [string, string | undefined, readonly number[]]>([
  ['no patch, as of a binary file', undefined, []],
  ['a new file', '@@ -0,0 +1,3 @@\n+a\n+b\n+c', [1, 2, 3]],
  ['a line changed amid context', '@@ -8,3 +8,3 @@ heading\n one\n-two\n+zwei\n three', [8, 9, 10]],
  ['two hunks', '@@ -1 +1 @@\n-a\n+b\n@@ -10,2 +10,3 @@\n x\n+y\n z', [1, 10, 11, 12]],
  ['lines that only went', '@@ -4,2 +3,0 @@\n-a\n-b', []],
  ['no newline at the end', '@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file', [1]],
  ['an added line that looks like a hunk', '@@ -1,1 +1,2 @@\n a\n+@@ -9,9 +9,9 @@', [1, 2]],
  ['no hunk at all', 'nonsense', []],
])('%s', (_, patch, lines) => {
  expect([...shownLines(patch)]).toEqual(lines)
})
