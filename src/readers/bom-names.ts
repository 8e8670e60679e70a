import { digestsIn } from './digests.ts'
import { nameOf } from './names.ts'
import { isFields } from './narrow.ts'

/** What a package address says of a package, https://github.com/package-url/purl-spec. */
export type Purl = { readonly name?: string; readonly version?: string }

/** The name with its namespace and the version of a package address; nothing of what is none. */
export function purlOf(purl: unknown): Purl {
  if (typeof purl !== 'string' || purl.length > 1000) return {}
  const [, path, at] = /^pkg:[a-z][a-z.+-]{0,40}\/([^@?#]+)(?:@([^?#]+))?/i.exec(purl) ?? []
  const [name, version] = [decoded(path), decoded(at)]
  return { ...(name !== undefined && { name }), ...(version !== undefined && { version }) }
}

function decoded(part: string | undefined): string | undefined {
  if (part === undefined) return undefined
  try {
    return nameOf(decodeURIComponent(part))
  } catch {
    // A stray percent sign.
    return undefined
  }
}

/** The texts among some values that are names, each once. */
export function namesAmong(...values: readonly unknown[]): readonly string[] {
  return [...new Set(values.flatMap((value) => nameOf(value) ?? []))]
}

/** What standards call an algorithm, and we by one name. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
  'SHA-1': 'sha1',
  MD5: 'md5',
  ...{ sha256: 'sha256', sha512: 'sha512', sha1: 'sha1', md5: 'md5' },
}

/** A list of algorithm and digest, as both standards have it: those of algorithms that are known, and a placeholder among them. */
export function hashesIn(list: unknown, algorithm: string, content: string): ReturnType<typeof digestsIn> {
  const all = Array.isArray(list) ? list.slice(0, 50) : []
  const found = all.map((one: unknown) => {
    if (!isFields(one)) return { digests: [] }
    const name = typeof one[algorithm] === 'string' ? one[algorithm] : ''
    const known = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined
    return known === undefined ? { digests: [] } : digestsIn({ [known]: one[content] })
  })
  const placeholder = found.find((one) => 'placeholder' in one)
  return { digests: found.flatMap(({ digests }) => digests), ...placeholderOf(placeholder) }
}

function placeholderOf(found: object | undefined): { readonly placeholder?: string } {
  return found !== undefined && 'placeholder' in found && typeof found.placeholder === 'string'
    ? { placeholder: found.placeholder }
    : {}
}

/** The day of an instant, in UTC; undefined for what is none. */
export function dayOf(instant: unknown): string | undefined {
  if (typeof instant !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{5,30}(?:Z|[+-]\d\d:\d\d)$/i.test(instant))
    return undefined
  const time = Date.parse(instant)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10)
}
