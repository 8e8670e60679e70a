import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { GitBlob, GitCommit, GitTree, Refs, type Signature, type TreeEntry } from './shapes.ts'
import { repoPath, type World } from './world.ts'

/** Writes what all branches reach into a new local repository, each object under its own id, and checks a branch out. */
export async function cloneInto(world: World, repo: string, dir: string, branch: string): Promise<void> {
  const api = repoPath(world, repo)
  const refs = await world.emulate.read(Refs, `${api}/git/matching-refs/heads/`)
  const seed = world.setting.repos.find((one) => one.name === repo)
  const git = inFolder(dir)
  mkdirSync(dir, { recursive: true })
  git(['init', '--quiet', '--initial-branch', branch])
  git(['remote', 'add', 'origin', `${world.url}/${world.setting.owner}/${repo}.git`])

  const seen = new Set<string>()
  for (const { object } of refs) await fetchCommit(world, api, dir, object.sha, seen)

  for (const { ref, object } of refs)
    git(['update-ref', ref.replace('refs/heads/', 'refs/remotes/origin/'), object.sha])
  git(['symbolic-ref', 'refs/remotes/origin/HEAD', `refs/remotes/origin/${seed?.defaultBranch ?? 'main'}`])
  git(['checkout', '--quiet', '--force', '-B', branch, '--track', `origin/${branch}`])
}

async function fetchCommit(
  world: World,
  api: string,
  dir: string,
  tip: string,
  seen: Set<string>,
): Promise<void> {
  const pending = [tip]
  for (let sha = pending.pop(); sha !== undefined; sha = pending.pop()) {
    if (seen.has(sha)) continue
    seen.add(sha)
    const commit = await world.emulate.readExactly(GitCommit, `${api}/git/commits/${sha}`)
    writeObject(dir, 'commit', Buffer.from(commitText(commit)), sha)
    await fetchTree(world, api, dir, commit.tree.sha, seen)
    pending.push(...commit.parents.map((parent) => parent.sha))
  }
}

async function fetchTree(
  world: World,
  api: string,
  dir: string,
  sha: string,
  seen: Set<string>,
): Promise<void> {
  if (seen.has(sha)) return
  seen.add(sha)
  const { tree } = await world.emulate.read(GitTree, `${api}/git/trees/${sha}`)
  writeObject(dir, 'tree', treeBytes(tree), sha)
  await Promise.all(
    tree.map(async (entry) => {
      if (entry.type === 'tree') return fetchTree(world, api, dir, entry.sha, seen)
      // A submodule's commit is another repository's.
      if (entry.type !== 'blob' || seen.has(entry.sha)) return
      seen.add(entry.sha)
      const blob = await world.emulate.readExactly(GitBlob, `${api}/git/blobs/${entry.sha}`)
      writeObject(dir, 'blob', Buffer.from(blob.content, 'base64'), entry.sha)
    }),
  )
}

/** A commit's text, byte for byte as it was hashed. */
function commitText({ tree, parents, author, committer, message }: GitCommit): string {
  const lines = [
    `tree ${tree.sha}`,
    ...parents.map((parent) => `parent ${parent.sha}`),
    `author ${signed(author)}`,
    `committer ${signed(committer)}`,
  ]
  return `${lines.join('\n')}\n\n${message.endsWith('\n') ? message : `${message}\n`}`
}

function signed({ name, email, date }: Signature): string {
  const zone = /([+-]\d\d):?(\d\d)$/.exec(date)
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} ${zone ? `${zone[1]}${zone[2]}` : '+0000'}`
}

/** Git sorts a folder as if its name ended with a slash. */
function treeBytes(entries: readonly TreeEntry[]): Buffer {
  const name = (entry: TreeEntry): Buffer =>
    Buffer.from(entry.type === 'tree' ? `${entry.path}/` : entry.path)
  const sorted = [...entries].sort((one, other) => Buffer.compare(name(one), name(other)))
  return Buffer.concat(
    sorted.flatMap(({ mode, path, sha }) => [
      Buffer.from(`${mode.replace(/^0+/, '')} ${path}\0`),
      Buffer.from(sha, 'hex'),
    ]),
  )
}

/** A loose object; what does not hash to the id that GitHub gave would be a fault of the stand-in. */
function writeObject(dir: string, type: string, content: Buffer, sha: string): void {
  const bytes = Buffer.concat([Buffer.from(`${type} ${content.byteLength}\0`), content])
  const id = createHash('sha1').update(bytes).digest('hex')
  if (id !== sha) throw new Error(`the ${type} ${sha} hashes to ${id}`)
  const folder = join(dir, '.git', 'objects', sha.slice(0, 2))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, sha.slice(2)), deflateSync(bytes))
}

/** Git without the machine's own configuration. */
function inFolder(dir: string): (args: readonly string[]) => void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  return (args) => {
    execFileSync('git', args, { cwd: dir, env, stdio: 'pipe' })
  }
}
