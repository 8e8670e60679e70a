import { createSign } from 'node:crypto'
import { createServer } from 'node:http'
import { Octokit } from '@octokit/rest'
import type { StandIn } from '../../src/demo/stand-in.ts'

/** The app as itself, by a token that it signs with its key. */
export function asApp({ url, app }: StandIn): Octokit {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const unsigned = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 300, iss: app.id })}`
  const signed = createSign('RSA-SHA256').update(unsigned).sign(app.privateKey, 'base64url')
  return client(url, `${unsigned}.${signed}`)
}

/** The app's installation, by a token that it asked for. */
export async function asInstallation(standIn: StandIn): Promise<Octokit> {
  const { installationId } = standIn.app
  const { data } = await asApp(standIn).rest.apps.createInstallationAccessToken({
    installation_id: installationId,
  })
  return client(standIn.url, data.token)
}

export const client = (baseUrl: string, auth: string): Octokit => new Octokit({ baseUrl, auth, log: silent })

const nothing = (): void => {}
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** The status of a request that is expected to fail, and GitHub's sentence. */
export async function refusal(request: Promise<unknown>): Promise<string> {
  try {
    await request
    return 'not refused'
  } catch (error) {
    if (!(error instanceof Error && 'status' in error)) throw error
    return `${error.status} ${error.message.replace(/ - https:.*$/, '')}`
  }
}

export type Heard = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A server that hears deliveries and answers them with a status, given by a function that may take its time. */
export async function listen(answer: () => Promise<number> | number = () => 200) {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(await answer()).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}/`, heard, close }
}
