import { isPackageDigest } from '../core/digests.ts'
import type { Reading } from '../core/evidence.ts'
import type { Package } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import { collect } from './collect.ts'
import { digestsIn } from './digests.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { MOST_PACKAGES, packageFrom, requiredBy } from './requirements.ts'

const format = 'conda'

/**
 * `environment.yml` of conda, `python_env.yaml` of MLflow, and `conda-lock.yml`. A package of conda is pinned by its version
 * and its build (`name=version=build`); `=` with a version alone means any that begins so.
 */
export const conda: Reader = {
  format,
  labels: [],
  shapes: [
    ['dependencies', 'channels'],
    ['package', 'metadata'],
  ],
  recognises: (content) => kindOf(content) !== undefined,
  read,
}

function kindOf(content: Content): 'environment' | 'python' | 'lock' | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { dependencies, channels, build_dependencies, python, package: packages } = content.value
  if (
    Array.isArray(packages) &&
    typeof fieldsAt(fieldsAt(content.value, 'metadata'), 'content_hash') === 'object'
  )
    return packages.every((one) => isFields(one) && 'manager' in one) ? 'lock' : undefined
  if (!Array.isArray(dependencies) || !dependencies.every(isDependency)) return undefined
  if (Array.isArray(build_dependencies) && python !== undefined) return 'python'
  return Array.isArray(channels) ? 'environment' : undefined
}

function isDependency(one: unknown): boolean {
  return typeof one === 'string' || (isFields(one) && Array.isArray(one.pip))
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  const value: Fields = content.kind === 'data' && isFields(content.value) ? content.value : {}
  const kind = kindOf(content)
  const packages: Package[] = []
  const includes: string[] = []
  const ofPip = (text: unknown, keys: readonly (string | number)[]): void => {
    const required = typeof text === 'string' ? requiredBy(text.trim()) : undefined
    if (required === undefined) found.malformed(keys, 'a requirement as pip reads it')
    else if (required.kind === 'package') packages.push(required.package)
    else if (required.kind === 'include') includes.push(required.file)
  }
  const list = (key: string): readonly unknown[] => {
    const all = value[key]
    return Array.isArray(all) ? all : []
  }
  if ([...list('dependencies'), ...list('package')].length > MOST_PACKAGES) {
    found.fault([], { code: 'too_many', limit: MOST_PACKAGES })
    return found.reading()
  }
  for (const [index, one] of list('dependencies').entries()) {
    const keys = ['dependencies', index]
    if (kind === 'python') ofPip(one, keys)
    else if (typeof one === 'string') packages.push(ofConda(one))
    else if (isFields(one) && Array.isArray(one.pip))
      for (const [at, text] of one.pip.slice(0, MOST_PACKAGES).entries()) ofPip(text, [...keys, 'pip', at])
  }
  if (kind === 'python') {
    for (const [index, one] of list('build_dependencies').entries()) ofPip(one, ['build_dependencies', index])
    packages.push(ofPython(value.python))
  }
  if (kind === 'lock') packages.push(...list('package').map(ofLock))
  found.record((source) => ({ kind: 'environment', packages, includes, tool: 'conda', source }))
  return found.reading()
}

/** A match spec, https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html; in brackets may stand its sha256. */
function ofConda(text: string): Package {
  const written = text.slice(0, 300)
  const [, spec = '', , digest] =
    /^([^[]{1,200})(?:\[sha256=(['"]?)([0-9a-f]{64})\2\])?$/.exec(written.trim()) ?? []
  const [, version, build] =
    /^(?:[\w.-]{1,100}::)?[\w.-]{1,100} ?(==?[\w.+!]{1,100})?(?:=([\w.+]{1,100}))?$/.exec(spec) ?? []
  if (version !== undefined && build !== undefined)
    return { written, ...(isPackageDigest('sha256', digest) && { hashed: true as const }) }
  if (version !== undefined) return { written, loose: 'no_build' }
  return { written, loose: /[=<>!~*,|\s]/.test(written.trim()) ? 'range' : 'no_version' }
}

/** `python: 3.11.9` of MLflow; `3.8` is a whole line of versions, and YAML may have made a number of it. */
function ofPython(version: unknown): Package {
  const text = typeof version === 'string' || typeof version === 'number' ? String(version) : ''
  const written = `python ${text}`.trim().slice(0, 200)
  return /^\d+\.\d+\.\d+\w*$/.test(text)
    ? { written }
    : { written, loose: text === '' ? 'no_version' : 'range' }
}

/** https://conda.github.io/conda-lock/: each package with its version, its address and the digest of its bytes. */
function ofLock(one: unknown): Package {
  const given = isFields(one) ? one : {}
  const version = nameOf(given.version)
  const written = `${nameOf(given.name) ?? '?'} ${version ?? ''}`.trim()
  const { digests } = digestsIn(fieldsAt(given, 'hash'))
  const hashed = isPackageDigest('sha256', fieldsAt(given, 'hash').sha256)
  const url = typeof given.url === 'string' ? given.url : undefined
  // What is taken from a repository of code has no bytes that a digest could be of.
  if (url !== undefined && /^(?:git|hg|svn|bzr)\+/i.test(url))
    return packageFrom(`${written} ${url}`, url, false)
  const fixed = version !== undefined && (digests.length > 0 || url !== undefined)
  return {
    written,
    ...(!fixed && { loose: 'no_version' as const }),
    ...(hashed && { hashed: true as const }),
  }
}
