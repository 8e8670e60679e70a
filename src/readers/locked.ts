import { isDigest } from '../core/digests.ts'
import type { Reading } from '../core/evidence.ts'
import type { Package } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { nameOf } from './names.ts'
import { type Fields, isFields } from './narrow.ts'
import type { Input } from './reader.ts'
import { isHash, MOST_PACKAGES, packageFrom, packageMade, sumsOf } from './requirements.ts'

/** Where a lock takes a package from: an index by its version, or a place. */
export type Origin =
  | { readonly from: 'index' }
  | { readonly from: 'git'; readonly url: unknown; readonly commit: unknown }
  | { readonly from: 'url'; readonly url: unknown }
  /** A folder, or a file, of the machine that locked it. */
  | { readonly from: 'path'; readonly path: unknown }

/** Groups of packages that work on a model and do not train it: what is in no other group is left out. */
const FOR_DEVELOPMENT: ReadonlySet<string> = new Set([
  ...['dev', 'develop', 'development', 'test', 'tests', 'testing'],
  ...['lint', 'linting', 'typing', 'doc', 'docs'],
])

/** Whether a group is for development alone, by its name. */
export function isForDevelopment(group: unknown): boolean {
  return typeof group === 'string' && FOR_DEVELOPMENT.has(group.toLowerCase())
}

/** Whether all groups that a package is in are for development; a package in none of them is for everybody. */
export function onlyForDevelopment(groups: unknown): boolean {
  return Array.isArray(groups) && groups.length > 0 && groups.every(isForDevelopment)
}

/** The top of a file in TOML; undefined for any other. */
export function tomlOf(content: Content): Fields | undefined {
  const isToml = content.kind === 'data' && content.syntax === 'toml'
  return isToml && isFields(content.value) ? content.value : undefined
}

/**
 * One package of a lock. `digests`: one text for each file of it, as `sha256:…`; its bytes are known only if that of every
 * file is, since another machine takes another of them.
 */
export function lockedPackage(
  name: unknown,
  version: unknown,
  origin: Origin,
  digests: readonly unknown[],
): Package {
  const exact = nameOf(version)
  const title = nameOf(name) ?? '?'
  const known = exact === undefined ? title : `${title} ${exact}`
  const hashed = digests.length > 0 && digests.every(isHash)
  switch (origin.from) {
    case 'index':
      if (exact === undefined) return packageMade(known, hashed ? undefined : 'no_version', hashed)
      return {
        ...packageMade(known, /^v?[\w.!+-]{1,100}$/.test(exact) ? undefined : 'range', hashed),
        ...(hashed && sumsOf(digests)),
      }
    case 'git': {
      const written = `${title} git+${nameOf(origin.url) ?? '?'}`
      const { commit } = origin
      const fixed = commit === String(commit).toLowerCase() && isCommit(commit)
      return fixed
        ? packageMade(`${written}@${commit}`, undefined, true)
        : packageMade(written, 'movable', false)
    }
    case 'url':
      return packageMade(`${title} ${nameOf(origin.url) ?? '?'}`, hashed ? undefined : 'movable', hashed)
    case 'path': {
      const path = (nameOf(origin.path) ?? '/').replaceAll('\\', '/')
      const elsewhere = /^(?:\/|[A-Za-z]:|[a-z+]{2,20}:|\.{1,2}(?:\/|$))/.test(path)
      const place = packageFrom(`${title} ${path}`, elsewhere ? path : `./${path}`, hashed)
      // The digest says what it is, wherever it lies.
      return hashed ? packageMade(place.written, undefined, true) : place
    }
  }
}

function isCommit(commit: string): boolean {
  return isDigest('sha1', commit) || isDigest('sha256', commit)
}

/** A file as the environment that it locks. More packages than any environment has are not read. */
export function readLock(
  input: Input,
  { format, tool }: { readonly format: string; readonly tool: string },
  packagesOf: (lock: Fields, found: Collector) => readonly Package[],
): Reading {
  const found = collect(input, format)
  const { content } = input
  const packages = packagesOf(content.kind === 'data' && isFields(content.value) ? content.value : {}, found)
  if (packages.length > MOST_PACKAGES) found.fault([], { code: 'too_many', limit: MOST_PACKAGES })
  else found.record((source) => ({ kind: 'environment', packages, includes: [], tool, source }))
  return found.reading()
}

/** The tables of a list, each with the keys where it stands; anything else there is a problem. */
export function tablesAt(
  lock: Fields,
  key: string,
  found: Collector,
): readonly { readonly table: Fields; readonly keys: readonly (string | number)[] }[] {
  const list = lock[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((table: unknown, index) => {
    if (isFields(table) && nameOf(table.name) !== undefined) return [{ table, keys: [key, index] }]
    found.malformed([key, index], 'a package with its name')
    return []
  })
}

/** What each file of these lists says is its hash. */
export function hashesIn(...lists: readonly unknown[]): readonly unknown[] {
  return lists.flatMap(fieldsIn).map(({ hash }) => hash)
}

/** A list of objects, without what is none. */
export function fieldsIn(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : isFields(list) ? [list] : []
}
