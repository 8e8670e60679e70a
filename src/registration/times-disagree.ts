import { coveredBy } from '../core/attestation.ts'
import { SLACK_MS } from '../core/day.ts'
import type { Problem } from '../core/problem.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { Begun, ModelFacts } from '../facts.ts'

/** When a training, or a run of a tool, says that it began and ended; ISO 8601. */
type Span = {
  readonly of: 'training' | 'run'
  readonly path: string
  readonly line?: number
  readonly started?: string
  readonly finished?: string
}

/**
 * Times of the candidate's training that can't be so: it, or a run, began before a server's clock saw the work begin; a
 * run was over before it began, or before the training that it is evidence of, which itself began when all the weights
 * were signed already. A run that came later may have evaluated.
 */
export function timesDisagree({
  evidence,
  begun,
  weights,
}: Pick<ModelFacts, 'evidence' | 'begun' | 'weights'>): readonly Problem[] {
  const records = evidence.flatMap((one) => (one.about === 'candidate' ? one.records : []))
  const spans = records.flatMap((record) => spanOf(record, weights))
  const trainings = spans.filter(({ of }) => of === 'training')
  const runs = spans.filter(({ of }) => of === 'run')
  return [
    ...spans.flatMap((span) => beforeStart(span, begun)),
    ...runs.flatMap(reversed),
    ...runs.flatMap((run) => trainings.slice(0, 1).flatMap((training) => before(run, training))),
    ...trainings.flatMap((training) => records.flatMap((record) => afterSigning(training, record, weights))),
  ]
}

/** What a publisher signed is the base alone; who signed every weight signed what was trained. */
function afterSigning(
  training: Span,
  record: EvidenceRecord,
  weights: ModelFacts['weights'],
): readonly Problem[] {
  if (record.kind !== 'attestation' || record.shown.state !== 'verified' || weights.length === 0) return []
  const { at } = record.shown
  const signed = coveredBy(record)
  if (!weights.every(({ digest }) => signed.includes(digest)) || !isBefore(at, training.started)) return []
  return [
    disagreeing(training, 'started', `${training.started}`, `weights signed ${at} in ${record.source.path}`),
  ]
}

function spanOf(record: EvidenceRecord, weights: ModelFacts['weights']): readonly Span[] {
  const { kind, source } = record
  const place = { path: source.path, ...(source.line !== undefined && { line: source.line }) }
  if (kind === 'training') return [{ of: 'training', ...place, ...record.times }]
  const ran = kind === 'run' ? record : builtAll(record, weights)
  if (ran === undefined) return []
  const { started, finished } = ran
  return [{ of: 'run', ...place, ...(started && { started }), ...(finished && { finished }) }]
}

/** The build of all that is released, signed or not; one of a part may be a publisher's. */
function builtAll(record: EvidenceRecord, weights: ModelFacts['weights']) {
  if (record.kind !== 'attestation' || record.says.predicate !== 'provenance') return undefined
  if (record.shown.state !== 'verified' && record.shown.state !== 'claimed') return undefined
  const made = coveredBy(record)
  const isOfAll = weights.length > 0 && weights.every(({ digest }) => made.includes(digest))
  return isOfAll ? record.says : undefined
}

/** Of an evaluation as the work nobody knows when the training was. */
function beforeStart({ path, line, started }: Span, begun: Begun | undefined): readonly Problem[] {
  if (begun?.kind !== 'seen' || begun.work !== 'training' || !isBefore(started, begun.began)) return []
  const name = begun.clock === 'ticket' ? begun.path : `${begun.repository}#${begun.run}`
  const fault = { code: 'began_before_start', clock: begun.clock, name, began: begun.began } as const
  return [{ path, ...(line !== undefined && { line }), ...fault, found: started ?? '' }]
}

/** Both are of one clock. */
function reversed({ path, line, started, finished }: Span): readonly Problem[] {
  if (!isBefore(finished, started, 0)) return []
  return [disagreeing({ path, line }, 'finished', `${finished}`, `started ${started}`)]
}

/** A run without an end may have gone on for long. */
function before(run: Span, training: Span): readonly Problem[] {
  if (!isBefore(run.finished, training.started)) return []
  return [disagreeing(run, 'finished', `${run.finished}`, `started ${training.started} in ${training.path}`)]
}

function disagreeing(
  { path, line }: { readonly path: string; readonly line?: number | undefined },
  at: string,
  one: string,
  other: string,
): Problem {
  return { path, ...(line !== undefined && { line }), code: 'contradiction', at, one, other }
}

function isBefore(one: string | undefined, other: string | undefined, slack = SLACK_MS): boolean {
  return one !== undefined && other !== undefined && Date.parse(one) + slack < Date.parse(other)
}
