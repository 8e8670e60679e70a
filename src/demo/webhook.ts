import { createHmac } from 'node:crypto'

/** What GitHub says about an event to an app. */
export type WebhookDelivery = {
  readonly url: string
  readonly secret: string
  /** The event's GUID; a redelivery has the same one. */
  readonly id: string
  readonly event: string
  readonly payload: unknown
  /** The app that it is sent to. */
  readonly appId?: number
  /** Gives up waiting for the answer. */
  readonly signal?: AbortSignal
}

/** GitHub waits this long for an answer. */
const PATIENCE_MS = 10_000

/** The value of X-Hub-Signature-256 for these bytes. */
export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** Sends a delivery as GitHub does and gives the status of the answer, or 0 when there was none in time. */
export async function sendWebhook(delivery: WebhookDelivery): Promise<number> {
  const body = JSON.stringify(delivery.payload)
  try {
    const answer = await fetch(delivery.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/gonogo',
        'x-github-delivery': delivery.id,
        'x-github-event': delivery.event,
        'x-github-hook-installation-target-type': 'integration',
        'x-github-hook-installation-target-id': String(delivery.appId ?? 0),
        'x-hub-signature-256': signature(delivery.secret, body),
      },
      signal: AbortSignal.any([
        AbortSignal.timeout(PATIENCE_MS),
        ...(delivery.signal ? [delivery.signal] : []),
      ]),
    })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}
