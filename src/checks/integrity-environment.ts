import type { Evidence } from '../core/evidence.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import { filesNamed, isDigest, pathsOf } from '../core/named-evidence.ts'
import { isVersion, pinOf } from '../core/package-pin.ts'
import type { Package, TrainingEvidence } from '../core/training-evidence.ts'
import type { Context } from './context.ts'
import { hasPackages, isInstaller } from './installers.ts'
import { atTrainingFacts } from './integrity-at-training.ts'
import { pythonFacts } from './integrity-packaged.ts'

/** Whether every package of every environment that the evidence names is pinned, and by its bytes where that is asked. */
export function environmentFacts(
  { hashed }: { readonly hashed?: true | undefined },
  context: Context,
): readonly IntegrityFact[] {
  const { evidence, weights = [] } = context
  const all = evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'environment'))
  const given = new Set(all.map(({ source }) => source.path))
  const pythons = pythonFacts(evidence)
  if (all.length === 0) return [{ what: 'no_environment' }, ...pythons]
  const any = all.some(({ packages }) => hasPackages(packages))
  const compared = atTrainingFacts(({ kind }) => kind === 'environment', context)
  const known = lockOf(all, compared, hashed)
  const facts = all.flatMap(({ packages, includes, source: { path } }): readonly IntegrityFact[] => {
    const missing = includes
      .filter((file) => !given.has(beside(path, file)))
      .map((file) => ({ what: 'file_not_given', path, file }) as const)
    // What only takes in other files says it by them, if one of them says anything; so does what only installs others.
    if (!any || (packages.length === 0 && includes.length === 0))
      return [{ what: 'no_packages', path }, ...missing]
    if (packages.length === 0) return missing
    const loose = packages.flatMap((one): readonly IntegrityFact[] => {
      if (one.loose !== undefined)
        return [{ what: 'package_loose', path, package: one.written, loose: one.loose, ...known }]
      return hashed && !one.hashed ? [{ what: 'package_unhashed', path, package: one.written, ...known }] : []
    })
    if (loose.length > 0) return [...loose, ...missing]
    const counted = packages.filter((one) => one.hashed).length
    return [{ what: 'packages_pinned', path, packages: packages.length, hashed: counted }, ...missing]
  })
  const doubts = evidence.flatMap(({ records }) =>
    records.flatMap((record) =>
      record.kind === 'run'
        ? record.doubts.map(({ what, found = '', file }): IntegrityFact => {
            const released = file !== undefined && isReleased(file, weights)
            const about = file === undefined ? {} : { file, released }
            return { what: 'doubt', path: record.source.path, doubt: what, found, ...about }
          })
        : [],
    ),
  )
  const unchanged = besideLocks(compared, all, known, hashed === true)
  return [...facts, ...unchanged, ...lockFacts(evidence), ...pythons, ...doubts]
}

type Environment = Extract<TrainingEvidence, { kind: 'environment' }>

/** A whole lock that the commit of the training had, beside which nothing else need be listed. */
function lockOf(
  all: readonly Environment[],
  compared: readonly IntegrityFact[],
  hashed: true | undefined,
): { readonly lock?: string } {
  const read = compared.flatMap((one) => (one.what === 'as_at_training' ? [one.path] : []))
  const whole = all.find(
    ({ packages, includes, source }) =>
      read.includes(source.path) &&
      includes.length === 0 &&
      hasPackages(packages) &&
      packages.every((one) => one.loose === undefined && (!hashed || one.hashed)),
  )
  return whole === undefined ? {} : { lock: whole.source.path }
}

/**
 * A list that the commit of the training does not have, as MLflow and `pip freeze` write it when the training is over, shows
 * nothing by itself and contradicts nothing. Beside a lock that the commit has it must have the versions of that, and no
 * package that it has not but what installs them; where packages are asked for by their bytes, also the files of that.
 */
