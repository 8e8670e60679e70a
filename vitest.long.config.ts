import { defineConfig } from 'vitest/config'

/** `npm run test:long`: what packs, plays the demo, and starts and ends the app over and over. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    isolate: false,
  },
})
