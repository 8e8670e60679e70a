import { expect, test } from 'vitest'
import { crash } from './crash.ts'
import { aFolder, aServer } from './databases.ts'
import { chooseSeed } from './random.ts'

const KILLS = Number(process.env.CRASH_KILLS ?? 2)

test.each([
  ['a folder', aFolder, 1],
  ['PostgreSQL with two replicas', aServer, 2],
])(
  'nothing that was answered is lost on %s, though the process is killed a few times',
  async (_, open, replicas) => {
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
  },
  120_000,
)
