import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { signature } from '../../src/demo/webhook.ts'

/** A load of deliveries, as GitHub's own example of a push to a pull request, each about a commit of its own. */
const Task = z.object({
  url: z.string(),
  secret: z.string(),
  count: z.int().max(20_000),
  connections: z.int().max(200),
})

const { url, secret, count, connections } = Task.parse(JSON.parse(process.argv[2] ?? ''))
const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.looseObject({ action: z.string().optional() })) }),
)
const examples = Examples.parse(createRequire(import.meta.url)('@octokit/webhooks-examples'))
const example = examples
  .find(({ name }) => name === 'pull_request')
  ?.examples.find((one) => one.action === 'synchronize' && 'installation' in one)
const text = JSON.stringify(example)
const sha = /"head":\{[^{}]*"sha":"([0-9a-f]{40})"/.exec(text)?.[1] ?? ''
if (sha === '') throw new Error('the example of a delivery has no head')

// Made and signed before the clock runs.
const deliveries = Array.from({ length: count }, (_, index) => {
  const body = text.replaceAll(sha, index.toString(16).padStart(40, '0'))
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-github-delivery': randomUUID(),
    'x-github-event': 'pull_request',
    'x-hub-signature-256': signature(secret, body),
  }
  return { body, headers }
})
const agent = new Agent({ keepAlive: true, maxSockets: connections })

function send({ body, headers }: (typeof deliveries)[number]): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.once('error', reject).end(body)
  })
}

let next = 0
async function worker(): Promise<readonly number[]> {
  const statuses: number[] = []
  for (let one = deliveries[next++]; one !== undefined; one = deliveries[next++])
    statuses.push(await send(one))
  return statuses
}

const start = performance.now()
const statuses = (await Promise.all(Array.from({ length: connections }, worker))).flat()
const ms = performance.now() - start
process.send?.({ ms, refused: statuses.filter((status) => status < 200 || status > 299).length })
