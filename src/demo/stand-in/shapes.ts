import { z } from 'zod'

/** The parts of emulate's answers that the stand-in reads; everything else passes through. */
export const Ref = z.looseObject({ ref: z.string(), object: z.looseObject({ sha: z.string() }) })
export const Refs = z.array(Ref)
/** An annotated tag. */
export const Tag = z.looseObject({ object: z.looseObject({ sha: z.string() }) })

const Signature = z.object({ name: z.string(), email: z.string(), date: z.string() })
export type Signature = z.infer<typeof Signature>

export const GitCommit = z.looseObject({
  sha: z.string(),
  message: z.string(),
  author: Signature,
  committer: Signature,
  tree: z.looseObject({ sha: z.string() }),
  parents: z.array(z.looseObject({ sha: z.string() })),
})
export type GitCommit = z.infer<typeof GitCommit>

export const TreeEntry = z.looseObject({
  path: z.string(),
  mode: z.string(),
  type: z.string(),
  sha: z.string(),
})
export type TreeEntry = z.infer<typeof TreeEntry>
export const GitTree = z.looseObject({ sha: z.string(), tree: z.array(TreeEntry) })

export const GitBlob = z.looseObject({ content: z.string(), encoding: z.string() })

export const Commit = z.looseObject({
  sha: z.string(),
  commit: z.looseObject({
    message: z.string(),
    author: Signature,
    committer: Signature,
    tree: z.looseObject({ sha: z.string() }),
  }),
  files: z
    .array(
      z.looseObject({ filename: z.string(), status: z.string(), previous_filename: z.string().optional() }),
    )
    .optional(),
})
export type Commit = z.infer<typeof Commit>

export const Comparison = z.looseObject({
  status: z.string(),
  behind_by: z.number(),
  merge_base_commit: z.looseObject({ sha: z.string() }),
  commits: z.array(Commit),
})

export const Repository = z.looseObject({
  id: z.number(),
  name: z.string(),
  full_name: z.string(),
  default_branch: z.string(),
  html_url: z.string(),
  url: z.string(),
  private: z.boolean().optional(),
})
export type Repository = z.infer<typeof Repository>

export const Account = z.looseObject({ login: z.string(), id: z.number() })
export type Account = z.infer<typeof Account>

const Side = z.looseObject({
  ref: z.string(),
  sha: z.string(),
  label: z.string(),
  repo: z.looseObject({ id: z.number(), url: z.string(), name: z.string() }),
})

export const Pull = z.looseObject({
  id: z.number(),
  number: z.number(),
  state: z.string(),
  draft: z.boolean(),
  title: z.string(),
  body: z.string().nullable(),
  url: z.string(),
  head: Side,
  base: Side,
})
export type Pull = z.infer<typeof Pull>
export const Pulls = z.array(Pull)

export const CheckRun = z.looseObject({
  id: z.number(),
  name: z.string(),
  head_sha: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  url: z.string(),
  output: z.looseObject({}),
})
export type CheckRun = z.infer<typeof CheckRun>
export const CheckRuns = z.looseObject({ check_runs: z.array(CheckRun) })

export const Issue = z.looseObject({ number: z.number() })
export const Comment = z.looseObject({ id: z.number() })
