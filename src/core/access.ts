import { type Seen, seenOf, type Unseen } from './doctor-facts.ts'

/** The three questions that an access-control record answers. */
export const ACCESS_FIELDS = ['change_training_data', 'start_runs', 'read_outputs'] as const
export type AccessField = (typeof ACCESS_FIELDS)[number]

/** Whom a field names: GitHub's accounts, and teams as `org/team`, in small letters; `others` by role, name or address. */
export type NamedAccess = {
  readonly accounts: readonly string[]
  readonly teams: readonly string[]
  readonly others: number
}
export type RecordedAccess = { readonly [F in AccessField]?: NamedAccess }

/** Accounts that may push to a repository. */
export type Writers = {
  readonly count: number
  /** Those that a record may not name, in small letters. */
  readonly accounts: readonly string[]
  /** There are more than are counted. */
  readonly more?: true
  /** Every member of the organisation is among them; absent where that was not asked, or is not known. */
  readonly everybody?: true
}

/** What GitHub shows of who may change a repository's default branch. */
export type SeenAccess = {
  /** Changes need the review of those who own what is changed. */
  readonly review: Seen<boolean>
  readonly writers: Seen<Writers>
  /** Who owns the data, as CODEOWNERS names them. */
  readonly owners: readonly string[]
  /** The members of teams, as far as they were asked for and shown. */
  readonly teams: Readonly<Record<string, readonly string[]>>
}

/** What GitHub lets others do than a record names. */
export type AccessFault =
  | {
      readonly what: 'others_write' | 'others_own'
      readonly field: AccessField
      /** The first of them. */
      readonly accounts: readonly string[]
      readonly count: number
    }
  /** By role, and every member of the organisation may; or more accounts than are looked through. */
  | {
      readonly what: 'everybody_writes'
      readonly field: AccessField
      readonly count: number
      readonly more?: true
    }

/** Why nothing that was seen says who may do what a field is about. */
export type Claimed = {
  readonly field: AccessField
} /** GitHub shows it of no data that is elsewhere, and never who reads what. */ & (
  | { readonly why: 'elsewhere' | 'not_shown' }
  /** No run was seen to have trained: who starts it nobody sees. */
  | { readonly why: 'no_run' }
  /** A workflow of another repository, which nobody reads, may let others in than write. */
  | { readonly why: 'unread'; readonly uses: string }
  /** The code owners are named by addresses. */
  | { readonly why: 'by_address' }
  /** It names roles or persons, who are no accounts; so many accounts may. */
  | { readonly why: 'by_role'; readonly accounts: number }
  /** The same, where so many code owners let changes in. */
  | { readonly why: 'owned_by_role'; readonly owners: number }
  | {
      readonly why: 'unseen'
      readonly what: 'writers' | 'review' | 'team' | 'environments'
      readonly unseen: Unseen
    }
)

/** What can be said of a record's claims: what contradicts them, and which are only claims. */
export type Compared = { readonly faults: readonly AccessFault[]; readonly claimed: readonly Claimed[] }

/** What else was seen: whether data of the training lies in the repository, and whether somebody lets each run in. */
export type Around = {
  readonly data: boolean
  /** `unread`: a workflow that nobody reads may let them in. */
  readonly letIn: Seen<boolean> | 'no_run' | { readonly unread: string }
  /** Of the repository whose run trained, where that is another one. */
  readonly starting?: SeenAccess
}

/** So many accounts are named in a sentence. */
const MOST_NAMED = 10

export const MEMBERS_READ: Unseen = { needs: 'Members: read' }

/**
 * Holds what a record says of who may do what to what GitHub shows. To write is to change the default branch: what its
 * owners must review only they let in, though many may push to other branches. Admins count among the writers. Where
 * nobody was asked about nothing is compared.
 */
export function compareAccess(
  { change_training_data: change, start_runs: start, read_outputs: read }: RecordedAccess,
  access: SeenAccess | undefined,
  { data, letIn, starting = access }: Around,
): Compared {
  return together([
    ...(change ? [changed(change, access, data)] : []),
    ...(start ? [started(start, starting, letIn)] : []),
    ...(read ? [claim({ field: 'read_outputs', why: 'not_shown' })] : []),
  ])
}

const NOTHING: Compared = { faults: [], claimed: [] }

type Asked = { readonly field: AccessField; readonly named: NamedAccess }

function changed(named: NamedAccess, access: SeenAccess | undefined, isHere: boolean): Compared {
  const asked: Asked = { field: 'change_training_data', named }
  if (!isHere) return claim({ field: asked.field, why: 'elsewhere' })
  if (access === undefined) return NOTHING
  return seenOf(access.review) === true
    ? byOwners(asked, access)
    : guarded(asked, access, access.review, 'review')
}

