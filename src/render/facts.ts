import type { Answer, Bound } from '../core/answer.ts'
import type { Trust } from '../core/evidence.ts'
import type { Measurement, Source, Unit } from '../core/measurement.ts'
import type { Place } from '../core/place.ts'
import type { ModelVerdict } from '../core/verdict.ts'
import { SHOWN_CHARACTERS } from './clean.ts'
import { worstFirst } from './members.ts'

/** The measurement that an answer is about; of several members, the worst. */
export function observedIn(answer: Answer): Measurement | undefined {
  if ('observed' in answer) return answer.observed
  // The first of them is the group that fares worse.
  if ('gaps' in answer) return answer.gaps[0]?.measured[0]
  if ('group' in answer) return observedIn(answer.answer)
  if ('members' in answer) {
    const worst = worstFirst(answer.members)[0]
    return worst && observedIn(worst.answer)
  }
  return undefined
}

/** What an answer shows: where only the app knows whether it was asked too often, what it is without that. */
export function byItself(answer: Answer): Answer {
  return answer.code === 'attempts_awaited' ? answer.otherwise : answer
}

/** The bound that an answer was held to, in its unit. */
export function boundIn(
  answer: Answer,
): { readonly bound: Bound; readonly unit?: Unit; readonly confidence?: number } | undefined {
  if ('bound' in answer) {
    // Where the scale is unclear, the bound has no unit but the one it was written in.
    const unit = answer.code === 'unit_unclear' ? 'value' : answer.unit
    const { bound } = answer
    const confidence = 'confidence' in answer ? answer.confidence : undefined
    return { bound, ...(unit && { unit }), ...(confidence !== undefined && { confidence }) }
  }
  if ('members' in answer) {
    const worst = worstFirst(answer.members)[0]
    return worst && boundIn(worst.answer)
  }
  return undefined
}

/** Where in the evidence an answer was read, as far as that is known. */
export function placeIn(answer: Answer): Place | undefined {
  const source = observedIn(answer)?.source
  if (source) return placeOf(source)
  switch (answer.code) {
    case 'ambiguous':
      return answer.candidates[0] && placeOf(answer.candidates[0].source)
    case 'sections_lacking': {
      const line = answer.lacking.find((section) => section.line !== undefined)?.line
      return line === undefined ? { path: answer.path } : { path: answer.path, line }
    }
    case 'attestation_verified': {
      const [path] = answer.paths
      return path === undefined ? undefined : { path }
    }
    case 'sections_written':
    case 'record_holds':
    case 'record_observed_otherwise':
    case 'record_not_observed':
    case 'record_lacks':
    case 'record_expired':
    case 'record_in_future':
    case 'no_tests':
    case 'record_of_other_work':
    case 'record_unowned':
    case 'record_ran_out':
    case 'record_rejected':
    case 'record_unfinished':
    case 'record_ends_otherwise':
    case 'record_wants_conditions':
    case 'record_condition_overdue':
    case 'record_fails':
    case 'record_unshown':
    case 'record_not_apart':
    case 'record_of_other_model':
    case 'caiq_in_part':
    case 'caiq_open':
    case 'oscal_faults':
    case 'oscal_unknown':
    case 'bom_wrong':
    case 'bom_open':
    case 'attestation_lacking':
    case 'attestation_untrusted':
    case 'attestation_wrong':
    case 'attestation_placeholder':
    case 'attestation_claimed':
      return { path: answer.path }
    case 'records_hold': {
      const path = answer.each[0]?.path
      return path === undefined ? undefined : { path }
    }
    case 'source_too_weak': {
      const path = answer.sources[0]?.path
      return path === undefined ? undefined : { path }
    }
    case 'integrity_holds':
    case 'integrity_broken':
    case 'integrity_open': {
      // No answer rests on what stands for a digest.
      const telling = answer.facts.filter(({ what }) => what !== 'data_placeholder_beside')
      const path = telling.flatMap((fact) => ('path' in fact ? (fact.path ?? []) : [])).at(0)
      return path === undefined ? undefined : { path }
    }
    default:
      return undefined
  }
}

const OF_FILES = ['record_', 'sections_', 'caiq_', 'oscal_', 'bom_'] as const

/** Whether an answer is about a file that somebody wrote, so that its first line stands for all of it. */
export function isAboutFile(answer: Answer): boolean {
  return 'path' in answer && OF_FILES.some((start) => answer.code.startsWith(start))
}

/** The trust of the evidence that an answer rests on; of what only GitHub can show, that it is awaited. */
export function trustIn(answer: Answer, evidence: ModelVerdict['evidence']): Trust | 'awaited' | undefined {
  if (answer.code === 'attestation_verified') return 'signed'
  const path = placeIn(answer)?.path
  if (path === undefined) return undefined
  const file = evidence.find((one) => one.path === path)
  return file?.awaited === undefined ? (file?.trust ?? 'typed') : 'awaited'
}

/** A place as people write it: `path:line:column`. */
export function written({ path, line, column }: Place): string {
  // No place is a reason to copy megabytes of a hostile path.
  const shown = path.slice(0, 4 * SHOWN_CHARACTERS)
  return [shown, ...(line === undefined ? [] : [line, ...(column === undefined ? [] : [column])])].join(':')
}

function placeOf(source: Source): Place {
  return source.line === undefined ? { path: source.path } : { path: source.path, line: source.line }
}
