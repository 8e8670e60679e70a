import { z } from 'zod'
import type { Problem } from '../../core/problem.ts'
import type { Asked, Choose } from '../artifact/archive.ts'
import { type ReadArtifact, readArtifact } from '../artifact/download.ts'
import type { ArchiveLimits } from '../artifact/limits.ts'
import { digestsIn, sumsOrFiles } from '../listed.ts'
import { type GitHub, GitHubAnswerError, statusOf } from './client.ts'
import { artifactsOfRun } from './commit-runs.ts'
import { idOf, keptAs, type Objects } from './objects.ts'
import { mayNotSee, type Place } from './runs.ts'

/** An artifact of a run, by what GitHub tells of it. */
export type FoundArtifact = {
  readonly id: number
  readonly name: string
  readonly expired: boolean
  /** `sha256:` and the digest of the archive; null of an upload by an old client. */
  readonly digest: string | null
  /** ISO 8601; absent where GitHub does not say. */
  readonly created?: string
}

/**
 * The newest artifact of a name that a run has: a re-run keeps those of the attempts before. Undefined where there
 * is none. docs.github.com, "List workflow run artifacts".
 */
export async function newestArtifact(
  github: Pick<GitHub, 'rest'>,
  place: Place,
  run: number,
  name: string,
): Promise<FoundArtifact | undefined> {
  try {
    const own = await artifactsOfRun(github, place, run, name)
    const [newest] = own.toSorted((one, other) => other.id - one.id)
    if (newest === undefined) return undefined
    const { id, expired, digest, created_at: created } = newest
    return { id, name, expired, digest: digest ?? null, ...(created !== null && { created }) }
  } catch (error) {
    if (mayNotSee(error)) return undefined
    throw error
  }
}

/** What an artifact tells of the files in it: their digests, and that of the archive. */
export type Told = z.infer<typeof Told>
const Told = z.object({ archive: z.string(), digests: z.array(z.string()) })

/** More digests are not kept. */
const MOST_KEPT = 5000

/**
 * The digests that an artifact tells, which never change; `gone` where it expired or was deleted meanwhile,
 * `unreadable` where it is no archive that all readers read alike, or larger than what is read.
 */
export async function toldBy(
  github: Pick<GitHub, 'rest'>,
  place: Place,
  artifact: FoundArtifact,
  objects: Objects,
): Promise<Told | 'gone' | 'unreadable'> {
  const id = idOf(['artifact', artifact.id, artifact.digest])
  const before = keptAs(Told, (await objects.get([id])).get(id))
  if (before !== undefined) return before
  const read = await readFound(github, place, artifact, sumsOrFiles)
  if (read === undefined) return 'gone'
  if ('problem' in read) return 'unreadable'
  const told = { archive: read.sha256, digests: [...digestsIn(read)] }
  if (told.digests.length <= MOST_KEPT)
    await objects.put([{ id, kind: 'answer', content: Buffer.from(JSON.stringify(told)) }])
  return told
}

/**
 * Reads an artifact within bounds, by way of a file; undefined where it expired or was deleted meanwhile. The address
 * that GitHub leads to is another host's, and no token goes there.
 */
export async function readFound(
  { rest }: Pick<GitHub, 'rest'>,
  { owner, repo }: Place,
  { id, name, digest }: FoundArtifact,
  asked: Asked | Choose,
  limits?: ArchiveLimits,
): Promise<ReadArtifact | { readonly problem: Problem } | undefined> {
  try {
    const { data } = await rest.actions.downloadArtifact({
      owner,
      repo,
      artifact_id: id,
      archive_format: 'zip',
      request: { parseSuccessResponseBody: false },
    })
    return await readArtifact({ path: name, chunks: chunksOf(data), digest }, asked, limits)
  } catch (error) {
    if (mayNotSee(error) || statusOf(error) === 410) return undefined
    throw error
  }
}

/** Octokit gives a body that it was told not to read as a stream, and describes it as nothing. */
function chunksOf(body: unknown): AsyncIterable<Uint8Array> {
  if (body instanceof ReadableStream) return body
  throw new GitHubAnswerError('an artifact came without its bytes')
}