function started(named: NamedAccess, access: SeenAccess | undefined, letIn: Around['letIn']): Compared {
  const asked: Asked = { field: 'start_runs', named }
  if (letIn === 'no_run') return claim({ field: asked.field, why: 'no_run' })
  if (access === undefined) return NOTHING
  if (!('unread' in letIn)) return guarded(asked, access, letIn, 'environments')
  return byWriters(asked, access) === NOTHING
    ? NOTHING
    : claim({ field: asked.field, why: 'unread', uses: letIn.unread })
}

/** What somebody has to let in is as it should be; what nobody has to, all writers may do. */
function guarded(
  asked: Asked,
  access: SeenAccess,
  guard: Seen<boolean>,
  what: 'review' | 'environments',
): Compared {
  if (seenOf(guard) === true) return NOTHING
  const compared = byWriters(asked, access)
  // It may be guarded all the same, and then writers are not those who may.
  return 'unseen' in guard && compared !== NOTHING
    ? claim({ field: asked.field, why: 'unseen', what, unseen: guard.unseen })
    : compared
}

function byWriters(asked: Asked, { writers, teams }: SeenAccess): Compared {
  const { field, named } = asked
  if ('unseen' in writers) return claim({ field, why: 'unseen', what: 'writers', unseen: writers.unseen })
  const { count, accounts, more, everybody } = writers.seen
  if (named.others > 0)
    return more || everybody
      ? fault({ what: 'everybody_writes', field, count, ...(more && { more }) })
      : claim({ field, why: 'by_role', accounts: count })
  const outside = accounts.filter((account) => !isNamed(account, named, teams))
  if (outside.length > 0) return unlessHidden(asked, teams, 'others_write', outside)
  return more ? claim({ field, why: 'unseen', what: 'writers', unseen: { more: count } }) : NOTHING
}

function byOwners(asked: Asked, { owners, teams }: SeenAccess): Compared {
  const { field, named } = asked
  // Those that roles stand for may be the owners, or may not.
  if (named.others > 0) return claim({ field, why: 'owned_by_role', owners: owners.length })
  const handles = owners.flatMap((owner) => handleOf(owner) ?? [])
  const wanting = handles.filter((handle) => !named.teams.includes(handle))
  const people = wanting.map((handle) => (isTeam(handle) ? teams[handle] : [handle]))
  const outside = people.flatMap((some) => some ?? []).filter((one) => !isNamed(one, named, teams))
  if (outside.length > 0) return unlessHidden(asked, teams, 'others_own', [...new Set(outside)])
  if (people.includes(undefined)) return unseenTeam(field)
  return handles.length < owners.length ? claim({ field, why: 'by_address' }) : NOTHING
}

/** Somebody who is not named may be in a team that is, where nobody sees who is in it. */
function unlessHidden(
  { field, named }: Asked,
  teams: SeenAccess['teams'],
  what: 'others_write' | 'others_own',
  outside: readonly string[],
): Compared {
  if (named.teams.some((team) => !Object.hasOwn(teams, team))) return unseenTeam(field)
  return fault({ what, field, accounts: outside.slice(0, MOST_NAMED), count: outside.length })
}

/** Whether something that is only claimed could be seen: with more rights, or if accounts were named. */
export function couldBeSeen({ why }: Claimed): boolean {
  return why !== 'elsewhere' && why !== 'not_shown'
}

/** Whether a field names an account, or a team that it is seen to be in. */
export function isNamed(
  account: string,
  { accounts, teams }: NamedAccess,
  members: SeenAccess['teams'],
): boolean {
  return accounts.includes(account) || teams.some((team) => members[team]?.includes(account) === true)
}

/** Whether a handle is a team's, `org/team`. */
export function isTeam(handle: string): boolean {
  return handle.includes('/')
}

/** An account or a team as CODEOWNERS names it; undefined for an address. */
export function handleOf(owner: string): string | undefined {
  return owner.startsWith('@') ? owner.slice(1).toLowerCase() : undefined
}

function unseenTeam(field: AccessField): Compared {
  return claim({ field, why: 'unseen', what: 'team', unseen: MEMBERS_READ })
}

function fault(one: AccessFault): Compared {
  return { faults: [one], claimed: [] }
}

function claim(one: Claimed): Compared {
  return { faults: [], claimed: [one] }
}

function together(all: readonly Compared[]): Compared {
  return { faults: all.flatMap(({ faults }) => faults), claimed: all.flatMap(({ claimed }) => claimed) }
}
