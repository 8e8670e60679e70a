import { mayBeOne, type Shape, shapeOf } from '../core/data-names.ts'
import { ALGORITHMS } from '../core/digests.ts'
import { type Data, kindOf } from '../core/exam.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import { isOfFolder } from '../core/pipeline.ts'
import type { Called, Naming } from './integrity-naming.ts'

/** One digest that a file gives data, and what it may be compared with. */
type Given = { readonly digest: string; readonly shape: Shape; readonly unixLines: boolean }
type Giving = { readonly path: string; readonly given: readonly Given[] }

/** Where a file calls more things by one name, nobody knows which of them is meant. */
const MOST_MEANT = 4

/**
 * Whether files that name the same data agree about them, by each algorithm that the manifest does not give: two that
 * differ can't both be so. Where names leave it open whether they are the same data, nothing is compared.
 */
export function heldTogether({ name, digest }: Data, naming: readonly Naming[]): readonly IntegrityFact[] {
  const given = naming.flatMap(({ path, data, live }) =>
    // What changes where it lies was something else before.
    live ? [] : [{ path, given: ofData(name, digest, data).flatMap(givenBy) }],
  )
  return KINDS.filter(([algorithm]) => digest === undefined || algorithm !== kindOf(digest)).flatMap(
    ([algorithm, folder]) => {
      const alike = given.map((one) => ({
        path: one.path,
        given: one.given.filter(
          (found) => kindOf(found.digest) === algorithm && isOfFolder(found.digest) === folder,
        ),
      }))
      const meant = alike.filter((one) => one.given.length > 0 && one.given.length <= MOST_MEANT)
      return meant.length < 2 ? [] : comparedIn(name, meant)
    },
  )
}

/** A folder's digest of DVC is of its listing, and can only be another folder's. */
const KINDS = ALGORITHMS.flatMap((algorithm) => [[algorithm, false] as const, [algorithm, true] as const])

/** Of what a file names, the data that a manifest means: what has both their name and digest, else either. */
function ofData(name: string, digest: string | undefined, data: readonly Called[]): readonly Called[] {
  const called = data.filter((one) => one.called.has(name.toLowerCase()))
  const own = (called.length > 0 ? called : data).filter(
    ({ digests }) => digest !== undefined && digests.includes(digest),
  )
  return own.length > 0 ? own : called
}

function givenBy({ names, digests, unixLines }: Called): readonly Given[] {
  const shape = shapeOf(names)
  return digests.map((digest) => ({ digest, shape, unixLines: unixLines === true }))
}

/** Each file held to those before it: another digest than one of them has says more than the same that another has. */
function comparedIn(dataset: string, giving: readonly Giving[]): readonly IntegrityFact[] {
  const agreeing = new Map<string, Set<string>>()
  const facts = giving.flatMap(({ path, given }, index): readonly IntegrityFact[] => {
    const before = giving.slice(0, index).filter((one) => one.path !== path)
    const shared = before.flatMap((one) => {
      const same = given.find(({ digest }) => one.given.some((other) => other.digest === digest))
      return same === undefined ? [] : [{ path: one.path, digest: same.digest }]
    })
    for (const { digest, path: other } of shared)
      agreeing.set(digest, (agreeing.get(digest) ?? new Set()).add(other).add(path))
    const others = before.filter((one) => !shared.some((same) => same.path === one.path))
    const sure = differing(given, others, ({ unixLines }, other) => unixLines === other.unixLines)
    if (sure !== undefined) return [{ what: 'data_differs', dataset, path, ...sure }]
    const unsure = shared.length > 0 ? undefined : differing(given, others, () => true)
    return unsure === undefined ? [] : [{ what: 'data_not_comparable', dataset, path, ...unsure }]
  })
  return [...facts, ...[...agreeing].map(([digest, paths]) => agreed(dataset, digest, [...paths]))]
}

type Pair = { readonly found: string; readonly wanted: string; readonly against: string }

/** The first other file with another digest of what can be the same data. */
function differing(
  given: readonly Given[],
  others: readonly Giving[],
  isComparable: (one: Given, other: Given) => boolean,
): Pair | undefined {
  for (const { path: against, given: theirs } of others)
    for (const one of given)
      for (const other of theirs)
        if (isComparable(one, other) && mayBeOne(one.shape, other.shape))
          return { found: one.digest, wanted: other.digest, against }
  return undefined
}

/** By an algorithm that collides two files may agree and be others. */
function agreed(dataset: string, digest: string, [against = '', ...by]: readonly string[]): IntegrityFact {
  const weak = ['md5', 'sha1'].includes(kindOf(digest))
  return { what: 'data_agrees', dataset, digest, weak, by, against }
}
