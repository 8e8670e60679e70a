import type { Unread } from './committed-bytes.ts'
import type { Doubt, Package, Scalar } from './training-evidence.ts'

/** What `check: integrity` can be asked of. */
export const INTEGRITY_PARTS = ['data', 'parameters', 'environment', 'code'] as const
export type IntegrityPart = (typeof INTEGRITY_PARTS)[number]

type Data = { readonly dataset: string }
type At = { readonly path: string }
/** The other file of two; absent where it is the manifest. */
type Against = { readonly against?: string }
/** The whole lock that was there at the training, and is named beside the list. */
type BesideLock = { readonly lock?: string }
/** A file of the repository, as it lies in a commit. */
type Lies = { readonly file: string; readonly commit: string }

/** What agrees, or at least contradicts nothing. */
export type Holding =
  /** `by`: the files that name the same digest; `criteria` where the criteria pin it. */
  | (Data &
      Against & {
        readonly what: 'data_agrees'
        readonly digest: string
        readonly weak: boolean
        readonly by: readonly string[]
      })
  /** What stands for a digest in one file, where others name the data by theirs: it shows nothing, and must be seen. */
  | (Data & At & { readonly what: 'data_placeholder_beside'; readonly found: string })
  | (At & { readonly what: 'seeds'; readonly keys: readonly string[] })
  | (At & { readonly what: 'parameters_equal'; readonly against: string; readonly keys: number })
  /** A tool wrote down more than was committed; such lists have what tools fill in themselves. */
  | (At & { readonly what: 'parameters_beside'; readonly keys: readonly string[]; readonly more: number })
  | (At & { readonly what: 'packages_pinned'; readonly packages: number; readonly hashed: number })
  | (At & { readonly what: 'commit_is_training'; readonly commit: string })
  /** A list that was written after the training has so many of its packages as the lock that was committed before it. */
  | (At & {
      readonly what: 'list_beside'
      readonly against: string
      readonly packages: number
      readonly of: number
    })
  /** A pipeline's lock names no commit; that all scripts of the stage which made the weights are the commit's says it. */
  | (At & {
      readonly what: 'scripts_are_training'
      readonly stage: string
      readonly commit: string
      readonly scripts: number
    })
  /** Nobody compared what lies in a commit with what a file says of it: no proof of anything. */
  | (Lies & At & { readonly what: 'bytes_uncompared'; readonly why: Unread | 'not_comparable' })
  /** The file is as the commit of the training had it. */
  | (At & { readonly what: 'as_at_training'; readonly commit: string })
  /** A pipeline made these weights, by their digest. */
  | (At & { readonly what: 'output_released'; readonly weights: string; readonly digest: string })
  /** What a pipeline made is called as the weights are, and nobody could compare them: no proof of anything. */
  | (At & { readonly what: 'output_unseen'; readonly weights: string })
  /** It hinders to make the model again, and contradicts nothing. */
  | (At & {
      readonly what: 'doubt'
      readonly doubt: Doubt['what']
      readonly found: string
      /** The file that it is about, and whether that is among the released weights. */
      readonly file?: string
      readonly released?: boolean
    })

/** What contradicts, or is not as it must be. */
export type Breaking =
  /** Bytes that lie in a commit are not those that a file, or the manifest where there is no `path`, says. */
  | (Lies & Partial<At> & { readonly what: 'bytes_differ'; readonly found: string; readonly wanted: string })
  /** A stage ran another script than the commit of the training has. */
  | (Lies &
      At & {
        readonly what: 'script_differs'
        readonly stage: string
        readonly found: string
        readonly wanted: string
      })
  | (Data & At & Against & { readonly what: 'data_differs'; readonly found: string; readonly wanted: string })
  | (Data & { readonly what: 'data_changed'; readonly found: string; readonly wanted: string })
  | (At & { readonly what: 'no_seed' })
  | (At & {
      readonly what: 'changed_after_training'
      readonly commit: string
      readonly found: string
      readonly wanted: string
    })
  | (At & { readonly what: 'added_after_training'; readonly commit: string })
  /** A pipeline made other weights than are released. */
  | (At & {
      readonly what: 'output_differs'
      readonly weights: string
      readonly found: string
      readonly wanted: string
    })
  /** The training record names another lock than the evidence has. */
  | (At & { readonly what: 'other_lock'; readonly found: string; readonly wanted: readonly string[] })
  | (At & {
      readonly what: 'parameter_differs'
      readonly key: string
      readonly found: Scalar
      readonly wanted: Scalar
      readonly against: string
    })
  /** A packaged model says that another run made it than the evidence has. */
  | (At & {
      readonly what: 'run_differs'
      readonly found: string
      readonly wanted: string
      readonly against: string
    })
  /** A packaged model takes another version of a package, or of Python, than the lists of packages have. */
  | (At & {
      readonly what: 'version_differs'
      readonly package: string
      readonly found: string
      readonly wanted: Package['written']
      readonly against: string
    })
  | (At & {
      readonly what: 'package_loose'
      readonly package: Package['written']
      readonly loose: NonNullable<Package['loose']>
    } & BesideLock)
  /** A list that came after the training has a version of its lock by no digest that the lock has. */
  | (At & {
      readonly what: 'package_bytes_differ'
      readonly package: Package['written']
      readonly against: string
    })
  | (At & { readonly what: 'package_unhashed'; readonly package: Package['written'] } & BesideLock)
  | (At & { readonly what: 'commit_differs'; readonly found: string; readonly wanted: readonly string[] })
  | (At & { readonly what: 'remote_differs'; readonly found: string; readonly wanted: readonly string[] })

