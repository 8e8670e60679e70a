import type { BomOpen, BomWrong } from '../../src/core/bom.ts'

type Wrong = { readonly [W in BomWrong['why']]: Extract<BomWrong, { why: W }> }
type Open = { readonly [W in BomOpen['why']]: Extract<BomOpen, { why: W }> }

/** One of each thing that may be wrong with a bill of materials. */
export function everyWrong(text: string): readonly BomWrong[] {
  const all: Wrong = {
    other_digest: { why: 'other_digest', weight: text, found: text },
    other_base: { why: 'other_base', base: text, of: 'digest', found: text, declared: text },
    unresolved: { why: 'unresolved', ref: text },
    placeholder: { why: 'placeholder', at: text, found: text },
    lacks: { why: 'lacks', of: text, field: text },
    licence: { why: 'licence', of: text, licence: text },
    conflict: { why: 'conflict', of: text, licence: text, model: text, restriction: 'non-commercial' },
    expired: { why: 'expired', what: text, at: '2026-01-01T00:00:00.000Z' },
    counter_claim: { why: 'counter_claim', claim: text },
  }
  return Object.values(all)
}

/** One of each thing that a bill of materials may leave open. */
export function everyOpen(text: string): readonly BomOpen[] {
  const all: Open = {
    nothing_released: { why: 'nothing_released' },
    no_sha256: { why: 'no_sha256', weight: text },
    not_named: { why: 'not_named', weight: text },
    no_base: { why: 'no_base', base: text },
    no_licence: { why: 'no_licence', of: text },
  }
  return Object.values(all)
}
