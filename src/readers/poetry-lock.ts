import type { Content } from '../text/content.ts'
import {
  hashesIn,
  isForDevelopment,
  lockedPackage,
  type Origin,
  onlyForDevelopment,
  readLock,
  tablesAt,
  tomlOf,
} from './locked.ts'
import { type Fields, fieldsAt, isFields, partOf } from './narrow.ts'
import type { Reader } from './reader.ts'

const format = 'poetry-lock'

/**
 * `poetry.lock`, src/poetry/packages/locker.py. The digests of its files stand beside each package, before lock version 2
 * under `metadata.files`, and before version 1 as bare sha256 under `metadata.hashes`.
 */
export const poetryLock: Reader = {
  format,
  labels: [],
  shapes: [['package', 'metadata']],
  recognises: isPoetry,
  read: (input) =>
    readLock(input, { format, tool: 'poetry' }, (lock, found) =>
      tablesAt(lock, 'package', found).flatMap(({ table }) => {
        if (onlyForDevelopment(table.groups) || isForDevelopment(table.category)) return []
        const digests = digestsOf(table, fieldsAt(lock, 'metadata'))
        return [lockedPackage(table.name, table.version, originOf(fieldsAt(table, 'source')), digests)]
      }),
    ),
}

function isPoetry(content: Content): boolean {
  const { package: packages, metadata } = tomlOf(content) ?? {}
  return (
    Array.isArray(packages) &&
    isFields(metadata) &&
    typeof metadata['content-hash'] === 'string' &&
    typeof metadata['python-versions'] === 'string'
  )
}

function digestsOf(table: Fields, metadata: Fields): readonly unknown[] {
  const name = String(table.name)
  const ofName = (key: string): unknown => partOf(fieldsAt(metadata, key), name)
  const bare = ofName('hashes')
  const old = Array.isArray(bare) ? bare.map((one) => `sha256:${String(one)}`) : []
  return [...hashesIn(table.files, ofName('files')), ...old]
}

function originOf({ type, url, resolved_reference: commit }: Fields): Origin {
  switch (type) {
    case 'git':
      return { from: 'git', url, commit }
    case 'url':
      return { from: 'url', url }
    case 'directory':
    case 'file':
      return { from: 'path', path: url }
    // `legacy` is an index that is not the usual one.
    case undefined:
    case 'legacy':
      return { from: 'index' }
    default:
      return { from: 'url', url }
  }
}
