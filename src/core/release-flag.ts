/** How a release stands on GitHub. */
export type Shown = {
  readonly draft: boolean
  readonly prerelease: boolean
  readonly immutable: boolean
}

/** What of it was the app's doing, as the ledger keeps it: only that is ever taken back. */
export type Ours = {
  readonly prerelease?: boolean
  /** It was the latest release when it was flagged. */
  readonly latest?: boolean
  /** It had been published. */
  readonly draft?: boolean
}

/** What a floor wants of a release without a go. */
export type WithoutGo = 'flag' | 'draft'

/** What is done to a release beside its notes. */
export type Act =
  | { readonly kind: 'none' }
  /** A pre-release, which is never the latest. */
  | { readonly kind: 'flag' }
  | { readonly kind: 'draft' }
  /** No pre-release any more; `latest` lets GitHub choose again which is the latest. */
  | { readonly kind: 'restore'; readonly latest: boolean }

/** What must change, if anything: a draft is never flagged, and never published. */
export function actFor(
  { draft, prerelease, immutable }: Shown,
  { blocked, withoutGo }: { readonly blocked: boolean; readonly withoutGo: WithoutGo },
  ours: Ours,
): Act {
  if (!blocked)
    return ours.prerelease === true && prerelease
      ? { kind: 'restore', latest: ours.latest === true }
      : { kind: 'none' }
  if (draft) return { kind: 'none' }
  // GitHub keeps an immutable release published.
  if (withoutGo === 'draft' && !immutable) return { kind: 'draft' }
  return prerelease ? { kind: 'none' } : { kind: 'flag' }
}

/** What is the app's doing once that is done. */
export function oursAfter(act: Act, { draft }: Shown, blocked: boolean, ours: Ours, isLatest: boolean): Ours {
  switch (act.kind) {
    case 'flag':
      return { prerelease: true, ...((isLatest || ours.latest === true) && { latest: true }) }
    case 'draft':
      return { ...ours, draft: true }
    case 'restore':
      return {}
    case 'none':
      if (!blocked) return {}
      if (draft) return ours
      return ours.draft ? { ...ours, draft: false } : ours
  }
}

/** What is said of the release beside why it has no go. */
export type Done = 'preview' | 'drafted' | 'flagged' | 'already' | 'stuck'

/** How a release without a go stands now, which alone decides what its notice says of it. */
export function doneOf({ draft, prerelease }: Shown, ours: Ours): Done {
  if (draft) return ours.draft ? 'drafted' : 'preview'
  if (!prerelease) return 'stuck'
  return ours.prerelease ? 'flagged' : 'already'
}
