import { expect, test } from 'vitest'
import {
  approvedBefore,
  type DeploymentRow,
  isDecided,
  keepDeployment,
} from '../../src/ledger/deployments.ts'
import { verifyChain } from '../../src/ledger/verify.ts'
import { describeOnBoth } from './databases.ts'

const PLACE = { repository: 'acme/models', repositoryId: 7, environment: 'production' }
const MODEL = { model: 'a', identity: 'one' }
let minute = 0

function row(given: Partial<DeploymentRow> = {}): DeploymentRow {
  minute += 1
  return {
    ...PLACE,
    at: new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString(),
    commit: 'c',
    asks: 'protection',
    work: `run/${minute}`,
    deployment: minute,
    decision: 'approved',
    models: [{ ...MODEL, code: 'go' }],
    body: { n: minute },
    ...given,
  }
}
const of = (identity: string, code = 'go') => [{ model: 'a', identity, code }]

describeOnBoth('deployments', (open) => {
  test('tell since when what was last approved runs, and when it last was a go', async () => {
    const { db } = await open()
    const [first, again, running] = [row(), row(), row({ models: of('one', 'running') })]
    expect(await approvedBefore(db, PLACE, MODEL)).toEqual({})
    for (const one of [first, again, running]) await keepDeployment(db, one)

    expect(await approvedBefore(db, PLACE, MODEL)).toEqual({ runs: first.at, go: again.at })
    expect(await approvedBefore(db, { ...PLACE, environment: 'PRODUCTION' }, MODEL)).toHaveProperty('runs')

    await keepDeployment(db, row({ models: of('two') }))
    expect(await approvedBefore(db, PLACE, MODEL)).toEqual({ go: again.at })
    const back = row({ models: of('one', 'rollback') })
    await keepDeployment(db, back)
    // That it came back does not make the time longer for which it may.
    expect(await approvedBefore(db, PLACE, MODEL)).toEqual({ runs: back.at, go: again.at })
  })

  test.each<readonly [string, Partial<DeploymentRow>]>([
    ['a rejection', { decision: 'rejected' }],
    ['what the floor only observed', { decision: 'observed' }],
    ['what no job waited for', { asks: 'deployment' }],
    ['another environment', { environment: 'staging' }],
    ['another repository of the name', { repositoryId: 8 }],
    ['the repository while it was of another owner', { repository: 'eve/models' }],
    ['another model', { models: [{ model: 'b', identity: 'one', code: 'go' }] }],
    ['another identity', { models: of('two') }],
    ['no identity', { models: [{ model: 'a', code: 'go' }] }],
  ])('%s counts for nothing', async (_, given) => {
    const { db } = await open()
    await keepDeployment(db, row(given))

    expect(await approvedBefore(db, PLACE, MODEL)).toEqual({})
  })

  test('what was observed after it no longer runs unchanged', async () => {
    const { db } = await open()
    const went = row()
    await keepDeployment(db, went)
    await keepDeployment(db, row({ decision: 'observed', models: of('one', 'no_go') }))

    expect(await approvedBefore(db, PLACE, MODEL)).toEqual({ go: went.at })
  })

  test('what the same job was refused in the end was not approved', async () => {
    const { db } = await open()
    await keepDeployment(db, row({ work: 'run/x' }))
    await keepDeployment(db, row({ work: 'run/x', decision: 'rejected', models: [] }))

    expect(await approvedBefore(db, PLACE, MODEL)).toEqual({})
  })

  test('a rule has decided what it decided', async () => {
    const { db } = await open()
    await keepDeployment(db, row({ deployment: 900, models: [], decision: 'rejected' }))
    await keepDeployment(db, row({ deployment: 901, asks: 'deployment' }))

    expect(await isDecided(db, PLACE, 900)).toBe(true)
    expect(await isDecided(db, PLACE, 901)).toBe(false)
    expect(await isDecided(db, { ...PLACE, repositoryId: 8 }, 900)).toBe(false)
  })

  test('are rows of the chain, which keeps them for ever', async () => {
    const { db } = await open()
    const { seq } = await keepDeployment(db, row({ body: { n: 1 } }))

    const rows = await db.selectFrom('ledger').select(['seq', 'kind', 'commit', 'body']).execute()
    expect(rows).toEqual([{ seq, kind: 'deployment', commit: 'c', body: '{"n":1}' }])
    expect(await verifyChain(db)).not.toHaveProperty('broken')
  })
})