/** Two files of a release that can't both be so, whoever asks. */
export type Disagreement = Extract<
  Breaking,
  { what: 'data_differs' | 'parameter_differs' | 'other_lock' | 'run_differs' | 'version_differs' }
>

/** What is not known. */
export type Opening =
  | { readonly what: 'no_data' }
  | (Data & { readonly what: 'data_not_listed' })
  | (Data & { readonly what: 'data_without_digest' })
  | (Data & { readonly what: 'data_unnamed'; readonly digest: string })
  | (Data & { readonly what: 'data_weak'; readonly digest: string })
  | (Data & At & { readonly what: 'data_live' })
  | (Data & { readonly what: 'data_placeholder'; readonly found: string; readonly path?: string })
  | (Data &
      At &
      Against & { readonly what: 'data_not_comparable'; readonly found: string; readonly wanted: string })
  | (At & { readonly what: 'pipeline_open'; readonly input: string })
  | { readonly what: 'no_parameters' }
  | { readonly what: 'no_committed_parameters' }
  | (At & { readonly what: 'no_run_parameters' })
  | (At & { readonly what: 'parameter_unconfirmed'; readonly key: string })
  | (At & { readonly what: 'parameter_unresolved'; readonly key: string })
  | { readonly what: 'no_environment' }
  | (At & { readonly what: 'no_packages' })
  | (At & { readonly what: 'file_not_given'; readonly file: string })
  | { readonly what: 'no_training_commit' }
  /** What the commit of the training had cannot be seen. */
  | (At & {
      readonly what: 'training_unseen'
      readonly commit: string
      readonly why: 'elsewhere' | 'not_found' | 'not_looked'
    })
  /** The commit of the training has no such list of packages: a tool may have written down what it found, or anybody. */
  | (At & {
      readonly what: 'list_added'
      readonly commit: string
      /** Of a list beside a lock some packages that the lock has not, and how many more there are. */
      readonly beside?: {
        readonly against: string
        readonly packages: readonly Package['written'][]
        readonly more: number
      }
    } & BesideLock)
  /** It was made by a run that is not seen to be the training. */
  | (At & { readonly what: 'not_of_training'; readonly run: number })
  /** Several keys of a run could mean one that is committed, and not all of them have its value. */
  | (At & {
      readonly what: 'parameter_ambiguous'
      readonly key: string
      readonly keys: readonly string[]
      readonly against: string
    })
  | (At & { readonly what: 'parameter_uncommitted'; readonly key: string; readonly found: Scalar })
  | (At & { readonly what: 'seed_uncommitted'; readonly key: string; readonly found: Scalar })
  | { readonly what: 'no_commit' }
  | (At & {
      readonly what: 'commit_not_comparable'
      readonly found: string
      readonly wanted: readonly string[]
    })
  | (At & { readonly what: 'dirty'; readonly commit: string })

/** One thing that was found out about how a model was made. */
export type IntegrityFact = Holding | Breaking | Opening

type Found<F> = {
  readonly of: readonly IntegrityPart[]
  /** What decides first, then what holds; and how many more there are than are listed. */
  readonly facts: readonly F[]
  readonly more: number
}

/** What the integrity of a training came to. */
export type IntegrityAnswer =
  | ({ readonly code: 'integrity_holds'; readonly outcome: 'met' } & Found<Holding>)
  | ({ readonly code: 'integrity_broken'; readonly outcome: 'unmet' } & Found<IntegrityFact>)
  | ({ readonly code: 'integrity_open'; readonly outcome: 'undecided' } & Found<IntegrityFact>)
