import { expect, test } from 'vitest'
import { gatherArtifacts } from '../../src/sources/artifact-evidence.ts'
import { NO_ARTIFACTS } from '../support/artifacts.ts'
import { parsedManifest } from '../support/facts.ts'
import { memory, type Written } from '../support/memory.ts'

const WORKFLOW = '.github/workflows/validate.yml'
const MANIFEST = 'models/credit-risk/release.yml'

/** What a clone and GitHub alike say of the workflow, by what stands there on the default branch and in the commit. */
async function workflow(merged: Written, own: Written): Promise<readonly unknown[]> {
  const repository = memory()
  const tip = repository.commit(merged)
  const commit = repository.commit({ ...own, parents: [tip] })
  const { artifacts } = parsedManifest(
    `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ path: a.onnx, sha256: ${'a'.repeat(64)} }]\ntraining: { commit: ${tip} }\nevidence: [{ artifact: validation, file: m.json, workflow: ${WORKFLOW} }]\n`,
  )
  const release = { commit, tip, manifest: MANIFEST }
  const all = await Promise.all(
    [{ witness: NO_ARTIFACTS }, {}].map((sources) =>
      gatherArtifacts(repository, sources, release, artifacts),
    ),
  )
  return all.flat().flatMap(({ problems }) => problems)
}

const FILE = { files: { [WORKFLOW]: 'on: push' } }
const LINK = { links: { [WORKFLOW]: 'other.yml' } }
const at = { path: MANIFEST, line: 6, code: 'artifact_workflow', workflow: WORKFLOW }

test.each<readonly [string, Written, Written, 'edited' | 'unmerged']>([
  ['a link that is the same', LINK, LINK, 'unmerged'],
  ['a link in the place of the file', FILE, LINK, 'edited'],
  ['no file any more', FILE, {}, 'edited'],
  ['other content', FILE, { files: { [WORKFLOW]: 'on: pull_request' } }, 'edited'],
  ['a file that only the commit has', {}, FILE, 'unmerged'],
])('%s is no workflow that was agreed to', async (_, merged, own, why) => {
  expect(await workflow(merged, own)).toEqual([
    { ...at, why },
    { ...at, why },
  ])
})

test('the same file is asked about at GitHub, and awaited in a clone', async () => {
  expect(await workflow(FILE, FILE)).toEqual([
    expect.objectContaining({ code: 'artifact_no_run' }),
    expect.objectContaining({ code: 'artifact_awaited', awaited: 'unread' }),
  ])
})
