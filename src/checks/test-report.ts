import type { Answer } from '../core/answer.ts'
import type { Evidence } from '../core/evidence.ts'
import { filesNamed, othersNamed, pathsOf } from '../core/named-evidence.ts'
import { isOfArtifact } from '../core/paths.ts'
import type { ReportFault } from '../core/report-answer.ts'
import type { SignedFile, WrittenRecord } from '../core/written-record.ts'
import type { Context } from './context.ts'
import { filesOf, isMeasured } from './evidence-named.ts'

type Holds = Extract<Answer, { code: 'record_holds' }>
type Report = { readonly record: WrittenRecord; readonly holds: Holds }

/**
 * Whether every report signs for files of this release, with the very content that they have; with `covers`, also
 * whether every file that the blocking criteria rest on is signed for. Reports that do not hold are not asked here.
 */
export function answerSigned(
  reports: readonly Report[],
  covers: 'evidence' | undefined,
  context: Context,
): Answer {
  const files = filesOf(context)
  const unread = reports.flatMap(({ record }) =>
    (record.signs ?? []).flatMap(({ path }) => unreadOf(path, record.source.path, files)),
  )
  for (const { record, holds } of reports) {
    const faults = (record.signs ?? []).flatMap((one) => faultOf(one, record.source.path, files) ?? [])
    const { path, date } = holds
    if (faults.length > 0)
      return { code: 'report_differs', outcome: 'unmet', record: holds.record, path, date, faults }
  }
  if (unread.length > 0)
    return {
      ...{ code: 'report_unread', outcome: 'undecided', unread: [...new Set(unread)].toSorted() },
      paths: reports.map(({ holds }) => holds.path),
    }
  const signed = new Set(
    reports.flatMap(({ record }) =>
      (record.signs ?? []).flatMap(({ path }) => pathsOf(filesNamed(path, files))),
    ),
  )
  const attested = pathsOf(files.filter(({ path, attested: by = [] }) => signed.has(path) && by.length > 0))
  const about = {
    reports: reports.map(({ record, holds: { path, date } }) => ({
      ...{ path, date, signers: record.signers ?? [] },
      ...(isTyped(record, context) && { typed: true as const }),
    })),
    files: [...signed].toSorted(),
    attested,
  }
  if (covers === undefined) return { code: 'report_signed', outcome: 'met', ...about }
  const wanted = context.rests ?? pathsOf(files.filter(isMeasured))
  const uncovered = wanted.filter((path) => !signed.has(path))
  return uncovered.length > 0 || wanted.length === 0
    ? { code: 'report_uncovered', outcome: 'unmet', ...about, uncovered }
    : { code: 'report_signed', outcome: 'met', ...about, covered: wanted.length }
}

/** Whether nothing but its own words says who signed: nobody attests the file of a report, and no run wrote it. */
function isTyped(report: WrittenRecord, { evidence }: Context): boolean {
  const own = evidence.find(({ records }) => records.includes(report))
  return (own?.trust ?? 'typed') === 'typed' && (own?.attested ?? []).length === 0
}

function faultOf(
  { path, sha256, blob }: SignedFile,
  own: string,
  files: readonly Evidence[],
): ReportFault | undefined {
  const named = othersNamed(path, own, files)
  const [file] = named
  if (file === undefined) return { why: 'not_there', path }
  if (pathsOf(named).length > 1) return { why: 'several', path, paths: pathsOf(named) }
  // It may be the very file: nobody has seen it.
  if (file.sha === undefined) return undefined
  const [id, content] = [isPlain(file) ? file.sha : undefined, file.digest]
  if (blob !== undefined && blob !== id)
    return { why: 'differs', path, stated: blob, found: id ?? content ?? '' }
  if (sha256 !== undefined && `sha256:${sha256}` !== content)
    return { why: 'differs', path, stated: `sha256:${sha256}`, found: content ?? file.sha }
  return undefined
}

/** What the manifest names and nobody could read, such as an artifact that only GitHub has. */
function unreadOf(path: string, own: string, files: readonly Evidence[]): readonly string[] {
  const named = othersNamed(path, own, files)
  return pathsOf(named.filter(({ sha }) => sha === undefined))
}

/** An artifact's file has no blob, and a pointer's blob is not what was read. */
function isPlain({ path, lfs }: Evidence): boolean {
  return lfs === undefined && !isOfArtifact(path)
}
