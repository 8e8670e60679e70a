import type { Content } from '../text/content.ts'
import {
  hashesIn,
  lockedPackage,
  type Origin,
  onlyForDevelopment,
  readLock,
  tablesAt,
  tomlOf,
} from './locked.ts'
import { type Fields, fieldsAt, partOf } from './narrow.ts'
import type { Reader } from './reader.ts'

const format = 'pdm-lock'

/** `pdm.lock`, https://pdm-project.org/en/latest/usage/lockfile/. Before lock version 4.3 digests stood under `metadata.files`. */
export const pdmLock: Reader = {
  format,
  labels: [],
  shapes: [['package', 'metadata']],
  recognises: isPdm,
  read: (input) =>
    readLock(input, { format, tool: 'pdm' }, (lock, found) =>
      tablesAt(lock, 'package', found).flatMap(({ table }) => {
        if (onlyForDevelopment(table.groups)) return []
        const old = fieldsAt(fieldsAt(lock, 'metadata'), 'files')
        const key = `${String(table.name)} ${String(table.version)}`
        const hashes = hashesIn(table.files, partOf(old, key))
        return [lockedPackage(table.name, table.version, originOf(table), hashes)]
      }),
    ),
}

function isPdm(content: Content): boolean {
  const lock = tomlOf(content)
  if (lock === undefined) return false
  const { content_hash, lock_version } = fieldsAt(lock, 'metadata')
  const isListed = lock.package === undefined || Array.isArray(lock.package)
  return isListed && typeof content_hash === 'string' && typeof lock_version === 'string'
}

function originOf({ git, revision, url, path }: Fields): Origin {
  if (git !== undefined) return { from: 'git', url: git, commit: revision }
  if (url !== undefined) return { from: 'url', url }
  return path === undefined ? { from: 'index' } : { from: 'path', path }
}
