import { defineConfig } from 'vitest/config'

/**
 * Tests that start processes, most of them git. To start one costs as much as the process that does it has grown, which
 * is twenty times as much where everything else ran before: so these run first, in workers of their own.
 */
const STARTING = [
  'test/bin.test.ts',
  'test/cli/**/*.test.ts',
  'test/demo/stand-in.test.ts',
  'test/deployment.test.ts',
  'test/ledger/{folder-lock,store}.test.ts',
  'test/render/doctor.test.ts',
  'test/sources/{amendments,crossing,weight-formats}.test.ts',
]

export default defineConfig({
  test: {
    // The machine may be busy: a test that takes long there is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Without it vitest leaves a core idle, which on two is half of them.
    maxWorkers: '100%',
    // No module keeps state, so files share what was loaded.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'starting', include: STARTING, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'all else',
          include: ['test/**/*.test.ts'],
          exclude: STARTING,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
