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
  /** The word of a person about what persons must know and decide. That they may write makes nobody an overseer. */
  approval: ['security-expertise', 'secure-development'],
  /** That data, parameters, packages and code are the same wherever they are named. */
  integrity: ['data-integrity', 'reproducibility'],
  scan: ['supply-chain', 'base-model-vulnerabilities'],
} as const satisfies Readonly<Record<string, readonly Control[]>>

/**
 * What each predicate that somebody signs is about: how weights were made, who checked that, or whose they are. Rights,
 * data, seeds and how code is written are in none of them; what tests came to, or that one file refers to another,
 * answers no control.
 */
export const ATTESTED_BY: { readonly [P in PredicateKind]: readonly Control[] } = {
  provenance: ['open-source-provenance', 'supply-chain', 'base-model-provenance', 'environment-isolation'],
  vsa: ['open-source-provenance', 'supply-chain', 'base-model-provenance'],
  svr: ['supply-chain'],
  'test-result': [],
  'model-signing': ['open-source-provenance', 'base-model-provenance'],
  reference: [],
  signature: ['open-source-provenance', 'base-model-provenance'],
}

/** Of a control by an attestation the keys of which one at least must be asked: without it nothing is said of the control. */
export const ATTESTED_WITH: {
  readonly [P in PredicateKind]?: { readonly control: Control; readonly keys: readonly string[] }
} = {
  provenance: { control: 'environment-isolation', keys: ['builder', 'runner'] },
  svr: { control: 'supply-chain', keys: ['level'] },
}

/** Controls that several things make up, of which only a record asks for all, by the checks that show one of them. */
export const SHOWN_IN_PART: Readonly<Record<string, readonly Control[]>> = {
  approval: ['human-oversight'],
  suite: ['poisoning-prevention'],
  metric: ['poisoning-prevention'],
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
