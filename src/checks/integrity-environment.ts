import type { Evidence } from '../core/evidence.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import { filesNamed, isDigest, pathsOf } from '../core/named-evidence.ts'
import type { Context } from './context.ts'
import { atTrainingFacts } from './integrity-at-training.ts'

/** Whether every package of every environment that the evidence names is pinned, and by its bytes where that is asked. */
export function environmentFacts(
  { hashed }: { readonly hashed?: true | undefined },
  context: Context,
): readonly IntegrityFact[] {
  const { evidence, weights = [] } = context
  const all = evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'environment'))
  const given = new Set(all.map(({ source }) => source.path))
  if (all.length === 0) return [{ what: 'no_environment' }]
  const any = all.some(({ packages }) => packages.length > 0)
  const facts = all.flatMap(({ packages, includes, source: { path } }): readonly IntegrityFact[] => {
    const missing = includes
      .filter((file) => !given.has(beside(path, file)))
      .map((file) => ({ what: 'file_not_given', path, file }) as const)
    // What only takes in other files says it by them, if one of them says anything.
    if (packages.length === 0)
      return includes.length > 0 && any ? missing : [{ what: 'no_packages', path }, ...missing]
    const loose = packages.flatMap((one): readonly IntegrityFact[] => {
      if (one.loose !== undefined)
        return [{ what: 'package_loose', path, package: one.written, loose: one.loose }]
      return hashed && !one.hashed ? [{ what: 'package_unhashed', path, package: one.written }] : []
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
  const unchanged = atTrainingFacts(({ kind }) => kind === 'environment', context)
  return [...facts, ...unchanged, ...lockFacts(evidence), ...doubts]
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
