import type { Content } from '../text/content.ts'
import { lockedPackage, type Origin, readLock } from './locked.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Reader } from './reader.ts'

const format = 'pipfile-lock'

/** `Pipfile.lock` of Pipenv, specification 6: what is under `develop` is for development. */
export const pipfileLock: Reader = {
  format,
  labels: [],
  shapes: [['_meta', 'default', 'develop']],
  recognises: isPipfile,
  read: (input) =>
    readLock(input, { format, tool: 'pipenv' }, (lock, found) =>
      Object.entries(fieldsAt(lock, 'default')).flatMap(([name, one]) => {
        if (!isFields(one)) {
          found.malformed(['default', name], 'a package with its version')
          return []
        }
        const version = typeof one.version === 'string' ? one.version.replace(/^={2,3}/, '') : undefined
        const digests = Array.isArray(one.hashes) ? one.hashes : []
        return [lockedPackage(name, version, originOf(one), digests)]
      }),
    ),
}

function isPipfile(content: Content): boolean {
  if (content.kind !== 'data' || content.syntax !== 'json' || !isFields(content.value)) return false
  const meta = fieldsAt(content.value, '_meta')
  return meta['pipfile-spec'] !== undefined && isFields(content.value.default)
}

function originOf({ git, ref, file, path }: Fields): Origin {
  if (git !== undefined) return { from: 'git', url: git, commit: ref }
  if (typeof file === 'string' && /^https?:/.test(file)) return { from: 'url', url: file }
  const at = file ?? path
  return at === undefined ? { from: 'index' } : { from: 'path', path: at }
}
