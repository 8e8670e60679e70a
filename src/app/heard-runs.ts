import { z } from 'zod'
import { heardRuns } from '../ledger/heard.ts'
import type { Store } from '../ledger/store.ts'
import type { ListedArtifact, RunOfCommit } from '../sources/artifact-witness.ts'
import type { HeardRun } from './run-event.ts'

/** A run as this app keeps it. */
export const KeptRun = z.object({
  began: z.string(),
  commit: z.string(),
  workflow: z.string(),
  fork: z.boolean(),
  success: z.boolean(),
  foreign: z.string().exactOptional(),
  calls: z.array(z.object({ workflow: z.string(), commit: z.string() })).exactOptional(),
  again: z.boolean().exactOptional(),
  repositoryId: z.int().exactOptional(),
})
const KeptHeard = KeptRun.extend({ ended: z.string() })

/** What was heard of a run that succeeded. */
export async function heardOf(
  { db }: Pick<Store, 'db'>,
  repository: string,
  run: number,
): Promise<HeardRun | undefined> {
  const told = (await heardRuns(db, repository, [run])).get(run)
  return told === undefined ? undefined : parsedHeard(told)
}

/** Whether nothing was uploaded after the end that was heard of: else the run is being run again, and nobody told yet. */
export function isAsHeard({ ended }: HeardRun, { created }: Pick<ListedArtifact, 'created'>): boolean {
  return created !== undefined && Date.parse(created) <= Date.parse(ended)
}

/** The runs of artifacts, as far as they were heard of and are as they were then. */
export async function heardRunsOf(
  { db }: Pick<Store, 'db'>,
  repository: string,
  artifacts: readonly ListedArtifact[],
): Promise<readonly RunOfCommit[]> {
  const told = await heardRuns(
    db,
    repository,
    artifacts.map(({ run }) => run),
  )
  return [...told].flatMap(([id, text]): readonly RunOfCommit[] => {
    const heard = parsedHeard(text)
    const own = artifacts.filter(({ run }) => run === id)
    if (!own.every((one) => isAsHeard(heard, one))) return []
    const { commit, workflow, fork, foreign, calls } = heard
    return [
      {
        id,
        commit,
        workflow,
        fork,
        ...(foreign && { foreign }),
        ...(calls && { calls }),
        state: 'succeeded',
      },
    ]
  })
}

/** What was heard, as it comes back from the database. */
export function parsedHeard(told: string): HeardRun {
  return KeptHeard.parse(JSON.parse(told))
}
