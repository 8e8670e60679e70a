import { defineConfig } from 'vitest/config'

/**
 * `npm run test:long`: what packs, plays the demo, starts and ends the app over and over, runs many processes, or
 * tells a long story of releases, deployments, reviews, approvals, waivers and artifacts, or simulates; and the ledger
 * on a real PostgreSQL.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.long.ts', 'test/ledger/*.test.ts'],
    env: { GONOGO_TEST_DATABASE: 'postgres' },
    // The machine may be busy: a test that takes long there is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
    isolate: false,
  },
})
