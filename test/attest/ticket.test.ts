import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { CompactSign } from 'jose'
import { describe, expect, test } from 'vitest'
import { KeyError, keySet, readKeys } from '../../src/attest/keys.ts'
import { MAX_TICKET_BYTES, signTicket, type Ticket, verifyTicket } from '../../src/attest/ticket.ts'

function pem(curve = 'P-256'): { readonly secret: string; readonly open: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve })
  const open = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' })
  return { secret: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), open: String(open) }
}

const ours = pem()
const before = pem()
const keys = await readKeys(ours.secret, [before.open])
const ticket: Ticket = {
  gonogo: 1,
  repository: 'acme/credit',
  model: 'credit-risk',
  branch: 'main',
  tip: '2'.repeat(40),
  criteria: { path: '.gonogo/criteria/credit-risk.yml', blob: 'c'.repeat(40) },
  nonce: '3f0c5f0e-6d0e-4f5e-9f0a-1d1f0b8b7b1e',
  at: '2026-03-01T12:00:00.000Z',
  by: 'acme/credit run 77',
}

async function signed(payload: unknown, header: object = {}, by = keys): Promise<string> {
  const bytes = new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload))
  const { secret, kid } = by.sign
  return await new CompactSign(bytes)
    .setProtectedHeader({ alg: 'ES256', typ: 'gonogo-start-ticket', kid, ...header })
    .sign(secret)
}

describe('a start ticket', () => {
  test('says what was signed', async () => {
    expect(await verifyTicket(await signTicket(ticket, keys), keys.all)).toEqual(ticket)
  })

  test('survives a new line at its end', async () => {
    expect(await verifyTicket(`${await signTicket(ticket, keys)}\n`, keys.all)).toEqual(ticket)
  })

  test('of a key that was retired is still valid', async () => {
    const text = await signTicket(ticket, await readKeys(before.secret, []))

    expect(await verifyTicket(text, keys.all)).toEqual(ticket)
    expect(await verifyTicket(text, (await readKeys(ours.secret, [])).all)).toBeUndefined()
  })

  test('of another key that takes the name of ours is none', async () => {
    const forged = await signed(ticket, { kid: keys.sign.kid }, await readKeys(pem().secret, []))

    expect(await verifyTicket(forged, keys.all)).toBeUndefined()
  })

  test.each([
    ['of another type', () => signed(ticket, { typ: 'JWT' })],
    ['of an unknown key', () => signed(ticket, { kid: 'other' })],
    ['with a key that nobody knows', () => signed({ ...ticket, more: 1 })],
    ['without a repository', () => signed({ ...ticket, repository: undefined })],
    ['that is no JSON', () => signed('{')],
    ['that is empty', async () => ''],
    ['that is no signature', async () => 'a.b.c'],
    ['that is too long', async () => `${await signTicket(ticket, keys)}${' '.repeat(MAX_TICKET_BYTES)}`],
    [
      'whose content was swapped',
      async () => {
        const [head, , end] = (await signTicket(ticket, keys)).split('.')
        const other = Buffer.from(JSON.stringify({ ...ticket, model: 'other' })).toString('base64url')
        return [head, other, end].join('.')
      },
    ],
    [
      'that asks for no signature',
      async () => {
        const none = Buffer.from(
          JSON.stringify({ alg: 'none', kid: keys.sign.kid, typ: 'gonogo-start-ticket' }),
        )
        const body = Buffer.from(JSON.stringify(ticket)).toString('base64url')
        return `${none.toString('base64url')}.${body}.`
      },
    ],
  ])('%s is none', async (_, text) => {
    expect(await verifyTicket(await text(), keys.all)).toBeUndefined()
  })
})

describe('keys', () => {
  test('are published without what must stay secret', () => {
    const { keys: shown } = keySet(keys)

    expect(shown).toHaveLength(2)
    expect(shown.map(({ kty, crv, alg, d }) => ({ kty, crv, alg, d }))).toEqual([
      { kty: 'EC', crv: 'P-256', alg: 'ES256', d: undefined },
      { kty: 'EC', crv: 'P-256', alg: 'ES256', d: undefined },
    ])
  })

  test('the present one that is named as retired too stands once', async () => {
    expect((await readKeys(ours.secret, [ours.open])).all).toHaveLength(1)
  })

  test.each([
    ['no key', 'nothing', []],
    ['a public key to sign with', ours.open, []],
    ['another curve', pem('P-384').secret, []],
    ['a retired key that is none', ours.secret, ['nothing']],
    ['a retired key of another curve', ours.secret, [pem('P-384').open]],
  ])('%s is refused without saying the key', async (_, secret, retired) => {
    await expect(readKeys(secret, retired)).rejects.toThrow(KeyError)
    await expect(readKeys(secret, retired)).rejects.not.toThrow(/BEGIN|nothing/)
  })
})
