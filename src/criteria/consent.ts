import type { Consent, Subject } from '../core/approval.ts'
import { type Deviation, looser } from '../core/deviation.ts'
import type { Criteria } from './criteria.ts'
import { difference } from './difference.ts'

/** A version of a criteria file: its blob, and what it asks where it can be read; neither where there is no file. */
export type CriteriaVersion = { readonly sha?: string; readonly criteria?: Criteria }

/** An approval that is needed, and of what. */
export type Needed = Pick<Consent, 'what' | 'names'> & { readonly subject: Subject }

/** What has approvers of its own, and is no part of a loosening. */
const APART = ['(not_applicable)', '(retired)']

/**
 * The approvals that a change of a criteria file needs: of what it asks less, no more, under another name or beyond
 * comparison; of each exemption that it adds; of a retirement. What can't be read asks nothing, and is a problem.
 */
export function consentsFor(
  path: string,
  before: CriteriaVersion,
  after: CriteriaVersion,
): readonly Needed[] {
  const change: Subject = {
    kind: 'change',
    path,
    ...(before.sha !== undefined && { from: before.sha }),
    ...(after.sha !== undefined && { to: after.sha }),
  }
  if (after.sha === undefined)
    return before.sha === undefined ? [] : [{ what: 'remove', names: [], subject: change }]
  if (after.criteria === undefined) return []
  const names = loosened(before, after.criteria)
  return [
    ...(names === undefined ? [] : [{ what: 'loosen', names, subject: change } as const]),
    ...exemptionsOf(path, after.criteria, before.criteria),
    ...(after.criteria.retired ? [retirementOf(path, after.sha)] : []),
  ]
}

/** Each exemption of a version that an earlier one has not, with its reason. */
export function exemptionsOf(path: string, version: Criteria, before?: Criteria): readonly Needed[] {
  const old = before?.not_applicable ?? []
  return (version.not_applicable ?? [])
    .filter((entry) => !old.some((one) => one.control === entry.control && one.because === entry.because))
    .map(({ control, because }) => ({
      what: 'not_applicable',
      names: [control],
      subject: { kind: 'exemption', path, control, because },
    }))
}

/** That a model is released no more, by the file that says so. */
export function retirementOf(path: string, blob: string): Needed {
  return { what: 'retire', names: [], subject: { kind: 'retirement', path, blob } }
}

/** What another version asks less of than one before; undefined where it asks all of it. */
export function loosened(before: CriteriaVersion, after: Criteria): readonly string[] | undefined {
  if (before.sha === undefined) return undefined
  if (before.criteria === undefined) return []
  const names = difference(before.criteria, after)
    .filter(needsApproval)
    .map(({ criterion }) => criterion)
  return names.length === 0 ? undefined : names
}

/** Another name asks the same, and hides from whoever looks for the old one. */
function needsApproval(deviation: Deviation): boolean {
  if (APART.includes(deviation.criterion)) return false
  return looser([deviation]) || deviation.renamed !== undefined
}
