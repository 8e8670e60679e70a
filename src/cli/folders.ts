import { readFile, realpath, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { clean } from '../render/clean.ts'
import type { Folder } from '../sources/artifact-evidence.ts'
import { MAX_BLOB_BYTES } from '../sources/files.ts'
import { UsageError, type World } from './world.ts'

/** `--artifact NAME=DIR`, any number of times: folders by the artifact's name. Throws UsageError. */
export async function foldersOf(
  world: World,
  given: readonly string[],
): Promise<ReadonlyMap<string, Folder>> {
  const folders = new Map<string, Folder>()
  for (const text of given) {
    const [, name, folder] = /^([^=]+)=(.+)$/s.exec(text) ?? []
    if (name === undefined || folder === undefined)
      throw new UsageError(`${clean(text)} names no artifact: write --artifact NAME=DIR`)
    if (folders.has(name)) throw new UsageError(`artifact ${clean(name)} is given twice`)
    folders.set(name, await openFolder(resolve(world.cwd, folder), folder))
  }
  return folders
}

async function openFolder(path: string, written: string): Promise<Folder> {
  const info = await stat(path).catch(() => undefined)
  if (!info?.isDirectory()) throw new UsageError(`${clean(written)} is not a folder`)
  const root = await realpath(path)
  return async (file) => {
    // The manifest names the file, and a clone is hostile: nothing outside of the folder is read.
    const found = await realpath(resolve(root, file)).catch(() => undefined)
    if (found === undefined || !found.startsWith(root + sep)) return undefined
    const about = await stat(found)
    if (!about.isFile()) return undefined
    if (about.size > MAX_BLOB_BYTES)
      throw new UsageError(`${clean(file)} is larger than the ${MAX_BLOB_BYTES} bytes that are read`)
    return await readFile(found)
  }
}
