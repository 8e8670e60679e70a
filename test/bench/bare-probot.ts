import { Probot, Server } from 'probot'

/** A Probot that verifies each delivery and does nothing: what the durable acceptance is measured against. */
const server = new Server({
  port: Number(process.env.PORT),
  host: '127.0.0.1',
  Probot: Probot.defaults({
    appId: Number(process.env.APP_ID),
    privateKey: process.env.PRIVATE_KEY ?? '',
    secret: process.env.WEBHOOK_SECRET ?? '',
    logLevel: 'warn',
  }),
})
await server.load((app) => {
  app.on('pull_request', async () => undefined)
})
await server.start()
process.send?.(`http://127.0.0.1:${process.env.PORT}`)
