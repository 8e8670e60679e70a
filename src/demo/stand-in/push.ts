import { recordActivity } from './activity.ts'
import { comparison } from './git.ts'
import { followHead } from './pulls.ts'
import { Commit, Repository, Tag } from './shapes.ts'
import { type Activity, repoPath, type World } from './world.ts'

/** A ref that was made, moved or deleted; a commit of zeros means that there is none. */
export type Move = {
  readonly repo: string
  readonly ref: string
  readonly before: string
  readonly after: string
  readonly sender: string
  /** Where it is not plain from the move itself. */
  readonly type?: Activity['type']
}

export const NOTHING = '0'.repeat(40)

/** Tells the app of a moved ref, and takes along the pull requests whose head it is. */
export async function moved(world: World, move: Move): Promise<void> {
  world.pushes.set(move.repo, world.clock.now())
  const fields = await pushFields(world, move)
  const type = move.type ?? typeOf(fields)
  recordActivity(world, move.repo, { ...move, type, actor: move.sender })
  await world.emit({ name: 'push', repo: move.repo, sender: move.sender, fields })
  if (move.after !== NOTHING && move.ref.startsWith('refs/heads/')) {
    await followHead(world, { ...move, branch: move.ref.slice('refs/heads/'.length) })
  }
}

function typeOf(push: Readonly<Record<string, unknown>>): Activity['type'] {
  if (push.created) return 'branch_creation'
  if (push.deleted) return 'branch_deletion'
  return push.forced ? 'force_push' : 'push'
}

async function pushFields(
  world: World,
  { repo, ref, before, after, sender }: Move,
): Promise<Record<string, unknown>> {
  const { default_branch, html_url } = await world.emulate.read(Repository, repoPath(world, repo))
  const deleted = after === NOTHING
  const head = deleted ? after : await peeled(world, repo, after)
  const base = before === NOTHING ? default_branch : before
  const between = deleted ? undefined : await comparison(world, repo, base, head)
  const commits = await Promise.all((between?.commits ?? []).map(({ sha }) => pushedCommit(world, repo, sha)))
  return {
    ref,
    before,
    after,
    base_ref: null,
    created: before === NOTHING,
    deleted,
    forced: before !== NOTHING && !deleted && between?.status !== 'ahead' && between?.status !== 'identical',
    compare: `${html_url}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: deleted ? null : await pushedCommit(world, repo, head),
    pusher: {
      name: sender,
      email: world.setting.people.find(({ login }) => login === sender)?.email ?? null,
    },
  }
}

/** The commit that an annotated tag is of; any other object is itself. */
async function peeled(world: World, repo: string, sha: string): Promise<string> {
  return (await world.emulate.look(Tag, `${repoPath(world, repo)}/git/tags/${sha}`))?.object.sha ?? sha
}

async function pushedCommit(world: World, repo: string, sha: string): Promise<Record<string, unknown>> {
  const { commit, files = [] } = await world.emulate.read(Commit, `${repoPath(world, repo)}/commits/${sha}`)
  const paths = (status: string): readonly string[] =>
    files.filter((file) => file.status === status).map((file) => file.filename)
  const renamed = files.flatMap((file) =>
    file.previous_filename === undefined ? [] : [file.previous_filename],
  )
  const username = (email: string) => world.setting.people.find((person) => person.email === email)?.login
  return {
    id: sha,
    tree_id: commit.tree.sha,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${world.url}/${world.setting.owner}/${repo}/commit/${sha}`,
    author: { ...commit.author, username: username(commit.author.email) },
    committer: { ...commit.committer, username: username(commit.committer.email) },
    added: [...paths('added'), ...paths('renamed')],
    removed: [...paths('removed'), ...renamed],
    modified: paths('modified'),
  }
}
