import { isAwaited } from '../core/awaiting.ts'
import { BUILT_IN } from '../core/controls.ts'
import { outcomeOf } from '../core/finding.ts'
import type { Problem } from '../core/problem.ts'
import type { ModelVerdict, Verdict } from '../core/verdict.ts'
import { clean } from './clean.ts'
import { count, counted } from './numbers.ts'
import { askedOf, wanting } from './order.ts'
import { countOf } from './problem-line.ts'
import { title } from './title.ts'

/** The first line of a verdict for a terminal: its title, and where that leaves some of it out, all that is open. */
export function headline(verdict: Verdict): string {
  const open = openParts(verdict)
  const { decision } = verdict
  const isTold = decision === 'go' || decision === 'nothing' || open.length < 2
  return isTold ? title(verdict) : `${title(verdict)}; in all ${open.join(', ')}`
}

/** The first line of a verdict that a clone cannot come to, and nothing is against; it counts what is awaited too. */
export function awaitedHeadline(verdict: Verdict): string {
  const approvals = verdict.proposals.reduce((sum, { problems }) => sum + countOf(problems), 0)
  const open = [
    ...openParts(verdict),
    ...(approvals > 0 ? [`${counted(approvals, 'approval')} of proposed criteria`] : []),
  ]
  const observed = verdict.observed ? 'observed, blocking nothing: ' : ''
  return `${observed}undecided only for what GitHub and the app must show, ${open.join(', ')}: all else, as far as this clone shows it, is in order`
}

/** The last line: the decision, and how much came to what. */
export function lastLine(verdict: Verdict): string {
  if (verdict.models.length === 0) return title(verdict)
  const { asked, met, waived } = countsOf(verdict)
  const parts = [
    `${count(met)} of ${counted(asked, 'criterion', 'criteria')} met`,
    ...(waived > 0 ? [`${count(waived)} waived`] : []),
    ...openParts(verdict),
  ]
  const observed = verdict.observed ? 'observed, blocking nothing: ' : ''
  return `${observed}${verdict.decision}: ${parts.join(', ')}`
}

function openParts(verdict: Verdict): readonly string[] {
  const { unmet, undecided, problems, awaited, others } = countsOf(verdict)
  return [
    ...(unmet > 0 ? [`${count(unmet)} missed`] : []),
    ...(undecided > 0 ? [`${count(undecided)} undecided`] : []),
    ...others,
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
    ...(awaited > 0 ? [`${counted(awaited, 'problem')} only awaited`] : []),
  ]
}

/** What was asked and came to what, in all models; what is built in is named, since no criteria count it. */
function countsOf({ models, problems: beside }: Verdict) {
  const asked = models.flatMap(askedOf)
  const of = (wanted: ReturnType<typeof outcomeOf>) =>
    asked.filter((finding) => outcomeOf(finding) === wanted).length
  const faults = (which: (problem: Problem) => boolean) =>
    [beside, ...models.map((model) => model.problems)].reduce(
      (sum, problems) => sum + countOf(problems.filter(which)),
      0,
    )
  return {
    ...{ asked: asked.length, met: of('met'), unmet: of('unmet'), waived: of('waived') },
    undecided: of('undecided'),
    others: models.flatMap(builtInOf),
    problems: faults((problem) => !isAwaited(problem)),
    awaited: faults(isAwaited),
  }
}

function builtInOf(model: ModelVerdict): readonly string[] {
  return wanting(model)
    .filter(({ control }) => BUILT_IN.includes(control))
    .map(({ control, answer }) => `${clean(control)} ${answer.outcome}`)
}
