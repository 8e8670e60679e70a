import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ApprovalWitness } from '../../src/sources/approvals.ts'
import type { Asking } from '../../src/sources/gather.ts'
import type { Witness } from '../../src/sources/witness.ts'
import { aReview, by, NO_WITNESS, seen } from './approvals.ts'
import { aFloor } from './floor.ts'
import { type Memory, memory } from './memory.ts'
import { someWeights } from './pickles.ts'
import { givenOn } from './waivers.ts'

const Text = z.record(z.string(), z.string())

/** A commit of a story: what it writes and removes, on top of the branch or of the commit that `from` names. */
const Change = z.strictObject({
  name: z.string(),
  on: z.string().optional(),
  from: z.string().optional(),
  /** Another commit that is merged: what it changed comes in, and the branch stays the first parent. */
  merge: z.string().optional(),
  /** A commit without parents. */
  orphan: z.literal(true).optional(),
  write: Text.optional(),
  link: Text.optional(),
  remove: z.array(z.string()).optional(),
})
type Change = z.infer<typeof Change>

/** `case.yml`: a story that a person can read. */
const Story = z.strictObject({
  shows: z.string(),
  now: z.string(),
  commits: z.array(Change).min(1),
  judge: z.string(),
  /** What GitHub shows of the reviews of the judged commit, and who made it; without it nothing does. */
  reviews: z.array(z.strictObject({ by: z.string(), teams: z.array(z.string()).optional() })).optional(),
  made: z.array(z.string()).optional(),
  /** Waivers of what criteria came to on a commit. */
  waivers: z
    .array(
      z.strictObject({
        ...{ on: z.string(), by: z.string(), criterion: z.string(), until: z.string(), because: z.string() },
        ...{ at: z.string(), teams: z.array(z.string()).optional(), withdrawn: z.string().optional() },
      }),
    )
    .optional(),
  /** Name of the repository, where it matters. */
  repository: z.string().optional(),
  /** The text of the organisation's floor, which lies in `acme/.github`. */
  floor: z.string().optional(),
  /** Facts and verdict are not kept, and the middle of the check run is left out. */
  large: z.literal(true).optional(),
})
type Story = z.infer<typeof Story>

/** A story told: the repository, what is asked of it, and the ids of its commits by name. */
export type Told = {
  readonly story: Story
  readonly repository: Memory
  readonly asking: Asking
  readonly ids: ReadonlyMap<string, string>
}

/** Reads `case.yml` and makes its commits. */
export function tellCase(file: string): Told {
  return tell(Story.parse(parse(readFileSync(file, 'utf8'))))
}

type Files = { readonly files: Map<string, string>; readonly links: Map<string, string> }

/** Makes the commits of a story, in order. */
export function tell(story: Story): Told {
  const repository = memory({ ...(story.repository && { name: story.repository }) })
  const ids = new Map<string, string>()
  const trees = new Map<string, Files>()
  for (const change of story.commits) {
    const branch = change.on ?? 'main'
    const parents = parentsOf(change, repository, ids)
    const tree = treeOf(change, parents, repository, trees, ids)
    const files = Object.fromEntries(tree.files)
    const id = repository.commit({ files, links: Object.fromEntries(tree.links), parents })
    ids.set(change.name, id)
    trees.set(id, tree)
    repository.move(branch, id)
  }
  const about = {
    ...{ now: story.now, engine: '0.1.0' },
    ...(story.floor !== undefined && { floor: aFloor(story.floor) }),
  }
  const { waivers = [] } = story
  const given: Witness['waivers'] = async (model) => {
    const all = waivers.map(({ on, ...told }) =>
      givenOn(repository, { ...about, commit: named(ids, on) }, model, told),
    )
    return (await Promise.all(all)).flat()
  }
  const isWitnessed = story.reviews !== undefined || waivers.length > 0
  const asking = {
    ...{ commit: named(ids, story.judge), ...about },
    ...(isWitnessed && {
      witness: { ...reviewed(story.reviews ?? [], story.made ?? []), waivers: given },
    }),
  }
  return { story, repository, asking, ids }
}

/** A review as a story tells of it. */
export type ToldReview = { readonly by: string; readonly teams?: readonly string[] | undefined }

