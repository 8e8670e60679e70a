import { isDigest, isPackageDigest } from '../core/digests.ts'
import type { Package } from '../core/training-evidence.ts'

/** More packages than this are no environment. */
export const MOST_PACKAGES = 20_000
/** A package of many platforms has hundreds of digests. */
const MOST_LINE = 500_000

/** One logical line of a requirements file, and the first line of the file that it stands on. */
export type Line = { readonly line: number; readonly text: string }

/** What stands nowhere but in a list for pip: a place to fetch from that holds packages or keeps their versions. */
const OF_PIP = /(?:\.whl|\.tar\.gz|\.zip|\.tar\.bz2)(?:[#?]\S{0,500})?$|^(?:git|hg|svn|bzr)\+/

/** What a line asks for: a package, another file, an option, or nothing that pip would read. */
export type Required =
  | { readonly kind: 'package'; readonly package: Package }
  | { readonly kind: 'include'; readonly file: string }
  | { readonly kind: 'option' }

const OPTION =
  /^(?:-i|-f|--(?:index-url|extra-index-url|find-links|trusted-host|no-index|no-binary|only-binary|prefer-binary|require-hashes|pre|use-feature|use-pep517|no-build-isolation|constraint-file))(?:[ =].*)?$/
const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?'
/** Operators and versions of PEP 440; no operator is a character of a version, so that a text is split in one way only. */
const VERSION =
  '(?:(?:==|[~!<>]=|[<>]) ?v?(?:[0-9]{1,4}!)?[0-9][A-Za-z0-9.*+_-]{0,99}|=== ?[A-Za-z0-9][A-Za-z0-9.*+_-]{0,99})'
const PLACE = String.raw`(?:[a-z][a-z+]{1,19}:\/\/|file:|\.{0,2}\/)\S{1,500}`
const REQUIREMENT = new RegExp(
  String.raw`^(${NAME})(?: ?\[[A-Za-z0-9._, -]{0,200}\])? ?(@ ?${PLACE}|\(?(?:${VERSION}(?: ?, ?)?){0,10}\)?)$`,
)

/** As Python parts a text into lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at them.
const LINE_END = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/
const IS_COMMENT = /^\s*#/

/**
 * Lines as pip joins and cleans them: what ends in a backslash goes on, a line that is a comment ends it, and comments
 * are cut when all is joined. https://pip.pypa.io/en/stable/reference/requirements-file-format/, `join_lines` of pip.
 */
export function linesIn(text: string): readonly Line[] {
  const found: Line[] = []
  let open: Line | undefined
  for (const [index, raw] of text.split(LINE_END).entries()) {
    const continues = raw.endsWith('\\') && !IS_COMMENT.test(raw)
    const own = continues ? raw.replaceAll(/^\\+|\\+$/g, '') : IS_COMMENT.test(raw) ? ` ${raw}` : raw
    const line: Line = open ? { line: open.line, text: open.text + own } : { line: index + 1, text: own }
    open = continues && line.text.length < MOST_LINE ? line : undefined
    if (open === undefined) found.push(line)
  }
  return (open === undefined ? found : [...found, open]).flatMap(({ line, text: joined }) => {
    const clean = joined.replace(/(?:^|\s)#.*$/s, '').trim()
    return clean === '' ? [] : [{ line, text: clean }]
  })
}

/** One line as pip reads it; undefined for what pip would not. */
export function requiredBy(text: string): Required | undefined {
  if (text.length > MOST_LINE) return undefined
  const [, file] = /^(?:-[rc]|--requirement|--constraint)[ =]? ?(\S{1,500})$/.exec(text) ?? []
  if (file !== undefined) return { kind: 'include', file }
  if (OPTION.test(text)) return { kind: 'option' }
  // What is quoted may be the value of another option.
  const options = / --.*$/s.exec(` ${text}`)?.[0] ?? ''
  const hashed = !/["']/.test(options) && isHashed(options)
  const [bare = ''] = text.split(/ --(?:hash|config-settings?|global-option)[= ]/)
  const [, editable] = /^(?:-e|--editable)[ =] ?(\S{1,500})$/.exec(bare) ?? []
  if (editable !== undefined) return { kind: 'package', package: packageFrom(editable, editable, hashed) }
  // What stands behind a semicolon says where it is installed, not what.
  const spec =
    bare
      .split(/\s;|;\s/)[0]
      ?.replaceAll(/\s+/g, ' ')
      .trim() ?? ''
  if (isPlace(spec)) return { kind: 'package', package: packageFrom(spec, spec, hashed) }
  const [, name, version = ''] = REQUIREMENT.exec(spec) ?? []
  if (name === undefined) return undefined
  if (version.startsWith('@'))
    return { kind: 'package', package: packageFrom(spec, version.slice(1).trim(), hashed) }
  const made = packageMade(spec, versionLoose(version), hashed)
  return { kind: 'package', package: { ...made, ...(hashed && sumsOf(hashesIn(options))) } }
}

/** Whoever makes up one digest knows none of the files. */
function isHashed(options: string): boolean {
  const hashes = hashesIn(options)
  return hashes.length > 0 && hashes.every(isHash)
}

/** Each digest that the options of a requirement give, as `sha256:…`. */
function hashesIn(options: string): readonly string[] {
  return [...options.matchAll(/ --hash[= ](sha(?:256|384|512):\S{1,200})(?= |$)/g)].map(
    ([, hash = '']) => hash,
  )
}

/** Whether a text, as `sha256:…`, can be the digest of a package's file. */
export function isHash(written: unknown): boolean {
  const [algorithm = '', value] = typeof written === 'string' ? written.split(':', 2) : []
  return isPackageDigest(algorithm, value)
}

/** More files than these of one package nobody compares. */
const MOST_SUMS = 200

/** How digests of a package's files begin: enough that no other file is found that begins so. */
export function sumsOf(digests: readonly unknown[]): Pick<Package, 'sums'> {
  const all = digests.filter((one) => typeof one === 'string' && one.startsWith('sha256:'))
  // Of some of them nobody knows whether another one is among the rest.
  if (all.length === 0 || all.length < digests.length || all.length > MOST_SUMS) return {}
  return { sums: all.map((one) => String(one).slice('sha256:'.length, 'sha256:'.length + 20)) }
}

/** Whether a line can be nothing but a requirement: a name or a path by itself may be of anything. */
export function saysRequirement(text: string): boolean {
  const required = requiredBy(text)
  if (required === undefined) return false
  if (required.kind !== 'package' || / --hash[= ]/.test(text) || /^(?:-e|--editable)/.test(text)) return true
  const spec = text.split(/\s;|;\s/)[0]?.trim() ?? ''
  return isPlace(spec) ? OF_PIP.test(spec) : required.package.loose !== 'no_version'
}

/** Exactly one version: `==1.2.3`, and no `==1.2.*`. */
function versionLoose(version: string): Package['loose'] {
  const spec = version.replaceAll(/[() ]/g, '')
  if (spec === '') return 'no_version'
  return /^={2,3}[^*,=<>!~]+$/.test(spec) ? undefined : 'range'
}

function isPlace(spec: string): boolean {
  return /^(?:\.{1,2}|(?:[a-z][a-z+]{1,19}:\/\/|file:|\.{0,2}\/|[A-Za-z]:[\\/])\S{0,500})$/.test(spec)
}

/** What is taken from a place instead of by its version: the commit says what it is, or the digest. */
export function packageFrom(written: string, place: string, hashed: boolean): Package {
  const digest = isPackageDigest('sha256', /#(?:.{0,200}&)?sha256=([0-9a-f]{64})(?:&|$)/.exec(place)?.[1])
  // A folder of the repository is fixed by the commit of the code.
  if (/^(?:\.{1,2}(?:\/|$|\[)|[\w-]{1,100}\/)/.test(place) && !/^[A-Za-z]:/.test(place))
    return packageMade(
      written,
      place.split('/').filter((part) => part === '..').length > 1 ? 'local' : undefined,
      true,
    )
  if (/^(?:file:|\/|[A-Za-z]:[\\/])/.test(place)) return packageMade(written, 'local', hashed || digest)
  const fixed = isDigest('sha1', /^git\+[^#]{1,400}@([0-9a-f]{40})(?:#|$)/.exec(place)?.[1])
  return packageMade(written, fixed || digest || hashed ? undefined : 'movable', fixed || digest || hashed)
}

/** A package, and why it is not pinned, or that its bytes are known. */
export function packageMade(written: string, loose: Package['loose'], hashed: boolean): Package {
  return {
    // A place may have a password in it.
    written: written.replace(/\/\/[^@/\s]{1,300}@/, '//').slice(0, 200),
    ...(loose !== undefined && { loose }),
    ...(hashed && { hashed: true as const }),
  }
}
