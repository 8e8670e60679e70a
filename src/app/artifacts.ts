import { z } from 'zod'
import { keepArtifact, keptArtifacts } from '../ledger/artifacts.ts'
import type { Store } from '../ledger/store.ts'
import type {
  ArtifactWitness,
  HeldFile,
  ListedArtifact,
  RunOfCommit,
  Wanted,
} from '../sources/artifact-witness.ts'
import { readFound } from '../sources/github/artifacts.ts'
import type { Coordinates, GitHub } from '../sources/github/client.ts'
import { artifactsNamed, artifactsOf, type Listed, runsOfCommit } from '../sources/github/commit-runs.ts'
import { idOf } from '../sources/github/objects.ts'
import { heldFrom } from '../sources/held.ts'
import { remember } from '../sources/remember.ts'
import { heardRunsOf } from './heard-runs.ts'

export type ArtifactOptions = {
  readonly github: Pick<GitHub, 'rest'>
  readonly store: Store
  /** The judged repository. */
  readonly at: Coordinates
}

/** What is kept was written by this app, after it was read. */
const Held = z.custom<HeldFile>(
  (value) => z.looseObject({ file: z.string(), producer: z.looseObject({}) }).safeParse(value).success,
)

/** The artifacts of one evaluation, each question asked once. Throws what the world gets wrong. */
export function openArtifacts({ github, store, at }: ArtifactOptions): ArtifactWitness {
  const repository = `${at.owner}/${at.repo}`
  const ofCommits = new Map<string, Promise<readonly RunOfCommit[]>>()
  const ofNames = new Map<string, Promise<Listed>>()
  const runs = (commit: string) => remember(ofCommits, commit, () => runsOfCommit(github, at, commit))

  async function listed(artifact: string, commit: string): Promise<readonly ListedArtifact[]> {
    const { artifacts, whole } = await remember(ofNames, artifact, () => artifactsNamed(github, at, artifact))
    if (whole) return artifacts
    // The oldest are not listed, and one of them may be the commit's own.
    const own = await Promise.all((await runs(commit)).map(({ id }) => artifactsOf(github, at, id, artifact)))
    return [...new Map([...artifacts, ...own.flat()].map((one) => [one.id, one])).values()]
  }

  return {
    listed,
    heard: (artifacts) => heardRunsOf(store, repository, artifacts),
    runs,
    kept: async (wanted) => {
      const about = aboutOf(wanted)
      if (about === undefined) return []
      const rows = await keptArtifacts(store.db, { repository, about, files: wanted.files })
      return rows.map((row) => Held.parse(JSON.parse(row)))
    },
    read: async (artifact, wanted) => {
      const asked = new Map(wanted.files.map((file) => [file, 'content'] as const))
      const read = await heldFrom(await readFound(github, at, artifact, asked), artifact, wanted)
      const about = aboutOf(wanted)
      if (about !== undefined) {
        const row = { repository, about, artifact: artifact.id }
        await keepArtifact(
          store.db,
          read.held.map((one) => ({ ...row, file: one.file, held: JSON.stringify(one) })),
        )
      }
      return read
    },
  }
}

/** What results are kept under; nothing of a release that is not whole. */
function aboutOf({ about, workflow, blob, artifact, rows, pairs, trusted }: Wanted): string | undefined {
  // Rows that are read in another way are other results, and so is what other keys verify.
  const how = [rows, pairs, trusted].flatMap((one) => (one === undefined ? [] : [JSON.stringify(one)]))
  return about === undefined ? undefined : idOf(['artifact', about, workflow, blob, artifact, ...how])
}
