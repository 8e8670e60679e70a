import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The machine may be busy: a test that takes long there is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Without it vitest leaves a core idle, which on two is half of them.
    maxWorkers: '100%',
    // No module keeps state, so files share what was loaded.
    isolate: false,
  },
})
