import { describe, expect, test } from 'vitest'
import { identityOf } from '../../src/attest/proof/identity.ts'

const extension = (number: number, value: Uint8Array) => ({
  oid: { id: [1, 3, 6, 1, 4, 1, 57264, 1, number] },
  value,
})
const utf8 = (text: string) => {
  const bytes = Buffer.from(text)
  const head = bytes.length < 128 ? [bytes.length] : [0x81, bytes.length]
  return Buffer.concat([Buffer.from([0x0c, ...head]), bytes])
}

describe('an extension', () => {
  test.each<readonly [string, Uint8Array, string | undefined]>([
    ['of a text', utf8('acme'), 'acme'],
    ['of a long text', utf8('a'.repeat(200)), 'a'.repeat(200)],
    ['cut off', utf8('acme').subarray(0, -1), undefined],
    ['with more behind', Buffer.concat([utf8('acme'), Buffer.from('x')]), undefined],
    ['of another type', Buffer.concat([Buffer.from([0x04]), utf8('acme').subarray(1)]), undefined],
    ['of no length', Buffer.from([0x0c]), undefined],
    ['of no UTF-8', Buffer.from([0x0c, 1, 0xff]), undefined],
  ])('%s', (_, value, ref) => {
    expect(identityOf('subject', 'issuer', [extension(14, value)])?.ref).toBe(ref)
  })

  test('that stands twice says nothing', () => {
    const twice = [extension(14, utf8('one')), extension(14, utf8('two'))]

    expect(identityOf('subject', 'issuer', twice)).toEqual({
      by: 'identity',
      issuer: 'issuer',
      subject: 'subject',
    })
  })
})

test('the issuer is the whole text of its newer extension, if there is one', () => {
  expect(identityOf('s', 'old', [extension(8, utf8('new'))])?.issuer).toBe('new')
  expect(identityOf('s', 'old', [])?.issuer).toBe('old')
})

test.each([
  [undefined, 'issuer'],
  ['', 'issuer'],
  ['subject', undefined],
  ['subject', ''],
])('%j by %j is nobody', (subject, issuer) => {
  expect(identityOf(subject, issuer, [])).toBeUndefined()
})
