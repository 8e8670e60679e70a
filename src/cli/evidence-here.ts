import { join } from 'node:path'
import type { Evidence } from '../core/evidence.ts'
import { manifestPath, modelOfCriteria } from '../core/paths.ts'
import type { Criteria } from '../criteria/criteria.ts'
import { type NamedEvidence, parseManifest } from '../criteria/manifest.ts'
import { asNamed, readNamed } from '../sources/evidence.ts'
import { MAX_BLOB_BYTES, MAX_WRITTEN_BYTES } from '../sources/files.ts'
import { decode } from '../text/decode.ts'
import { parseYaml } from '../text/yaml.ts'
import { bytesOf } from './lying/walk.ts'

/**
 * The evidence that a model's manifest names, as far as it lies in the working tree around its criteria; what is not
 * there, or can't be read, is no evidence here. Only to tell how large groups are: it judges nothing.
 */
export async function evidenceHere(
  file: string,
  shown: string,
  criteria: Criteria,
): Promise<readonly Evidence[]> {
  const model = modelOfCriteria(shown.slice(Math.max(0, shown.lastIndexOf('.gonogo/'))))
  const root = file.replaceAll('\\', '/').split('/.gonogo/criteria/')[0]
  if (model === undefined || root === undefined) return []
  const manifest = manifestPath(model)
  const bytes = await bytesOf(join(root, manifest), MAX_WRITTEN_BYTES)
  const decoded = typeof bytes === 'string' ? undefined : decode(bytes, manifest)
  if (decoded === undefined || 'problem' in decoded) return []
  const { evidence } = parseManifest(parseYaml(decoded.text, manifest), manifest)
  const read = await Promise.all(evidence.map((named) => readHere(root, manifest, named, criteria)))
  return read.flatMap((one) => one ?? [])
}

async function readHere(
  root: string,
  manifest: string,
  named: NamedEvidence,
  criteria: Criteria,
): Promise<Evidence | undefined> {
  const bytes = await bytesOf(join(root, named.path), MAX_BLOB_BYTES)
  if (typeof bytes === 'string') return undefined
  // No commit has it, so that it has no id.
  const read = await readNamed(bytes, named, '', criteria)
  return { path: named.path, about: named.about, trust: 'typed', ...asNamed(read, named, manifest) }
}
