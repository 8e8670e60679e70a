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
      packagesIn(lock).flatMap(({ category, name, one }) => {
        if (!isFields(one)) {
          found.malformed([category, name], 'a package with its version')
          return []
        }
        const version = typeof one.version === 'string' ? one.version.replace(/^={2,3}/, '') : undefined
        const digests = Array.isArray(one.hashes) ? one.hashes : []
        return [lockedPackage(name, version, originOf(one), digests)]
      }),
    ),
}

/** Categories of packages have any name: https://pipenv.pypa.io/en/latest/pipfile.html. */
function packagesIn(lock: Fields) {
  return Object.keys(lock)
    .filter((category) => category !== '_meta' && category !== 'develop')
    .flatMap((category) =>
      Object.entries(fieldsAt(lock, category)).map(([name, one]) => ({ category, name, one })),
    )
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
