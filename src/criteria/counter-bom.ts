import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import type { BomPart, BomRecord } from '../core/bom.ts'
import { recordContext } from './counter-records.ts'
import { LONG_AGO, type Made, SOURCE, TODAY, TOMORROW } from './made.ts'

const [WEIGHTS, OTHER, BASE] = ['0a1b', '2c3d', '4e5f'].map((part) => part.repeat(16))

/** A bill that names the weights and their base, and those that name others, none, or what nobody wrote. */
export function forBom(criterion: Extract<Criterion, { check: 'record' }>): Made {
  const licences = ['Apache-2.0']
  const model: BomPart = {
    ...{ kind: 'model', names: ['made'], versions: [], licences, base: false },
    digests: [`sha256:${WEIGHTS}`],
  }
  const base: BomPart = { ...model, names: ['acme/base'], digests: [`sha256:${BASE}`], base: true }
  const made = (given: Partial<BomRecord>): Context => ({
    ...recordContext([
      {
        ...{ kind: 'bom', standard: 'CycloneDX', spec: '1.6', date: TODAY, parts: [model, base] },
        ...{ unresolved: [], placeholders: [], lacking: [], evidence: [], counterClaims: [], source: SOURCE },
        ...given,
      },
    ]),
    ...HELD,
  })
  return {
    criterion,
    good: made({}),
    counter: [
      { kind: 'missing', context: { ...recordContext([]), ...HELD } },
      {
        kind: 'digest_differs',
        context: made({ parts: [{ ...model, digests: [`sha256:${OTHER}`] }, base] }),
      },
      {
        kind: 'digest_differs',
        context: made({ parts: [model, { ...base, digests: [`sha256:${OTHER}`] }] }),
      },
      { kind: 'digest_unconfirmed', context: made({ parts: [{ ...model, digests: [] }, base] }) },
      { kind: 'base_left_out', context: made({ parts: [model] }) },
      { kind: 'unlicensed', context: made({ parts: [{ ...model, licences: [] }, base] }) },
      { kind: 'unlicensed', context: made({ parts: [{ ...model, licences: ['as it is'] }, base] }) },
      { kind: 'leads_nowhere', context: made({ unresolved: ['data'] }) },
      { kind: 'placeholder', context: made({ placeholders: [{ at: '/name', found: 'string' }] }) },
      { kind: 'missing', context: made({ lacking: [{ of: 'made', field: 'releaseTime' }] }) },
      { kind: 'expired', context: made({ date: LONG_AGO }) },
      {
        kind: 'expired',
        context: made({ evidence: [{ what: 'a test', expires: `${LONG_AGO}T00:00:00Z` }] }),
      },
      { kind: 'speaks_against', context: made({ counterClaims: ['it was copied'] }) },
      { kind: 'in_future', context: made({ date: TOMORROW }) },
    ],
  }
}

const HELD: Pick<Context, 'weights' | 'ancestry'> = {
  weights: [{ name: 'made', digest: `sha256:${WEIGHTS}` }],
  ancestry: {
    bases: [{ name: 'acme/base', revision: '1'.repeat(40), digests: [BASE ?? ''], same: false }],
    ...{ trained: [], trusted: {}, measured: [] },
  },
}
