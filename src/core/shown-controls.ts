import type { PredicateKind } from './attestation.ts'
import type { Control } from './controls.ts'
import type { LineageAsked } from './lineage-answer.ts'

/**
 * Design chapter 3, "answered by", for what is neither a number nor a record: a control that is not named in a list is
 * not answered. Whatever has a record of its kind, a digest, a scan or a measurement to show is answered by no prose.
 */
export const SHOWN_BY = {
  /**
   * What is itself a text for people: cards, notices, technical documentation, a runbook. A base's data is told by what
   * its publisher wrote, and nothing else of it can be had.
   */
  document: ['documentation', 'transparency', 'base-model-card', 'inherited-data', 'maintenance-capability'],
  /** The word of a person about what persons must know, decide or watch. */
  approval: ['human-oversight', 'security-expertise', 'secure-development'],
  /** That data, parameters, packages and code are the same wherever they are named. */
  integrity: ['data-integrity', 'reproducibility'],
  scan: ['supply-chain', 'base-model-vulnerabilities'],
} as const satisfies Readonly<Record<string, readonly Control[]>>

/** What each predicate that somebody signs is about: how weights were made, who checked that, or whose they are. */
export const ATTESTED_BY: { readonly [P in PredicateKind]: readonly Control[] } = {
  provenance: [
    ...(['open-source-provenance', 'supply-chain', 'base-model-provenance', 'secure-development'] as const),
    ...(['data-integrity', 'environment-isolation', 'access-control', 'reproducibility'] as const),
  ],
  vsa: [
    ...(['open-source-provenance', 'supply-chain', 'base-model-provenance', 'secure-development'] as const),
    ...(['environment-isolation', 'access-control'] as const),
  ],
  svr: ['supply-chain', 'secure-development'],
  'test-result': ['secure-development'],
  'model-signing': ['open-source-provenance', 'base-model-provenance'],
  reference: ['supply-chain'],
  signature: ['open-source-provenance', 'base-model-provenance'],
}

/** What is known of base models, by the part of `check: lineage` that shows it. */
export const LINEAGE_BY: { readonly [P in LineageAsked]: readonly Control[] } = {
  pinned: ['base-model-provenance', 'open-source-provenance'],
  publisher: ['base-model-provenance'],
  licence: ['base-model-provenance'],
  card: ['base-model-card', 'inherited-data', 'open-source-provenance'],
  evaluated: ['base-model-evaluation'],
  inherited: ['inherited-behaviour'],
}
