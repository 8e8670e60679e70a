import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 15_000,
    hookTimeout: 60_000,
    // Without it vitest leaves a core idle, which on two is half of them.
    maxWorkers: '100%',
  },
})
