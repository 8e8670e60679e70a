import { commitOf, tipOf } from './git.ts'
import { done, GITHUB, mergedTree } from './merge.ts'
import { obstacle } from './protection.ts'
import { note, pullOf, tell } from './pulls.ts'
import { moved, NOTHING } from './push.ts'
import type { QueueControls } from './types.ts'
import { repoPath, type Visit, type World } from './world.ts'

/** Who merges what is in the queue. */
const QUEUE = 'github-merge-queue[bot]'

type Group = { readonly base: string; readonly pulls: readonly number[]; readonly ref: string }

/** A merge queue: each group is a commit of its own, on which the required checks must hold. Emulate has none. */
export function queueControls(world: World): QueueControls {
  const groups = new Map<string, Group>()
  const [seed] = world.setting.repos
  const repo = seed?.name ?? ''
  const branch = seed?.defaultBranch ?? 'main'
  const admin = world.setting.people.find((one) => one.admin) ?? world.setting.people[0]
  const headers = { authorization: `token ${admin?.token}` }
  const forward: Visit['forward'] = ({ method = 'GET', path = '/', body } = {}) =>
    world.emulate.forward({ method, path, headers, body })

  async function tellGroup(head: string, { base, ref }: Group, more: object): Promise<void> {
    const commit = await commitOf(world, repo, head)
    const head_commit = {
      ...{ id: head, tree_id: commit?.tree.sha, message: commit?.message, timestamp: commit?.author.date },
      ...{ author: commit?.author, committer: commit?.committer },
    }
    const merge_group = {
      ...{ head_sha: head, head_ref: ref, base_sha: base, base_ref: `refs/heads/${branch}`, head_commit },
    }
    await world.emit({ name: 'merge_group', repo, sender: QUEUE, fields: { ...more, merge_group } })
  }

  return {
    enter: async (pulls) => {
      const base = (await tipOf(world, repo, branch)) ?? ''
      let head = base
      for (const number of pulls) {
        const pull = await pullOf(world, repo, number)
        const tree = await mergedTree(world, repo, { base: head, head: pull.head.sha }, forward)
        const date = world.clock.now()
        const commit = await done(forward, 'POST', `${repoPath(world, repo)}/git/commits`, {
          ...{ message: `Merge pull request #${number}`, tree, parents: [head, pull.head.sha] },
          ...{ author: { ...GITHUB, date }, committer: { ...GITHUB, date } },
        })
        head = String(commit.sha)
      }
      const ref = `refs/heads/gh-readonly-queue/${branch}/pr-${pulls.at(-1)}-${base}`
      await done(forward, 'POST', `${repoPath(world, repo)}/git/refs`, { ref, sha: head })
      const group = { base, pulls, ref }
      groups.set(head, group)
      await moved(world, { repo, ref, before: NOTHING, after: head, sender: QUEUE })
      await tellGroup(head, group, { action: 'checks_requested' })
      return head
    },
    leave: async (head) => {
      const group = groups.get(head)
      if (group === undefined) throw new Error(`no group of the queue has the head ${head}`)
      groups.delete(head)
      const caller = { kind: 'person', login: QUEUE, admin: false } as const
      const inTheWay = await obstacle(world, repo, branch, head, caller)
      const isBehind = (await tipOf(world, repo, branch)) !== group.base
      const reason = inTheWay === undefined && !isBehind ? 'merged' : 'invalidated'
      if (reason === 'merged') {
        await done(forward, 'PATCH', `${repoPath(world, repo)}/git/refs/heads/${branch}`, { sha: head })
        for (const number of group.pulls) {
          await done(forward, 'PATCH', `${repoPath(world, repo)}/pulls/${number}`, { state: 'closed' })
          note(world, repo, number, { merged: { sha: head, at: world.clock.now(), by: QUEUE } })
        }
        const move = { ref: `refs/heads/${branch}`, before: group.base, after: head }
        await moved(world, { repo, ...move, sender: QUEUE, type: 'merge_queue_merge' })
        for (const number of group.pulls) await tell(world, repo, QUEUE, number, 'closed')
      }
      await done(forward, 'DELETE', `${repoPath(world, repo)}/git/${group.ref}`, undefined)
      await tellGroup(head, group, { action: 'destroyed', reason })
      return reason
    },
  }
}
