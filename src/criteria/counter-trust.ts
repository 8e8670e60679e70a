import type { Context } from '../checks/context.ts'
import { TRUSTS, type Trust } from '../core/evidence.ts'
import type { Made } from './made.ts'

/** What is made for a criterion that asks for trust of the files that it rests on: with it, and once with less. */
export function ofTrust({ criterion, good, counter }: Made): Made {
  const wanted = 'trust' in criterion ? criterion.trust : undefined
  const less = wanted === undefined ? undefined : TRUSTS[TRUSTS.indexOf(wanted) - 1]
  if (wanted === undefined || less === undefined) return { criterion, good, counter }
  return {
    criterion,
    good: withTrust(good, wanted),
    counter: [
      ...counter.map(({ kind, context }) => ({ kind, context: withTrust(context, wanted) })),
      { kind: 'weaker_trust', context: withTrust(good, less) },
    ],
  }
}

function withTrust(context: Context, trust: Trust): Context {
  return { ...context, evidence: context.evidence.map((file) => ({ ...file, trust })) }
}
