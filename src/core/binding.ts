import { isSameName } from './model-name.ts'

/** What identifies a model, as its manifest gives it. Of what is not given nothing can be compared. */
export type Identifiers = {
  /** Its name, hub ids, the names of a service, paths of weights. */
  readonly names: readonly string[]
  /** Names by which tools call it, as the manifest declares. */
  readonly knownAs: readonly string[]
  readonly revisions: readonly string[]
  /** sha256 of its weights files. */
  readonly digests: readonly string[]
  /** Commits that its training ran on. */
  readonly commits: readonly string[]
}

/** What a piece of evidence says of the model that it is about. */
export type Named = {
  readonly model?: string | undefined
  readonly revision?: string | undefined
  readonly digest?: string | undefined
  readonly commit?: string | undefined
}

/** In what evidence is about another model, strongest first. */
const KINDS = ['digest', 'revision', 'commit', 'model'] as const
export type Kind = (typeof KINDS)[number]

/** By what evidence is held to a model, strongest first; `declared`: by nothing but the manifest that names it. */
export const BOUND_BY = ['digest', 'revision', 'commit', 'name', 'known_as', 'declared'] as const
export type BoundBy = (typeof BOUND_BY)[number]

/** How evidence differs from the model that it is said to be about. */
export type Otherwise = { readonly what: Kind; readonly found: string; readonly wanted: readonly string[] }

export type Binding =
  | { readonly kind: 'bound'; readonly by: Exclude<BoundBy, 'declared'>; readonly found: string }
  | { readonly kind: 'bound'; readonly by: 'declared' }
  | ({ readonly kind: 'other' } & Otherwise)

type Compared = 'same' | 'differs' | 'unknown'

/**
 * Whether evidence is about a model, like compared with like. A digest, or a whole commit id of a hub, says by itself
 * which bytes they are; else nothing that can be compared may differ, and the strongest that agrees holds it.
 */
export function bindingOf(named: Named, known: Identifiers): Binding {
  const digest = compareIn(named.digest, known.digests, compareDigest)
  if (digest === 'same') return bound('digest', named.digest)
  if (digest === 'differs') return other('digest', named.digest, known.digests)
  const revision = compareIn(named.revision, known.revisions, compareRevision)
  if (revision === 'same' && isWhole(named.revision)) return bound('revision', named.revision)

  const names = [...known.names, ...known.knownAs]
  const called = calledBy(named.model, known)
  const commit = compareIn(named.commit, known.commits, compareCommit)
  if (called === undefined) return other('model', named.model, names)
  if (revision === 'differs') return other('revision', named.revision, known.revisions)
  if (commit === 'differs') return other('commit', named.commit, known.commits)
  if (revision === 'same') return bound('revision', named.revision)
  if (commit === 'same') return bound('commit', named.commit)
  return called === 'nothing' ? { kind: 'bound', by: 'declared' } : bound(called, named.model)
}

function bound(by: Exclude<BoundBy, 'declared'>, found: string = ''): Binding {
  return { kind: 'bound', by, found }
}

function other(what: Kind, found: string = '', wanted: readonly string[]): Binding {
  return { kind: 'other', what, found, wanted }
}

/** How a model is called by its name; undefined where it is another one's, `nothing` where nobody names any. */
function calledBy(
  model: string | undefined,
  { names, knownAs }: Identifiers,
): 'name' | 'known_as' | 'nothing' | undefined {
  const found = model?.trim() ?? ''
  if (found === '' || names.length + knownAs.length === 0) return 'nothing'
  if (names.some((name) => isSameName(found, name))) return 'name'
  return knownAs.includes(found) ? 'known_as' : undefined
}

/** The same as one of them; another only where it could be compared with all of them. */
function compareIn(
  found: string | undefined,
  known: readonly string[],
  compare: (one: string, other: string) => Compared,
): Compared {
  if (found === undefined || known.length === 0) return 'unknown'
  const each = known.map((one) => compare(found.trim(), one))
  if (each.includes('same')) return 'same'
  return each.includes('unknown') ? 'unknown' : 'differs'
}

/** `sha256:` may stand before it. */
function compareDigest(one: string, other: string): Compared {
  const found = one.replace(/^sha256:/i, '').toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(found)) return 'unknown'
  return found === other.toLowerCase() ? 'same' : 'differs'
}

/** Commit ids, which tools shorten; a branch or a tag can't be compared with one. */
function compareCommit(one: string, other: string): Compared {
  if (!isId(one) || !isId(other)) return 'unknown'
  const [short, long] = [one.toLowerCase(), other.toLowerCase()].toSorted((a, b) => a.length - b.length)
  return long?.startsWith(short ?? ' ') ? 'same' : 'differs'
}

/** A hub's revisions are commit ids, or names of branches and tags. */
function compareRevision(one: string, other: string): Compared {
  if (isId(one) || isId(other)) return compareCommit(one, other)
  return one === other ? 'same' : 'differs'
}

/** Fewer digits than these are shared by too many. */
function isId(text: string): boolean {
  return /^[0-9a-f]{7,64}$/i.test(text)
}

function isWhole(revision: string | undefined): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(revision?.trim() ?? '')
}
