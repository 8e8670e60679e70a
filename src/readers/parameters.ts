import type { Reader } from './reader.ts'
import { isSettings, settingsReader } from './settings-reader.ts'

const format = 'parameters'

/**
 * The committed file that a training reads its settings from, such as `params.yaml`. It looks like any other map of
 * numbers, so it is one only where the manifest says `format: parameters`; numbers in it are no results.
 */
export const parameters: Reader = {
  format,
  labels: [],
  recognises: isSettings,
  read: settingsReader(format, 'committed'),
}
