import { MAX_WRITTEN_BYTES } from '../files.ts'
import { CloneError } from './clone.ts'
import { git, gitLine, gitMaybe, isClone } from './run.ts'

/**
 * A file that people write as it stands in a commit, from the clone's root; undefined where it is not there.
 * Throws CloneError where there is no such commit, or something else than a file of that size stands there.
 */
export async function fileAt(folder: string, ref: string, path: string): Promise<Uint8Array | undefined> {
  const commit = await gitMaybe(folder, [
    ...['rev-parse', '--verify', '--quiet', '--end-of-options'],
    `${ref}^{commit}`,
  ])
  if (commit === undefined) {
    throw new CloneError(
      (await isClone(folder))
        ? `${ref} is no commit of this clone; name a branch, a tag or a commit that is there`
        : `${folder} is not a git repository; name the clone of ${ref} with --repo`,
    )
  }
  const listed = await gitLine(folder, ['ls-tree', '-z', '--full-tree', commit, '--', path])
  const [, mode, oid] = /^(\d{6}) \w+ ([0-9a-f]+)\t/.exec(listed) ?? []
  if (oid === undefined) return undefined
  if (mode !== '100644' && mode !== '100755')
    throw new CloneError(`${path} of ${ref} is no file, and links are not followed`)
  if (Number(await gitLine(folder, ['cat-file', '-s', oid])) > MAX_WRITTEN_BYTES)
    throw new CloneError(`${path} of ${ref} is larger than what is read`)
  return await git(folder, ['cat-file', 'blob', oid])
}
