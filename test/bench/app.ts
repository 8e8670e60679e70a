import { pino } from 'pino'
import { startServer } from '../../src/app/server.ts'
import { readConfig } from '../../src/config.ts'

/** The app as it serves, in a process of its own; where GitHub can't be reached it does not try again at once. */
const app = await startServer(readConfig(process.env, process.cwd()), pino({ level: 'silent' }), {
  throttle: false,
  firstDelaySeconds: 300,
  unasked: false,
})
process.send?.(app.url)
