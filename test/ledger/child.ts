import { append } from '../../src/ledger/chain.ts'
import { LockedError, lockFolder } from '../../src/ledger/folder-lock.ts'
import { openStore } from '../../src/ledger/store.ts'
import { deliveries } from './rows.ts'

/** What a test's child process does, until it is killed: it says `ready`, waits for a line, and acts. */
const [act, where = ''] = process.argv.slice(2)

const say = (text: string) => process.stdout.write(`${text}\n`)
say('ready')
await new Promise((resolve) => process.stdin.once('data', resolve))

if (act === 'lock') {
  try {
    await lockFolder(where)
    say('held')
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    say('refused')
  }
  setInterval(() => undefined, 60_000)
}

if (act === 'append') {
  const { db } = await openStore(JSON.parse(where))
  for (let from = 1; ; from += 3) {
    const head = await db.transaction().execute((trx) => append(trx, deliveries(3, from)))
    say(String(head.seq))
  }
}
