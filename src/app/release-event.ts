import { z } from 'zod'

/** A release that was drafted, published or changed; what it is now is asked when it is judged. */
export type ReleaseTask = z.infer<typeof ReleaseTask>
export const ReleaseTask = z.object({
  kind: z.literal('release'),
  /** GitHub's id of it. */
  release: z.int(),
  /** Who changed it is a bot, which may be this app itself. */
  bot: z.literal(true).optional(),
})

const Released = z.object({
  release: z.object({ id: z.int().positive() }),
  sender: z.object({ type: z.string().optional() }).optional().catch(undefined),
})

function read(payload: unknown): ReleaseTask {
  const { release, sender } = Released.parse(payload)
  return { kind: 'release', release: release.id, ...(sender?.type === 'Bot' && { bot: true }) }
}

/** Events of releases; one action of a person makes several of them. */
export const RELEASES: Readonly<Record<string, (payload: unknown) => ReleaseTask>> = {
  'release.created': read,
  'release.edited': read,
  'release.published': read,
  'release.prereleased': read,
  'release.released': read,
  'release.unpublished': read,
  'release.deleted': read,
}
