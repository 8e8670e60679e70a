import type { Problem } from './problem.ts'
import type { ModelVerdict, Verdict } from './verdict.ts'

/** A file that a release carries beside its tag's tree. */
export type Asset = {
  readonly name: string
  /** As GitHub tells it; of old files it tells none. */
  readonly sha256?: string
  /** Whether it is weights by its name, or fits what the floor watches. */
  readonly isModelFile: boolean
}

/** The commit that a release is of: its tag's, or of a draft without one the commit that its target names now. */
export type ReleasedCommit = {
  readonly by: 'tag' | 'target'
  readonly name: string
  /** Absent where the name leads to no commit. */
  readonly sha?: string
}

/** What was judged first after a release was published: what people may have taken since. */
export type FirstJudged = {
  readonly commit: string
  /** The digests of the files, by name; null for one without. */
  readonly assets: Readonly<Record<string, string | null>>
}

/** Everything that the decision on a release depends on. */
export type ReleaseFacts = {
  readonly commit: ReleasedCommit
  readonly branch: string
  /** Gonogo has a say in the repository. */
  readonly watched: boolean
  /** Whether the commit is on a branch that may be released from; absent where nobody had to ask. */
  readonly merged?: boolean
  readonly assets: readonly Asset[]
  /** The models that it changes or carries, and every digest by which their weights are known. */
  readonly models: readonly { readonly model: string; readonly sha256: readonly string[] }[]
  /** Faults of what changed since the last release with a go. */
  readonly problems: readonly Problem[]
  /** On those models at the commit; absent where there are none. */
  readonly verdict?: Verdict
  readonly first?: FirstJudged
}

/** What keeps a release from a go. */
export type ReleaseReason =
  | { readonly code: 'model_not_go'; readonly model: ModelVerdict }
  | { readonly code: 'model_not_judged'; readonly model: string }
  | { readonly code: 'commit_problem'; readonly problem: Problem }
  | { readonly code: 'no_commit'; readonly by: ReleasedCommit['by']; readonly name: string }
  | { readonly code: 'unmerged'; readonly commit: string; readonly branch: string }
  /** `was`: the digest of the file of this name when the release was judged first. */
  | {
      readonly code: 'asset_not_judged'
      readonly name: string
      readonly sha256: string
      readonly was?: string
    }
  | { readonly code: 'asset_without_digest'; readonly name: string }
  | { readonly code: 'could_not_evaluate'; readonly correlation: string }

/** What is told of a release whatever is decided. */
export type ReleaseNote = {
  readonly code: 'tag_moved'
  readonly tag: string
  readonly was: string
  readonly is: string
}

/** `nothing`: it changes and carries no model. */
export type ReleaseDecision = {
  readonly decision: 'go' | 'no-go' | 'undecided' | 'nothing'
  readonly reasons: readonly ReleaseReason[]
  readonly notes: readonly ReleaseNote[]
}

/**
 * Go must be proved: a model was judged, each of them came to go, nothing else is among what is released, and it is
 * of a commit that was merged.
 */
export function decideRelease(facts: ReleaseFacts): ReleaseDecision {
  const { watched, commit, verdict } = facts
  if (!watched) return { decision: 'nothing', reasons: [], notes: [] }
  const notes = movedTag(facts)
  if (commit.sha === undefined)
    return {
      decision: 'undecided',
      reasons: [{ code: 'no_commit', by: commit.by, name: commit.name }],
      notes,
    }
  const found = [...modelReasons(facts), ...problemReasons(facts), ...assetReasons(facts)]
  const judged = verdict?.models ?? []
  if (found.length === 0 && judged.length === 0) return { decision: 'nothing', reasons: [], notes }
  const unmerged: readonly ReleaseReason[] =
    facts.merged === true ? [] : [{ code: 'unmerged', commit: commit.sha, branch: facts.branch }]
  const reasons = [...found, ...unmerged]
  return { decision: decided(reasons), reasons, notes }
}

/** The decision on a release that could not be judged, which lets nothing through. */
export function notEvaluated(correlation: string): ReleaseDecision {
  return { decision: 'undecided', reasons: [{ code: 'could_not_evaluate', correlation }], notes: [] }
}

/** Whether a release must not pass for one with a go. */
export function isWithoutGo({ decision }: Pick<ReleaseDecision, 'decision'>): boolean {
  return decision === 'no-go' || decision === 'undecided'
}

/** What each reason makes of a release by itself. */
export function outcomeOf(reason: ReleaseReason): 'no-go' | 'undecided' {
  switch (reason.code) {
    case 'model_not_go':
      return reason.model.decision === 'no-go' ? 'no-go' : 'undecided'
    case 'unmerged':
    case 'asset_not_judged':
      return 'no-go'
    case 'model_not_judged':
    case 'commit_problem':
    case 'no_commit':
    case 'asset_without_digest':
    case 'could_not_evaluate':
      return 'undecided'
  }
}

function decided(reasons: readonly ReleaseReason[]): 'go' | 'no-go' | 'undecided' {
  if (reasons.length === 0) return 'go'
  return reasons.some((reason) => outcomeOf(reason) === 'no-go') ? 'no-go' : 'undecided'
}

function modelReasons({ models, verdict }: ReleaseFacts): readonly ReleaseReason[] {
  const judged = verdict?.models ?? []
  const settled = [...judged, ...(verdict?.retired ?? [])].map(({ model }) => model)
  return [
    ...judged.flatMap((model): readonly ReleaseReason[] =>
      model.decision === 'go' ? [] : [{ code: 'model_not_go', model }],
    ),
    ...models.flatMap(({ model }): readonly ReleaseReason[] =>
      settled.includes(model) ? [] : [{ code: 'model_not_judged', model }],
    ),
  ]
}

function problemReasons({ problems, verdict }: ReleaseFacts): readonly ReleaseReason[] {
  const all = [...problems, ...(verdict?.problems ?? [])]
  const keys = all.map((problem) => JSON.stringify(problem))
  return all.flatMap((problem, index): readonly ReleaseReason[] =>
    keys.indexOf(keys[index] ?? '') === index ? [{ code: 'commit_problem', problem }] : [],
  )
}

/** Every model file must be one of those that were judged, byte for byte. */
function assetReasons({ assets, models, verdict, first }: ReleaseFacts): readonly ReleaseReason[] {
  const judged = (verdict?.models ?? []).map(({ model }) => model)
  const known = new Set(models.flatMap(({ model, sha256 }) => (judged.includes(model) ? sha256 : [])))
  return assets
    .filter(({ isModelFile }) => isModelFile)
    .flatMap(({ name, sha256 }): readonly ReleaseReason[] => {
      if (sha256 === undefined) return [{ code: 'asset_without_digest', name }]
      if (known.has(sha256)) return []
      const was = first && Object.hasOwn(first.assets, name) ? first.assets[name] : undefined
      const replaced = typeof was === 'string' && was !== sha256
      return [{ code: 'asset_not_judged', name, sha256, ...(replaced && { was }) }]
    })
}

function movedTag({ commit, first }: ReleaseFacts): readonly ReleaseNote[] {
  const { by, name, sha } = commit
  if (by !== 'tag' || sha === undefined || first === undefined || first.commit === sha) return []
  return [{ code: 'tag_moved', tag: name, was: first.commit, is: sha }]
}
