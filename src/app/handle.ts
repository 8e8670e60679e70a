import type { Verdict } from '../core/verdict.ts'
import { evaluate } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import { type CheckRun, type LedgerRow, renderCheckRun, renderCouldNotEvaluate } from '../render/check-run.ts'
import type { GateSeen } from '../render/gate-lines.ts'
import { pathTemplate } from './path-template.ts'
import type { Target } from './target.ts'

/** The app's effects, as functions. */
export type Ports = {
  readonly gather: (target: Target) => Promise<Facts>
  /** Writes a verdict to the ledger, before anybody is told. */
  readonly record: (facts: Facts, verdict: Verdict) => Promise<LedgerRow>
  readonly publish: (target: Target, run: CheckRun) => Promise<void>
  /** What is known of gaps around the gate: beside the verdict, and without a request. */
  readonly gate: (target: Target) => Promise<GateSeen | undefined>
}

/** What the app says about its work: static messages, with the data as fields. */
export type Log = {
  readonly info: (fields: Readonly<Record<string, unknown>>, message: string) => void
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void
}

/** Judges one commit, records the verdict and publishes it. Throws whatever the world got wrong. */
export async function handle(target: Target, { gather, record, publish, gate }: Ports): Promise<Verdict> {
  const facts = await gather(target)
  const verdict = evaluate(facts)
  const row = await record(facts, verdict)
  await publish(target, renderCheckRun(verdict, row, await gate(target)))
  return verdict
}

/** Publishes that a commit could not be judged, which blocks; `correlation` finds the reason in the log. */
export async function giveUp(target: Target, publish: Ports['publish'], correlation: string): Promise<void> {
  await publish(target, renderCouldNotEvaluate({ head_sha: target.commit, correlation }))
}

/**
 * An error for the log. Requests carry tokens and answers carry files, so of GitHub's errors only the shape of
 * the request and the status are told, and of a parser's, which quote what they could not read, the name.
 */
export function safe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: 'not an error' }
  const { name, message } = error
  // The first lines of a stack are the message again.
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 7)
    .join('\n')
  if ('status' in error) return { name, status: error.status, ...requestOf(error), stack }
  const quotes = error instanceof SyntaxError || name === 'ZodError'
  return { name, ...(!quotes && { message: withoutTokens(message).slice(0, 500) }), stack }
}

function requestOf(error: Error): { readonly request?: string } {
  const request = 'request' in error ? error.request : undefined
  if (typeof request !== 'object' || request === null || !('url' in request && 'method' in request)) return {}
  const { url, method } = request
  return URL.canParse(String(url)) ? { request: `${method} ${pathTemplate(String(url))}` } : {}
}

/** GitHub's tokens by their prefixes, JSON Web Tokens, and passwords in addresses. */
function withoutTokens(text: string): string {
  return text
    .replace(/\b(gh[a-z]_|github_pat_|eyJ)[\w.-]+/g, '[token]')
    .replace(/\/\/[^/@\s]+@/g, '//[password]@')
}
