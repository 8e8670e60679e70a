import type { Collector } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { fractionOf, isNotFinite, numberOf } from './narrow.ts'
import { isoFrom, timeText } from './times.ts'

/** Milliseconds, value, step; from MLflow 3 on also the name and digest of a data set; the first had no step. */
const ENTRY =
  /^(\d{12,13}) ([+-]?(?:\d[\d.]*(?:[eE][+-]?\d+)?|nan|inf|infinity))(?: (-?\d{1,15})(?: (\S{1,500}) (\S{1,500}))?)?$/i

type Entry = {
  readonly line: number
  readonly time: number
  readonly value: string
  readonly step: number
  readonly dataset?: string | undefined
  readonly digest?: string | undefined
}

/** Whether the first line of a text is one of a metric's file. */
export function isMetricFile(text: string): boolean {
  return ENTRY.test(text.slice(0, 2000).split(/\r?\n/, 1)[0] ?? '')
}

/**
 * The last value of each data set, as MLflow shows it: of the highest step, and of one step the latest. The file has
 * neither samples nor an error; a standard deviation over folds is another file.
 */
export function readMetricFile(text: string, path: string, found: Collector): void {
  const latest = new Map<string, Entry>()
  const torn = new Set<Entry>()
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (written === '') continue
    const entry = entryOf(written, index + 1)
    if (!entry) {
      found.malformed([index + 1], 'a time in milliseconds, a value and a step')
      continue
    }
    const key = JSON.stringify([entry.dataset, entry.digest])
    const known = latest.get(key)
    const order = known ? entry.step - known.step || entry.time - known.time : 1
    if (known && order === 0 && known.value !== entry.value) {
      const other = `${entry.value} at the same time`
      found.fault([entry.line], { code: 'contradiction', at: `step ${entry.step}`, one: known.value, other })
      torn.add(known)
    }
    if (order > 0) latest.set(key, entry)
  }
  for (const entry of latest.values()) if (!torn.has(entry)) readEntry(entry, path, found)
}

function entryOf(written: string, line: number): Entry | undefined {
  const [, time, value, step = '0', dataset, digest] = ENTRY.exec(written) ?? []
  return time === undefined || value === undefined
    ? undefined
    : { line, time: Number(time), value, step: Number(step), dataset, digest }
}

function readEntry(entry: Entry, path: string, found: Collector): void {
  const { line, time, value: written, step, dataset, digest } = entry
  const { metric, run } = nameIn(path)
  const value = numberOf(written)
  if (value === undefined) {
    if (isNotFinite(written)) found.fault([line], { code: 'not_finite', at: `line ${line}`, found: written })
    else found.malformed([line], 'a time in milliseconds, a value and a step')
    return
  }
  found.measure([line], {
    metric,
    value,
    unit: fractionOf(metric, value),
    labels: namesOf({ step, run, dataset, dataset_digest: digest }),
    ...identityOf({ tool: 'mlflow', at: isoFrom(time) ?? timeText(time) }),
  })
}

/** `<run>/metrics/<name>`; a name may have slashes. Out of its folder the name of the file is what is left of it. */
function nameIn(path: string): { readonly metric: string; readonly run?: string } {
  const [, run, inRun] = /(?:^|\/)([0-9a-f]{32})\/metrics\/(.+)$/.exec(path) ?? []
  const [, inFolder] = /(?:^|\/)metrics\/(.+)$/.exec(path) ?? []
  const metric = inRun ?? inFolder ?? path.slice(path.lastIndexOf('/') + 1)
  return { metric, ...(run === undefined ? {} : { run }) }
}
