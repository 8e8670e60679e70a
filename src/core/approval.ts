/**
 * What people approve: a release, by its identity and the digests of the evidence that they saw; one change of a
 * criteria file, by its blobs; one exemption from a control; or that a model is released no more.
 */
export type Subject =
  | {
      readonly kind: 'release'
      readonly model: string
      readonly identity: string
      /** Path and digest of each piece, and what the manifest says of evidence and data, in order. */
      readonly evidence: readonly string[]
    }
  | { readonly kind: 'change'; readonly path: string; readonly from?: string; readonly to?: string }
  | {
      readonly kind: 'exemption'
      readonly path: string
      readonly control: string
      readonly because: string
    }
  | { readonly kind: 'retirement'; readonly path: string; readonly blob: string }

/** A person's latest decisive review, and what it was of. */
export type Review = {
  /** GitHub's id of it. */
  readonly id: string
  readonly by: string
  readonly pull: number
  /** The commit that it was submitted on. */
  readonly commit: string
  /** ISO 8601. */
  readonly at: string
  readonly state: 'approved' | 'changes_requested' | 'dismissed'
  readonly bot?: true
  /** When it was given the pull request went into another branch than the default one, and showed other changes. */
  readonly elsewhere?: true
  /** Of each team that was asked about, whether the person is an active member, or gonogo may not see it. */
  readonly teams: Readonly<Record<string, 'active' | 'none' | 'unseen'>>
  /** Whether the person may write to the repository; absent where that was not asked. */
  readonly writes?: boolean
  /** What the commit was that it was submitted on; absent where gonogo never saw it there. */
  readonly saw?: Subject
}

/** How somebody had a hand in what is approved. */
export type Hand = { readonly by: string; readonly as: 'author' | 'committer' | 'pusher' }

/** Why it is not known who made something. */
export type Unseen =
  /** No account goes with the author or committer of a commit. */
  | { readonly why: 'no_account'; readonly commit: string }
  /** A bot pushed a commit that it did not make, for whomever. */
  | { readonly why: 'pushed_by_bot'; readonly commit: string; readonly by: string }
  /** Who pushes to another repository is told to that one alone. */
  | { readonly why: 'fork'; readonly pull: number }
  /** GitHub does not tell of every push of the branch. */
  | { readonly why: 'pushes'; readonly branch: string }
  | { readonly why: 'too_many'; readonly what: 'commits' | 'reviews'; readonly limit: number }

/** Everybody who made what is approved, as far as that is known. */
export type Hands = { readonly people: readonly Hand[]; readonly unseen: readonly Unseen[] }

/** The reviews of one subject; a clone shows none. */
export type Approvals =
  | { readonly kind: 'awaiting' }
  | {
      readonly kind: 'seen'
      readonly subject: Subject
      readonly reviews: readonly Review[]
      readonly hands: Hands
    }

/** Whose approval counts: active members of teams, people by login, or where neither is named another writer. */
export type Right = { readonly teams: readonly string[]; readonly people: readonly string[] }

/** Teams whose members approve changes of criteria, by what is changed; without any, another writer. */
export type Approvers = {
  readonly loosen?: readonly string[]
  readonly not_applicable?: readonly string[]
}

/** Why a review does not count. */
export type Refusal =
  | 'dismissed'
  | 'changes_requested'
  | 'bot'
  | 'author'
  | 'committer'
  | 'pusher'
  | 'team_unseen'
  | 'no_member'
  | 'not_named'
  | 'no_writer'
  | 'stale'
  | 'other_evidence'
  | 'elsewhere'
export type Refused = { readonly by: string; readonly why: Refusal; readonly commit: string }

/** A change of criteria that somebody must approve; `remove` where the whole file goes. */
export type Consent = {
  readonly what: 'loosen' | 'remove' | 'not_applicable' | 'retire'
  /** The criteria and settings, or the control; empty where the version before can't be compared with. */
  readonly names: readonly string[]
  /** It is in the criteria that hold, and no more proposed; the commit that brought it, where that is known. */
  readonly stands?: true
  readonly commit?: string
  readonly approvals: Approvals
}

