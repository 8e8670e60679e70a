import { pino } from 'pino'
import { startServer } from '../../src/app/server.ts'
import { readConfig } from '../../src/config.ts'

/** The app as a process of its own, for tests that kill it; tells its address to who started it. */
const app = await startServer(readConfig(process.env, process.cwd()), pino({ level: 'silent' }), {
  throttle: false,
  firstDelaySeconds: 0,
})
process.send?.(app.url)
process.once('SIGTERM', () => {
  app.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
