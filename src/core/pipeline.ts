import { resolvePath } from './paths.ts'

type Piece = { readonly path: string; readonly digests: readonly string[] }

/** One stage of a pipeline as its lock has it, by paths from the lock; a pointer to data is a stage without a name. */
export type Stage = {
  readonly name: string
  /** Files and folders that it took in; those of another repository are left out. */
  readonly deps: readonly Piece[]
  readonly outs: readonly Piece[]
  /** Scripts that its command names. */
  readonly ran: readonly string[]
  /** The command is known to do nothing but run these; facts of an earlier version do not say it. */
  readonly simple?: boolean
}

const SCRIPT =
  /\.(?:py|pyx|ipynb|r|rmd|jl|sh|bash|sql|scala|java|kt|js|mjs|ts|rs|go|c|cc|cpp|cu|h|hpp|lua|m|pl|rb)$/i

/** Whether a path is called as code is. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path)
}

/** Whether a digest is of a folder's listing. */
export function isOfFolder(digest: string): boolean {
  return digest.endsWith('.dir')
}

type Made = { readonly path: string; readonly digests: readonly string[] }

/** What lies where the weights lie; else whatever has the name of their file. `weights`: their path, or what they are called. */
export function outsFor<O extends Made>(outs: readonly O[], lock: string, weights: string): readonly O[] {
  const exact = outs.filter(({ path }) => resolvePath(lock, path) === weights)
  return exact.length > 0 ? exact : outs.filter(({ path }) => fileOf(path) === fileOf(weights))
}

function fileOf(path: string): string {
  return path.split('/').at(-1) ?? path
}

const REPORT = /\.(?:json|ya?ml|csv|tsv|png|svg|jpe?g|html?|md|txt|pdf)$/i

/**
 * The stages that made weights, and all that led to them. Where none is said to have made them nobody knows which only
 * came after: it is every stage but those that make nothing but reports of what other stages made.
 */
export function stagesOfTraining(
  stages: readonly Stage[],
  lock: string,
  weights: readonly string[],
): { readonly made: readonly Stage[]; readonly all: readonly Stage[] } {
  const outs = stages.flatMap((stage) => stage.outs.map((out) => ({ ...out, stage })))
  const made = new Set(weights.flatMap((one) => outsFor(outs, lock, one).map(({ stage }) => stage)))
  const exact = grouped(outs.map(({ path, stage }) => [path, stage] as const))
  const within = grouped(
    outs.flatMap(({ path, stage }) => upwards(path).map((folder) => [folder, stage] as const)),
  )
  const taken = new Set(stages.flatMap(({ deps }) => deps.flatMap(({ path }) => upwards(path))))
  const isReporting = (stage: Stage): boolean =>
    stage.deps.some(({ path }) => upwards(path).some((folder) => exact.has(folder))) &&
    stage.outs.every(({ path }) => REPORT.test(path) && !taken.has(path))
  const all = new Set(made)
  const seen = new Set<string>()
  // What is added is gone through too.
  for (const stage of all) {
    for (const { path } of stage.deps) {
      // Many stages may take in one thing, that many others made.
      if (seen.has(path)) continue
      seen.add(path)
      const before = [within.get(path), ...upwards(path).map((folder) => exact.get(folder))]
      for (const some of before) for (const one of some ?? []) all.add(one)
    }
  }
  return {
    made: [...made],
    all: stages.filter((stage) => (made.size > 0 ? all.has(stage) : !isReporting(stage))),
  }
}

/** What stages took in that lies in the repository, by its path there; what one of them made is left out. */
export function inputsOf(
  chosen: readonly Stage[],
  stages: readonly Stage[],
  lock: string,
): readonly (Piece & { readonly file: string; readonly stage: Stage })[] {
  const outs = new Set(stages.flatMap((one) => one.outs.map(({ path }) => path)))
  return chosen.flatMap((stage) =>
    stage.deps.flatMap((dep) => {
      const file = resolvePath(lock, dep.path)
      const isMade = stage.name !== '' && upwards(dep.path).some((folder) => outs.has(folder))
      return file === undefined || isMade || dep.digests.length === 0 ? [] : [{ ...dep, file, stage }]
    }),
  )
}

/** No folder of people lies deeper. */
const DEEPEST = 50

/** A path, and the folders that it lies in. */
function upwards(path: string): readonly string[] {
  const parts = path.split('/', DEEPEST)
  return [path, ...parts.map((_, index) => parts.slice(0, index).join('/')).slice(1)]
}

function grouped(pairs: readonly (readonly [string, Stage])[]): ReadonlyMap<string, ReadonlySet<Stage>> {
  const groups = new Map<string, Set<Stage>>()
  for (const [key, stage] of pairs) {
    const group = groups.get(key) ?? new Set()
    groups.set(key, group.add(stage))
  }
  return groups
}
