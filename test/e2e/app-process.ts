import { pino } from 'pino'
import { startServer } from '../../src/app/server.ts'
import { readConfig } from '../../src/config.ts'

/**
 * The app as a process of its own, for tests that kill it; tells its address to who started it. With WAIT it
 * loads and starts when it is told to, so that its loading takes no time of the test's.
 */
// Whoever started it is gone: then nobody would ever end it.
process.once('disconnect', () => process.exit(1))
if (process.env.WAIT) {
  process.send?.('loaded')
  await new Promise((resolve) => process.once('message', resolve))
}
const app = await startServer(readConfig(process.env, process.cwd()), pino({ level: 'silent' }), {
  throttle: false,
  firstDelaySeconds: 0,
  ...JSON.parse(process.env.SERVE_OPTIONS ?? '{}'),
})
process.send?.(app.url)
process.once('SIGTERM', () => {
  app.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
