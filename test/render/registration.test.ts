import { expect, test } from 'vitest'
import type { Received, Registration } from '../../src/core/registration.ts'
import { registrationSentences } from '../../src/render/registration-lines.ts'
import { plain } from '../../src/render/sentence.ts'
import { aModel, aRegistration } from '../support/build.ts'

const at = '2026-03-01T12:00:00.000Z'

test.each<readonly [string, Received, string]>([
  ['a direct push', { at, pusher: 'ada' }, 'by a direct push of `ada`, without a pull request'],
  ['a push that nobody heard of', { at }, 'by a direct push, without a pull request'],
  [
    'a merge',
    { at, pusher: 'ada', pullRequest: { number: 7, mergedBy: 'ada', approvedBy: ['alan', 'grace'] } },
    'by pull request `#7`, merged by `ada` and approved by `alan`, `grace`',
  ],
  [
    'a merge that nobody approved, by somebody who left',
    { at, pullRequest: { number: 7, approvedBy: [] } },
    'by pull request `#7`, merged by somebody who is gone and approved by nobody',
  ],
])('how criteria reached the default branch: %s', (_, received, expected) => {
  const said = registrationSentences(aModel({ registration: aRegistration({ received }) })).map(plain)

  expect(said).toContain(`they reached the default branch at \`${at}\` ${expected}`)
})

test.each<readonly [Registration['tier'], Registration['required'], string | undefined]>([
  ['ordered', 'ordered', 'started'],
  ['ordered', 'started', 'started'],
  ['ordered', 'witnessed', 'witnessed'],
  ['started', 'ordered', 'witnessed'],
  ['started', 'witnessed', 'witnessed'],
  ['witnessed', 'ordered', undefined],
  ['none', 'witnessed', undefined],
])('of tier %s where %s is required it is said how to reach %s', (tier, required, expected) => {
  const registration = aRegistration({ tier, required, limits: [{ code: 'no_clock' }] })
  const said = registrationSentences(aModel({ registration })).map(plain)

  expect(said.flatMap((one) => /^to reach tier `(\w+)`: /.exec(one)?.[1] ?? [])).toEqual(
    expected === undefined ? [] : [expected],
  )
})
