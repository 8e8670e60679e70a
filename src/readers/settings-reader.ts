import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import type { Reader } from './reader.ts'
import { settingsOf } from './settings.ts'

/** Any JSON or YAML is a map of settings, if somebody says so. */
export function isSettings(content: Content): boolean {
  return content.kind === 'data' && typeof content.value === 'object' && content.value !== null
}

/** Reads a whole file as settings: those that a training reads, or those that it ran with. */
export function settingsReader(format: string, of: 'committed' | 'run'): Reader['read'] {
  return (input) => {
    const found = collect(input, format)
    const value = input.content.kind === 'data' ? input.content.value : undefined
    const { values, unresolved, tooMany } = settingsOf(value)
    if (tooMany) found.fault([], { code: 'too_many', limit: 2_000 })
    else found.record((source) => ({ kind: 'parameters', of, values, unresolved, tool: format, source }))
    return found.reading()
  }
}
