import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Folder } from '../../../src/sources/artifact-evidence.ts'
import { gatherArtifacts } from '../../../src/sources/artifact-evidence.ts'
import { gatherEvidence } from '../../../src/sources/evidence.ts'
import { heldFrom } from '../../../src/sources/held.ts'
import type { Lfs } from '../../../src/sources/repository.ts'
import { criteriaText, parsedCriteria, parsedManifest } from '../../support/facts.ts'
import { memory } from '../../support/memory.ts'

const WORKFLOW = '.github/workflows/validate.yml'
const MANIFEST = 'models/credit-risk/release.yml'
const A = 'a'.repeat(64)
const content = new TextEncoder().encode('y,yhat,p\n1,1,0.9\n0,0,0.1\n1,0,0.4\n0,1,0.6\n')
const entry = `{ artifact: validation, rows: out/rows.csv, workflow: ${WORKFLOW}, dataset: holdout, prediction: yhat, score: p }`
const { artifacts } = parsedManifest(
  `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ path: a.onnx, sha256: ${A} }]\nevidence: [${entry}]\n`,
)
const criteria = parsedCriteria(
  `${criteriaText(['{ id: a, control: performance, check: metric, metric: accuracy, dataset: holdout, at_least: 0.5 }'])}datasets: { holdout: { digest: { sha256: ${A} }, label: y, threshold: 0.5 } }\n`,
).criteria

describe('rows in an artifact', () => {
  test('from a folder are counted as the criteria have it', async () => {
    const repository = memory()
    const commit = repository.commit({ files: { [WORKFLOW]: 'on: push' } })
    const folder: Folder = async (file) => (file === 'out/rows.csv' ? content : undefined)
    const [evidence] = await gatherArtifacts(
      repository,
      { folders: new Map([['validation', folder]]) },
      { commit, tip: commit, manifest: MANIFEST, criteria },
      artifacts,
    )

    expect(evidence).toMatchObject({
      format: 'rows',
      awaited: 'read',
      problems: [{ code: 'artifact_awaited' }],
    })
    expect(evidence?.measurements.find(({ metric }) => metric === 'accuracy')).toMatchObject({
      ...{ value: 0.5, samples: 4, labels: { dataset: 'holdout', threshold: '0.5' } },
      source: { path: artifacts[0]?.path },
    })
  })

  test('of a run are what its archive holds, each file read as it is named', async () => {
    const file = { bytes: content.byteLength, sha256: A, content }
    const read = {
      ...{ entries: [], problems: [], sha256: A, digest: 'same' as const },
      files: new Map([
        ['rows.csv', file],
        ['other.csv', file],
      ]),
    }
    const plan = {
      dataset: 'holdout',
      label: 'y',
      prediction: 'yhat',
      groups: [],
      values: {},
      confidence: 0.975,
    }
    const { held } = await heldFrom(
      read,
      { id: 1, name: 'validation', run: 2, commit: 'c', fork: false, expired: false, digest: null },
      {
        ...{
          artifact: 'validation',
          workflow: WORKFLOW,
          blob: 'b',
          commit: 'c',
          files: ['rows.csv', 'other.csv'],
        },
        rows: { 'rows.csv': plan },
      },
    )

    expect(held.map(({ format }) => format)).toEqual(['rows', expect.not.stringMatching('rows')])
  })
})

test('rows behind a pointer of Git LFS are counted, and stand at the pointer', async () => {
  const repository = memory()
  const oid = createHash('sha256').update(content).digest('hex')
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.byteLength}\n`
  const head = repository.commit({ files: { 'models/a/rows.csv': pointer } })
  const rows = { label: 'y', prediction: 'yhat', groups: [], values: {} }
  const named = { path: 'models/a/rows.csv', line: 1, about: 'candidate', dataset: 'holdout', rows } as const
  const read = (lfs?: Lfs) => gatherEvidence({ ...repository, ...(lfs && { lfs }) }, head, MANIFEST, named)

  expect((await read(async () => ({ content }))).measurements).toContainEqual(
    expect.objectContaining({ metric: 'accuracy', value: 0.5, samples: 4 }),
  )
  expect(await read()).toMatchObject({ measurements: [], problems: [{ code: 'lfs_pointer' }] })
})

test('without the engine, what is missing is said', async () => {
  const hidden = `import { registerHooks } from 'node:module'
    registerHooks({ resolve: (name, context, next) => {
      if (name.startsWith('@duckdb/node-bindings-')) throw new Error('gone')
      return next(name, context)
    } })
    const { readRows } = await import(${JSON.stringify(new URL('../../../src/sources/rows/read.ts', import.meta.url))})
    const plan = { dataset: 'd', label: 'y', prediction: 'p', groups: [], values: {}, confidence: 0.975 }
    await readRows(new TextEncoder().encode('y,p\\n1,1\\n'), plan, { path: 'a', sha: 'b' })
      .catch((error) => console.log(error.message))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', hidden])

  expect(stdout).toMatch(
    /^rows are counted by DuckDB, and @duckdb\/node-bindings-\S+ is not installed here: npm install @duckdb/,
  )
})
