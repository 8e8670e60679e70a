import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { ApprovalCheck, answerApproval } from './approval.ts'
import { answerWithin, spread } from './attempts.ts'
import { AttestationCheck, answerAttestation, attestationExpiry } from './attestation.ts'
import type { Context } from './context.ts'
import { answerDisparity, DisparityCheck } from './disparity.ts'
import { answerDocument, DocumentCheck } from './document.ts'
import { answerIntegrity, IntegrityCheck } from './integrity.ts'
import { answerLineage, LineageCheck } from './lineage.ts'
import { answerMetric, MetricCheck } from './metric.ts'
import { answerRecord, RecordCheck, recordExpiry } from './record.ts'
import { answerScan, ScanCheck, scanExpiry } from './scan.ts'
import { answerSuite, SuiteCheck } from './suite.ts'
import { heldToTrust } from './trusted.ts'

/** One measurable requirement: id, control, check, and the check's own keys. */
export const Criterion = z.discriminatedUnion('check', [
  MetricCheck,
  DocumentCheck,
  RecordCheck,
  ApprovalCheck,
  DisparityCheck,
  SuiteCheck,
  IntegrityCheck,
  ScanCheck,
  AttestationCheck,
  LineageCheck,
])
export type Criterion = z.infer<typeof Criterion>

/** What a criterion comes to on the evidence, and with as many attempts as there were. */
export function answer(criterion: Criterion, context: Context): Answer {
  const { exams } = context
  if (context.unread) return { code: 'manifest_unread', outcome: 'undecided' }
  return answerWithin(answerOnce(spread(criterion, exams.attempts), context), exams)
}

function answerOnce(criterion: Criterion, context: Context): Answer {
  switch (criterion.check) {
    case 'metric':
      return answerMetric(criterion, context)
    case 'document':
      return heldToTrust(answerDocument(criterion, context), criterion, context)
    case 'record':
      return heldToTrust(answerRecord(criterion, context), criterion, context)
    case 'approval':
      return answerApproval(criterion, context)
    case 'disparity':
      return answerDisparity(criterion, context)
    case 'suite':
      return answerSuite(criterion, context)
    case 'integrity':
      return answerIntegrity(criterion, context)
    case 'scan':
      return answerScan(criterion, context)
    case 'attestation':
      return answerAttestation(criterion, context)
    case 'lineage':
      return answerLineage(criterion, context)
  }
}

/** The first moment at which an answer that is met now no longer will be, in ISO 8601; undefined if it never expires. */
export function expiry(criterion: Criterion, context: Context): string | undefined {
  switch (criterion.check) {
    case 'record':
      return recordExpiry(criterion, context)
    case 'scan':
      return scanExpiry(criterion, context)
    case 'attestation':
      return attestationExpiry(criterion, context)
    default:
      return undefined
  }
}

/** What each check asks, for the documentation; a check without a line here does not compile. */
export const CHECKS: { readonly [C in Criterion['check']]: string } = {
  metric: 'one number, or one per member of `for_each`, against `at_least`, `at_most`, `between` or `equals`',
  document:
    'a document whose `sections`, by heading or all of a card by one name, have real content: placeholders and empty headings count as missing',
  record:
    'a record of a kind that somebody owns, filled in, accepted and no older than `max_age`; of `oscal`, `controls` that were found satisfied; of `bom`, every released weight and base model named; of `annex-iv`, headings that are answered where it says; of `test-report`, files that are the ones signed for, with `covers: evidence` all that blocking criteria rest on',
  approval:
    'approving reviews of this release by active members of `teams`, by `people`, or by another writer, who had no hand in it',
  disparity:
    'the gap between groups `across` attributes, as `ratio` or `difference`: every pair must hold the bound, and no group is dropped',
  suite: 'a suite whose tests all ran and passed, or the share `at_least`; `tests` by name in any case',
  scan: 'a scan whose report shows that it ran over every file of the weights, and that found nothing; `formats` that weights may have by their bytes',
  integrity:
    '`of` a training: `data` have the digest that somebody else names too; `parameters` are the committed ones, with a seed; every package of the `environment` is pinned; the `code` is the commit of the training',
  attestation:
    'a `predicate` by a trusted `signer` whose signature verifies, with every released weight among its subjects; what is not signed is claimed',
  lineage:
    'of every base model: revision and digest `pinned`, `publisher` and `licence` allowed, its `card` with `sections`, `evaluated` on the same data, biases `inherited` before and after',
}
