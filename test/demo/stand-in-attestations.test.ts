import type { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { attestationsOf } from '../../src/sources/github/attestations.ts'
import { asInstallation, refusal } from './app-client.ts'
import { at } from './each.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const bundle = (name: string) => ({ mediaType: name, verificationMaterial: {}, dsseEnvelope: {} })
const permissions = { contents: 'read', metadata: 'read', attestations: 'read' } as const

let standIn: StandIn
let app: Octokit
beforeAll(async () => {
  standIn = await startStandIn({ repos: [{ name: 'models' }, { name: 'training' }], app: { permissions } })
  app = await asInstallation(standIn)
})
afterAll(() => standIn.close())

describe('attestations', () => {
  const list = (subject_digest: string, more: object = {}) =>
    app.rest.repos.listAttestations({ ...at, subject_digest, ...more })

  test('of what was never attested are not there', async () => {
    expect(await refusal(list(DIGEST))).toMatch(/^404/)
    expect(await attestationsOf(app, at, DIGEST)).toEqual({ kind: 'told', bundles: [], left: 0 })
  })

  test('come newest first, by digest and repository, page by page', async () => {
    for (const name of ['one', 'two', 'three']) standIn.attestations.keep(bundle(name), [DIGEST])
    standIn.attestations.keep(bundle('elsewhere'), [DIGEST], 'training')
    standIn.attestations.keep(bundle('other'), [`sha256:${'b'.repeat(64)}`])

    const first = await list(DIGEST, { per_page: 2 })
    const names = ({ data }: typeof first) => data.attestations?.map((one) => one.bundle?.mediaType)
    const after = /after=(\d+)/.exec(first.headers.link ?? '')?.[1]

    expect(names(first)).toEqual(['three', 'two'])
    const last = await list(DIGEST, { per_page: 2, after })
    expect(names(last)).toEqual(['one'])
    expect(last.headers.link).toBeUndefined()
    expect(await attestationsOf(app, at, DIGEST)).toMatchObject({ bundles: [{}, {}, {}], left: 0 })
  })

  test('what is too large is left, and so is what only has an address', async () => {
    standIn.attestations.forget()
    standIn.attestations.keep(bundle('x'.repeat(2_100_000)), [DIGEST])
    standIn.attestations.keep(undefined, [DIGEST])

    expect(await attestationsOf(app, at, DIGEST)).toEqual({ kind: 'told', bundles: [], left: 2 })
  })

  test('are hidden from who lacks the permission, and an outage is no answer', async () => {
    const blind = await startStandIn({ app: { permissions: { contents: 'read', metadata: 'read' } } })
    const { rest } = await asInstallation(blind)
    expect(await attestationsOf({ rest }, at, DIGEST)).toEqual({ kind: 'hidden' })
    await blind.close()

    standIn.weather(() => ({ status: 500 }))
    expect(await refusal(attestationsOf(app, at, DIGEST))).toMatch(/^500/)
    standIn.weather(() => ({ status: 403, body: { message: 'API rate limit exceeded' } }))
    expect(await refusal(attestationsOf(app, at, DIGEST))).toMatch(/^403/)
    standIn.weather(() => 'ok')
  })

  test('as GitHub describes them', () => {
    expect(standIn.violations).toEqual([])
  })
})
