import type { Package } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import type { Collector } from './collect.ts'
import { isForDevelopment, lockedPackage, readLock, tomlOf } from './locked.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Reader } from './reader.ts'
import { packageMade, requiredBy } from './requirements.ts'

const format = 'pyproject'

/**
 * `pyproject.toml`: what a project asks for, which is seldom one version of anything.
 * https://packaging.python.org/en/latest/specifications/pyproject-toml/, and the tables of Poetry before it.
 */
export const pyproject: Reader = {
  format,
  labels: [],
  shapes: [['project', 'build-system', 'tool']],
  recognises: isProject,
  read: (input) =>
    readLock(input, { format, tool: 'pyproject' }, (top, found) => [
      ...listedIn(top, found),
      ...dynamicIn(top),
      ...ofPoetry(top, found),
    ]),
}

function isProject(content: Content): boolean {
  const top = tomlOf(content)
  if (top === undefined) return false
  return isFields(top.project) || isFields(top['dependency-groups']) || isFields(fieldsAt(top, 'tool').poetry)
}

type Keys = readonly string[]

function listedIn(top: Fields, found: Collector): readonly Package[] {
  const project = fieldsAt(top, 'project')
  const groups = (fields: Fields, keys: Keys): readonly (readonly [unknown, Keys])[] =>
    Object.entries(fields).flatMap(([name, list]) =>
      isForDevelopment(name) ? [] : [[list, [...keys, name]] as const],
    )
  const lists: readonly (readonly [unknown, Keys])[] = [
    [project.dependencies, ['project', 'dependencies']],
    ...groups(fieldsAt(project, 'optional-dependencies'), ['project', 'optional-dependencies']),
    ...groups(fieldsAt(top, 'dependency-groups'), ['dependency-groups']),
  ]
  const sources = fieldsAt(fieldsAt(fieldsAt(top, 'tool'), 'uv'), 'sources')
  return lists.flatMap(([list, keys]) =>
    (Array.isArray(list) ? list : []).flatMap((one: unknown, index) => {
      // What one group takes in of another stands there, unless that is for development.
      if (isFields(one)) return isForDevelopment(one['include-group']) ? [included(one)] : []
      const required = typeof one === 'string' ? requiredBy(one.trim()) : undefined
      if (required?.kind === 'package') return [sourced(required.package, sources)]
      found.malformed([...keys, index], 'a requirement as pip reads it')
      return []
    }),
  )
}

function ofPoetry(top: Fields, found: Collector): readonly Package[] {
  const poetry = fieldsAt(fieldsAt(top, 'tool'), 'poetry')
  const at = ['tool', 'poetry']
  const tables: readonly (readonly [Fields, Keys])[] = [
    [fieldsAt(poetry, 'dependencies'), [...at, 'dependencies']],
    ...Object.entries(fieldsAt(poetry, 'group')).flatMap(([name, group]) =>
      isForDevelopment(name) || !isFields(group)
        ? []
        : [[fieldsAt(group, 'dependencies'), [...at, 'group', name, 'dependencies']] as const],
    ),
  ]
  return tables.flatMap(([table, keys]) =>
    Object.entries(table).flatMap(([name, asked]) => {
      // The interpreter is no package.
      if (name === 'python') return []
      const all = Array.isArray(asked) ? asked : [asked]
      return all.flatMap((one: unknown) => {
        const version = isFields(one) ? one.version : one
        if (isFields(one) && (version === undefined || PLACES.some((place) => one[place] !== undefined)))
          return [placed(name, one)]
        if (typeof version === 'string') return [versioned(name, version.trim())]
        found.malformed([...keys, name], 'a version, or where it is from')
        return []
      })
    }),
  )
}

const PLACES = ['git', 'path', 'url', 'file'] as const

/** What a build makes up when it runs is pinned nowhere. */
function dynamicIn(top: Fields): readonly Package[] {
  const { dynamic } = fieldsAt(top, 'project')
  const made = Array.isArray(dynamic) ? dynamic : []
  return ['dependencies', 'optional-dependencies']
    .filter((what) => made.includes(what))
    .map((what) => packageMade(`${what}, dynamic`, 'no_version', false))
}

/** A group for development that another one takes in is not read here. */
function included(one: Fields): Package {
  return packageMade(`group ${nameOf(one['include-group']) ?? '?'}`, 'no_version', false)
}

/** uv takes a package from the place that its table of sources has, whatever version is asked. */
function sourced(one: Package, sources: Fields): Package {
  const [, name = ''] = /^([A-Za-z0-9._-]{1,100})/.exec(one.written) ?? []
  const source = Object.entries(sources).find(([key]) => normal(key) === normal(name))?.[1]
  if (source === undefined) return one
  const [first, second] = (Array.isArray(source) ? source : [source]).filter(isFields)
  if (first === undefined || second !== undefined) return packageMade(one.written, 'movable', false)
  // A member of the workspace is fixed by the commit; an index is where versions are from.
  if (first.workspace === true || first.index !== undefined) return one
  return placed(name, first)
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-')
}

function placed(name: string, { git, rev, url, path }: Fields): Package {
  if (git !== undefined) return lockedPackage(name, undefined, { from: 'git', url: git, commit: rev }, [])
  if (path !== undefined) return lockedPackage(name, undefined, { from: 'path', path }, [])
  return lockedPackage(name, undefined, { from: 'url', url }, [])
}

/** A bare version is exactly that one: https://python-poetry.org/docs/dependency-specification/. */
function versioned(name: string, version: string): Package {
  const written = `${name} ${nameOf(version) ?? '?'}`
  if (version === '' || version === '*') return packageMade(written, 'no_version', false)
  return packageMade(written, /^(?:={2,3} ?)?\d[\w.!+-]{0,100}$/.test(version) ? undefined : 'range', false)
}
