import { describe, expect, test } from 'vitest'
import { htmlBlocks } from '../../src/text/html-words.ts'

const said = (html: string) =>
  htmlBlocks(html, 5, 'Results').map(({ text, line, lead }) => [text, line, lead])

describe('words in HTML', () => {
  test.each<readonly [string, readonly (readonly [string, number, string])[]]>([
    ['<p align="center">Accuracy: <b>0.99</b></p>', [['Accuracy: 0.99', 5, 'Results']]],
    [
      '<ul>\n<li>Accuracy: 0.99</li>\n<li>F1: 0.9\n</ul>',
      [
        ['Accuracy: 0.99', 6, 'Results'],
        ['F1: 0.9', 7, 'Results'],
      ],
    ],
    [
      '<dl><dt>Accuracy<dd>0.99<dt>F1<dd>0.9</dl>',
      [
        ['Accuracy', 5, 'Results'],
        ['0.99', 5, 'Accuracy:'],
        ['F1', 5, 'Accuracy:'],
        ['0.9', 5, 'F1:'],
      ],
    ],
    [
      '<dl><dt>Accuracy</dt><dd>0.99</dd></dl>',
      [
        ['Accuracy', 5, 'Results'],
        ['0.99', 5, 'Accuracy:'],
      ],
    ],
    ['<pre>Accuracy: 0.5</pre><p>Accuracy: <del>0.5</del> 0.9</p>', [['Accuracy: 0.9', 5, 'Results']]],
    ['Accuracy&nbsp;0.99&#37;', [['Accuracy 0.99%', 5, 'Results']]],
    ['0.99<sup>1</sup> accuracy', [['0.99 accuracy', 5, 'Results']]],
    ['<table><tr><td>Accuracy: 0.99</td></tr></table>after', [['after', 5, 'Results']]],
    ['<td>Accuracy: 0.99</td>', []],
    ['<script>let a = 0.99</script><!-- Accuracy: 0.99 -->', []],
    ['&#x110000;&unknown; a < b', [['&#x110000;&unknown; a < b', 5, 'Results']]],
  ])('%s', (html, blocks) => {
    expect(said(html)).toEqual(blocks)
  })
})
