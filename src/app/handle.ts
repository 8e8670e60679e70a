import type { Verdict } from '../core/verdict.ts'
import { evaluate } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import { type CheckRun, type LedgerRow, renderCheckRun, renderCouldNotEvaluate } from '../render/check-run.ts'
import type { Target } from './target.ts'

/** The app's effects, as functions. */
export type Ports = {
  readonly gather: (target: Target) => Promise<Facts>
  /** Writes a verdict to the ledger, before anybody is told. */
  readonly record: (facts: Facts, verdict: Verdict) => Promise<LedgerRow>
  readonly publish: (target: Target, run: CheckRun) => Promise<void>
}

/** What the app says about its work: static messages, with the data as fields. */
export type Log = {
  readonly info: (fields: Readonly<Record<string, unknown>>, message: string) => void
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void
}

/** Judges one commit, records the verdict and publishes it. Throws whatever the world got wrong. */
export async function handle(target: Target, { gather, record, publish }: Ports): Promise<Verdict> {
  const facts = await gather(target)
  const verdict = evaluate(facts)
  const row = await record(facts, verdict)
  await publish(target, renderCheckRun(verdict, row))
  return verdict
}

/** Publishes that a commit could not be judged, which blocks; `correlation` finds the reason in the log. */
export async function giveUp(target: Target, publish: Ports['publish'], correlation: string): Promise<void> {
  await publish(target, renderCouldNotEvaluate({ head_sha: target.commit, correlation }))
}

/** An error for the log: requests carry tokens and answers carry files, so neither is logged. */
export function safe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: 'not an error' }
  const status = 'status' in error ? { status: error.status } : {}
  return {
    name: error.name,
    message: error.message.slice(0, 500),
    stack: error.stack?.split('\n').slice(1, 8).join('\n'),
    ...status,
  }
}
