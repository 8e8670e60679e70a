import { DAY_MS } from '../../core/day.ts'
import { type Answer, json, Refusal } from './http.ts'
import type { Delivery } from './types.ts'
import { fields, type Route, type Visit, type World } from './world.ts'

/** The app's log of deliveries, for the app itself: newest first, by a cursor, for three days. */
export const hookRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/app/hook/deliveries', handle: list },
  { method: 'GET', pathname: '/app/hook/deliveries/:id(\\d+)', handle: show },
]

const KEPT_MS = 3 * DAY_MS
/** Ids begin somewhere: a number of ours is an index into the list. */
const FIRST = 5_000_000

async function list(world: World, { call, caller }: Visit): Promise<Answer> {
  if (caller.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
  const query = new URL(call.path, world.url).searchParams
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const before = Number(query.get('cursor')?.replace('v1_', '') ?? FIRST + world.deliveries.length)
  const kept = world.deliveries
    .map((delivery, index) => ({ delivery, id: FIRST + index }))
    .filter(({ delivery }) => Date.now() - Date.parse(delivery.deliveredAt) <= KEPT_MS)
    .filter(({ id }) => id < before)
    .toReversed()
  const page = kept.slice(0, size)
  const last = page.at(-1)?.id
  const next =
    kept.length > size
      ? { link: `<${world.url}/app/hook/deliveries?per_page=${size}&cursor=v1_${last}>; rel="next"` }
      : {}
  return {
    ...json(
      200,
      page.map(({ delivery, id }) => itemOf(world, delivery, id)),
    ),
    headers: next,
  }
}

async function show(world: World, { caller, named }: Visit): Promise<Answer> {
  if (caller.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
  const id = Number(named.id)
  const delivery = world.deliveries[id - FIRST]
  if (delivery === undefined) throw new Refusal(404, 'Not Found')
  const headers = {
    'X-GitHub-Delivery': delivery.id,
    'X-GitHub-Event': delivery.event,
    'content-type': 'application/json',
  }
  return json(200, {
    ...itemOf(world, delivery, id),
    request: { headers, payload: delivery.payload },
    response: { headers: {}, payload: null },
  })
}

/** A delivery that nobody answered is told as GitHub tells it: as if the app's host had been unreachable. */
function itemOf(world: World, delivery: Delivery, id: number): Readonly<Record<string, unknown>> {
  const { id: guid, event, action, payload, status, deliveredAt } = delivery
  const reached = status !== null && status !== 0
  const ok = reached && status < 300
  return {
    id,
    guid,
    delivered_at: deliveredAt,
    redelivery: world.deliveries.findIndex((other) => other.id === guid) < id - FIRST,
    duration: 0.1,
    status: ok ? 'OK' : reached ? `Invalid HTTP Response: ${status}` : 'failed to connect to host',
    status_code: reached ? status : 502,
    event,
    action,
    installation_id: world.setting.app.installationId,
    repository_id: fields(payload.repository).id ?? null,
    throttled_at: null,
  }
}
