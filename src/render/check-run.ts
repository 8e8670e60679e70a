import { CHECK_NAME } from '../core/gate.ts'
import { type Conclusion, conclude, type Verdict } from '../core/verdict.ts'
import { type Annotation, annotationsOf } from './annotations.ts'
import type { GateSeen } from './gate-lines.ts'
import { code, escaped } from './markdown.ts'
import { summary } from './summary.ts'
import { title } from './title.ts'

export { CHECK_NAME }

/** How the title of a check run begins that says nothing about the commit. */
export const COULD_NOT_EVALUATE = 'could not evaluate'

/** GitHub takes this many annotations in a request. */
const ANNOTATIONS_IN_A_REQUEST = 50

/** A button of a check run, which whoever may write here can press. */
export type Button = { readonly label: string; readonly description: string; readonly identifier: string }

export const RECHECK: Button = {
  label: 'Re-check',
  description: 'Judge this commit again, as it is now',
  identifier: 'recheck',
}

/** What GitHub is told of one commit, each part within GitHub's limits; annotations go in batches. */
export type CheckRun = {
  readonly name: typeof CHECK_NAME
  readonly head_sha: string
  readonly conclusion: Conclusion
  readonly title: string
  readonly summary: string
  readonly text?: string
  readonly annotations: readonly Annotation[]
  /** GitHub takes at most 3. */
  readonly actions: readonly Button[]
}

/** The row of the ledger that holds a verdict, and with its digest the whole chain before it. */
export type LedgerRow = { readonly seq: number; readonly digest: string }

/** The check run of a verdict, with its row of the ledger where there is one, and what gaps the gate has beside. */
export function renderCheckRun(verdict: Verdict, row?: LedgerRow, gate?: GateSeen): CheckRun {
  return {
    name: CHECK_NAME,
    head_sha: verdict.commit,
    conclusion: conclude(verdict),
    title: title(verdict),
    ...summary(verdict, row, gate),
    annotations: annotationsOf(verdict),
    actions: [RECHECK],
  }
}

/** The check run where gonogo or GitHub failed: never green, and nothing about why that only we could use. */
export function renderCouldNotEvaluate(failed: {
  readonly head_sha: string
  readonly correlation: string
}): CheckRun {
  return {
    name: CHECK_NAME,
    head_sha: failed.head_sha,
    conclusion: 'action_required',
    title: `${COULD_NOT_EVALUATE}: gonogo failed, or GitHub did not answer`,
    summary: [
      '❔ **Could not evaluate.** This says nothing about the model: gonogo itself failed, or GitHub did not answer.',
      'What to do next: re-run this check.',
      `If it fails again, give whoever runs gonogo this id: ${code(failed.correlation)}.`,
    ].join('\n\n'),
    annotations: [],
    actions: [RECHECK],
  }
}

/** Annotations in the portions that GitHub takes. */
export function batches(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  return Array.from({ length: Math.ceil(annotations.length / ANNOTATIONS_IN_A_REQUEST) }, (_, index) =>
    annotations.slice(index * ANNOTATIONS_IN_A_REQUEST, (index + 1) * ANNOTATIONS_IN_A_REQUEST),
  )
}

/** The same text for the same annotations, to tell whether a new run is needed. */
export function annotationsKey(run: { readonly annotations: readonly Annotation[] }): string {
  return JSON.stringify(
    run.annotations.map((one) => [
      one.path,
      one.start_line,
      one.end_line,
      one.annotation_level,
      one.title,
      one.message,
    ]),
  )
}

/** The verdict as one Markdown document, for `gonogo check --format markdown`. */
export function renderMarkdown(verdict: Verdict): string {
  const run = renderCheckRun(verdict)
  const parts = [`# ${escaped(run.title, 1_000)}`, run.summary, ...(run.text === undefined ? [] : [run.text])]
  return `${parts.join('\n\n')}\n`
}
