import { test } from 'vitest'
import { crash } from './crash.ts'
import { aFolder, aServer } from './databases.ts'
import { chooseSeed } from './random.ts'

const KILLS = Number(process.env.CRASH_KILLS ?? 50)
const MOST_SECONDS = Number(process.env.CRASH_SECONDS ?? 240)

test.each([
  ['a folder', aFolder, 1],
  ['PostgreSQL with three replicas', aServer, 3],
])(
  `nothing that was answered is lost on %s over ${KILLS} kills`,
  async (name, open, replicas) => {
    const seed = chooseSeed()
    console.log(`${name}: CRASH_SEED=${seed}`)
    const { where, cutOff, remove } = await open()
    try {
      await crash({
        ...{ where, replicas, kills: KILLS, seed, mostSeconds: MOST_SECONDS },
        ...(cutOff && { trouble: cutOff }),
      })
    } finally {
      await remove()
    }
  },
  2_000 * MOST_SECONDS + 60_000,
)
