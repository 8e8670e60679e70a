import { git, gitMaybe, type Settings } from './run.ts'

/** Paths from the root of a clone whose files are not as they were committed. Runs no program of the clone. */
export async function uncommitted(folder: string): Promise<readonly string[]> {
  const args = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all']
  // A submodule has a configuration of its own, which nobody has looked at.
  const status = await git(folder, [...args, '--ignore-submodules=dirty'], await withoutFilters(folder))
  return status
    .toString('utf8')
    .split('\0')
    .filter((line) => line.length > 3)
    .map((line) => line.slice(3))
}

/** Where a file's time differs git compares its content, through the programs that the clone names as filters. */
async function withoutFilters(folder: string): Promise<Settings> {
  const keys = await gitMaybe(folder, ['config', '--null', '--name-only', '--get-regexp', '^filter\\.'])
  const drivers = new Set(
    (keys ?? '').split('\0').flatMap((key) => /^(filter\..+)\.[^.]+$/s.exec(key)?.[1] ?? []),
  )
  const settings = [...drivers].flatMap((driver) => [
    [`${driver}.clean`, ''],
    [`${driver}.smudge`, ''],
    [`${driver}.process`, ''],
    [`${driver}.required`, 'false'],
  ])
  return Object.fromEntries(settings)
}
