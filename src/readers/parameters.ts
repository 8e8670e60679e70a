import { collect } from './collect.ts'
import type { Reader } from './reader.ts'
import { settingsOf } from './settings.ts'

/**
 * Readers of files that look like any other map of numbers: they claim one only where the manifest says
 * `format: parameters` of the file that a training reads its settings from, or `format: hydra` of what Hydra composed and
 * kept as `.hydra/config.yaml`. Numbers in them are no results.
 */
export const parameters: Reader = settingsReader('parameters', 'committed')
export const hydra: Reader = settingsReader('hydra', 'run')

function settingsReader(format: string, of: 'committed' | 'run'): Reader {
  return {
    format,
    labels: [],
    recognises: (content) =>
      content.kind === 'data' && typeof content.value === 'object' && content.value !== null,
    read: (input) => {
      const found = collect(input, format)
      const value = input.content.kind === 'data' ? input.content.value : undefined
      const { values, unresolved, tooMany } = settingsOf(value)
      if (tooMany) found.fault([], { code: 'too_many', limit: 2_000 })
      else found.record((source) => ({ kind: 'parameters', of, values, unresolved, tool: format, source }))
      return found.reading()
    },
  }
}
