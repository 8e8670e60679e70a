import type { World } from '../../src/cli/world.ts'
import type { Where } from '../../src/ledger/store.ts'

export type Run = { readonly code: number; readonly out: string }

/** Runs a command in a world of its own. */
export async function run(
  command: (world: World) => Promise<number>,
  environment: World['environment'],
  cwd = '/',
): Promise<Run> {
  let out = ''
  const stdout = { write: (text: string) => (out += text) }
  const code = await command({ environment, cwd, stdout, stderr: stdout, clock: () => new Date() })
  return { code, out }
}

export const named = (where: Where): World['environment'] =>
  'url' in where ? { DATABASE_URL: where.url } : { GONOGO_DATA: where.folder }
