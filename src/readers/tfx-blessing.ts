import { BLESSED, isBlessing } from './blessing.ts'
import { collect } from './collect.ts'
import type { Reader } from './reader.ts'

const format = 'tfx-blessing'

/**
 * The blessing of TFX's Evaluator, as a suite of one test. Which model it is about, which thresholds were asked and on
 * which data is in no such file.
 */
export const tfxBlessing: Reader = {
  format,
  labels: [],
  recognises: (content) => content.kind === 'empty' && isBlessing(content.name),
  read: (input) => {
    const found = collect(input, format)
    const { content } = input
    if (content.kind !== 'empty') return found.reading()
    const outcome = content.name === BLESSED ? 'passed' : 'failed'
    found.record((source) => ({
      kind: 'suite',
      suite: 'tfx evaluator',
      tests: [{ name: 'blessing', outcome, pointer: '' }],
      tool: 'tfx',
      source,
    }))
    return found.reading()
  },
}
