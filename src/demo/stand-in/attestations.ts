import type { AttestationsControls } from './attestations-types.ts'
import { type Answer, json, Refusal } from './http.ts'
import { linkHeader } from './paging.ts'
import { mustHave } from './permissions.ts'
import { Repository } from './shapes.ts'
import { type Route, repoPath, type Visit, type World } from './world.ts'

export const attestationRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/attestations/:digest', handle: list },
]

export function attestationsControls(world: World, first: string): AttestationsControls {
  return {
    keep: (bundle, digests, repo = first) => {
      world.attestations.push({ id: world.attestations.length + 1, repo, digests, bundle })
    },
    forget: () => {
      world.attestations.length = 0
    },
  }
}

/** Newest first, page by page behind cursors. GitHub says of what was never attested that it is not there. */
async function list(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'attestations', 'read')
  const { call, repo, named } = visit
  const query = new URL(call.path, world.url).searchParams
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30)))
  const after = Number(query.get('after') ?? Number.POSITIVE_INFINITY)
  const found = world.attestations
    .filter((one) => one.repo === repo && one.digests.includes(named.digest ?? ''))
    .toReversed()
    .filter(({ id }) => id < after)
  if (found.length === 0) throw new Refusal(404, 'Not Found')
  const shown = found.slice(0, size)
  const last = shown.at(-1)
  const repository = await world.emulate.read(Repository, repoPath(world, repo))
  const body = {
    attestations: shown.map(({ id, bundle }) => ({
      bundle,
      repository_id: repository.id,
      bundle_url: `${world.elsewhere}/attestations/${id}.json.sn`,
      initiator: 'user',
    })),
  }
  return {
    ...json(200, body),
    headers:
      last !== undefined && found.length > size
        ? linkHeader(world.url, call.path, { next: { after: last.id } })
        : {},
  }
}
