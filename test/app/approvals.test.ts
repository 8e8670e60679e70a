import nock from 'nock'
import { afterEach, expect, test } from 'vitest'
import { openApprovals } from '../../src/app/approvals.ts'
import { type Subject, textOf } from '../../src/core/approval.ts'
import { keepApprovals } from '../../src/ledger/approvals.ts'
import { openObjects } from '../../src/ledger/objects.ts'
import { renameRepository } from '../../src/ledger/renamed.ts'
import { client } from '../demo/app-client.ts'
import { describeOnBoth } from '../ledger/databases.ts'
import { aReview } from '../support/approvals.ts'

const API = 'https://api.github.test'
const AT = '2026-03-01T12:00:00.000Z'
const CLOCK = () => new Date(AT)
const at = { owner: 'acme', repo: 'models', branch: 'main' }
const subject: Subject = { kind: 'release', model: 'm', identity: '1'.repeat(64), evidence: [] }
const asked = [{ subject, rights: [{ teams: ['leads'], people: [] }] }]

afterEach(() => nock.cleanAll())

describeOnBoth('a member of a team', (open) => {
  test.each([
    ['acme', 'active'],
    ['eve', 'none'],
  ])('of %s, when the review was seen, is here: %s', async (owner, expected) => {
    const store = await open()
    const { db } = store
    const repository = `${owner}/models`
    const review = aReview({ teams: { leads: 'active' } })
    const body = { subject, review, hands: { people: [], unseen: [] } }
    const row = { at: AT, repository, commit: 'c', subject: textOf(subject), review: review.id, body }
    await keepApprovals(db, [row])
    await renameRepository(db, { id: 1, from: repository, to: 'acme/models', at: AT })
    // Who was a member here when it was seen is not asked again.
    nock(API).get('/orgs/acme/teams/leads/memberships/grace').reply(404, {})

    const objects = openObjects(db, CLOCK)('acme/models')
    const github = client(API, 'token')
    const [found] = await openApprovals({ github, store, at, objects, clock: CLOCK }).held(asked)

    expect(found).toMatchObject({ reviews: [{ by: 'grace', teams: { leads: expected } }] })
  })
})
