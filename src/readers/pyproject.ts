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
  return lists.flatMap(([list, keys]) =>
    (Array.isArray(list) ? list : []).flatMap((one: unknown, index) => {
      // What one group takes in of another stands there.
      if (isFields(one)) return []
      const required = typeof one === 'string' ? requiredBy(one.trim()) : undefined
      if (required?.kind === 'package') return [required.package]
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
        if (isFields(one) && version === undefined) return [placed(name, one)]
        if (typeof version === 'string') return [versioned(name, version.trim())]
        found.malformed([...keys, name], 'a version, or where it is from')
        return []
      })
    }),
  )
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
