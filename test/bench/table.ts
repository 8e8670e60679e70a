/** One line of the table: what was measured, what it came to, and what design chapter 12 wants. */
export type Row = {
  readonly what: string
  readonly measured: string
  readonly reach: string
  /** Undefined where nothing is to be reached. */
  readonly ok?: boolean
}

/** The middle of several numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function print(rows: readonly Row[]): void {
  for (const { what, measured, reach, ok } of rows) {
    const mark = ok === undefined ? ' ' : ok ? '✓' : '✗'
    console.log(`${mark} ${what.padEnd(58)} ${measured.padStart(34)}   reach: ${reach}`)
  }
}
