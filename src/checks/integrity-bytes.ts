import type { CommittedBytes } from '../core/committed-bytes.ts'
import { formsOf } from '../core/data-names.ts'
import { compare } from '../core/exam.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import { resolvePath } from '../core/paths.ts'
import { inputsOf, isOfFolder, isScript, outsFor, type Stage, stagesOfTraining } from '../core/pipeline.ts'
import type { Context } from './context.ts'
import { comparedWith } from './integrity-outputs.ts'

type Lock = { readonly path: string; readonly stages: readonly Stage[] }
type Input = ReturnType<typeof inputsOf>[number]

/** Whether the scripts that a pipeline's stages ran are those of the training's commit, by the bytes that lie there. */
export function scriptFacts(context: Context): readonly IntegrityFact[] {
  const { committed = [], weights = [] } = context
  const all = locksIn(context).map((lock) => {
    const { made, all } = stagesOfTraining(lock.stages, lock.path, placesOf(context))
    const inputs = inputsOf(all, lock.stages, lock.path).filter(isOfCode)
    const facts = inputs.flatMap((input): readonly IntegrityFact[] => {
      const lies = committed.find(({ of, path }) => of === 'training' && path === input.file)
      if (lies === undefined || 'folder' in lies) return []
      const about = { path: lock.path, file: input.file, commit: lies.commit }
      const held = heldTo(lies, input.digests)
      if (held.is === 'uncompared') return [{ what: 'bytes_uncompared', ...about, why: held.why }]
      // What the stage ran is the question, and what the commit has its measure.
      return held.is === 'same'
        ? []
        : [
            {
              what: 'script_differs',
              ...about,
              stage: input.stage.name,
              found: held.said,
              wanted: held.there,
            },
          ]
    })
    const byStage = Map.groupBy(inputs, ({ stage }) => stage)
    const proven = made.map((stage) =>
      provenBy(stage, byStage.get(stage) ?? [], { ...context, lock: lock.path }),
    )
    return { facts, proven }
  })
  const proven = all.flatMap((lock) => lock.proven)
  // One stage says nothing of what another one made.
  const isWhole =
    proven.every((one) => one !== undefined) &&
    weights.every(({ name }) => proven.some((one) => one?.weights.includes(name)))
  return [...all.flatMap(({ facts }) => facts), ...(isWhole ? proven.flatMap((one) => one?.fact ?? []) : [])]
}

/** That a stage which made weights ran nothing but scripts that the training's commit has byte by byte, and which it made. */
function provenBy(
  stage: Stage,
  inputs: readonly Input[],
  { committed = [], weights = [], sums = [], lock }: Context & { readonly lock: string },
): { readonly fact: IntegrityFact; readonly weights: readonly string[] } | undefined {
  const compared = weights.flatMap(({ name, digest }) => {
    const seen = sums.filter((sum) => sum.name === name)
    const outs = outsFor(stage.outs, lock, seen[0]?.path ?? name)
    const known = [digest, ...seen.map((sum) => sum.digest)]
    const about = { path: '', weights: name }
    return outs.length === 0 ? [] : [{ name, what: comparedWith(outs, known, about).what }]
  })
  const isReleased = compared.length > 0 && compared.every(({ what }) => what === 'output_released')
  const lying = inputs.map((input) => ({
    ...input,
    lies: committed.find(({ of, path }) => of === 'training' && path === input.file),
  }))
  const scripts = lying.filter(({ file }) => isScript(file))
  const isSame = ({ lies, digests }: (typeof lying)[number]): boolean =>
    lies !== undefined && !('folder' in lies) && heldTo(lies, digests).is === 'same'
  const ran = stage.ran.map((script) => resolvePath(lock, script))
  const [first] = scripts
  const isProven =
    // One without a digest, or outside of the repository, is none of these.
    scripts.length === stage.deps.filter(({ path }) => isScript(path)).length &&
    stage.deps.every(({ digests }) => digests.length > 0) &&
    scripts.every(isSame) &&
    lying.every(({ file, lies }) => isScript(file) || (lies !== undefined && 'folder' in lies)) &&
    stage.simple === true &&
    ran.length > 0 &&
    ran.every((script) => scripts.some(({ file }) => file === script))
  if (!isReleased || !isProven || first?.lies === undefined) return undefined
  const about = { path: lock, stage: stage.name, commit: first.lies.commit }
  const count = new Set(scripts.map(({ file }) => file)).size
  return {
    fact: { what: 'scripts_are_training', ...about, scripts: count },
    weights: compared.map(({ name }) => name),
  }
}

