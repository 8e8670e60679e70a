import type { Source } from './measurement.ts'
import type { Stage } from './pipeline.ts'

/** Data as a file names them, under every name that it has for them. */
export type NamedData = {
  readonly names: readonly string[]
  /** `sha256:…`, `md5:…`: only what can be the digest of bytes; what stands in its place is `placeholder`. */
  readonly digests: readonly string[]
  readonly placeholder?: string
  /** The md5 of a text may be of it with the ends of lines of Unix, as DVC computed it before version 3. */
  readonly unixLines?: true
}

/** The licence of data as written. `plain`: it is an SPDX expression, an id of Hugging Face, or an address. */
export type DataLicence = { readonly written: string; readonly plain: boolean }

/** A setting of a training: what is longer than a line is none. */
export type Scalar = string | number | boolean | null

/** Why a package may be another one tomorrow. */
export type Loose = 'no_version' | 'range' | 'no_build' | 'movable' | 'local'

/** A package as it is written, and why it is not pinned, or that its bytes are not. */
export type Package = {
  readonly written: string
  readonly loose?: Loose
  readonly hashed?: true
  /** How the digest of each of its files begins; none where they are many, and in facts of an earlier version. */
  readonly sums?: readonly string[]
}

/** What a packaged model says of itself that hinders to make or load it again. */
export type Doubt = {
  readonly what: 'pickled' | 'local_path' | 'no_signature'
  readonly found?: string
  /** The file that it is about, as the packaged model names it. */
  readonly file?: string
}

/** What tools write down of a training: its data, settings, environment and run. */
export type TrainingEvidence =
  | {
      readonly kind: 'data'
      readonly datasets: readonly NamedData[]
      readonly licence?: DataLicence
      /** What a pipeline made, by path from the file; facts of an earlier version have none. */
      readonly outs?: readonly { readonly path: string; readonly digests: readonly string[] }[]
      /** The stages of a pipeline; facts of an earlier version have none. */
      readonly stages?: readonly Stage[]
      /** The data change where they lie. */
      readonly live?: true
      /** What a pipeline took in that no stage of it made and no digest tells, by path. */
      readonly open?: readonly string[]
      readonly tool: string
      readonly source: Source
    }
  | {
      readonly kind: 'parameters'
      /** `committed`: the file that a training reads them from; `run`: what a training says it ran with. */
      readonly of: 'committed' | 'run'
      /** By their keys, joined with dots. */
      readonly values: Readonly<Record<string, Scalar>>
      /** Keys whose value is still to be filled in from elsewhere, such as `${oc.env:LR}`. */
      readonly unresolved: readonly string[]
      readonly tool: string
      readonly source: Source
    }
  | {
      readonly kind: 'environment'
      readonly packages: readonly Package[]
      /** Other files that belong to it, as written. */
      readonly includes: readonly string[]
      readonly tool: string
      readonly source: Source
    }
  | {
      readonly kind: 'run'
      /** What the tool calls the run. */
      readonly run?: string
      /** It is a model that the run packaged, and not the run itself. */
      readonly packaged?: true
      readonly commit?: string
      /** Address of the repository that was checked out, without what may be secret in it. */
      readonly remote?: string
      /** Files were changed beside the commit. */
      readonly dirty?: true
      /** ISO 8601. */
      readonly started?: string
      readonly finished?: string
      readonly hardware?: string
      /** Versions of frameworks, by name. */
      readonly frameworks: Readonly<Record<string, string>>
      readonly doubts: readonly Doubt[]
      readonly tool: string
      readonly source: Source
    }

/** Kinds of record that are about one training: no other model has it. */
export const TRAINING_EVIDENCE: readonly string[] = [
  'data',
  'parameters',
  'environment',
  'run',
] satisfies readonly TrainingEvidence['kind'][]

/** Whether a key names a seed, as tools and people call it: `seed`, `train.random_state`, `numpy_seed`, `seeds.numpy`. */
export function isSeed(key: string): boolean {
  const parts = key.split('.').filter((part) => !/^\d+$/.test(part))
  const last = parts.at(-1) ?? key
  if (parts.at(-2)?.toLowerCase() === 'seeds') return true
  // How many there are, or whether there is one.
  if (/^(?:num|n|no|number_of|use|set|fix|has|with)_?seeds?$/i.test(last)) return false
  return /(^|_)(seeds?|random_state)($|_)/i.test(last.replaceAll(/([a-z])([A-Z])/g, '$1_$2'))
}
