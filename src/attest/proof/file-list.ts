import { createHash } from 'node:crypto'
import { type InvalidWhy, isOfOneFile } from '../../core/attestation.ts'
import { ModelSigning } from './predicates.ts'
import type { Stated } from './statement.ts'

/** What decides how a model behaves: nobody who signs a model leaves these out of it. */
const DECIDES =
  /\.(?:safetensors|bin|pt|pth|ckpt|pkl|pickle|joblib|h5|keras|onnx|gguf|npz|npy|pb|tflite|msgpack|py|json|model|jinja|ya?ml)$|^tokenizer/i
const SHA256 = /^[0-9a-f]{64}$/

/**
 * What is wrong with a signed list of a model's files (ossf/model-signing-spec v1.0, and stricter): its digest is
 * computed anew, links are none of a model's files, and no name may stand for another file than it seems to; that of a
 * model of one file stands for none. Shards, and other hashes than sha256, are unsupported.
 */
export function fileListFault({ says, subjects, predicate }: Stated): InvalidWhy | 'unsupported' | undefined {
  if (says.predicate !== 'model-signing') return undefined
  const { data } = ModelSigning.safeParse(predicate)
  if (data === undefined) return 'statement'
  const { resources, serialization } = data
  const names = resources.map(({ name }) => name)
  const plain =
    isOfOneFile(resources) || (names.every(isPlain) && new Set(names.map(folded)).size === names.length)
  const hidden = (serialization.ignore_paths ?? []).some(hides)
  if (!plain || hidden || serialization.allow_symlinks) return 'file_list'
  if (serialization.method !== 'files' || serialization.shard_size !== undefined) return 'unsupported'
  if (serialization.hash_type !== 'sha256' || resources.some(({ algorithm }) => algorithm !== 'sha256'))
    return 'unsupported'
  const [only, second] = subjects
  const whole =
    only !== undefined &&
    second === undefined &&
    resources.every(({ digest }) => SHA256.test(digest)) &&
    only.digests.includes(`sha256:${rootOf(resources.map(({ digest }) => digest))}`)
  return whole ? undefined : 'file_list'
}

/** sha256 over the raw digests in their order. */
function rootOf(digests: readonly string[]): string {
  const hash = createHash('sha256')
  for (const digest of digests) hash.update(Buffer.from(digest, 'hex'))
  return hash.digest('hex')
}

/** A relative path that means the same file everywhere. */
function isPlain(name: string): boolean {
  return (
    name.normalize('NFC') === name &&
    // Control characters, and those that turn the direction of what is read.
    !/[\\\p{Cc}\p{Cf}]/u.test(name) &&
    !/^[A-Za-z]:/.test(name) &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  )
}

/** Two names that are one on a file system without case. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

function hides(path: string): boolean {
  const bare = path.replace(/\/+$/, '')
  return !isPlain(bare) || DECIDES.test(bare.slice(bare.lastIndexOf('/') + 1)) || /[*?[]/.test(bare)
}
