import { clean } from '../render/clean.ts'
import type { World } from './world.ts'

/** What is done sooner needs no bar. */
const PATIENCE_MS = 1000
const REDRAW_MS = 100
const WIDTH = 24

/** How far a long work has come, on a terminal's stderr; nothing anywhere else, and nothing is left of it at the end. */
export type Progress = { readonly add: (amount: number) => void; readonly end: () => void }

export function progressOf(world: World, what: string, total: number): Progress {
  const { stderr, environment, clock } = world
  if (stderr.isTTY !== true || environment.TERM === 'dumb') return { add: () => {}, end: () => {} }
  const started = clock().getTime()
  let done = 0
  let drawn: number | undefined
  return {
    add: (amount) => {
      done += amount
      const now = clock().getTime()
      if (now - (drawn ?? started) < (drawn === undefined ? PATIENCE_MS : REDRAW_MS)) return
      drawn = now
      const share = Math.min(1, done / Math.max(1, total))
      const full = Math.round(share * WIDTH)
      const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
      stderr.write(`\r${bar} ${String(Math.floor(share * 100)).padStart(3)}%  ${clean(what, 40)}`)
    },
    end: () => {
      if (drawn !== undefined) stderr.write('\r\u001b[2K')
    },
  }
}
