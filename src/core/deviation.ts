/**
 * What a change does to what is asked. `reworded` asks the very same in other words. `changed` can't be
 * compared, so it counts as looser.
 */
export type Effect = 'tightened' | 'loosened' | 'reworded' | 'changed'
export type Change = Effect | 'added' | 'removed'

/** One key of a criterion or of a setting as it was and as it becomes, in text; absent where it is not given. */
export type FieldChange = {
  readonly field: string
  readonly effect: Effect
  readonly before?: string
  readonly after?: string
}

/** How one criterion, or one `(setting)` above the criteria, differs between two versions of a criteria file. */
export type Deviation = {
  /** The criterion's id, or the setting's key in brackets. */
  readonly criterion: string
  readonly change: Change
  /** The id before, where all else that is asked stayed the same. */
  readonly renamed?: string
  /** What differs; of a criterion that is added or removed, all that it asks. */
  readonly fields: readonly FieldChange[]
}

/** A change of a model's criteria file on the default branch. */
export type Amendment = {
  /** The commit of the default branch that brought it. */
  readonly commit: string
  /** Blobs of the file before and after; absent where there was no file. */
  readonly from?: string
  readonly to?: string
  /** When a server saw it arrive, ISO 8601; absent where no server's clock is known. */
  readonly at?: string
  /** The work known to have begun before it, by run, ticket or commit: it is a deviation. Else an amendment. */
  readonly begun?: string
  /** The new version can't be read; the next one is compared with the last that could. */
  readonly unreadable?: true
  readonly changes: readonly Deviation[]
}

/** Whether anything of what was asked is asked less, no more, or can't be compared with what it was. */
export function looser(deviations: readonly Deviation[]): boolean {
  return deviations.some(({ change }) => LOOSER[change])
}

const LOOSER: { readonly [C in Change]: boolean } = {
  loosened: true,
  removed: true,
  changed: true,
  tightened: false,
  added: false,
  reworded: false,
}

/** What several changes come to: one that loosens, or can't be compared, is made good by no other. */
export function overall(effects: readonly Effect[]): Effect | undefined {
  return (['loosened', 'changed', 'tightened', 'reworded'] as const).find((effect) =>
    effects.includes(effect),
  )
}
