import { collect } from './collect.ts'
import { isFields } from './narrow.ts'
import type { Reader } from './reader.ts'

const format = 'peft-adapter'

/** Longer than any name; what is longer is no name that could be compared. */
const MOST = 300

/**
 * `adapter_config.json` of PEFT: the base that the adapter is made for. Its numbers are settings and no results.
 * https://huggingface.co/docs/peft/package_reference/config: `PeftConfigMixin` always writes the two keys.
 */
export const adapterConfig: Reader = {
  format,
  labels: [],
  shapes: [['peft_type', 'base_model_name_or_path']],
  recognises: (content) =>
    content.kind === 'data' &&
    isFields(content.value) &&
    Object.hasOwn(content.value, 'base_model_name_or_path') &&
    typeof content.value.peft_type === 'string',
  read: (input) => {
    const found = collect(input, format)
    if (input.content.kind !== 'data' || !isFields(input.content.value)) return found.reading()
    const { peft_type: type, base_model_name_or_path: base, revision } = input.content.value
    for (const [key, value] of Object.entries({ base_model_name_or_path: base, revision }))
      if (value !== undefined && value !== null && !isName(value)) found.malformed([key], 'a name, or null')
    if (isName(type))
      found.record((source) => ({
        kind: 'adapter',
        type,
        ...(isName(base) && { base }),
        ...(isName(revision) && { revision }),
        source,
      }))
    else found.malformed(['peft_type'], 'a kind of adapter')
    return found.reading()
  },
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MOST
}
