import { afterAll, beforeAll, expect, test } from 'vitest'
import { askedOfRuns } from '../../src/app/likely-runs.ts'
import { hearRun } from '../../src/ledger/heard.ts'
import type { Store } from '../../src/ledger/store.ts'
import { openStore } from '../../src/ledger/store.ts'
import { rememberTips } from '../../src/ledger/tips.ts'
import { add } from '../ledger/rows.ts'
import { anId } from '../support/build.ts'
import { dataFolder } from '../support/data-folder.ts'

const REPOSITORY = 'acme/models'
const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`

let store: Store
beforeAll(async () => {
  store = await openStore({ folder: await dataFolder() })
  const tip = { repository: REPOSITORY, commit: anId('1'), delivery: 'push', at: at(1), deliveredAt: at(1) }
  await store.db.transaction().execute((trx) => rememberTips(trx, [tip]))
  const push = { kind: 'push', at: at(1), repository: REPOSITORY, commit: anId('1'), body: {} } as const
  await add(store, [push])
})
afterAll(() => store.close())

async function heard(run: number, commit: string, workflow: string, more: object = {}): Promise<void> {
  const told = { began: at(6), commit, workflow, fork: false, success: true, ended: at(7), ...more }
  await hearRun(store.db, { repository: REPOSITORY, run, attempt: 1, told: JSON.stringify(told), at: at(7) })
}

test('the newest run of each workflow, and the tip when it began; none of forks, or of the judged commit', async () => {
  await heard(1, anId('2'), 'train.yml')
  await heard(2, anId('3'), 'train.yml')
  await heard(3, anId('4'), 'early.yml', { began: at(0) })
  await heard(4, anId('5'), 'fork.yml', { fork: true })
  await heard(5, anId('6'), 'pull.yml', { foreign: 'pull_request' })
  await heard(6, anId('7'), 'validate.yml')

  const asked = await askedOfRuns(store, REPOSITORY, anId('7'), anId('1'))

  const entry = (commit: string, path: string) => ({ ask: 'entry', commit, path, maybe: true })
  expect(asked).toHaveLength(3)
  expect(asked).toEqual(
    expect.arrayContaining([
      entry(anId('3'), 'train.yml'),
      entry(anId('1'), 'train.yml'),
      entry(anId('4'), 'early.yml'),
    ]),
  )
})

test('no more than fit into the query', async () => {
  for (let run = 10; run < 40; run += 1) await heard(run, anId('8'), `${run}.yml`)

  const asked = await askedOfRuns(store, REPOSITORY, anId('7'), anId('1'))

  expect(asked).toHaveLength(16)
  expect(asked.map((one) => ('path' in one ? one.path : ''))).toContain('39.yml')
})
