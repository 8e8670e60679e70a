import type { Content } from '../text/content.ts'
import {
  fieldsIn,
  isForDevelopment,
  lockedPackage,
  type Origin,
  readLock,
  tablesAt,
  tomlOf,
} from './locked.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Reader } from './reader.ts'

const format = 'pylock'

/** `pylock.toml` of pip, uv, PDM and others: https://packaging.python.org/en/latest/specifications/pylock-toml/ (PEP 751). */
export const pylock: Reader = {
  format,
  labels: [],
  shapes: [['lock-version', 'created-by', 'packages']],
  recognises: isPylock,
  read: (input) =>
    readLock(input, { format, tool: 'pylock' }, (lock, found) => {
      const usual = lock['default-groups']
      return tablesAt(lock, 'packages', found).flatMap(({ table }) => {
        if (isUnused(table.marker, Array.isArray(usual) ? usual : [])) return []
        return [lockedPackage(table.name, table.version, originOf(table), digestsOf(table))]
      })
    }),
}

function isPylock(content: Content): boolean {
  const lock = tomlOf(content)
  return (
    lock !== undefined &&
    typeof lock['lock-version'] === 'string' &&
    typeof lock['created-by'] === 'string' &&
    Array.isArray(lock.packages)
  )
}

/** `'dev' in dependency_groups`, and nothing else: a group that is not installed unless somebody asks for it. */
function isUnused(marker: unknown, usual: readonly unknown[]): boolean {
  const [, group] = /^['"]([\w.-]{1,100})['"] in dependency_groups$/.exec(String(marker).slice(0, 200)) ?? []
  return isForDevelopment(group) && !usual.includes(group)
}

function originOf(table: Fields): Origin {
  const { vcs, directory, archive } = table
  // Of whatever keeps versions a commit says what it is.
  if (isFields(vcs)) return { from: 'git', url: vcs.url ?? vcs.path, commit: vcs['commit-id'] }
  if (isFields(directory)) return { from: 'path', path: directory.path }
  if (!isFields(archive)) return { from: 'index' }
  return archive.url === undefined ? { from: 'path', path: archive.path } : { from: 'url', url: archive.url }
}

function digestsOf(table: Fields): readonly unknown[] {
  return [...fieldsIn(table.archive), ...fieldsIn(table.sdist), ...fieldsIn(table.wheels)].map((file) => {
    const { sha256, sha512 } = fieldsAt(file, 'hashes')
    return typeof sha256 === 'string' ? `sha256:${sha256}` : `sha512:${String(sha512)}`
  })
}
