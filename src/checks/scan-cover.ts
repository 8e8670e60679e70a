import { forbiddenNames } from '../core/pickle-names.ts'
import type { ScannedFile, ScanRecord } from '../core/scan.ts'
import type { ScanGap } from '../core/scan-answer.ts'
import type { Weights } from '../core/verdict.ts'

/** How one weight is known to have been scanned. */
export type Cover = 'digest' | 'name' | 'own'

/** What parts of a path are on either side of, whatever system wrote it. */
function segments(path: string): readonly string[] {
  return path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.' && part !== '..')
}

/** Whether one path is the end of the other, in whole segments. */
function isSamePath(one: string, other: string): boolean {
  const [short, long] = [segments(one), segments(other)].toSorted((a, b) => a.length - b.length)
  if (short === undefined || long === undefined || short.length === 0) return false
  return short.every((part, index) => part === long[long.length - short.length + index])
}

/** A file, or an entry of an archive as `archive:entry`, as the weights that it is; undefined where it may be several. */
function weightsNamed(name: string, weights: readonly Weights[]): Weights | undefined {
  const fitting = weights.filter(
    (one) => isSamePath(name, one.name) || archivesOf(name).some((archive) => isSamePath(archive, one.name)),
  )
  const [only, second] = fitting
  return second === undefined ? only : undefined
}

/** What stands before each colon: a name may have one of its own. */
function archivesOf(name: string): readonly string[] {
  const parts = name.split(':')
  return parts.slice(1, 6).map((_, index) => parts.slice(0, index + 1).join(':'))
}

/** The weights over which a scan ran, and how each is known; with what speaks against one of them. */
export function coveredBy(
  { files, skipped, source }: ScanRecord,
  weights: readonly Weights[],
): { readonly covered: ReadonlyMap<Weights, 'digest' | 'name'>; readonly gaps: readonly ScanGap[] } {
  const covered = new Map<Weights, 'digest' | 'name'>()
  const gaps: ScanGap[] = []
  const { path } = source
  for (const file of files) {
    const same = weights.filter((one) => digestOf(file) === one.digest)
    for (const one of same) covered.set(one, 'digest')
    if (same.length > 0) continue
    const named = weightsNamed(file.name, weights)
    if (named === undefined || covered.has(named)) continue
    // An entry stands for its archive only where it is what would be loaded from it.
    if (!isSamePath(file.name, named.name) && !/(?:\.pkl|\.npy|config\.json)$/i.test(file.name)) continue
    // Of weights without a digest of their own nothing can differ.
    if (file.sha256 !== undefined && named.digest.startsWith('sha256:'))
      gaps.push({ why: 'other_bytes', path, file: named.name })
    else covered.set(named, 'name')
  }
  for (const { name, why } of skipped) {
    const named = weightsNamed(name, weights)
    if (named === undefined) continue
    if (isSamePath(name, named.name)) covered.delete(named)
    // The numbers in an archive are no code, and every scanner skips them.
    else if (/\.(?:pkl|pickle|joblib|npy|npz|dill|py|pt|pth)$/i.test(name))
      gaps.push({ why: 'skipped', path, file: name, said: why })
  }
  return { covered, gaps }
}

/** Weights that a scan skipped, with what it says of them. */
export function skippedOf(
  { skipped, source: { path } }: ScanRecord,
  weights: readonly Weights[],
): readonly ScanGap[] {
  return skipped.flatMap(({ name, why }): readonly ScanGap[] => {
    const named = weightsNamed(name, weights)
    return named !== undefined && isSamePath(name, named.name)
      ? [{ why: 'skipped', path, file: named.name, said: why }]
      : []
  })
}

function digestOf({ sha256 }: ScannedFile): string | undefined {
  return sha256 === undefined ? undefined : `sha256:${sha256}`
}

/** Whether gonogo itself read weights to their end and found nothing in them that could run code. */
export function isReadWhole({ format }: Weights, allowed: readonly string[]): boolean {
  return (
    format?.kind === 'read' &&
    format.whole &&
    format.faults.length === 0 &&
    forbiddenNames(format.names, allowed, format.format).length === 0
  )
}