function besideLocks(
  facts: readonly IntegrityFact[],
  all: readonly Environment[],
  known: { readonly lock?: string },
  hashed: boolean,
): readonly IntegrityFact[] {
  const read = facts.flatMap((one) => (one.what === 'as_at_training' ? [one.path] : []))
  const locks = all.filter(({ source }) => read.includes(source.path))
  return facts.flatMap((fact): readonly IntegrityFact[] => {
    if (fact.what !== 'added_after_training') return [fact]
    const { path, commit } = fact
    const packages = all.filter(({ source }) => source.path === path).flatMap((list) => list.packages)
    const each = packages.map((one) => heldTo(one, path, locks, hashed))
    const differing = each.flatMap((one) => (one !== undefined && one.what !== 'same' ? [one] : []))
    const [same] = each.flatMap((one) => (one?.what === 'same' ? [one] : []))
    if (differing.length > 0) return differing
    if (same === undefined) return [{ what: 'list_added', path, commit, ...known }]
    const { against } = same
    const counted = each.filter((one) => one !== undefined).length
    const strange = packages.flatMap(({ written }, at) =>
      each[at] === undefined && !isInstaller(pinOf(written)?.name ?? '') ? [written] : [],
    )
    if (strange.length > 0) {
      const beside = { against, packages: strange.slice(0, SHOWN), more: Math.max(0, strange.length - SHOWN) }
      return [{ what: 'list_added', path, commit, beside, ...known }]
    }
    return [{ what: 'list_beside', path, against, packages: counted, of: packages.length }]
  })
}

/** So many packages a sentence names. */
const SHOWN = 5
/** Of what is longer the reader has cut the end. */
const MOST_WRITTEN = 200

/** One package of a list beside locks; undefined where none of them names it, or nobody can compare it. */
function heldTo(
  { written, sums }: Package,
  path: string,
  locks: readonly Environment[],
  hashed: boolean,
):
  | { readonly what: 'same'; readonly against: string }
  | Extract<IntegrityFact, { what: 'version_differs' | 'package_bytes_differ' }>
  | undefined {
  const pin = pinOf(written)
  // What is taken from a place has no version, and is that very place as far as all of it is kept.
  const very = locks.find(({ packages }) => packages.some((one) => one.written === written))
  if (pin === undefined && very !== undefined && written.length < MOST_WRITTEN)
    return { what: 'same', against: very.source.path }
  const named = locks.flatMap(({ packages, source }) =>
    packages.flatMap((one) => {
      const own = pinOf(one.written)
      return pin !== undefined && own?.name === pin.name
        ? [{ version: own.version, wanted: one.written, against: source.path, sums: one.sums }]
        : []
    }),
  )
  const [other] = named
  if (pin === undefined || other === undefined) return undefined
  const same = named.filter(({ version }) => isVersion(version, pin.version))
  const [first] = same
  if (first !== undefined) {
    const known = same.flatMap((one) => one.sums ?? [])
    const strange = (sums ?? []).filter((sum) => !known.includes(sum))
    const isComparable = sums !== undefined && known.length > 0
    if (!hashed || (isComparable && strange.length === 0)) return { what: 'same', against: first.against }
    // Of two machines' files one may be all that both have.
    if (!isComparable || strange.length < sums.length) return undefined
    return { what: 'package_bytes_differ', path, package: written, against: first.against }
  }
  const { wanted, against } = other
  return { what: 'version_differs', path, package: pin.name, found: pin.version, wanted, against }
}

/** Whether a file that a packaged model names is among the released weights, by the name that both give it. */
function isReleased(file: string, weights: NonNullable<Context['weights']>): boolean {
  return weights.some(({ name }) => name.split('/').at(-1) === file.split('/').at(-1))
}

/** Whether the lock that a training record names is among the evidence: by its path there, or by its sha256. */
function lockFacts(evidence: readonly Evidence[]): readonly IntegrityFact[] {
  const locks = evidence.filter(({ records }) => records.some(({ kind }) => kind === 'environment'))
  const wanted = pathsOf(locks)
  return evidence.flatMap(({ records }) =>
    records.flatMap((record): readonly IntegrityFact[] => {
      if (record.kind !== 'training' || record.lock === undefined) return []
      const { lock: found, source } = record
      const named = isDigest(found)
        ? locks.filter(({ digest }) => digest === found)
        : filesNamed(found, locks)
      return named.length > 0 ? [] : [{ what: 'other_lock', path: source.path, found, wanted }]
    }),
  )
}

/** A path as a file beside another one names it; one that leads elsewhere is no file of the evidence. */
function beside(path: string, file: string): string {
  const parts = path.split('/').slice(0, -1)
  for (const part of file.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return ''
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
