import { type DestinationStream, type Logger, pino } from 'pino'
import { type ServeOptions, startServer } from '../app/server.ts'
import { type Config, readConfig } from '../config.ts'
import { EXIT, type World } from './world.ts'

/** After the end, what was left is given so long. */
const LEFT_MS = 1000

/** `gonogo serve`: the app, until it is told to stop; then it finishes the work in hand. */
export async function serve(world: World, options: ServeOptions = {}): Promise<number> {
  const config = readConfig(world.environment, world.cwd)
  const log = logger(config, pino.destination(1))
  const server = await startServer(config, log, options)
  log.info({ url: server.url, api: config.apiUrl, app: config.appId }, 'listening')
  const signal = await new Promise<string>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  log.info({ signal }, 'stopping')
  await server.close()
  log.info({}, 'stopped')
  // An attempt that was left may wait for GitHub for long; nothing of it counts any more.
  setTimeout(() => process.exit(EXIT.go), LEFT_MS).unref()
  return EXIT.go
}

/** The app's log, as JSON lines, without what a careless line would tell. */
export function logger({ logLevel: level }: Config, destination: DestinationStream): Logger {
  const redact = ['privateKey', 'secret', 'token', '*.authorization', 'headers', '*.headers']
  return pino({ level, name: 'gonogo', redact }, destination)
}
