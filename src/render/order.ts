import { BUILT_IN, COVERAGE, PREREGISTRATION } from '../core/controls.ts'
import type { Decision } from '../core/decide.ts'
import { type Finding, outcomeOf } from '../core/finding.ts'
import type { ModelVerdict } from '../core/verdict.ts'

const OUTCOMES = { unmet: 0, undecided: 1, waived: 2, met: 3 } as const
const DECISIONS = { 'no-go': 0, undecided: 1, go: 2 } as const

export const MARKS = { unmet: '❌', undecided: '❔', waived: '⚠️', met: '✅' } as const
export const SIGNS = { met: '✓', unmet: '✗', undecided: '?', waived: '!' } as const
export const DECISION_MARKS: { readonly [D in Decision]: string } = {
  'no-go': '❌',
  undecided: '❔',
  go: '✅',
}

/** Findings as a person in a hurry needs them: what blocks first, then by outcome, else as they were asked. */
export function worstFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) => Number(settled(a)) - Number(settled(b)) || OUTCOMES[outcomeOf(a)] - OUTCOMES[outcomeOf(b)],
  )
}

/** Models, the worst decision first, else as they came. */
export function worstModels(models: readonly ModelVerdict[]): readonly ModelVerdict[] {
  return [...models].sort((a, b) => DECISIONS[a.decision] - DECISIONS[b.decision])
}

/** The blocking findings that keep a model from go, worst first. */
export function wanting(model: ModelVerdict): readonly Finding[] {
  return worstFindings(model.findings).filter((finding) => !settled(finding))
}

/** What blocks and was written in the criteria or the floor; the rest is asked of every release besides. */
export function askedOf(model: ModelVerdict): readonly Finding[] {
  return model.findings.filter(({ blocking, control }) => blocking && !BUILT_IN.includes(control))
}

/** The built-in criterion, if it keeps a model from go. */
export function unregistered(model: ModelVerdict): Finding | undefined {
  return wanting(model).find(({ control }) => control === PREREGISTRATION)
}

/** What says that nothing asks for a control, if that keeps a model from go. */
export function notCovered(model: ModelVerdict): Finding | undefined {
  return wanting(model).find(({ control }) => control === COVERAGE)
}

/** The findings that a waiver has accepted, with it. */
export function waivedIn({ findings }: Pick<ModelVerdict, 'findings'>): readonly Waived[] {
  return findings.flatMap((finding) => {
    const { waiver } = finding
    return waiver !== undefined && outcomeOf(finding) === 'waived' ? [{ ...finding, waiver }] : []
  })
}

type Waived = Finding & { readonly waiver: NonNullable<Finding['waiver']> }

function settled(finding: Finding): boolean {
  return !finding.blocking || ['met', 'waived'].includes(outcomeOf(finding))
}
