import { expect, test } from 'vitest'
import { readInProcess } from '../support/streamed.ts'

test('a report of 500 MB takes at most 300 MB', () => {
  const told = readInProcess(12_500)

  expect(told).toMatchObject({ measurements: 20, problems: 0, clusters: 12_500, successes: told.fails })
  expect(told.megabytes).toBeGreaterThan(500)
  expect(told.peak).toBeLessThan(300)
})
