import { resolve } from 'node:path'
import { onlyAwaiting } from '../core/awaiting.ts'
import { MODEL_NAME, manifestPath, misspelt } from '../core/paths.ts'
import type { Verdict } from '../core/verdict.ts'
import { meant } from '../core/verdict.ts'
import { ENGINE } from '../engine.ts'
import { evaluate } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import { clean } from '../render/clean.ts'
import { gather } from '../sources/gather.ts'
import { type Clone, openClone } from '../sources/git/clone.ts'
import { uncommitted } from '../sources/git/uncommitted.ts'
import { givenFloor } from './floor.ts'
import { foldersOf } from './folders.ts'
import { EXIT, UsageError, type World } from './world.ts'

export type Judging = {
  readonly repo?: string
  readonly base?: string
  readonly head?: string
  readonly model?: string
  readonly all?: boolean
  /** `NAME=DIR`: the files of an artifact, which only GitHub can show to be produced. */
  readonly artifact?: readonly string[]
  /** A file to use as the organisation's floor. */
  readonly floor?: string
}
export type Judged = { readonly facts: Facts; readonly verdict: Verdict }

/** The verdict on a commit of a clone. Says on stderr which files it could not see because nobody committed them. */
export async function judge(world: World, asking: Judging): Promise<Judged> {
  const clone = await openClone(resolve(world.cwd, asking.repo ?? '.'), asking.base)
  const head = asking.head ?? 'HEAD'
  const commit = await clone.commitOf(head)
  if (commit === undefined)
    throw new UsageError(`${clean(head)} is no commit of this clone; name one with --head`)
  const floor = asking.floor === undefined ? undefined : await givenFloor(world, asking.floor)
  const about = { commit, now: world.clock().toISOString(), engine: ENGINE, ...(floor && { floor }) }
  const folders = await foldersOf(world, asking.artifact ?? [])
  const [facts] = await Promise.all([
    clone.shallow ? shallow(clone, about) : gatherAsked(clone, { ...about, folders }, asking),
    sayUncommitted(world, clone),
  ])
  return { facts, verdict: evaluate(facts) }
}

type About = Pick<Facts, 'commit' | 'now' | 'engine' | 'floor'>

type Folders = Awaited<ReturnType<typeof foldersOf>>

async function gatherAsked(
  clone: Clone,
  about: About & { readonly folders: Folders },
  { model, all }: Judging,
): Promise<Facts> {
  const whole = model !== undefined || all === true
  const facts = await gather(clone, {
    ...about,
    ...(whole && { models: 'all' }),
    ...(model !== undefined && { only: model }),
  })
  if (model !== undefined && facts.models.length === 0)
    throw new UsageError(
      `this commit has no manifest models/${clean(model)}/release.yml${await misnamed(clone, about.commit, model)}`,
    )
  const unread = unnamed(facts, [...about.folders.keys()])
  if (unread !== undefined) throw new UsageError(unread)
  return facts
}

/** A folder for an artifact that no manifest judged names would be read by nobody. */
function unnamed({ models }: Facts, given: readonly string[]): string | undefined {
  // What a manifest that can not be understood names, nobody knows.
  if (models.length === 0 || models.some(({ manifest }) => manifest.value === undefined)) return undefined
  const names = models.flatMap(({ manifest }) =>
    (manifest.value?.evidence ?? []).flatMap((entry) =>
      typeof entry === 'string' || !('artifact' in entry) ? [] : (entry.artifact ?? []),
    ),
  )
  const wrong = given.find((name) => !names.includes(name))
  if (wrong === undefined) return undefined
  const known = [...new Set(names)].map((name) => clean(name)).join(', ')
  const judged = models.map(({ manifest }) => clean(manifest.path)).join(', ')
  return `${judged} names no artifact ${clean(wrong)}${known === '' ? ', and no other' : `; it names ${known}`}`
}

async function misnamed(clone: Clone, commit: string, model: string): Promise<string> {
  if (!MODEL_NAME.test(model)) return ''
  const other = misspelt(manifestPath(model))
  return (await clone.entry(commit, other)) === undefined ? '' : `; rename ${other} to release.yml`
}

/** Half a history proves no order: nothing else of such a clone is looked at. */
async function shallow(clone: Clone, about: About): Promise<Facts> {
  const here = {
    gonogo: 1,
    ...about,
    repository: clone.name,
    branch: clone.branch,
    tip: about.commit,
    base: about.commit,
  } as const
  return { ...here, models: [], problems: [{ path: '', code: 'shallow_clone' }], proposals: [] }
}

async function sayUncommitted(world: World, clone: Clone): Promise<void> {
  const files = await uncommitted(clone.folder)
  const [first, ...rest] = files.filter((path) => path.startsWith('.gonogo/') || path.startsWith('models/'))
  if (first === undefined) return
  const more = rest.length === 0 ? '' : ` and ${rest.length} more`
  world.stderr.write(`not judged, because not committed: ${clean(first)}${more}\n`)
}

/** The exit code that goes with what the verdict comes to, observed or not. */
export function exitOf(verdict: Verdict): number {
  switch (meant(verdict)) {
    case 'success':
      return EXIT.go
    case 'failure':
      return EXIT.noGo
    case 'action_required':
      return onlyAwaiting(verdict) ? EXIT.awaitingGitHub : EXIT.undecided
    case 'neutral':
      return EXIT.nothing
  }
}
