import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Servers and databases start in hooks, and the machine may be busy.
    hookTimeout: 60_000,
    // Without it vitest leaves a core idle, which on two is half of them.
    maxWorkers: '100%',
    // No module keeps state, so files share what was loaded.
    isolate: false,
  },
})
