import { trustOf } from '../attest/proof/trust.ts'
import { artifactPath } from '../core/paths.ts'
import type { Fault, Problem } from '../core/problem.ts'
import { readEvidence } from '../readers/index.ts'
import type { ReadArtifact } from './artifact/download.ts'
import type { HeldFile, ListedArtifact, ReadFiles, Wanted } from './artifact-witness.ts'
import { withReadings } from './rows/beside.ts'
import { pairRows } from './rows/pair.ts'
import { readRows } from './rows/read.ts'

/** The wanted files of an artifact that was read, undefined where it is gone; a fault of the archive is one of each. */
export async function heldFrom(
  read: ReadArtifact | { readonly problem: Problem } | undefined,
  { id, name, run, commit }: ListedArtifact,
  { files, rows, pairs = [], workflow, blob, trusted }: Wanted,
): Promise<ReadFiles> {
  if (read === undefined || 'problem' in read) {
    const fault: Fault = read?.problem ?? { code: 'artifact_gone', artifact: name, run }
    return { held: [], faults: new Map(files.map((file) => [file, fault])) }
  }
  const producer = { run, commit, artifact: id, digest: `sha256:${read.sha256}`, workflow, blob }
  const trust = trustOf(trusted)
  const held: HeldFile[] = []
  for (const [file, { content, sha256 }] of read.files) {
    if (content === undefined) continue
    const path = artifactPath(name, file)
    const plan = rows !== undefined && Object.hasOwn(rows, file) ? rows[file] : undefined
    const found =
      plan === undefined
        ? readEvidence(content, path, sha256, { trust })
        : await readRows(content, plan, { path, sha: sha256 })
    const paired = await Promise.all(
      pairs.flatMap(([own, other]) => {
        const there = read.files.get(other.file)
        if (own.file !== file || there?.content === undefined) return []
        const beside = { content: there.content, path: artifactPath(name, other.file), sha: there.sha256 }
        return [pairRows({ content, path, sha: sha256, plan: own.plan }, { ...beside, plan: other.plan })]
      }),
    )
    const reading = paired.length === 0 ? found.reading : withReadings(found.reading, paired)
    held.push({ file, sha: sha256, ...found, reading, producer })
  }
  const missing = files.filter((file) => !read.files.has(file))
  return {
    held,
    faults: new Map(missing.map((file): [string, Fault] => [file, { code: 'not_in_archive', file }])),
  }
}
