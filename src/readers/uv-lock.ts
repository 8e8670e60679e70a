import type { Content } from '../text/content.ts'
import {
  fieldsIn,
  hashesIn,
  isForDevelopment,
  lockedPackage,
  type Origin,
  readLock,
  tablesAt,
  tomlOf,
} from './locked.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt } from './narrow.ts'
import type { Reader } from './reader.ts'

const format = 'uv-lock'

/** `uv.lock`, https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile; its source is crates/uv-resolver/src/lock. */
export const uvLock: Reader = {
  format,
  labels: [],
  shapes: [['version', 'requires-python', 'package']],
  recognises: isUv,
  read: (input) =>
    readLock(input, { format, tool: 'uv' }, (lock, found) => {
      const all = tablesAt(lock, 'package', found)
      const unused = developmentIn(all.map(({ table }) => table))
      return all.flatMap(({ table, keys }) => {
        if (unused.has(String(table.name))) return []
        const origin = originOf(fieldsAt(table, 'source'))
        if (origin === undefined) {
          found.malformed([...keys, 'source'], 'a source as uv writes it')
          return []
        }
        return [lockedPackage(table.name, table.version, origin, hashesIn(table.sdist, table.wheels))]
      })
    }),
}

function isUv(content: Content): boolean {
  const lock = tomlOf(content)
  return (
    lock !== undefined &&
    typeof lock.version === 'number' &&
    typeof lock['requires-python'] === 'string' &&
    (lock.package === undefined || Array.isArray(lock.package))
  )
}

function originOf(source: Fields): Origin | undefined {
  const { registry, git, url } = source
  if (typeof registry === 'string') return { from: 'index' }
  if (typeof git === 'string') {
    const [address, commit] = git.split('#', 2)
    return { from: 'git', url: address, commit }
  }
  if (typeof url === 'string') return { from: 'url', url }
  const path = ['path', 'directory', 'editable', 'virtual'].map((key) => source[key])
  const [first] = path.filter((one) => typeof one === 'string')
  return first === undefined ? undefined : { from: 'path', path: first }
}

/** Names of packages that only groups for development lead to, from the projects that were locked. */
function developmentIn(packages: readonly Fields[]): ReadonlySet<string> {
  const roots = packages.filter(({ source }) =>
    fieldsIn(source).some((one) => typeof one.virtual === 'string' || typeof one.editable === 'string'),
  )
  const byName = Map.groupBy(packages, ({ name }) => String(name))
  const groupsOf = (root: Fields, wanted: (group: string) => boolean): readonly string[] =>
    Object.entries(fieldsAt(root, 'dev-dependencies')).flatMap(([group, list]) =>
      wanted(group) ? namesIn(list) : [],
    )
  const other = reached(
    roots.flatMap((root) => groupsOf(root, isForDevelopment)),
    byName,
  )
  // A project may be locked in another way than as a root: whatever is no group's alone is used by somebody.
  const used = reached(
    [
      ...roots.flatMap((root) => [String(root.name), ...groupsOf(root, (group) => !isForDevelopment(group))]),
      ...packages.map(({ name }) => String(name)).filter((name) => !other.has(name)),
    ],
    byName,
  )
  return new Set([...other].filter((name) => !used.has(name)))
}

function reached(
  names: readonly string[],
  byName: ReadonlyMap<string, readonly Fields[]>,
): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    for (const one of byName.get(name) ?? []) {
      const lists = [one.dependencies, ...Object.values(fieldsAt(one, 'optional-dependencies'))]
      for (const next of lists.flatMap(namesIn)) open.push(next)
    }
  }
  return seen
}

function namesIn(list: unknown): readonly string[] {
  return fieldsIn(list).flatMap(({ name }) => nameOf(name) ?? [])
}
