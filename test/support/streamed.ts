import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const SCRIPT = fileURLToPath(new URL('stream-process.ts', import.meta.url))

const Told = z.object({
  megabytes: z.number(),
  seconds: z.number(),
  /** Most memory that the process had in MB: before the report was read, and after. */
  before: z.number(),
  peak: z.number(),
  successes: z.number(),
  fails: z.number(),
  clusters: z.number(),
  measurements: z.number(),
  problems: z.number(),
})

/** A report of so many attempts of 42 kB, made piece by piece and never whole in memory, read in a process of its own. */
export function readInProcess(attempts: number): z.infer<typeof Told> {
  const told = execFileSync(process.execPath, [SCRIPT, String(attempts)], { encoding: 'utf8' })
  return Told.parse(JSON.parse(told))
}
