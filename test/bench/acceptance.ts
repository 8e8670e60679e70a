import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { signature } from '../../src/demo/webhook.ts'
import { timed } from './table.ts'

const DELIVERIES = 1500
const AT_ONCE = 100
const ROUNDS = 5

export type Load = { readonly secret: string; readonly payload: object }

/**
 * Signed deliveries that are answered a second, of each app, in rounds that take turns, so that what else the
 * machine does falls on all of them; each has an id of its own, and they are about twenty commits.
 */
export async function acceptedPerSecond(
  urls: readonly string[],
  { secret, payload }: Load,
): Promise<readonly (readonly number[])[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const bodies = Array.from({ length: 20 }, (_, index) => {
    const sha = String(index % 10).repeat(39) + (index < 10 ? 'a' : 'b')
    const opened = { action: 'opened', number: 1, pull_request: { number: 1, state: 'open', head: { sha } } }
    const body = JSON.stringify({ ...payload, ...opened, padding: 'x'.repeat(20_000) })
    return { body, signed: signature(secret, body) }
  })
  async function round(url: string): Promise<number> {
    let next = 0
    const sender = async () => {
      for (let turn = next++; turn < DELIVERIES; turn = next++) {
        const { body = '', signed = '' } = bodies[turn % bodies.length] ?? {}
        await send(`${url}/api/github/webhooks`, agent, body, signed)
      }
    }
    const ms = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, sender)))
    return (DELIVERIES / ms) * 1000
  }
  const rates = urls.map((): number[] => [])
  // The first round warms up.
  for (let turn = 0; turn <= ROUNDS; turn += 1)
    for (const [index, url] of urls.entries()) {
      const rate = await round(url)
      if (turn > 0) rates[index]?.push(rate)
    }
  agent.destroy()
  return rates
}

function send(url: string, agent: Agent, body: string, signed: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'x-github-delivery': randomUUID(),
      'x-github-event': 'pull_request',
      'x-hub-signature-256': signed,
    }
    const asking = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => {
        const { statusCode = 0 } = answer
        if (statusCode >= 200 && statusCode < 300) resolve()
        else reject(new Error(`a delivery was answered ${statusCode}`))
      })
    })
    asking.once('error', reject)
    asking.end(body)
  })
}
