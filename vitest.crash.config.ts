import { defineConfig } from 'vitest/config'

/** `npm run test:crash`: one file, one database after the other. */
export default defineConfig({
  test: { include: ['test/crash/*.crash.ts'], hookTimeout: 60_000 },
})
