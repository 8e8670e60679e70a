import { lastHeard } from '../ledger/heard.ts'
import { receiptsAt } from '../ledger/receipts.ts'
import type { Store } from '../ledger/store.ts'
import type { Question } from '../sources/github/questions.ts'
import { tipByReceipts } from '../sources/tip-at.ts'
import { parsedHeard } from './heard-runs.ts'

const LOOKED_THROUGH = 50
/** Each is two questions more in a query that goes out anyway. */
const MOST_RUNS = 8

/**
 * What a release will ask of the run that it names, before its manifest is read: the workflow's file in the commit of
 * the newest run of each workflow, and at the tip when that run began; `now` is the tip at present. Asked in vain
 * where it names another one.
 */
export async function askedOfRuns(
  { db }: Pick<Store, 'db'>,
  repository: string,
  judged: string,
  now: string,
): Promise<readonly Question[]> {
  const heard = (await lastHeard(db, repository, LOOKED_THROUGH)).map(parsedHeard)
  // What ran on the judged commit is evidence, and its workflows are asked about anyway.
  const others = heard.filter(
    ({ commit, fork, foreign }) => commit !== judged && !fork && foreign === undefined,
  )
  const newest = [...new Map(others.toReversed().map((run) => [run.workflow, run])).values()]
  const asked = await Promise.all(
    newest.slice(-MOST_RUNS).map(async ({ began, commit, workflow: path }) => {
      const tip = tipByReceipts(await receiptsAt(db, repository, began), began, now)
      const commits = tip?.kind === 'known' ? [commit, tip.commit] : [commit]
      return [...new Set(commits)].map((one): Question => ({ ask: 'entry', commit: one, path, maybe: true }))
    }),
  )
  return asked.flat()
}
