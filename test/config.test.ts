import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString()
const good = { APP_ID: '7', PRIVATE_KEY: key, WEBHOOK_SECRET: 'a long random word' }

function faults(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(environment, '/srv')
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

test('what Probot reads is enough', () => {
  expect(readConfig(good, '/srv')).toEqual({
    appId: 7,
    privateKey: key,
    webhookSecrets: ['a long random word'],
    where: { folder: '/srv/.gonogo-data' },
    webhookPath: '/api/github/webhooks',
    host: 'localhost',
    port: 3000,
    keepDays: 90,
    floor: 'optional',
    floorRepository: '.github',
    logLevel: 'info',
    apiUrl: 'https://api.github.com',
  })
})

test.each([
  ['no webhook secret', { WEBHOOK_SECRET: undefined }, 'WEBHOOK_SECRET is not set'],
  ['an empty webhook secret', { WEBHOOK_SECRET: '' }, 'WEBHOOK_SECRET is empty'],
  ["Probot's own webhook secret", { WEBHOOK_SECRET: 'development' }, 'everybody knows'],
  ['no app id', { APP_ID: undefined }, 'APP_ID must be'],
  ['an app id that is no number', { APP_ID: 'gonogo' }, 'APP_ID must be'],
  ['no key', { PRIVATE_KEY: undefined }, 'PRIVATE_KEY or PRIVATE_KEY_PATH is not set'],
  ['a key that is none', { PRIVATE_KEY: 'sesame' }, 'PRIVATE_KEY holds no private key'],
  [
    'a key file that is not there',
    { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/nowhere/key.pem' },
    "can't be read",
  ],
  ['a port that is none', { PORT: '70000' }, 'PORT'],
  ['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ['days that are none', { GONOGO_KEEP_DAYS: 'ever' }, 'GONOGO_KEEP_DAYS must be a number'],
  ['half a day', { GONOGO_KEEP_DAYS: '7.5' }, 'GONOGO_KEEP_DAYS must be a whole number'],
  ['fewer days than redeliveries take', { GONOGO_KEEP_DAYS: '6' }, 'GONOGO_KEEP_DAYS must be 7 or more'],
  [
    'a collector that is none',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'here' },
    'OTEL_EXPORTER_OTLP_ENDPOINT must be',
  ],
  ['an address that is none', { GITHUB_API_URL: 'ftp://github.example' }, 'GITHUB_API_URL must be'],
])('%s stops the start', (_, change, sentence) => {
  expect(faults({ ...good, ...change })).toEqual([expect.stringContaining(sentence)])
})

test('every fault is told at once', () => {
  expect(faults({})).toHaveLength(3)
})

test('a fault never repeats the key', () => {
  expect(faults({ ...good, PRIVATE_KEY: 'sesame', WEBHOOK_SECRET: 'development' }).join()).not.toContain(
    'sesame',
  )
})

test.each([
  ['with \\n written out', key.replaceAll('\n', '\\n')],
  ['in base64', Buffer.from(key).toString('base64')],
])('a key %s', (_, written) => {
  expect(readConfig({ ...good, PRIVATE_KEY: written }, '/srv').privateKey.trim()).toBe(key.trim())
})

test('a key in a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'gonogo-key-')), 'app.pem')
  writeFileSync(file, key)

  expect(readConfig({ ...good, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: file }, '/srv').privateKey).toBe(key)
})

test.each([
  [
    'a server',
    { DATABASE_URL: 'postgres://db/gonogo', GONOGO_DATA: 'ignored' },
    { url: 'postgres://db/gonogo' },
  ],
  ['a folder', { GONOGO_DATA: '/var/lib/gonogo' }, { folder: '/var/lib/gonogo' }],
  ['a folder beside', { GONOGO_DATA: 'data' }, { folder: '/srv/data' }],
])('the database is %s', (_, environment, where) => {
  expect(readConfig({ ...good, ...environment }, '/srv').where).toEqual(where)
})

test('while the secret is being changed, both hold', () => {
  expect(readConfig({ ...good, WEBHOOK_SECRET_OLD: 'the one before' }, '/srv').webhookSecrets).toEqual([
    'a long random word',
    'the one before',
  ])
  expect(faults({ ...good, WEBHOOK_SECRET_OLD: 'development' })).toEqual([
    expect.stringContaining('everybody knows'),
  ])
})

test('a slash at the end of the address does no harm', () => {
  expect(readConfig({ ...good, GITHUB_API_URL: 'https://ghe.example/api/v3/' }, '/srv').apiUrl).toBe(
    'https://ghe.example/api/v3',
  )
})

test('what deliveries asked is kept for ninety days, or as many as are named', () => {
  expect(readConfig(good, '/srv').keepDays).toBe(90)
  expect(readConfig({ ...good, GONOGO_KEEP_DAYS: '7' }, '/srv').keepDays).toBe(7)
})

test('a floor is required where that is said, and nothing else passes for it', () => {
  expect(readConfig(good, '/srv').floor).toBe('optional')
  expect(readConfig({ ...good, GONOGO_FLOOR: 'required' }, '/srv').floor).toBe('required')
  expect(() => readConfig({ ...good, GONOGO_FLOOR: 'yes' }, '/srv')).toThrow('GONOGO_FLOOR must be')
  const named = (name: string) => readConfig({ ...good, GONOGO_FLOOR_REPOSITORY: name }, '/srv')
  expect(named('model-policy').floorRepository).toBe('model-policy')
  expect(() => named('acme/model-policy')).toThrow('without its owner')
})

test('traces go to a collector, where one is named', () => {
  const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }

  expect(readConfig({ ...good, ...collector }, '/srv').traces).toBe('http://localhost:4318')
  expect(readConfig({ ...good, OTEL_EXPORTER_OTLP_ENDPOINT: '' }, '/srv')).not.toHaveProperty('traces')
})
