import { pino } from 'pino'
import { startServer } from '../app/server.ts'
import { readConfig } from '../config.ts'
import { EXIT, type World } from './world.ts'

/** `gonogo serve`: the app, until it is told to stop; then it finishes the work in hand. */
export async function serve(world: World): Promise<number> {
  const config = readConfig(world.environment, world.cwd)
  const log = pino({
    level: config.logLevel,
    name: 'gonogo',
    redact: ['privateKey', 'secret', 'token', '*.authorization', 'headers'],
  })
  const server = await startServer(config, log)
  log.info({ url: server.url, api: config.apiUrl, app: config.appId }, 'listening')
  const signal = await new Promise<string>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  log.info({ signal }, 'stopping')
  await server.close()
  log.info({}, 'stopped')
  return EXIT.go
}
