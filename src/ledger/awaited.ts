import type { Kysely } from 'kysely'
import type { RunKey } from './starts.ts'
import type { Tables } from './tables.ts'

/** A workflow whose runs on a commit produce evidence. */
export type WorkflowKey = {
  readonly repository: string
  readonly commit: string
  readonly workflow: string
}

/** A run that ended, with what it was of. */
export type EndedRun = RunKey & WorkflowKey

/** What a commit waits for; `asked` is all to judge it again. */
export type Waiting = {
  readonly key: string
  readonly asked: string
  readonly runs: readonly RunKey[]
  readonly workflows: readonly WorkflowKey[]
}

const lower = <T extends { readonly repository: string }>(one: T): T => ({
  ...one,
  repository: one.repository.toLowerCase(),
})

/** Remembers which runs a commit waits for, by their ids or by what they are of, and nothing else that it waited for. */
export async function awaitRuns(db: Kysely<Tables>, { key, asked, runs, workflows }: Waiting): Promise<void> {
  const forget = async (on: Kysely<Tables>) => {
    await on.deleteFrom('awaited_run').where('key', '=', key).execute()
    await on.deleteFrom('awaited_artifact').where('key', '=', key).execute()
  }
  // Most commits wait for nothing: then there is nothing to write.
  if (runs.length === 0 && workflows.length === 0) {
    await forget(db)
    return
  }
  await db.transaction().execute(async (trx) => {
    await forget(trx)
    if (runs.length > 0)
      await trx
        .insertInto('awaited_run')
        .values(runs.map(({ repository, run }) => ({ ...lower({ repository, run }), key, asked })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    if (workflows.length > 0)
      await trx
        .insertInto('awaited_artifact')
        .values(workflows.map((one) => ({ ...lower(one), key, asked })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  })
}

/** What commits that wait for a run, or for one of its workflow on its commit, asked for: each once, in one question. */
export async function awaitedBy(db: Kysely<Tables>, ended: EndedRun): Promise<readonly string[]> {
  const { repository, run, commit, workflow } = lower(ended)
  const rows = await db
    .selectFrom('awaited_run')
    .select(['key', 'asked'])
    .where('repository', '=', repository)
    .where('run', '=', run)
    .union(
      db
        .selectFrom('awaited_artifact')
        .select(['key', 'asked'])
        .where('repository', '=', repository)
        .where('commit', '=', commit)
        .where('workflow', '=', workflow),
    )
    .orderBy('key')
    .execute()
  return [...new Map(rows.map(({ key, asked }) => [key, asked])).values()]
}
