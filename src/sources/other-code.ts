import type { Repository } from './repository.ts'

/** No run takes code from prose. */
const PROSE = /\.(md|markdown|rst)$/i

/**
 * A file that makes an earlier commit's results say nothing of the judged one: its branch had changed it, and it is
 * another now, so that results may come from a script that nobody sees any more. What only the default branch has
 * changed in the meantime, prose and the manifest do not matter. Undefined where the results hold.
 */
export async function otherCode(
  repository: Pick<Repository, 'changed' | 'position'>,
  { commit, manifest }: { readonly commit: string; readonly manifest: string },
  earlier: string,
): Promise<string | undefined> {
  const changed = await repository.changed(commit, [earlier])
  const differ = new Set(changed.filter((path) => path !== manifest && !PROSE.test(path)))
  if (differ.size === 0) return undefined
  const { changed: own } = await repository.position(earlier)
  return own.find((path) => differ.has(path))
}
