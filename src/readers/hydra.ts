import type { Reader } from './reader.ts'
import { isSettings, settingsReader } from './settings-reader.ts'

const format = 'hydra'

/**
 * `.hydra/config.yaml`: what Hydra composed and a training ran with, where the manifest says `format: hydra`. It keeps
 * `${…}` as they are written, so that what they came to is not known.
 */
export const hydra: Reader = {
  format,
  labels: [],
  recognises: isSettings,
  read: settingsReader(format, 'run'),
}
