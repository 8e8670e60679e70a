import { expect, test } from 'vitest'
import { postponement } from '../../src/app/limits.ts'

const NOW = new Date('2026-03-01T00:00:00Z')
const IN_90 = String(NOW.getTime() / 1000 + 90)

function answer(status: number, headers: object = {}, message = 'no'): Error {
  return Object.assign(new Error(message), { status, response: { headers } })
}

/** GraphQL answers 200 and says in the body what is wrong. */
function query(type: string, headers: object = {}): Error {
  return Object.assign(new Error('no'), { headers, errors: [{ type, message: 'no' }] })
}

test.each<readonly [string, unknown, number | undefined]>([
  ['retry-after', answer(429, { 'retry-after': '17' }), 17],
  ['retry-after on 403', answer(403, { 'retry-after': '17' }), 17],
  ['nothing remains', answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': IN_90 }), 90],
  [
    'nothing remains, reset passed',
    answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' }),
    1,
  ],
  ['nothing remains, no reset', answer(403, { 'x-ratelimit-remaining': '0' }), 60],
  ['a secondary limit by its words', answer(403, {}, 'You have exceeded a secondary rate limit'), 60],
  ['429 and no more', answer(429), 60],
  ['longer than an hour', answer(429, { 'retry-after': '99999' }), 3600],
  ['a retry-after that is none', answer(429, { 'retry-after': 'soon' }), 60],
  [
    'a permission that is missing',
    answer(403, { 'x-ratelimit-remaining': '4999' }, 'Resource not accessible'),
    undefined,
  ],
  [
    'a limit of GraphQL',
    query('RATE_LIMITED', { 'x-ratelimit-reset': IN_90, 'x-ratelimit-remaining': '0' }),
    90,
  ],
  ['a limit of GraphQL and no more', query('RATE_LIMITED'), 60],
  ['another error of GraphQL', query('NOT_FOUND', { 'x-ratelimit-remaining': '0' }), undefined],
  ['an outage', answer(502, { 'retry-after': '5' }), undefined],
  ['another error', new Error('secondary rate limit'), undefined],
  ['no error', 'rate limit', undefined],
])('%s', (_, error, expected) => {
  expect(postponement(error, NOW)).toBe(expected)
})
