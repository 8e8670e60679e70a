import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { ApprovalCheck, answerApproval } from './approval.ts'
import { answerWithin, spread } from './attempts.ts'
import type { Context } from './context.ts'
import { answerDisparity, DisparityCheck } from './disparity.ts'
import { answerDocument, DocumentCheck } from './document.ts'
import { answerIntegrity, IntegrityCheck } from './integrity.ts'
import { LaterCheck } from './later.ts'
import { answerMetric, MetricCheck } from './metric.ts'
import { answerRecord, RecordCheck, recordExpiry } from './record.ts'
import { answerSuite, SuiteCheck } from './suite.ts'

/** One measurable requirement: id, control, check, and the check's own keys. */
export const Criterion = z.discriminatedUnion('check', [
  MetricCheck,
  DocumentCheck,
  RecordCheck,
  ApprovalCheck,
  DisparityCheck,
  SuiteCheck,
  IntegrityCheck,
  LaterCheck,
])
export type Criterion = z.infer<typeof Criterion>

/** Keys of a criterion that this version understands but does not judge; such a criterion is never met. */
export function unbuilt(criterion: Criterion): readonly string[] {
  switch (criterion.check) {
    case 'metric':
    case 'document':
    case 'record':
    case 'approval':
    case 'disparity':
    case 'suite':
    case 'integrity':
      return []
    default:
      return ['check']
  }
}

/** What a criterion comes to on the evidence, and with as many attempts as there were. */
export function answer(criterion: Criterion, context: Context): Answer {
  const { exams } = context
  return answerWithin(answerOnce(spread(criterion, exams.attempts), context), exams)
}

function answerOnce(criterion: Criterion, context: Context): Answer {
  const [key] = unbuilt(criterion)
  if (key !== undefined) return { code: 'not_built', outcome: 'undecided', what: unbuiltName(criterion, key) }
  switch (criterion.check) {
    case 'metric':
      return answerMetric(criterion, context)
    case 'document':
      return answerDocument(criterion, context)
    case 'record':
      return answerRecord(criterion, context)
    case 'approval':
      return answerApproval(criterion, context)
    case 'disparity':
      return answerDisparity(criterion, context)
    case 'suite':
      return answerSuite(criterion, context)
    case 'integrity':
      return answerIntegrity(criterion, context)
    default:
      return { code: 'not_built', outcome: 'undecided', what: unbuiltName(criterion, 'check') }
  }
}

/** The first moment at which an answer that is met now no longer will be, in ISO 8601; undefined if it never expires. */
export function expiry(criterion: Criterion, context: Context): string | undefined {
  return criterion.check === 'record' ? recordExpiry(criterion, context) : undefined
}

/** How a sentence calls what is not built: the key, or the check by its name. */
export function unbuiltName(criterion: Criterion, key: string): string {
  return key === 'check' ? `check: ${criterion.check}` : key
}

/** What each check asks, for the documentation; a check without a line here does not compile. */
export const CHECKS: { readonly [C in Criterion['check']]: string } = {
  metric: 'one number, or one per member of `for_each`, against `at_least`, `at_most`, `between` or `equals`',
  document: 'a document whose `sections` have real content: placeholders and empty headings count as missing',
  record: 'a record that somebody owns, with the asked `fields` filled in, no older than `max_age`',
  approval:
    'approving reviews of this release by active members of `teams`, by `people`, or by another writer, who had no hand in it',
  disparity:
    'the gap between groups `across` attributes, as `ratio` or `difference`: every pair must hold the bound, and no group is dropped',
  suite: 'a suite whose tests all ran and passed, or the share `at_least`; `tests` by name in any case',
  scan: 'a scan over every released file (not built yet)',
  integrity:
    '`of` a training: `data` have the digest that somebody else names too; `parameters` are the committed ones, with a seed; every package of the `environment` is pinned; the `code` is the commit of the training',
  attestation: 'a verified signature or provenance (not built yet)',
  lineage: 'the base model and what is inherited from it (not built yet)',
}
