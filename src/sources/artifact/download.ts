import { createHash } from 'node:crypto'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '../../core/problem.ts'
import { type Archive, type Asked, type Choose, readArchive } from './archive.ts'
import { type ArchiveLimits, LIMITS } from './limits.ts'
import { inFile } from './source.ts'

/** An artifact as it comes: its bytes, and the digest that GitHub tells; null for an upload by an old client. */
export type Download = {
  /** How the artifact is named in problems. */
  readonly path: string
  readonly chunks: AsyncIterable<Uint8Array>
  readonly digest: string | null
  /** Where it is kept while it is read; the system's folder for temporary files when not given. */
  readonly folder?: string
}

/** `sha256` is that of the archive as it was downloaded, in hexadecimal. */
export type ReadArtifact = Archive & { readonly sha256: string; readonly digest: 'same' | 'none' }

/**
 * Reads an artifact by way of a file of its own, so that its size is no matter of memory. A download that is too
 * large is broken off; one that has another digest than GitHub tells is not looked into.
 */
export async function readArtifact(
  { path, chunks, digest, folder: parent = tmpdir() }: Download,
  asked: Asked | Choose,
  limits: ArchiveLimits = LIMITS,
): Promise<ReadArtifact | { readonly problem: Problem }> {
  const folder = await mkdtemp(join(parent, 'gonogo-artifact-'))
  try {
    const file = await open(join(folder, 'archive.zip'), 'wx+', 0o600)
    try {
      const sha256 = await written(file, chunks, limits.archive)
      if (sha256 === undefined) return { problem: { path, code: 'archive_too_large', limit: limits.archive } }
      const seen = `sha256:${sha256}`
      if (digest !== null && digest !== seen)
        return { problem: { path, code: 'archive_differs', declared: digest.slice(0, 200), seen } }
      const archive = await readArchive(await inFile(file), path, asked, limits)
      return 'problem' in archive
        ? archive
        : { ...archive, sha256, digest: digest === null ? 'none' : 'same' }
    } finally {
      await file.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The digest of what was written; undefined when it would have been more than the limit. */
async function written(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<string | undefined> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.byteLength
    if (bytes > limit) return undefined
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  return hash.digest('hex')
}
