import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { asPromised } from '../lfs.ts'
import type { LfsContent, Pointer } from '../repository.ts'
import { gitLine } from './run.ts'

/**
 * The content that a Git LFS pointer stands for, from where git-lfs keeps it in a clone; nothing is fetched, and the
 * clone's configuration is not asked where else it may be. The bytes are held to the pointer, whoever put them there.
 */
export async function lfsInClone(folder: string, pointer: Pointer): Promise<LfsContent> {
  const absent: LfsContent = { fault: { code: 'lfs_absent', oid: pointer.oid } }
  return await opened(folder, pointer, absent, async (file) => {
    if ((await file.stat()).size !== pointer.bytes)
      return { fault: { code: 'lfs_differs', declared: pointer } }
    return asPromised(pointer, await beginningOf(file, pointer.bytes))
  })
}

/** The first bytes of such a content, of a file of the size that the pointer has; undefined where there is none. */
export async function lfsHeadInClone(
  folder: string,
  pointer: Pointer,
  bytes: number,
): Promise<Uint8Array | undefined> {
  return await opened(folder, pointer, undefined, async (file) =>
    (await file.stat()).size === pointer.bytes
      ? await beginningOf(file, Math.min(bytes, pointer.bytes))
      : undefined,
  )
}

async function opened<T>(
  folder: string,
  { oid }: Pointer,
  absent: T,
  read: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const common = resolve(folder, (await gitLine(folder, ['rev-parse', '--git-common-dir'])).trim())
  const path = join(common, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
  // A clone is hostile: of a pipe there would be no end.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(
    () => undefined,
  )
  if (file === undefined) return absent
  try {
    return (await file.stat()).isFile() ? await read(file) : absent
  } finally {
    await file.close()
  }
}

async function beginningOf(file: FileHandle, bytes: number): Promise<Uint8Array> {
  const content = Buffer.alloc(bytes)
  const { bytesRead } = await file.read(content, 0, bytes, 0)
  return content.subarray(0, bytesRead)
}
