import { randomUUID } from 'node:crypto'
import { sendWebhook } from '../webhook.ts'
import type { Setting } from './seed.ts'
import type { Delivery } from './types.ts'

/** Deliveries to the app: each is sent at once, as GitHub promises no order. */
export type Deliveries = {
  readonly list: readonly Delivery[]
  readonly deliverTo: (url: string | null) => void
  readonly send: (event: string, payload: Readonly<Record<string, unknown>>) => void
  readonly redeliver: (id: string) => Promise<Delivery>
  readonly settled: () => Promise<void>
  /** Sends nothing more, and waits for no answer. */
  readonly close: () => Promise<void>
}

/** Apps hear these without asking; of the others, those that they subscribe to. */
const UNASKED = ['check_run', 'check_suite', 'installation', 'installation_repositories']

export function keepDeliveries(setting: Setting, url: string | null): Deliveries {
  const list: Writable<Delivery>[] = []
  const waiting = new Set<Promise<unknown>>()
  const { events, webhookSecret: secret, id: appId } = setting.app
  const closing = new AbortController()
  let target = url

  function start(id: string, event: string, payload: Readonly<Record<string, unknown>>): Promise<Delivery> {
    const action = typeof payload.action === 'string' ? payload.action : null
    const deliveredAt = new Date().toISOString()
    const delivery: Writable<Delivery> = { id, event, action, payload, status: null, deliveredAt }
    list.push(delivery)
    const sent = deliver(delivery, target)
    waiting.add(sent)
    return sent.finally(() => waiting.delete(sent))
  }
  async function deliver(delivery: Writable<Delivery>, url: string | null): Promise<Delivery> {
    if (url === null) return delivery
    const { id, event, payload } = delivery
    delivery.status = await sendWebhook({ url, secret, id, event, payload, appId, signal: closing.signal })
    return delivery
  }
  async function settled(): Promise<void> {
    while (waiting.size > 0) await Promise.all(waiting)
  }
  return {
    list,
    deliverTo: (next) => {
      target = next
    },
    send: (event, payload) => {
      if (events.includes('*') || events.includes(event) || UNASKED.includes(event))
        void start(randomUUID(), event, payload)
    },
    redeliver: async (id) => {
      const first = list.find((delivery) => delivery.id === id)
      if (first === undefined) throw new Error(`no delivery ${id}`)
      return start(id, first.event, first.payload)
    },
    settled,
    close: async () => {
      target = null
      closing.abort()
      await settled()
    },
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
