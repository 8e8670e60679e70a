import type { IncomingMessage } from 'node:http'
import { verifyWithFallback } from '@octokit/webhooks-methods'
import type { Delivery } from '../ledger/taking.ts'
import { askedBy } from './asked.ts'
import { parseJson, readBody } from './body.ts'
import { type Awaited, deliveriesOf, toldOf } from './delivery.ts'
import type { Log } from './handle.ts'
import type { Metrics } from './metrics.ts'
import type { Notice } from './notice.ts'
import { subject, type Traces } from './traces.ts'

/** GitHub sends no larger delivery. */
const MAX_DELIVERY_BYTES = 25 * 1024 * 1024

export type Accepting = {
  /** The webhook secret, and those that still hold while it is being changed. */
  readonly secrets: readonly [string, ...string[]]
  readonly take: (delivery: Delivery) => Promise<void>
  /** What commits that wait for a run asked for. */
  readonly awaited: Awaited
  /** Does what asks for no job of a commit: a name that changed, an installation that may see more. */
  readonly notice: Notice
  readonly clock: () => Date
  readonly log: Log
  readonly metrics: Metrics
  readonly traces: Traces
}

export type Reply = { readonly status: number; readonly text: string }

/**
 * Answers a delivery: 202 once what it asks for is stored with its job, and 202 where it asks for nothing.
 * Whatever was not stored is refused, so that GitHub shows it as failed. Throws where it could not be stored.
 */
export async function accept(request: IncomingMessage, accepting: Accepting): Promise<Reply> {
  const { secrets, take, awaited, notice, clock, log, metrics, traces } = accepting
  const refused = (status: number, text: string): Reply => {
    metrics.delivery('refused')
    return { status, text }
  }
  if (request.method !== 'POST') return refused(405, 'only POST')
  const [id, event, signature] = ['x-github-delivery', 'x-github-event', 'x-hub-signature-256'].map((name) =>
    header(request, name),
  )
  if (id === undefined || event === undefined || signature === undefined)
    return refused(400, 'a header of a GitHub delivery is missing')
  // A form would be signed all the same, and would ask for nothing.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return refused(415, 'set the content type of the webhook to application/json')
  const body = await readBody(request, MAX_DELIVERY_BYTES)
  if (body === undefined) return refused(413, 'the delivery is too large')
  const [secret, ...others] = secrets
  // The signature is over the very bytes; nothing is looked at before it is known to be right.
  if (!(await verifyWithFallback(secret, body, signature, others)))
    return refused(400, 'the signature does not match')
  const payload = parseJson(body)
  if (payload === undefined) return refused(400, 'the delivery is no JSON')
  const asking = askedBy(event, payload)
  if (asking.kind === 'unreadable') {
    log.error({ delivery: id, event, fault: asking.fault }, 'delivery not understood')
    return refused(400, asking.fault)
  }
  if (asking.kind === 'installation' || asking.kind === 'renamed') {
    await notice(asking, clock())
    metrics.delivery('taken')
    return { status: 202, text: 'taken' }
  }
  const deliveries = await deliveriesOf({ id, event, at: clock() }, asking, awaited)
  if (deliveries.length === 0) {
    metrics.delivery('nothing')
    return { status: 202, text: 'nothing to do' }
  }
  for (const delivery of deliveries) {
    const about = { ...subject(id, delivery.repository, delivery.commit), 'gonogo.event': event }
    await traces.span({ name: 'delivery', kind: 'server', attributes: about }, () => {
      const trace = traces.context()
      return take({ ...delivery, ...(trace && { trace }) })
    })
    log.info({ delivery: id, event, ...toldOf(delivery) }, 'delivery taken')
  }
  metrics.delivery('taken')
  return { status: 202, text: 'taken' }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined
}
