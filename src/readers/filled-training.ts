import type { Filled } from '../core/record.ts'
import type { Fill } from '../core/written-record.ts'
import { filled, fillOfText, isPlaceholder } from './filled.ts'

/** What says of a setting that it is as it is. */
const AS_IT_IS = new Set([
  ...[
    'default',
    'defaults',
    'the default',
    'the defaults',
    'standard',
    'usual',
    'as usual',
    'normal',
    'auto',
  ],
  ...['see code', 'see the code', 'see config', 'see the config', 'various', 'any', 'some', 'value', 'tuned'],
])

/** How settings are filled: where each of them is a placeholder, `default` or its own name, none is told. */
export function fillOfSettings(value: unknown): Filled {
  const fill = filled(value)
  return fill === 'given' && tellsNothing(value, '') ? 'placeholder' : fill
}

function tellsNothing(value: unknown, key: string): boolean {
  if (typeof value === 'string') {
    const word = value.trim().toLowerCase()
    return isPlaceholder(value) || AS_IT_IS.has(word) || word === key.toLowerCase()
  }
  if (typeof value !== 'object' || value === null) return value === null
  return Object.entries(value).every(([inner, one]) => tellsNothing(one, inner))
}

/** Words of which no number together says which data they are. */
const ANY_DATA = new Set([
  ...[
    'data',
    'dataset',
    'datasets',
    'set',
    'sets',
    'file',
    'files',
    'table',
    'tables',
    'csv',
    'parquet',
    'json',
  ],
  ...['train', 'training', 'fine', 'tune', 'tuning', 'test', 'validation', 'dev', 'input', 'inputs', 'raw'],
  ...[
    'sample',
    'samples',
    'example',
    'examples',
    'internal',
    'company',
    'customer',
    'our',
    'the',
    'all',
    'my',
  ],
  ...['full', 'main', 'x', 'y', 'of', 'for', 'model', 'default', 'some', 'various', 'export', 'system'],
])

/** Whether a name or an origin could be any data's, such as `train.csv` or `our internal data`. */
export function isAnyData(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return fillOfText(text) !== 'given' || words.every((word) => ANY_DATA.has(word))
}

/** What something ran in or on: `yes` names no machine, alone or under whichever name. */
export function fillOfPlace(written: unknown): Fill {
  const fill = filled(written)
  if (fill !== 'given' || typeof written !== 'object' || written === null)
    return fill === 'given' ? fillOfText(written) : fill
  return Object.values(written).some((one) => fillOfText(one) === 'bare') ? 'bare' : 'given'
}
