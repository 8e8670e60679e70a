import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { trustOf } from '../src/attest/proof/trust.ts'
import { answer, Criterion } from '../src/checks/index.ts'
import { readEvidence } from '../src/readers/index.ts'
import { withSignedFiles } from '../src/sources/signed-files.ts'
import { ended, expectEnds, fileOf, lab, NOW, ROWS, SAMPLES, signature, text } from './support/chapter-ten.ts'
import { aContext, anEvidence } from './support/facts.ts'
import { memory } from './support/memory.ts'

const each = ROWS.flatMap((row) => row.files.map((name) => ({ name, row, file: fileOf(name) })))

/*
 * The samples are files by others and no part of this project, so they are read where they lie. Where they do not, every
 * test that needs one is skipped, each under its own name; files of our own are held to the rows in `chapter-ten-own.test.ts`.
 */
describe('the files of chapter 10', () => {
  for (const { name, row, file } of each) {
    test.skipIf(file === undefined)(`${name} must not pass`, () => {
      const came = ended(file ?? '', row)

      expectEnds(came, row.ends)
    })
  }

  const signed = fileOf('oms-model-signing/v1.1.0-elliptic-key')
  const parts = [
    'oms-model-signing/v1.1.0-elliptic-key.signme-1',
    'oms-model-signing/v1.1.0-elliptic-key.signme-2',
  ]
  const there = signed !== undefined && parts.every((part) => fileOf(part) !== undefined)

  const sha256 = (data: Uint8Array) => `sha256:${createHash('sha256').update(data).digest('hex')}`
  const [one = new Uint8Array(), two = new Uint8Array()] = there
    ? parts.map((part) => readFileSync(new URL(part, SAMPLES)))
    : []
  const changed = Uint8Array.from(one, (byte, index) => (index === 0 ? byte ^ 1 : byte))

  test.skipIf(!there).each<readonly [string, Uint8Array, readonly string[], object, readonly object[]]>([
    ['as it is', one, [], { code: 'attestation_verified', outcome: 'met' }, []],
    [
      'with one byte changed',
      changed,
      [],
      { code: 'attestation_wrong', outcome: 'unmet', why: 'files_differ' },
      [{ code: 'attestation_invalid', why: 'files_differ' }],
    ],
    [
      'with one file more',
      one,
      ['preprocess.py'],
      {
        code: 'attestation_lacking',
        outcome: 'unmet',
        lacks: [{ lack: 'unsigned', files: ['preprocess.py'] }],
      },
      [],
    ],
  ])('a signed model %s', async (_, first, more, expected, problems) => {
    const repository = memory()
    const files = {
      'model.sig': text(signed ?? ''),
      'signme-1': first,
      'signme-2': two,
      'preprocess.py': 'pass',
    }
    const commit = repository.commit({ files })
    const weights = [first, two].map((bytes, index) => ({
      ...{ name: `signme-${index + 1}`, digest: sha256(bytes), trust: 'seen' as const },
    }))
    const components = more.map((path) => ({ path, sha: 'f00d' }))
    const { format, reading } = readEvidence(Buffer.from(files['model.sig']), 'model.sig', 'f00d', {
      trust: trustOf(lab()),
    })
    const evidence = anEvidence({ path: 'model.sig', ...reading, ...(format && { format }) })
    const released = { weights, components, problems: [] }
    const held = await withSignedFiles(repository, { commit, manifest: 'release.yml', released }, [evidence])
    const seen = aContext([], { now: NOW, evidence: held, weights, signers: lab().signers ?? [] })

    expect(answer(Criterion.parse({ id: 'asked', ...signature }), seen)).toMatchObject(expected)
    expect(held.flatMap((file) => file.problems)).toMatchObject(problems)
  })

  test.skipIf(!existsSync(SAMPLES))('are all here that lie among the samples', () => {
    const found = each.filter(({ file }) => file !== undefined)

    expect(found.length).toBeGreaterThan(5)
    // A row that is misspelt would never be asserted.
    for (const { name } of each) {
      const [folder = ''] = name.split('/')
      const own = existsSync(new URL(folder, SAMPLES)) ? readdirSync(new URL(folder, SAMPLES)) : []
      const near = own.filter((one) => one.startsWith(name.split('/')[1] ?? ''))
      if (fileOf(name) === undefined) expect(near, name).toEqual([])
    }
  })
})
