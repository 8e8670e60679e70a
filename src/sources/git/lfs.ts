import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { asPromised } from '../lfs.ts'
import type { LfsContent, Pointer } from '../repository.ts'
import { gitLine } from './run.ts'

/**
 * The content that a Git LFS pointer stands for, from where git-lfs keeps it in a clone; nothing is fetched, and the
 * clone's configuration is not asked where else it may be. The bytes are held to the pointer, whoever put them there.
 */
export async function lfsInClone(folder: string, pointer: Pointer): Promise<LfsContent> {
  const { oid, bytes } = pointer
  const common = resolve(folder, (await gitLine(folder, ['rev-parse', '--git-common-dir'])).trim())
  const path = join(common, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
  const absent: LfsContent = { fault: { code: 'lfs_absent', oid } }
  // A clone is hostile: of a pipe there would be no end.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(
    () => undefined,
  )
  if (file === undefined) return absent
  try {
    const found = await file.stat()
    if (!found.isFile()) return absent
    if (found.size !== bytes) return { fault: { code: 'lfs_differs', declared: pointer } }
    const content = Buffer.alloc(bytes)
    const { bytesRead } = await file.read(content, 0, bytes, 0)
    return asPromised(pointer, content.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
