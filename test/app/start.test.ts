import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Starting, start } from '../../src/app/start.ts'
import { readKeys } from '../../src/attest/keys.ts'
import { type Ticket, verifyTicket } from '../../src/attest/ticket.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const keys = await readKeys(String(privateKey.export({ type: 'pkcs8', format: 'pem' })), [])
const PATH = '.gonogo/criteria/sentiment.yml'
const JOB = 'a.job.token'

function starting(given: Partial<Starting> = {}) {
  const recorded: Ticket[] = []
  const ports: Starting = {
    keys,
    identify: async (token) => (token === JOB ? { repository: 'acme/models', run: 77 } : undefined),
    reader: async (token, repository) =>
      token === 'ghp_ada' && repository.startsWith('acme/') ? 'ada' : undefined,
    open: async (repository) =>
      repository.toLowerCase() === 'acme/models'
        ? {
            name: 'acme/models',
            branch: 'main',
            tip: '2'.repeat(40),
            blob: async (path) => (path === PATH ? 'c'.repeat(40) : undefined),
          }
        : undefined,
    issued: async () => ({ all: 0, own: 0 }),
    record: async (ticket) => {
      recorded.push(ticket)
    },
    clock: () => new Date('2026-03-01T12:00:00Z'),
    ...given,
  }
  const ask = (token: string | undefined, body: unknown) =>
    start(token === undefined ? undefined : `Bearer ${token}`, body, ports)
  return { ask, recorded }
}

const says = {
  gonogo: 1,
  repository: 'acme/models',
  model: 'sentiment',
  branch: 'main',
  tip: '2'.repeat(40),
  criteria: { path: PATH, blob: 'c'.repeat(40) },
  at: '2026-03-01T12:00:00.000Z',
}

describe('a start ticket', () => {
  test("is given to a job, about the job's own repository", async () => {
    const { ask, recorded } = starting()

    const { status, body } = await ask(JOB, { model: 'sentiment' })

    const ticket = await verifyTicket(String(body.ticket), keys.all)
    expect(status).toBe(201)
    expect(ticket).toMatchObject({ ...says, by: 'run 77 of acme/models', run: { id: 77 } })
    expect(body.says).toEqual(ticket)
    expect(recorded).toEqual([ticket])
  })

  test('is given to whoever may read the repository', async () => {
    const { ask } = starting()

    const { status, body } = await ask('ghp_ada', { model: 'sentiment', repository: 'acme/models' })

    expect(status).toBe(201)
    expect(body.says).toMatchObject({ ...says, by: 'ada' })
  })

  test('two in a row are two', async () => {
    const { ask } = starting()
    const nonce = async () => {
      const { body } = await ask(JOB, { model: 'sentiment' })
      return (await verifyTicket(String(body.ticket), keys.all))?.nonce
    }

    expect(await nonce()).not.toBe(await nonce())
  })
})

describe('is refused, and nothing recorded', () => {
  const model = { model: 'sentiment' }
  test.each<readonly [string, string | undefined, unknown, number, RegExp]>([
    ['without a token', undefined, model, 401, /Bearer/],
    ['with a token of nobody', 'ghp_mallory', { ...model, repository: 'acme/models' }, 403, /not valid/],
    ["for another repository than the job's", JOB, { ...model, repository: 'acme/other' }, 403, /not valid/],
    ['with a forged job', 'x.y.z', { ...model, repository: 'acme/models' }, 403, /not valid/],
    ['with no repository named', 'ghp_ada', model, 403, /not valid/],
    ['where the app is not', 'ghp_ada', { ...model, repository: 'acme/other' }, 404, /not installed/],
    ['for a model without criteria', JOB, { model: 'other' }, 409, /merge the criteria first/],
    ['for what is no model', JOB, { model: '../x' }, 400, /send/],
    ['for what is no repository', 'ghp_ada', { ...model, repository: 'acme' }, 400, /send/],
    ['with more than is asked', JOB, { ...model, at: '2020-01-01' }, 400, /send/],
    ['with nothing', JOB, undefined, 400, /send/],
  ])('%s', async (_, token, body, status, sentence) => {
    const { ask, recorded } = starting()

    expect(await ask(token, body)).toEqual({ status, body: { error: expect.stringMatching(sentence) } })
    expect(recorded).toEqual([])
  })

  test.each([
    { own: 60, all: 60 },
    { own: 0, all: 600 },
  ])('after too many in an hour: %o', async (count) => {
    const { ask, recorded } = starting({ issued: async () => count })

    expect(await ask(JOB, model)).toMatchObject({ status: 429 })
    expect(recorded).toEqual([])
  })

  test('what could not be recorded is not given', async () => {
    const { ask } = starting({ record: () => Promise.reject(new Error('no database')) })

    await expect(ask(JOB, model)).rejects.toThrow('no database')
  })
})
