import type { Kysely } from 'kysely'
import { examsMeasured } from '../core/attempts.ts'
import { outcomeOf } from '../core/finding.ts'
import { type ModelVerdict, partsOf, type Verdict } from '../core/verdict.ts'
import type { Facts } from '../facts.ts'
import { noteAttempt } from '../ledger/attempts.ts'
import type { TipBody } from '../ledger/baseline.ts'
import { append, type Entry, type Head } from '../ledger/chain.ts'
import { keepUse, type Use } from '../ledger/starts.ts'
import type { Tables } from '../ledger/tables.ts'
import { noteCriteria } from '../ledger/tips.ts'

/**
 * Writes a verdict to the ledger, and gives its row; of a tip also what it released, for those that come after. What a
 * fork proposes is no attempt until somebody who may has it in the repository: anybody could use them up.
 */
export async function recordVerdict(
  db: Kysely<Tables>,
  facts: Facts,
  verdict: Verdict,
  of: { readonly fork?: boolean | undefined } = {},
): Promise<Head> {
  const { repository, commit, now: at, pushed, proposals } = verdict
  const about = { at, repository, commit }
  const row: Entry = { kind: 'verdict', ...about, body: { facts, verdict } }
  return await db.transaction().execute(async (trx) => {
    if (pushed !== true) {
      const head = await append(trx, [row])
      if (of.fork !== true) await noteAttempts(trx, verdict, head)
      return head
    }
    await noteCriteria(trx, { repository, commit }, proposals.length > 0)
    for (const model of verdict.models) await keepUse(trx, useOf(model, about))
    // The verdict's row is the last one, which the check run prints.
    const head = await append(trx, [{ kind: 'tip', ...about, body: tipBody(verdict) }, row])
    await noteAttempts(trx, verdict, head)
    return head
  })
}

/** Which weights were measured on which exams, where all of what was measured is known. */
async function noteAttempts(trx: Kysely<Tables>, verdict: Verdict, { seq }: Head): Promise<void> {
  const { repository, now: at, models } = verdict
  for (const model of models) {
    if (model.identity === undefined) continue
    const attempt = { repository, parts: partsOf(model), exams: examsMeasured(model) }
    await noteAttempt(trx, attempt, { model: model.model, at, seq })
  }
}

/** Which weights are on the default branch now as the work of which run or ticket: each begins one piece of work. */
function useOf(
  { model, weights, service, bases, registration: { clock } }: ModelVerdict,
  { repository, commit }: { readonly repository: string; readonly commit: string },
): Use {
  const known =
    clock === undefined ? [] : partsOf({ weights, ...(service && { service }), ...(bases && { bases }) })
  return { repository, commit, model, clock: clock?.nonce ?? clock?.name ?? '', weights: known }
}

function tipBody({ commit, base, decision, problems, models }: Verdict): TipBody {
  return {
    after: commit,
    before: base,
    decision,
    problems: problems.length,
    models: models.map(({ model, version, identity, decision: own, findings }) => ({
      model,
      ...(version !== undefined && { version }),
      ...(identity !== undefined && { identity }),
      decision: own,
      // What somebody accepted is nothing to be compared with.
      ...(findings.some((finding) => outcomeOf(finding) === 'waived') && { waived: true as const }),
    })),
  }
}
