import type { Head } from '../ledger/chain.ts'
import { exportLedger } from '../ledger/export.ts'
import { type Break, verifyChain } from '../ledger/verify.ts'
import { clean } from '../render/clean.ts'
import { withStore } from './store.ts'
import { EXIT, UsageError, type World } from './world.ts'

/** `gonogo ledger verify`: whether the ledger is whole, and goes through a head that a check run printed. */
export async function ledgerVerify(world: World, options: { readonly head?: string }): Promise<number> {
  const seen = options.head === undefined ? undefined : readHead(options.head)
  const { rows, head, broken } = await withStore(world, ({ db }) => verifyChain(db, seen))
  if (broken) {
    world.stdout.write(`the ledger is broken: ${brokenSentence(broken)}\n`)
    return EXIT.noGo
  }
  world.stdout.write(`the ledger is whole: ${rows} ${rows === 1 ? 'row' : 'rows'}, head ${written(head)}\n`)
  if (seen === undefined)
    world.stdout.write(
      'rows cut off at its end show only against the head in a check run: give it as --head\n',
    )
  return EXIT.go
}

/** `gonogo ledger export`: every row, as JSON Lines. */
export async function ledgerExport(world: World): Promise<number> {
  await withStore(world, async ({ db }) => {
    for await (const line of exportLedger(db)) world.stdout.write(`${line}\n`)
  })
  return EXIT.go
}

function readHead(text: string): Head {
  const [, seq, digest] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (seq === undefined || digest === undefined)
    throw new UsageError(`--head ${clean(text)} is not SEQ:DIGEST as a check run prints it`)
  return { seq: Number(seq), digest }
}

const written = ({ seq, digest }: Head): string => `${seq}:${digest}`

const REMEDY = 'restore the database from a backup, and find out who can write to it'

/** Which row is wrong and how, and what to do. */
export function brokenSentence(broken: Break): string {
  return `${fact(broken)}; ${REMEDY}`
}

function fact(broken: Break): string {
  switch (broken.kind) {
    case 'row changed':
      return `row ${broken.seq} was changed: its digest is not the digest of what it says`
    case 'body changed':
      return `row ${broken.seq} was changed: its body is not the one that was recorded`
    case 'body removed':
      return `row ${broken.seq} was changed: its body was removed, and only deliveries may lose theirs`
    case 'missing':
      return `row ${broken.seq} is missing, and later rows are there`
    case 'unlinked':
      return `row ${broken.seq} does not follow the row before it: a row was put in, taken out or moved`
    case 'cut off':
      return `it ends at row ${broken.seq}, and row ${broken.seen.seq} was seen: what came after was cut off`
    case 'replaced':
      return `row ${broken.seq} is not the one with the digest ${broken.seen.digest} that was seen: it was replaced`
  }
}
