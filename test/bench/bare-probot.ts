import { createServer } from 'node:http'
import { createNodeMiddleware, createProbot } from 'probot'

/** What acceptance is measured against: Probot, which checks the signature, does nothing and stores nothing. */
const probot = createProbot({
  defaults: {
    appId: Number(process.env.APP_ID),
    privateKey: process.env.PRIVATE_KEY ?? '',
    secret: process.env.WEBHOOK_SECRET ?? '',
    logLevel: 'fatal',
  },
})
const middleware = await createNodeMiddleware(
  (app) => {
    app.on('pull_request.opened', async () => undefined)
  },
  { probot, webhooksPath: '/api/github/webhooks' },
)
const server = createServer(async (request, response) => {
  if (!(await middleware(request, response))) response.writeHead(404).end()
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.send?.(`http://127.0.0.1:${port}`)
})
