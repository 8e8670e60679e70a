import { expect, test } from 'vitest'
import { keepApprovals, seenApprovals } from '../../src/ledger/approvals.ts'
import { renameRepository } from '../../src/ledger/renamed.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'

const AT = '2026-03-01T12:00:00.000Z'
const one = {
  at: AT,
  repository: 'acme/models',
  commit: 'c',
  subject: 'of a release',
  review: 'r1',
  body: { n: 1 },
}

describeOnBoth('approvals', (open) => {
  test('are found by what they are of, and by the review, oldest first', async () => {
    const { db } = await open()
    await keepApprovals(db, [])
    await keepApprovals(db, [one, { ...one, review: 'r2', body: { n: 2 } }])
    await keepApprovals(db, [
      { ...one, subject: 'of another', body: { n: 3 } },
      { ...one, repository: 'acme/other', body: { n: 4 } },
    ])

    const found = async (repository: string, subjects: readonly string[], reviews: readonly string[]) =>
      (await seenApprovals(db, repository, { subjects, reviews })).map((row) => JSON.parse(row.body).n)
    expect(await found('Acme/models', ['of a release'], [])).toEqual([1, 2])
    expect(await found('acme/models', [], ['r1'])).toEqual([1, 3])
    expect(await found('acme/models', ['of another'], ['r2'])).toEqual([2, 3])
    expect(await found('acme/models', ['of'], ['r'])).toEqual([])
    expect(await found('acme/models', [], [])).toEqual([])
  })

  test('of another owner are told apart, also once the repository is back', async () => {
    const { db } = await open()
    await renameRepository(db, { id: 1, from: 'acme/models', to: 'eve/models', at: AT })
    await keepApprovals(db, [{ ...one, repository: 'eve/models' }])
    await renameRepository(db, { id: 1, from: 'eve/models', to: 'acme/models', at: AT })
    await keepApprovals(db, [{ ...one, body: { n: 2 } }])

    const found = await seenApprovals(db, 'Acme/models', { subjects: [one.subject], reviews: [] })
    expect(found.map((row) => row.own)).toEqual([false, true])
  })

  test('are rows of the chain, which keeps them for ever', async () => {
    const { db } = await open()
    await keepApprovals(db, [one])

    const rows = await db.selectFrom('ledger').select(['kind', 'commit', 'body']).execute()
    expect(rows).toEqual([{ kind: 'approval', commit: 'c', body: '{"n":1}' }])
    expect(await verifyChain(db)).not.toHaveProperty('broken')
  })
})
