import type { Base } from '../core/base-model.ts'
import type { BomPart, BomRecord, OtherBase } from '../core/bom.ts'
import { isSameName } from '../core/model-name.ts'

/** How a bill of materials has a base model of the manifest: not at all, the same as far as both say it, or otherwise. */
export type BaseNamed =
  | { readonly kind: 'none' }
  | { readonly kind: 'same' }
  | { readonly kind: 'other'; readonly other: OtherBase }

type Asked = Pick<Base, 'name' | 'digests'> & { readonly revision?: string }

/** `own`: digests of the released weights, whose part is no base whatever its name is. */
export function baseNamed(base: Asked, { parts }: BomRecord, own: readonly string[]): BaseNamed {
  const isReleased = ({ digests, base: below }: BomPart) => !below && digests.some((one) => own.includes(one))
  const named = parts.filter((part) => part.kind === 'model' && isOf(part, base) && !isReleased(part))
  // Unchanged, the base is what is released.
  const same = parts.some(({ digests }) => digests.some((one) => digestsOf(base).includes(one)))
  const [first, ...more] = named.map((part) => differs(part, base))
  if (first === undefined) return { kind: same ? 'same' : 'none' }
  // Of several revisions the manifest may have another one each.
  if ([first, ...more].some((one) => one === 'same')) return { kind: 'same' }
  return first === 'same' ? { kind: 'same' } : { kind: 'other', other: first }
}

/** The models of a bill that are a base model of the manifest: of several revisions those that may be its own. */
export function partsOfBase(base: Asked, { parts }: Pick<BomRecord, 'parts'>): readonly BomPart[] {
  const named = parts.filter((part) => part.kind === 'model' && isOf(part, base))
  const same = named.filter((part) => differs(part, base) === 'same')
  return same.length === 0 ? named : same
}

function isOf({ names, digests }: BomPart, base: Asked): boolean {
  return (
    names.some((one) => isSameName(one, base.name)) || digests.some((one) => digestsOf(base).includes(one))
  )
}

function digestsOf({ digests }: Asked): readonly string[] {
  return digests.map((one) => `sha256:${one}`)
}

/** Only what can be compared differs: a sha256 with those of the manifest, a whole commit with another. */
function differs({ digests, versions }: BomPart, base: Asked): 'same' | OtherBase {
  const [known, given] = [digestsOf(base), digests.filter((one) => one.startsWith('sha256:'))]
  const [found] = given
  if (found !== undefined && known.length > 0 && !given.some((one) => known.includes(one)))
    return { base: base.name, of: 'digest', found, declared: known[0] ?? '' }
  const { revision = '' } = base
  const commits = isCommit(revision) ? versions.filter(isCommit) : []
  const version = commits.find((one) => one.toLowerCase() !== revision.toLowerCase())
  if (version === undefined) return 'same'
  return { base: base.name, of: 'version', found: version, declared: revision }
}

function isCommit(version: string): boolean {
  return /^[0-9a-f]{40}$/i.test(version)
}
