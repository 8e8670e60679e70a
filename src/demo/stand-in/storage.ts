import { createHmac } from 'node:crypto'
import { type Artifact, isExpired } from './actions-state.ts'
import { later } from './clock.ts'
import { type Answer, type Call, Refusal } from './http.ts'
import type { World } from './world.ts'

/** An artifact's download is good for this long. */
const SECONDS = 60

/** Where the bytes of an artifact lie: on another host than the API, for whoever has the address. */
export function signedAddress(world: World, { id }: Artifact): string {
  const until = later(world.clock.now(), SECONDS)
  const query = new URLSearchParams({ se: until, sig: signature(world, id, until) })
  return `${world.elsewhere}/actions-results/${id}.zip?${query}`
}

/** Answers as blob storage does, in its own words: it takes an address and nothing else for a permission. */
export function storage(world: World, call: Call): Answer {
  const { pathname, searchParams } = new URL(call.path, world.elsewhere)
  const id = Number(/^\/actions-results\/(\d+)\.zip$/.exec(pathname)?.[1])
  const until = searchParams.get('se') ?? ''
  if (searchParams.get('sig') !== signature(world, id, until) || until < world.clock.now())
    throw new Refusal(403, 'Server failed to authenticate the request.')
  const artifact = world.actions.artifacts.get(id)
  if (artifact === undefined || isExpired(artifact, world.clock.now()))
    throw new Refusal(404, 'The specified blob does not exist.')
  return {
    status: 200,
    headers: {
      'content-type': artifact.contentType,
      'content-disposition': `attachment; filename="${encodeURIComponent(artifact.name)}.zip"`,
    },
    body: artifact.bytes,
  }
}

const signature = (world: World, id: number, until: string): string =>
  createHmac('sha256', world.setting.app.webhookSecret).update(`${id} ${until}`).digest('base64url')
