import { createHash } from 'node:crypto'
import type { ManifestNote } from '../../core/manifest-note.ts'
import { followed } from '../../sources/lfs.ts'
import { SUMS } from '../../sources/listed.ts'
import { isWeights } from '../../sources/scope.ts'
import { decode } from '../../text/decode.ts'
import { MAX_POINTER_BYTES } from '../../text/lfs.ts'
import { bytesOf, type LyingFile, openFile } from './walk.ts'

type Digest = { readonly path: string; readonly sha256: string }
export type LyingWeights = { readonly weights: readonly Digest[]; readonly notes: readonly ManifestNote[] }

const MAX_SUMS_BYTES = 1_000_000
/** Weights by another name than hubs give, and what a training keeps beside them under a name of weights. */
const ALSO = /(^|\/)model[^/]*\.bin$/i
const STATE = /(^|\/)(optimizer|scheduler|scaler|rng_state|training_args|random_states)[^/]*$/i
const CHECKPOINT = /(^|\/)checkpoint-\d+\//

/** Whether a file is weights that are released. */
export function isReleased(path: string): boolean {
  return (isWeights(path) || ALSO.test(path)) && !STATE.test(path)
}

/** The weights among files with their sha256, and what lists of digests say otherwise, or of what does not lie here. */
export async function weightsIn(files: readonly LyingFile[]): Promise<LyingWeights> {
  const all = files.filter(({ path }) => isReleased(path))
  const final = all.filter(({ path }) => !CHECKPOINT.test(path))
  // Of a folder of nothing but checkpoints nobody knows which one is released: each is named.
  const taken = final.length > 0 ? final : all
  const notes: ManifestNote[] = all
    .filter((file) => !taken.includes(file))
    .map(({ path }) => ({ code: 'left', path, why: 'checkpoint' }))
  const found = new Map<string, string>()
  for (const { path, full } of taken) {
    const sha256 = await digestOf(full)
    if (sha256 === undefined) notes.push({ code: 'left', path, why: 'unreadable' })
    else found.set(path, sha256)
  }
  for (const file of files.filter(({ path }) => SUMS.test(path))) {
    for (const { path, sha256 } of await listed(file)) {
      const own = found.get(path)
      if (own !== undefined && own !== sha256)
        notes.push({ code: 'sums_differ', path, listed: sha256, found: own })
      const here = files.some((one) => one.path === path)
      if (own === undefined && !here && isReleased(path)) found.set(path, sha256)
    }
  }
  return { weights: [...found].map(([path, sha256]) => ({ path, sha256 })), notes }
}

/** The sha256 of a file in pieces; of a pointer of Git LFS that of the object. */
async function digestOf(full: string): Promise<string | undefined> {
  const opened = await openFile(full)
  if (opened === undefined) return undefined
  const { handle, size } = opened
  try {
    if (size <= MAX_POINTER_BYTES) {
      const bytes = await handle.readFile()
      return followed(bytes)?.oid ?? createHash('sha256').update(bytes).digest('hex')
    }
    const hash = createHash('sha256')
    for await (const piece of handle.createReadStream({ autoClose: false })) hash.update(piece)
    return hash.digest('hex')
  } catch {
    return undefined
  } finally {
    await handle.close()
  }
}

/** GNU coreutils, "sha2 utilities": `digest  name`, `digest *name`, `SHA256 (name) = digest`; names from where it lies. */
async function listed({ path, full }: LyingFile): Promise<readonly Digest[]> {
  const bytes = await bytesOf(full, MAX_SUMS_BYTES)
  const decoded = typeof bytes === 'string' ? undefined : decode(bytes, path)
  if (decoded === undefined || 'problem' in decoded) return []
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
  return decoded.text.split(/\r?\n/).flatMap((line) => {
    const [, one, name] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line) ?? []
    const [, other, digest] = /^SHA256 \((.+)\) = ([0-9a-f]{64})\s*$/i.exec(line) ?? []
    const file = (name ?? other)?.replace(/^(?:\.\/)+/, '')
    const sha256 = (one ?? digest)?.toLowerCase()
    // A list says nothing of files elsewhere.
    const elsewhere = file === undefined || file.startsWith('/') || file.split('/').includes('..')
    return elsewhere || sha256 === undefined ? [] : [{ path: `${folder}${file}`, sha256 }]
  })
}
