import type { Answer, MeasurementAnswer } from '../core/answer.ts'
import { isTrusted } from '../core/attestation.ts'
import { type Evidence, TRUSTS, type Trust } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { trustedSigners } from '../core/signers.ts'
import type { SourceAnswer, WeakSource } from '../core/source-answer.ts'
import type { Context } from './context.ts'

/** Why what a file says counts for nothing: it comes from a weaker source than is accepted. */
export function distrusted(
  observed: Measurement,
  file: Pick<Evidence, 'trust' | 'unlisted'> | undefined,
  wanted: Context['trust'],
): MeasurementAnswer | undefined {
  const { trust = 'typed', unlisted } = file ?? {}
  if (isEnough(trust, wanted)) return undefined
  const said = { code: 'trust_too_low', outcome: 'undecided', observed, found: trust, wanted } as const
  return { ...said, ...(unlisted !== undefined && { unlisted }) }
}

/** An answer that is met, held to the trust that the criterion asks of the files that it rests on. */
export function heldToTrust(
  answer: Answer,
  { trust }: { readonly trust?: Trust | undefined },
  context: Context,
): Answer {
  if (trust === undefined || answer.outcome !== 'met') return answer
  const paths = pathsIn(answer)
  const weak = tooWeak(paths, trust, context)
  // What rests on no file that could be named shows nothing of where it comes from.
  return weak.sources.length > 0 || paths.length === 0 ? weak : answer
}

function pathsIn(answer: Answer): readonly string[] {
  if ('reports' in answer) return answer.reports.map(({ path }) => path)
  if (answer.code === 'records_hold') return answer.each.map(({ path }) => path)
  return 'path' in answer ? [answer.path] : []
}

/** The files among these that are of less trust than wanted. */
export function tooWeak(paths: readonly string[], wanted: Trust, { evidence }: Context): SourceAnswer {
  const sources = [...new Set(paths)].flatMap((path): readonly WeakSource[] => {
    const files = evidence.filter((file) => file.path === path)
    const [file] = files.filter(({ trust }) => !isEnough(trust, wanted))
    if (file === undefined) return files.length > 0 ? [] : [{ path, found: 'typed' }]
    const { trust: found, unlisted } = file
    return [{ path, found, ...(unlisted !== undefined && { unlisted }) }]
  })
  return { code: 'source_too_weak', outcome: 'undecided', wanted, sources }
}

/** What evidence says when files of less trust say nothing but what is committed, and what a trusted signer signed. */
export function leftOf({ evidence, signers = [], now }: Context, wanted: Trust): readonly Evidence[] {
  const trusted = trustedSigners(signers)
  return evidence.map((file) =>
    isEnough(file.trust, wanted)
      ? file
      : {
          ...file,
          records: file.records.filter((record) => {
            if (record.kind === 'parameters') return record.of === 'committed'
            if (record.kind !== 'attestation' || record.shown.state !== 'verified') return false
            return isTrusted(record.shown.signer, trusted, now)
          }),
        },
  )
}

function isEnough(trust: Trust, wanted: Trust): boolean {
  return TRUSTS.indexOf(trust) >= TRUSTS.indexOf(wanted)
}
