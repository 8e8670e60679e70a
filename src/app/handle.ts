import { evaluate } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import { type CheckRun, renderCheckRun, renderCouldNotEvaluate } from '../render/check-run.ts'
import type { Target } from './target.ts'

/** The app's only two effects, as functions. */
export type Ports = {
  readonly gather: (target: Target) => Promise<Facts>
  readonly publish: (target: Target, run: CheckRun) => Promise<void>
}

/** What the app says about its work: static messages, with the data as fields. */
export type Log = {
  readonly info: (fields: Readonly<Record<string, unknown>>, message: string) => void
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void
}

/** GitHub could be told neither the verdict nor that there is none; `correlation` finds the reason in the log. */
export class UnpublishedError extends Error {
  constructor(correlation: string) {
    super(`could not evaluate, and could not say so; see the log for ${correlation}`)
    this.name = 'UnpublishedError'
  }
}

/**
 * Judges one commit and publishes what it came to. Whatever goes wrong is published as *could not evaluate*,
 * which blocks. Throws UnpublishedError only where GitHub takes nothing.
 */
export async function handle(
  target: Target,
  { gather, publish }: Ports,
  log: Log,
  correlation: string,
): Promise<void> {
  const about = { ...target, correlation }
  try {
    const facts = await gather(target)
    const verdict = evaluate(facts)
    await publish(target, renderCheckRun(verdict))
    log.info(
      {
        ...about,
        decision: verdict.decision,
        models: verdict.models.map(({ model }) => model),
        tip: verdict.tip,
      },
      'verdict published',
    )
  } catch (error) {
    log.error({ ...about, err: safe(error) }, 'could not evaluate')
    try {
      await publish(target, renderCouldNotEvaluate({ head_sha: target.commit, correlation }))
    } catch (second) {
      log.error({ ...about, err: safe(second) }, 'could not publish')
      throw new UnpublishedError(correlation)
    }
  }
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
