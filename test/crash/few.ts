import { expect } from 'vitest'
import { crash } from './crash.ts'
import type { Database } from './databases.ts'
import { chooseSeed } from './random.ts'

const KILLS = Number(process.env.CRASH_KILLS ?? 2)

/** A crash run with few kills, for a suite that must end soon. */
export async function fewKills(open: () => Promise<Database>, replicas: number): Promise<void> {
  const seed = chooseSeed()
  console.log(`CRASH_SEED=${seed}`)
  const { where, cutOff, remove } = await open()
  try {
    await expect(
      crash({ where, replicas, kills: KILLS, seed, mostSeconds: 120, ...(cutOff && { trouble: cutOff }) }),
    ).resolves.toBeUndefined()
  } finally {
    await remove()
  }
}
