import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

const ROUNDS = 9

/** One line of the bench. */
export type Row = {
  readonly what: string
  readonly measured: string
  readonly reach: string
  /** Undefined where it is only shown. */
  readonly ok?: boolean
}

/** The middle of several numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** In milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The middle of several rounds, in milliseconds. */
export async function rounds(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) times.push(await timed(() => work(round)))
  // The first round warms the caches of disk and engine.
  return median(times.slice(1))
}

/** What a process has in memory now, and had at most, in megabytes; Linux only, elsewhere not a number. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = read(`/proc/${pid}/status`)
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1000
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') }
}

/** The CPU time that a process has used, in milliseconds; Linux only, elsewhere not a number. */
export function cpuOf(pid: number): number {
  // Fields 14 and 15 of proc(5), in ticks of 10 ms; the name before them may hold spaces.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The rows as a table that Markdown reads too. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['what', 'measured', 'reach', 'ok'],
    ...rows.map(({ what, measured, reach, ok }) => [
      what,
      measured,
      reach,
      ok === undefined ? '' : ok ? 'yes' : 'NO',
    ]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
