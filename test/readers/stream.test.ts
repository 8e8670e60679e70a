import { expect, test } from 'vitest'
import { readInProcess } from '../support/streamed.ts'

test('a report is read line by line: what it takes does not grow with it', () => {
  const told = readInProcess(2000)

  expect(told).toMatchObject({ measurements: 20, problems: 0, clusters: 2000, successes: told.fails })
  expect(told.megabytes).toBeGreaterThan(80)
  expect(told.peak - told.before).toBeLessThan(60)
})
