import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import {
  ElsewhereError,
  foreignAddress,
  guardedLookup,
  mayFetchFrom,
} from '../../src/sources/github/addresses.ts'
import { webOf } from '../../src/sources/github/client.ts'

test.each<readonly [string, boolean, boolean]>([
  ['140.82.112.3', true, true],
  ['2606:50c0:8000::153', true, true],
  ['10.1.2.3', false, true],
  ['172.31.255.255', false, true],
  ['172.32.0.1', true, true],
  ['192.168.0.1', false, true],
  ['100.64.0.1', false, true],
  ['127.0.0.1', false, true],
  ['127.255.0.1', false, true],
  ['::1', false, true],
  ['fd00::1', false, true],
  ['169.254.169.254', false, false],
  ['0.0.0.0', false, false],
  ['255.255.255.255', false, false],
  ['224.0.0.1', false, false],
  ['198.51.100.1', false, false],
  ['fe80::1', false, false],
  ['fd00:ec2::254', false, true],
  ['::', false, false],
  ['::ffff:140.82.112.3', false, false],
  ['::ffff:169.254.169.254', false, false],
  ['64:ff9b::a9fe:a9fe', false, false],
  ['2002:a9fe:a9fe::', false, false],
  ['example.com', false, false],
  ['', false, false],
])('%s: of anybody %s, of GitHub itself %s', (address, anybody, github) => {
  expect([mayFetchFrom(address, false), mayFetchFrom(address, true)]).toEqual([anybody, github])
})

const DOTCOM = 'https://github.com'
test.each<readonly [string, string, boolean | 'own']>([
  [DOTCOM, 'https://github-cloud.githubusercontent.com/alambic/1?sig=a', true],
  [DOTCOM, 'https://media.github.com/1', 'own'],
  [DOTCOM, 'https://github.com/1', 'own'],
  [DOTCOM, 'https://evilgithub.com/1', true],
  [DOTCOM, 'http://github.com/1', false],
  [DOTCOM, 'http://github-cloud.githubusercontent.com/1', false],
  [DOTCOM, 'https://user@objects.example/1', false],
  [DOTCOM, 'https://:secret@objects.example/1', false],
  [DOTCOM, 'https://169.254.169.254/latest/meta-data', false],
  [DOTCOM, 'https://[fe80::1]/1', false],
  [DOTCOM, 'https://[::ffff:a9fe:a9fe]/1', false],
  [DOTCOM, 'https://127.0.0.1/1', false],
  [DOTCOM, 'https://2130706433/1', false],
  [DOTCOM, 'https://0x7f.1/1', false],
  [DOTCOM, 'https://10.0.0.1/1', false],
  [DOTCOM, 'file:///etc/passwd', false],
  [DOTCOM, 'ftp://objects.example/1', false],
  [DOTCOM, 'data:text/plain,x', false],
  [DOTCOM, '//objects.example/1', false],
  [DOTCOM, '', false],
  ['https://10.0.0.1', 'https://10.0.0.1/1', 'own'],
  ['https://10.0.0.1', 'https://10.0.0.2/1', false],
  ['https://10.0.0.1', 'http://10.0.0.1/1', false],
  ['http://127.0.0.1:3', 'http://127.0.0.1:4/1', 'own'],
  ['http://127.0.0.1:3', 'http://127.0.0.2:4/1', false],
  ['http://127.0.0.1:3', 'http://objects.example/1', false],
  ['http://127.0.0.1:3', 'http://169.254.169.254/1', false],
])('of the GitHub at %s the address %s: %s', (web, href, expected) => {
  if (expected === false) expect(() => foreignAddress(href, web)).toThrow(ElsewhereError)
  else expect(foreignAddress(href, web)).toMatchObject({ own: expected === 'own' })
})

/** What a name leads to, whoever asks. */
const leadsTo =
  (...addresses: readonly string[]): LookupFunction =>
  (_, options, callback) => {
    const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    expect(options.all).toBe(true)
    callback(null, all)
  }
const looked = (lookup: LookupFunction, all: boolean, own = false) =>
  new Promise((resolve, reject) =>
    guardedLookup(own, lookup)('objects.example', { all }, (error, address) =>
      error ? reject(error) : resolve(address),
    ),
  )

test('a name leads nowhere if one of its addresses is of a network that nothing is fetched from', async () => {
  expect(await looked(leadsTo('140.82.112.3'), false)).toBe('140.82.112.3')
  expect(await looked(leadsTo('140.82.112.3', '2606:50c0:8000::153'), true)).toHaveLength(2)
  for (const bad of ['169.254.169.254', '10.0.0.1', '::1', '::ffff:10.0.0.1'])
    for (const all of [true, false])
      await expect(looked(leadsTo('140.82.112.3', bad), all)).rejects.toThrow(ElsewhereError)
  await expect(looked(leadsTo(), true)).rejects.toThrow(ElsewhereError)
  expect(await looked(leadsTo('10.0.0.1'), false, true)).toBe('10.0.0.1')
  await expect(looked(leadsTo('169.254.169.254'), false, true)).rejects.toThrow(ElsewhereError)
  const fails: LookupFunction = (_, __, callback) => callback(new Error('no such name'), '', 0)
  await expect(looked(fails, false)).rejects.toThrow('no such name')
})

test.each([
  ['https://api.github.com', 'https://github.com'],
  ['https://api.acme.ghe.com', 'https://acme.ghe.com'],
  ['https://ghe.acme.example/api/v3', 'https://ghe.acme.example'],
  ['https://api.acme.example/api/v3', 'https://api.acme.example'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
])('pages of the API at %s are at %s', (api, web) => {
  expect(webOf(api)).toBe(web)
})
