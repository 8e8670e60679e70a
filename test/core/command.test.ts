import { describe, expect, test } from 'vitest'
import { type Command, commandLines, MOST_COMMANDS, readCommands } from '../../src/core/command.ts'

const accuracy = { criterion: 'accuracy' }
const unclear = (fault: object) => ({ kind: 'unclear', fault })
const WAIVE = '/gonogo waive accuracy until 2026-09-01 because'

describe('a line that is a command', () => {
  test.each<readonly [string, object]>([
    ['/gonogo recheck', { kind: 'recheck' }],
    ['/gonogo   recheck  ', { kind: 'recheck' }],
    ['/gonogo Recheck', { kind: 'recheck' }],
    ['/gonogo explain accuracy', { kind: 'explain', on: accuracy }],
    ['/gonogo explain `accuracy`', { kind: 'explain', on: accuracy }],
    ['/gonogo explain credit-risk/accuracy', { kind: 'explain', on: { model: 'credit-risk', ...accuracy } }],
    ['/gonogo explain floor:accuracy', { kind: 'explain', on: { ...accuracy, floor: true } }],
    ['/gonogo unwaive a/floor:b', { kind: 'unwaive', on: { model: 'a', criterion: 'b', floor: true } }],
    [
      `${WAIVE} the vendor mends it by then; see RISK-12`,
      {
        kind: 'waive',
        on: accuracy,
        until: '2026-09-01',
        because: 'the vendor mends it by then; see RISK-12',
      },
    ],
    [
      '/gonogo waive accuracy UNTIL 2026-09-01 Because until because',
      { kind: 'waive', on: accuracy, until: '2026-09-01', because: 'until because' },
    ],
    ['/gonogo', unclear({ why: 'no_word' })],
    ['/gonogo wave accuracy', unclear({ why: 'unknown_word', found: 'wave', suggestion: 'waive' })],
    ['/gonogo re-check', unclear({ why: 'unknown_word', found: 're-check', suggestion: 'recheck' })],
    ['/gonogo approve', unclear({ why: 'unknown_word', found: 'approve' })],
    ['/gonogo recheck now', unclear({ why: 'too_much', word: 'recheck' })],
    ['/gonogo explain', unclear({ why: 'no_criterion', word: 'explain' })],
    ['/gonogo explain accuracy f1', unclear({ why: 'too_much', word: 'explain' })],
    ['/gonogo unwaive ../x', unclear({ why: 'no_name', word: 'unwaive', found: '../x' })],
    ['/gonogo unwaive Accuracy', unclear({ why: 'no_name', word: 'unwaive', found: 'Accuracy' })],
    ['/gonogo waive until 2026-09-01 because x', unclear({ why: 'no_criterion', word: 'waive' })],
    ['/gonogo waive accuracy', unclear({ why: 'no_until' })],
    ['/gonogo waive accuracy untl 2026-09-01 because x', unclear({ why: 'no_until', suggestion: 'until' })],
    ['/gonogo waive accuracy until tomorrow because x', unclear({ why: 'no_day', found: 'tomorrow' })],
    ['/gonogo waive accuracy until 2026-02-30 because x', unclear({ why: 'no_day', found: '2026-02-30' })],
    ['/gonogo waive accuracy until 01.09.2026 because x', unclear({ why: 'no_day', found: '01.09.2026' })],
    ['/gonogo waive accuracy until 2026-09-01', unclear({ why: 'no_because' })],
    [
      '/gonogo waive accuracy until 2026-09-01 becuase x',
      unclear({ why: 'no_because', suggestion: 'because' }),
    ],
    [`${WAIVE}`, unclear({ why: 'no_because' })],
    [`${WAIVE} ...`, unclear({ why: 'no_because' })],
    [
      `${WAIVE} ${'x'.repeat(200)}`,
      { kind: 'waive', on: accuracy, until: '2026-09-01', because: 'x'.repeat(200) },
    ],
    [`${WAIVE} ${'x'.repeat(201)}`, unclear({ why: 'too_long', limit: 200 })],
    [`${WAIVE} ${'x'.repeat(60_000)}`, unclear({ why: 'too_long', limit: 1000 })],
  ])('%s', (line, expected) => {
    expect(readCommands(line)).toEqual([expected])
  })
})

describe('a line that is none', () => {
  test.each([
    ['nothing', ''],
    ['talk of it', 'please run /gonogo recheck'],
    ['another word', '/gonogoo recheck'],
    ['another app', '/gono recheck'],
    ['indented, as code is', '    /gonogo recheck'],
    ['indented a little', ' /gonogo recheck'],
    ['quoted', '> /gonogo recheck'],
    ['quoted, the mark left out', '> said ada\n/gonogo recheck'],
    ['in a fence', '```\n/gonogo recheck\n```'],
    ['in a fence of a language', '```text\n/gonogo recheck\n```'],
    ['in a fence of tildes', '~~~\n/gonogo recheck\n~~~'],
    ['in a fence that nothing closes', 'so:\n```\n/gonogo recheck'],
    ['in a longer fence', '````\n```\n/gonogo recheck\n````'],
    ['in a fence that another one does not close', '```\n~~~\n/gonogo recheck'],
    ['hidden', '<!--\n/gonogo recheck\n-->'],
    ['hidden for good', 'x <!-- y\n/gonogo recheck'],
    ['hidden in one line with more', '<!-- a --> <!-- b\n/gonogo recheck'],
    ['preformatted', '<PRE>\n/gonogo recheck\n</PRE>'],
    ['in code of HTML', 'x <code class="a">\n/gonogo recheck'],
    ['in code over several lines', 'so `\n/gonogo recheck\n`'],
    ['in a list', '- /gonogo recheck'],
    ['in code', '`/gonogo recheck`'],
  ])('%s', (_, comment) => {
    expect(readCommands(comment)).toEqual([])
  })
})

test('several commands of a comment are read in order, beside talk, quotes and code', () => {
  const comment = [
    'Good morning,',
    '/gonogo recheck',
    '> quoted',
    '',
    '/gonogo explain f1',
    '```',
    '/gonogo unwaive f1',
    '```',
    '<!-- shown again --> and',
    '/gonogo unwaive accuracy',
  ].join('\r\n')

  const read = readCommands(comment).map((command: Command) => command.kind)

  expect(read).toEqual(['recheck', 'explain', 'unwaive'])
})

test('no more than a few are done, which is said once', () => {
  const read = readCommands('/gonogo recheck\n'.repeat(1000))

  expect(read).toHaveLength(MOST_COMMANDS + 1)
  expect(read.at(-1)).toEqual(unclear({ why: 'too_many', limit: MOST_COMMANDS }))
})

test('what is kept of a comment is its commands, and reads the same again', () => {
  const comment = `${'x '.repeat(30_000)}\n\n/gonogo recheck\n> /gonogo explain f1\n\n${WAIVE} it\`s\n\n${WAIVE} ${'y'.repeat(2000)}`

  const kept = commandLines(comment).join('\n\n')

  expect(kept.length).toBeLessThan(1100)
  expect(readCommands(kept)).toEqual(readCommands(comment))
})