/** Whether data that lie in a commit have the digests that a pipeline's lock and the manifest give them; some by name, or all. */
export function bytesFacts(names: readonly string[] | undefined, context: Context): readonly IntegrityFact[] {
  const { committed = [], claims } = context
  const isAsked = (file: string): boolean =>
    names === undefined || names.some((name) => formsOf(name).some((form) => formsOf(file).includes(form)))
  const took = locksIn(context).flatMap((lock) => {
    const { all } = stagesOfTraining(lock.stages, lock.path, placesOf(context))
    return inputsOf(all, lock.stages, lock.path)
      .filter((input) => !isOfCode(input) && isAsked(input.file))
      .map(({ file, digests }) => ({ path: lock.path, file, digests }))
  })
  const listed = (claims?.datasets ?? []).flatMap(({ name, digest }) =>
    digest === undefined || !isAsked(name)
      ? []
      : committed.flatMap(({ path: file, datasets = [] }) =>
          datasets.includes(name) ? [{ path: undefined, file, digests: [digest] }] : [],
        ),
  )
  return [...took, ...listed].flatMap(({ path, file, digests }): readonly IntegrityFact[] => {
    const lies = committed.find((one) => one.path === file)
    if (lies === undefined || 'folder' in lies) return []
    const about = { ...(path !== undefined && { path }), file, commit: lies.commit }
    const held = heldTo(lies, digests)
    if (held.is === 'uncompared')
      return path === undefined ? [] : [{ what: 'bytes_uncompared', ...about, path, why: held.why }]
    // What lies there is what was found, whatever was said of it.
    return held.is === 'same'
      ? []
      : [{ what: 'bytes_differ', ...about, found: held.there, wanted: held.said }]
  })
}

/** A folder may be of scripts: whether it is was looked at where it lies. */
function isOfCode({ file, digests }: Input): boolean {
  return isScript(file) || digests.every(isOfFolder)
}

/** Where the weights lie, or what they are called. */
function placesOf({ weights = [], sums = [] }: Context): readonly string[] {
  return weights.map(({ name }) => sums.find((sum) => sum.name === name)?.path ?? name)
}

/** Paths in an artifact are of another place than the repository's. */
function locksIn({ evidence }: Context): readonly Lock[] {
  return evidence.flatMap(({ producer, records }) =>
    records.flatMap((record) =>
      record.kind === 'data' && record.stages !== undefined && producer === undefined
        ? [{ path: record.source.path, stages: record.stages }]
        : [],
    ),
  )
}

type Lying = Extract<CommittedBytes, { digests: readonly string[] }>

function isAmong({ digests, alike = [] }: Lying, digest: string): boolean {
  return digests.includes(digest) || alike.includes(digest)
}

/** What was said of bytes against what they are; digests of one algorithm are compared. */
function heldTo(
  lies: Exclude<CommittedBytes, { folder: 'data' }>,
  said: readonly string[],
):
  | { readonly is: 'same' }
  | { readonly is: 'other'; readonly said: string; readonly there: string }
  | { readonly is: 'uncompared'; readonly why: Extract<IntegrityFact, { what: 'bytes_uncompared' }>['why'] } {
  if ('why' in lies) return { is: 'uncompared', why: lies.why }
  const pairs = said.flatMap((one) => {
    const there = lies.digests.find((digest) => compare(digest, one) !== 'not_comparable')
    return there === undefined ? [] : [{ said: one, there }]
  })
  const other = pairs.find((pair) => !isAmong(lies, pair.said))
  if (other !== undefined) return { is: 'other', ...other }
  return pairs.length > 0 ? { is: 'same' } : { is: 'uncompared', why: 'not_comparable' }
}
