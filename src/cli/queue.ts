import { z } from 'zod'
import { openWork, type Work } from '../ledger/queue-state.ts'
import { redrive } from '../ledger/redrive.ts'
import type { State } from '../ledger/work-states.ts'
import { clean } from '../render/clean.ts'
import { withStore } from './store.ts'
import { EXIT, UsageError, type World } from './world.ts'

/** `gonogo queue list`: the commits that a delivery is open for, the oldest first. */
export async function queueList(
  world: World,
  { state, json }: { readonly state?: State; readonly json?: boolean },
): Promise<number> {
  const all = await withStore(world, ({ db }) => openWork(db))
  const work = all.filter((item) => state === undefined || item.state === state)
  if (json) {
    const items = work.map(({ asked: _, ...item }) => item)
    world.stdout.write(`${JSON.stringify(items, null, 2)}\n`)
    return EXIT.go
  }
  for (const item of work) {
    const words = [
      item.state.padEnd(9),
      clean(item.key),
      attempts(item),
      `since ${item.since}`,
      ...reasons(item),
    ]
    world.stdout.write(`${words.join('  ')}\n`)
  }
  if (work.length === 0) world.stdout.write(state ? `nothing is ${state}\n` : 'every delivery is done\n')
  return EXIT.go
}

/** `gonogo queue show`: one commit; what it asks names it and holds no text of the payload. */
export async function queueShow(
  world: World,
  name: string,
  { json }: { readonly json?: boolean },
): Promise<number> {
  const [found] = await withStore(world, ({ db }) => openWork(db, [name.toLowerCase()]))
  if (found === undefined) {
    world.stderr.write(`gonogo: ${missing(name)}\n`)
    return EXIT.noGo
  }
  if (json) {
    world.stdout.write(`${JSON.stringify({ ...found, asked: JSON.parse(found.asked) }, null, 2)}\n`)
    return EXIT.go
  }
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['commit', found.key],
    ['state', found.state],
    ['asks', found.asked],
    ['attempts', String(found.attempts)],
    ['waits since', found.since],
    ['next attempt', found.next],
    ['last failure', found.correlation && `correlation ${found.correlation} in the log`],
    ['job', found.job],
    ['deliveries', found.deliveries.join(', ')],
    ['to do', toDo(found.state)],
  ]
  for (const [label, text] of rows)
    if (text) world.stdout.write(`${label.padEnd(12)}  ${clean(text, 2000)}\n`)
  return EXIT.go
}

/** `gonogo queue redrive`: fresh attempts for what failed or was given up. Exit code 1 for what is not there. */
export async function queueRedrive(
  world: World,
  names: readonly string[],
  { all }: { readonly all?: boolean },
): Promise<number> {
  if ((all === true) === names.length > 0)
    throw new UsageError('name commits or jobs as `gonogo queue list` prints them, or give --all')
  const { redriven, underWay, unknown } = await withStore(world, (store) =>
    redrive(store, all ? 'all' : names.map((name) => name.toLowerCase()), groupOf),
  )
  for (const key of redriven) world.stdout.write(`${clean(key)} will be judged again\n`)
  for (const key of underWay) world.stdout.write(`${clean(key)} is under way already\n`)
  for (const name of unknown) world.stderr.write(`gonogo: ${missing(name)}\n`)
  if (redriven.length + underWay.length + unknown.length === 0)
    world.stdout.write('nothing failed and nothing was given up\n')
  return unknown.length > 0 ? EXIT.noGo : EXIT.go
}

const missing = (name: string): string =>
  `no delivery is open for ${clean(name)}: it has its verdict, or was never asked for; see \`gonogo queue list\``

const attempts = ({ attempts: count }: Work): string => `${count} ${count === 1 ? 'attempt' : 'attempts'}`

const reasons = ({ correlation, next }: Work): readonly string[] => [
  ...(correlation ? [`correlation ${correlation}`] : []),
  ...(next ? [`next ${next}`] : []),
]

function toDo(state: State): string | undefined {
  switch (state) {
    case 'failed':
    case 'given-up':
      return 'find the correlation in the log, mend the cause, then `gonogo queue redrive`'
    case 'postponed':
      return 'nothing: it runs when the rate limit has passed'
    case 'waiting':
    case 'active':
      return undefined
  }
}

/** The installation, whose concurrency the job shares; what has none is a group of its own. */
function groupOf(asked: string): string {
  const read = z.object({ installation: z.int() }).safeParse(JSON.parse(asked))
  return read.success ? String(read.data.installation) : 'none'
}