/** A witness of reviews alone. */
export function reviewed(reviews: readonly ToldReview[], made: readonly string[]): Witness {
  const told = reviews.map(({ by, teams = [] }) =>
    aReview({ by, teams: Object.fromEntries(teams.map((team) => [team, 'active'])) }),
  )
  const people = made.map((login) => by(login, 'author'))
  const all: ApprovalWitness['held'] = async (asked) =>
    asked.map(({ subject }) =>
      seen(
        subject,
        told.map((review) => ({ ...review, saw: subject })),
        { people },
      ),
    )
  return { ...NO_WITNESS, approvals: { of: (_, asked) => all(asked), held: all } }
}

function parentsOf(
  { on = 'main', from, merge, orphan }: Change,
  repository: Memory,
  ids: ReadonlyMap<string, string>,
): readonly string[] {
  const first = from === undefined ? (repository.tip(on) ?? repository.tip('main')) : named(ids, from)
  return [
    ...(orphan || first === undefined ? [] : [first]),
    ...(merge === undefined ? [] : [named(ids, merge)]),
  ]
}

function treeOf(
  change: Change,
  parents: readonly string[],
  repository: Memory,
  trees: ReadonlyMap<string, Files>,
  ids: ReadonlyMap<string, string>,
): Files {
  const { files, links } = merged(parents, repository, trees)
  for (const path of [...(change.remove ?? []), ...Object.keys(change.link ?? {})]) files.delete(path)
  for (const path of [...(change.remove ?? []), ...Object.keys(change.write ?? {})]) links.delete(path)
  const written = Object.entries(change.write ?? {})
  for (const [path, text] of written) files.set(path, weightsIn(text) ?? text)
  for (const [path, text] of written) files.set(path, filled(text, files, ids))
  for (const [path, target] of Object.entries(change.link ?? {})) links.set(path, target)
  return { files, links }
}

/** The files of the first parent, with what the second changed since they parted. */
function merged(
  [first, second]: readonly string[],
  repository: Memory,
  trees: ReadonlyMap<string, Files>,
): Files {
  const ours = first === undefined ? undefined : trees.get(first)
  const files = new Map(ours?.files)
  const links = new Map(ours?.links)
  if (first === undefined || second === undefined) return { files, links }
  const before = trees.get(repository.common(first, second) ?? '')?.files ?? new Map()
  const theirs = trees.get(second)?.files ?? new Map()
  for (const path of new Set([...before.keys(), ...theirs.keys()])) {
    const [old, young] = [before.get(path), theirs.get(path)]
    if (old === young) continue
    if (young === undefined) files.delete(path)
    else files.set(path, young)
  }
  return { files, links }
}

/**
 * `${1..60}` repeats its line; `${name}` is the id of a commit; `${sha256:path}` the digest of a file beside it;
 * `${safetensors:text}` weights with that text as their data.
 */
export function filled(
  text: string,
  files: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, string>,
): string {
  const weights = weightsIn(text)
  if (weights !== undefined) return weights
  return text
    .split('\n')
    .flatMap((line) => {
      const [, low, high] = /\$\{(\d+)\.\.(\d+)\}/.exec(line) ?? []
      if (low === undefined || high === undefined) return [line]
      const numbers = Array.from(
        { length: Number(high) - Number(low) + 1 },
        (_, index) => Number(low) + index,
      )
      return numbers.map((number) => line.replaceAll(/\$\{\d+\.\.\d+\}/g, String(number)))
    })
    .join('\n')
    .replaceAll(/\$\{sha256:([^}]+)\}/g, (_, path: string) =>
      createHash('sha256')
        .update(files.get(path) ?? '')
        .digest('hex'),
    )
    .replaceAll(/\$\{([a-z][a-z0-9-]*)\}/g, (_, name: string) => named(ids, name))
}

function named(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`the story has no commit ${name} before it is named`)
  return id
}

function weightsIn(text: string): string | undefined {
  const [, data] = /^\$\{safetensors:([^}]*)\}\s*$/.exec(text) ?? []
  // The bytes are ASCII, as those of the length of so short a header are too.
  return data === undefined ? undefined : Buffer.from(someWeights(data)).toString('latin1')
}