/** What approvals come to. */
export type ApprovalAnswer =
  | {
      readonly code: 'approved'
      readonly outcome: 'met'
      readonly by: readonly string[]
      readonly wanted: number
    }
  | {
      readonly code: 'too_few_approvals'
      readonly outcome: 'undecided'
      readonly by: readonly string[]
      readonly wanted: number
      readonly right: Right
      readonly refused: readonly Refused[]
    }
  | {
      readonly code: 'makers_unknown'
      readonly outcome: 'undecided'
      readonly by: readonly string[]
      readonly unseen: readonly Unseen[]
    }
  | { readonly code: 'nothing_to_approve'; readonly outcome: 'undecided' }
  | { readonly code: 'approval_awaited'; readonly outcome: 'undecided'; readonly right: Right }

/**
 * Whether enough of the right people approved. Nobody approves what they had a hand in, and where it is not known
 * who had, nobody is shown to be another one.
 */
export function judgeApprovals(right: Right, wanted: number, approvals: Approvals): ApprovalAnswer {
  if (approvals.kind === 'awaiting') return { code: 'approval_awaited', outcome: 'undecided', right }
  const { reviews, hands, subject } = approvals
  const judged = reviews.map((review) => ({ review, why: refusal(review, right, hands, subject) }))
  const by = judged.flatMap(({ review, why }) => (why === undefined ? [review.by] : [])).toSorted()
  if (by.length < wanted) {
    const refused = judged.flatMap(({ review, why }) =>
      why === undefined ? [] : [{ by: review.by, why, commit: review.commit }],
    )
    return { code: 'too_few_approvals', outcome: 'undecided', by, wanted, right, refused }
  }
  const { unseen } = hands
  return unseen.length > 0
    ? { code: 'makers_unknown', outcome: 'undecided', by, unseen }
    : { code: 'approved', outcome: 'met', by, wanted }
}

function refusal(review: Review, right: Right, hands: Hands, subject: Subject): Refusal | undefined {
  if (review.state !== 'approved') return review.state
  if (review.bot) return 'bot'
  const own = hands.people.filter(({ by }) => sameLogin(by, review.by)).map((hand) => hand.as)
  const hand = (['author', 'committer', 'pusher'] as const).find((as) => own.includes(as))
  return hand ?? standing(review, right) ?? (review.elsewhere ? 'elsewhere' : seeing(review.saw, subject))
}

/** A name in the criteria is nobody's for ever, and in a public repository anybody may review. */
function standing(review: Review, { teams, people }: Right): Refusal | undefined {
  const found = teams.map((team) => (Object.hasOwn(review.teams, team) ? review.teams[team] : undefined))
  if (found.includes('active')) return undefined
  const isNamed = people.some((login) => sameLogin(login, review.by))
  if (isNamed || (teams.length === 0 && people.length === 0))
    return review.writes === true ? undefined : 'no_writer'
  if (found.includes('unseen')) return 'team_unseen'
  return teams.length > 0 ? 'no_member' : 'not_named'
}

function seeing(saw: Subject | undefined, subject: Subject): Refusal | undefined {
  if (saw === undefined) return 'stale'
  if (sameSubject(saw, subject)) return undefined
  const sameRelease =
    saw.kind === 'release' && subject.kind === 'release' && saw.identity === subject.identity
  return sameRelease ? 'other_evidence' : 'stale'
}

/** Whose approval of a change of criteria counts. */
export function rightFor({ what }: Pick<Consent, 'what'>, approvers: Approvers = {}): Right {
  const teams = what === 'not_applicable' ? approvers.not_applicable : approvers.loosen
  return { teams: teams ?? [], people: [] }
}

/** Whether two subjects are one to the letter. */
export function sameSubject(one: Subject, other: Subject): boolean {
  return textOf(one) === textOf(other)
}

/** A subject as one text, the same for the same; no field can be taken for another. */
export function textOf(subject: Subject): string {
  const { kind } = subject
  switch (kind) {
    case 'release':
      return JSON.stringify([kind, subject.model, subject.identity, subject.evidence])
    case 'change':
      return JSON.stringify([kind, subject.path, subject.from ?? null, subject.to ?? null])
    case 'exemption':
      return JSON.stringify([kind, subject.path, subject.control, subject.because])
    case 'retirement':
      return JSON.stringify([kind, subject.path, subject.blob])
  }
}

/** GitHub's names know no case. */
export function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
