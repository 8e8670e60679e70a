import type { Hand, Hands, Unseen } from '../core/approval.ts'

type Account = { readonly login: string; readonly bot: boolean } | null

/** A commit that the default branch has not, and the accounts that go with it. */
export type MadeCommit = {
  readonly sha: string
  readonly parents: readonly string[]
  readonly author: Account
  readonly committer: Account
}

/** A branch whose head is judged, and all of its moves; `moves` is undefined where not all of them are known. */
export type PushedBranch = {
  readonly branch: string
  readonly pull: number
  readonly fork: boolean
  readonly moves:
    | readonly {
        readonly before: string
        readonly after: string
        readonly by: string | null
        readonly bot: boolean
      }[]
    | undefined
}

/**
 * Who had a hand in what a commit brings: authors and committers of what the default branch has not, and whoever
 * pushed it. Names in a commit are its maker's to choose, so that neither says enough without the other.
 */
export function handsOf(
  own: readonly MadeCommit[],
  coauthors: readonly { readonly by: string }[],
  branches: readonly PushedBranch[],
): Hands {
  const people: Hand[] = [
    ...own.flatMap(({ author }) => (author ? [{ by: author.login, as: 'author' } as const] : [])),
    ...coauthors.map(({ by }) => ({ by, as: 'author' }) as const),
    ...own.flatMap(({ committer }) => (committer ? [{ by: committer.login, as: 'committer' } as const] : [])),
    ...branches.flatMap(({ moves = [] }) =>
      moves.flatMap(({ by }) => (by === null ? [] : [{ by, as: 'pusher' } as const])),
    ),
  ]
  const unseen: Unseen[] = [
    ...own
      .filter(({ author, committer }) => author === null || committer === null)
      .map(({ sha }): Unseen => ({ why: 'no_account', commit: sha })),
    ...branches.flatMap((branch) => unseenPushes(branch, own)),
  ]
  return joinedHands([{ people, unseen }])
}

function unseenPushes(
  { branch, pull, fork, moves }: PushedBranch,
  own: readonly MadeCommit[],
): readonly Unseen[] {
  if (fork) return [{ why: 'fork', pull }]
  if (moves === undefined || moves.some(({ by }) => by === null)) return [{ why: 'pushes', branch }]
  const byId = new Map(own.map((commit) => [commit.sha, commit]))
  const reach = (from: string): ReadonlySet<string> => {
    const seen = new Set<string>()
    const open = [from]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const commit = byId.get(next)
      if (commit === undefined || seen.has(next)) continue
      seen.add(next)
      open.push(...commit.parents)
    }
    return seen
  }
  return moves.flatMap(({ before, after, by, bot }): readonly Unseen[] => {
    if (!bot || by === null) return []
    // Somebody may have a bot push what they made under another name.
    const foreign = [...reach(after).difference(reach(before))].find(
      (sha) => byId.get(sha)?.author?.bot !== true,
    )
    return foreign === undefined ? [] : [{ why: 'pushed_by_bot', commit: foreign, by }]
  })
}

/** All hands together, each once. */
export function joinedHands(all: readonly Hands[]): Hands {
  const once = <T>(items: readonly T[]): readonly T[] => [
    ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
  ]
  return { people: once(all.flatMap((one) => one.people)), unseen: once(all.flatMap((one) => one.unseen)) }
}
