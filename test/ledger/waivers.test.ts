import { expect, test } from 'vitest'
import { append } from '../../src/ledger/chain.ts'
import { renameRepository } from '../../src/ledger/renamed.ts'
import { answersTo, openReplyNote } from '../../src/ledger/replies.ts'
import { newestVerdict } from '../../src/ledger/verdicts.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { heardOfComment, keepWaiver, waiverRows } from '../../src/ledger/waivers.ts'
import { describeOnBoth } from './databases.ts'

const AT = '2026-03-01T12:00:00.000Z'
const one = {
  ...{ at: AT, repository: 'Acme/models', commit: 'c', model: 'risk', comment: 4_300_000_000, place: 0 },
  body: { n: 1 },
}

const own = (body: string) => ({ body, own: true })

describeOnBoth('waivers', (open) => {
  test('are found by repository and model, oldest first, and each command is told once', async () => {
    const { db } = await open()
    await keepWaiver(db, one)
    await keepWaiver(db, { ...one, body: { n: 2 } })
    await keepWaiver(db, { ...one, place: 1, body: { n: 3 } })
    await keepWaiver(db, { ...one, model: 'other', comment: 5, body: { n: 4 } })
    await keepWaiver(db, { ...one, repository: 'acme/other', body: { n: 5 } })

    expect(await waiverRows(db, 'acme/Models', 'risk')).toEqual([own('{"n":1}'), own('{"n":3}')])
    expect(await waiverRows(db, 'acme/models', 'ris')).toEqual([])
    const rows = await db.selectFrom('ledger').select('kind').execute()
    expect(rows).toEqual(Array(4).fill({ kind: 'waiver' }))
    expect(await verifyChain(db)).not.toHaveProperty('broken')
  })

  test('rest on the verdict that was there when the comment was heard of', async () => {
    const { db } = await open()
    const row = (kind: 'verdict' | 'delivery', body: unknown, commit: string) =>
      ({ kind, at: AT, repository: 'acme/models', commit, body }) as const
    const said = (decision: string, commit = 'c') =>
      row('verdict', { verdict: { decision }, facts: { commit } }, commit)
    const heard = (comment: number, text = '') => row('delivery', { asked: { task: { comment, text } } }, '')
    await db.transaction().execute(async (trx) => {
      await append(trx, [
        said('1'),
        said('2'),
        said('3', 'other'),
        heard(8, '"comment":7,'),
        heard(7),
        said('4'),
        heard(7),
      ])
    })

    expect(await heardOfComment(db, 'acme/models', 7)).toBe(5)
    expect(await heardOfComment(db, 'acme/models', 77)).toBeUndefined()
    expect(await newestVerdict(db, 'acme/models', 'c', 5)).toMatchObject({ verdict: { decision: '2' } })
    expect(await newestVerdict(db, 'acme/models', 'c')).toMatchObject({ verdict: { decision: '4' } })
    expect(await newestVerdict(db, 'acme/models', 'c', 1)).toBeUndefined()
  })

  test('hold when the repository gets another name', async () => {
    const { db } = await open()
    await keepWaiver(db, one)
    await openReplyNote(db, { ...one, by: 'eve' }).posted(new Date(AT))
    await renameRepository(db, { id: 1, from: 'Acme/models', to: 'Acme/risk', at: AT })

    expect(await waiverRows(db, 'acme/risk', 'risk')).toEqual([own('{"n":1}')])
    expect(await openReplyNote(db, { ...one, repository: 'Acme/risk', by: 'eve' }).last()).toBe('posted')
  })

  test('of another owner are told apart, also once the repository is back', async () => {
    const { db } = await open()
    await keepWaiver(db, one)
    await renameRepository(db, { id: 1, from: 'Acme/models', to: 'eve/models', at: AT })
    await keepWaiver(db, { ...one, repository: 'eve/models', comment: 7, body: { n: 2 } })
    expect((await waiverRows(db, 'eve/models', 'risk')).map((row) => row.own)).toEqual([false, true])
    await renameRepository(db, { id: 1, from: 'eve/models', to: 'acme/models', at: AT })

    expect((await waiverRows(db, 'acme/models', 'risk')).map((row) => row.own)).toEqual([true, false])
  })

  test('the note of an answer says how far it came, and how many somebody had', async () => {
    const { db } = await open()
    const about = { repository: 'Acme/models', by: 'Eve' }
    const note = openReplyNote(db, { ...about, comment: 9 })
    expect(await note.last()).toBe('none')
    await note.posting(new Date(AT))
    expect(await openReplyNote(db, { repository: 'acme/models', by: 'eve', comment: 9 }).last()).toBe(
      'posting',
    )
    await note.posted(new Date(AT))
    expect(await note.last()).toBe('posted')
    await openReplyNote(db, { ...about, comment: 10 }).posting(new Date(AT))

    expect(await answersTo(db, { repository: 'acme/Models', by: 'eve' }, new Date('2026-03-01'))).toBe(2)
    expect(await answersTo(db, about, new Date(AT))).toBe(0)
    expect(await answersTo(db, { ...about, by: 'alan' }, new Date('2026-03-01'))).toBe(0)
  })
})
