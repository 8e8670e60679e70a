import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenSentence, ledgerExport, ledgerVerify } from '../../src/cli/ledger.ts'
import { UsageError, type World } from '../../src/cli/world.ts'
import { ConfigError, readWhere } from '../../src/config.ts'
import type { Break } from '../../src/ledger/verify.ts'
import { named, run } from './command.ts'
import { describeOnBoth } from './databases.ts'
import { add, deliveries, verdict } from './rows.ts'

describeOnBoth('gonogo ledger', (open, place, kind) => {
  test('verify: 0 for a whole one, 1 for a broken one; export: every row on its line', async () => {
    const where = await place()
    const environment = named(where)
    const store = await open(where)
    const { seq, digest } = await add(store, [...deliveries(3), verdict('no-go')])
    const head = `${seq}:${digest}`
    await store.close()

    const plain = await run((world) => ledgerVerify(world, {}), environment)
    expect(plain.code).toBe(0)
    expect(plain.out).toContain(`the ledger is whole: 4 rows, head ${head}\n`)
    expect(plain.out).toContain('--head')
    expect(await run((world) => ledgerVerify(world, { head }), environment)).toEqual({
      code: 0,
      out: `the ledger is whole: 4 rows, head ${head}\n`,
    })

    const { code, out } = await run(ledgerExport, environment)
    expect(code).toBe(0)
    const rows = out.split('\n')
    expect(rows.pop()).toBe('')
    expect(rows.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4])

    const again = await open(where)
    await sql`delete from ledger where seq > 2`.execute(again.db)
    await again.close()
    expect(await run((world) => ledgerVerify(world, { head }), environment)).toEqual({
      code: 1,
      out:
        'the ledger is broken: it ends at row 2, and row 4 was seen: what came after was cut off; ' +
        'restore the database from a backup, and find out who can write to it\n',
    })
  })

  test('could not run: a database without a ledger, and one that is in use', async () => {
    const where = await place()

    await expect(run(ledgerExport, named(where))).rejects.toThrow(
      new UsageError('the database holds no ledger of gonogo: check that it is the right one'),
    )
    await open(where)
    const verified = run((world) => ledgerVerify(world, {}), named(where))
    if (kind === 'pglite') await expect(verified).rejects.toThrow(`is in use by process ${process.pid}`)
    else expect((await verified).code).toBe(0)
  })
})

const SEEN = { seq: 4, digest: 'a'.repeat(64) }

test.each<readonly [Break, string]>([
  [{ kind: 'row changed', seq: 2 }, 'row 2 was changed: its digest is not the digest of what it says'],
  [{ kind: 'body changed', seq: 2 }, 'row 2 was changed: its body is not the one that was recorded'],
  [{ kind: 'body removed', seq: 2 }, 'row 2 was changed: its body was removed, and only deliveries may'],
  [{ kind: 'missing', seq: 2 }, 'row 2 is missing, and later rows are there'],
  [{ kind: 'unlinked', seq: 2 }, 'row 2 does not follow the row before it: a row was put in, taken out'],
  [{ kind: 'cut off', seq: 2, seen: SEEN }, 'it ends at row 2, and row 4 was seen'],
  [{ kind: 'replaced', seq: 4, seen: SEEN }, `row 4 is not the one with the digest ${SEEN.digest}`],
])('the sentence for $kind', (broken, sentence) => {
  expect(brokenSentence(broken)).toContain(sentence)
})

describe('gonogo ledger could not run', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'gonogo-command-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  test.each([ledgerExport, (world: World) => ledgerVerify(world, {})])(
    'where there is no folder, and makes none',
    async (command) => {
      await expect(run(command, {}, root)).rejects.toThrow(UsageError)
      await expect(run(command, { GONOGO_DATA: 'nowhere' }, root)).rejects.toThrow(
        `${join(root, 'nowhere')} holds no data of gonogo`,
      )
      expect(existsSync(join(root, '.gonogo-data'))).toBe(false)
      expect(existsSync(join(root, 'nowhere'))).toBe(false)
    },
  )

  test.each(['', '4', '4:abc', `x:${'a'.repeat(64)}`, `4:${'A'.repeat(64)}`, `-1:${'a'.repeat(64)}`])(
    'with the head %j',
    async (head) => {
      await expect(run((world) => ledgerVerify(world, { head }), {}, root)).rejects.toThrow(
        'is not SEQ:DIGEST as a check run prints it',
      )
    },
  )
})

describe('where the ledger is', () => {
  test('an address goes before a folder, and a folder is seen from here', () => {
    const url = 'postgres://gonogo@db/gonogo'
    expect(readWhere({ DATABASE_URL: url, GONOGO_DATA: 'x' }, '/srv')).toEqual({ url })
    expect(readWhere({ DATABASE_URL: '', GONOGO_DATA: 'x' }, '/srv')).toEqual({ folder: '/srv/x' })
    expect(readWhere({ GONOGO_DATA: '/data' }, '/srv')).toEqual({ folder: '/data' })
    expect(readWhere({ GONOGO_DATA: '' }, '/srv')).toEqual({ folder: '/srv/.gonogo-data' })
  })

  test.each(['db', 'mysql://gonogo:sesame@db/gonogo', 'postgres', 'postgres://gonogo:sesame@:x/'])(
    'an address that is none is told, and not repeated: %s',
    (url) => {
      const told = () => readWhere({ DATABASE_URL: url }, '/')

      expect(told).toThrow(ConfigError)
      expect(told).toThrow('DATABASE_URL must be an address such as postgres://')
      expect(told).not.toThrow('sesame')
    },
  )
})
