import { readdirSync, readFileSync } from 'node:fs'
import type { Measurement } from '../../src/core/measurement.ts'
import { readEvidence } from '../../src/readers/index.ts'

const ROOT = new URL('../../fixtures/readers/', import.meta.url)

/** Every fixture as `[format, name, bytes]`; the folder is named after the format. */
export function fixtures(): readonly (readonly [format: string, name: string, bytes: Uint8Array])[] {
  const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.flatMap(({ name: format }) =>
    readdirSync(new URL(`${format}/`, ROOT)).map(
      (name) => [format, name, readFileSync(new URL(`${format}/${name}`, ROOT))] as const,
    ),
  )
}

export function readFixture(path: string) {
  return readEvidence(readFileSync(new URL(path, ROOT)), path, 'f00d').reading
}

export function readText(text: string, path: string) {
  return readEvidence(new TextEncoder().encode(text), path, 'f00d')
}

/** A measurement as one line: `metric=value unit [label=...] n=.. k=.. se=..`; `~` marks a recovered n. */
export function line(found: Measurement): string {
  const { metric, value, unit, labels, samples, recovered, successes, stderr } = found
  return [
    `${metric}=${value}`,
    unit,
    ...Object.entries(labels).map(([name, label]) => `${name}=${label}`),
    ...(samples === undefined ? [] : [`n=${recovered ? '~' : ''}${samples}`]),
    ...(successes === undefined ? [] : [`k=${successes}`]),
    ...(stderr === undefined ? [] : [`se=${Number(stderr.toFixed(4))}`]),
  ].join(' ')
}

export function lines(path: string): readonly string[] {
  return readFixture(path).measurements.map(line)
}

/** A problem as `line code detail`. */
export function faults(path: string): readonly string[] {
  return readFixture(path).problems.map(({ path: _, line: at, column: __, ...fault }) =>
    [at ?? '-', ...Object.values(fault)].join(' '),
  )
}
