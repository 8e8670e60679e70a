import type { Context } from '../checks/context.ts'
import { answer, type Criterion } from '../checks/index.ts'
import { type Finding, outcomeOf, type Version } from '../core/finding.ts'
import { canonicalJson } from '../text/canonical.ts'
import type { ParsedCriteria } from './criteria.ts'
import { fixedBy } from './exams.ts'
import type { Lines } from './list.ts'

/** The file that asks, with the blob that was judged. */
type Asking = { readonly path: string; readonly sha: string; readonly lines: Lines }

/** What each criterion of a version came to, by id, with its text. */
type Asks = ReadonlyMap<string, { readonly text: string; readonly finding: Finding }>

/** A finding with the waiver that holds for what this version of it came to. */
export type Waiving = (finding: Finding) => Finding

/** What a version of the criteria comes to. */
export function asks(
  file: (Asking & Pick<ParsedCriteria, 'criteria'>) | undefined,
  context: Context,
  waiving: Waiving,
): Asks {
  const criteria = file?.criteria?.criteria ?? []
  return new Map(
    criteria.map((criterion) => [
      criterion.id,
      { text: canonicalJson(criterion), finding: waiving(finding(criterion, file, context, 'both')) },
    ]),
  )
}

/** One criterion's answer. */
export function finding(
  criterion: Criterion,
  file: Asking | undefined,
  context: Context,
  version: Version,
): Finding {
  const { id, control, blocking = true } = criterion
  const line = file?.lines[id]
  const asked = file && { path: file.path, sha: file.sha, ...(line !== undefined && { line }) }
  const answered = answer(criterion, context)
  const exam = fixedBy(answered, context.exams)
  return {
    ...{ criterion: id, control, blocking, version },
    answer: answered,
    ...(exam && { exam }),
    ...(asked && { asked }),
  }
}

const WORST_FIRST = ['unmet', 'undecided', 'waived', 'met'] as const

/** By what it comes to with its waiver: else what was waived in one version would hide what the other asks. */
function rank(finding: Finding): number {
  return WORST_FIRST.indexOf(outcomeOf(finding))
}

/** The first of the worst answers; nothing of nothing. */
export function worst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1)
}

/** At tier ordered the releaser chose the commit, so both versions are judged and the worse answer counts. */
export function worse(registered: Asks, today: Asks): readonly Finding[] {
  const ids = [...new Set([...registered.keys(), ...today.keys()])]
  return ids.flatMap((id): readonly Finding[] => {
    const [old, young] = [registered.get(id), today.get(id)]
    if (old === undefined || young === undefined) {
      const only = old ?? young
      return only ? [{ ...only.finding, version: old ? 'registered' : 'today' }] : []
    }
    // The same criterion on an exam that is pinned otherwise may answer otherwise.
    if (canonicalJson([old.text, old.finding.answer]) === canonicalJson([young.text, young.finding.answer]))
      return [old.finding]
    // An advisory version never hides a blocking one, whatever it answers.
    const judged = [old, young].some(({ finding }) => finding.blocking)
      ? [old, young].filter(({ finding }) => finding.blocking)
      : [old, young]
    const [worse] = worst(judged.map(({ finding }) => finding))
    return worse ? [{ ...worse, version: worse === young.finding ? 'today' : 'registered' }] : []
  })
}
