import { type Acceptable, type AcceptableRows, not, yes } from './accepted-value.ts'
import type { AttestationAnswer } from './attestation-answer.ts'
import type { LineageAnswer, LineageLack } from './lineage-answer.ts'
import type { ScanAnswer } from './scan-answer.ts'

type Supplied = LineageAnswer | ScanAnswer | AttestationAnswer
/** What can be accepted of where a model comes from: what was wanting when it was seen; never what is wrong or unknown. */
export const SUPPLY_ROWS: AcceptableRows<Supplied> = {
  lineage_holds: 'met',
  lineage_lacks: (answer) => lineage(answer),
  lineage_open: (answer) => lineage(answer),
  no_base_model: () => yes({ what: 'missing', asked: 'base model' }),

  scan_clean: 'met',
  scan_found: ({ tool, path, issues, more }) =>
    more > 0
      ? not('unclear')
      : yes({
          what: 'lacking',
          of: `${tool} ${path}`,
          items: issues.map((issue) => JSON.stringify([issue.severity, issue.what, issue.file ?? null])),
        }),
  scan_incomplete: 'unclear',
  no_scan: ({ tool }) => yes({ what: 'missing', asked: JSON.stringify(['scan', tool ?? null]) }),
  nothing_to_scan: 'unclear',
  format_refused: ({ files }) =>
    yes({
      what: 'lacking',
      of: 'formats of weights',
      items: files.map(({ name, is }) => JSON.stringify([name, is ?? null])),
    }),
  format_unknown: 'unclear',

  attestation_verified: 'met',
  attestation_lacking: ({ predicate, path, lacks }) =>
    yes({ what: 'lacking', of: `${predicate} ${path}`, items: lacks.map((lack) => JSON.stringify(lack)) }),
  // Whose signature it is was decided before, and one that is wrong is never right.
  attestation_untrusted: 'contradiction',
  attestation_wrong: 'contradiction',
  attestation_placeholder: 'unclear',
  attestation_claimed: ({ predicate, path, why }) =>
    yes({ what: 'lacking', of: `${predicate} ${path}`, items: [why] }),
  attestation_missing: ({ predicate }) => yes({ what: 'missing', asked: predicate }),
  no_signer: 'unclear',
  nothing_to_cover: 'unclear',
}

/** What is wanting of base models, each by itself: a revision or a licence that is another one was not accepted. */
function lineage({
  lacking,
}: Extract<LineageAnswer, { code: 'lineage_lacks' | 'lineage_open' }>): Acceptable {
  // What was measured otherwise, or grew, is told by numbers that an item does not have.
  if (lacking.some(({ what }) => what === 'unalike')) return not('unclear')
  if (lacking.some(({ what }) => what === 'bom')) return not('contradiction')
  return yes({ what: 'lacking', of: 'base models', items: lacking.map(itemOf) })
}

/** All that is said of it: whatever differs is another lack. */
function itemOf(lack: LineageLack): string {
  return Object.values(lack)
    .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
    .join(' ')
}
