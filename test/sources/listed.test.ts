import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readArchive } from '../../src/sources/artifact/archive.ts'
import { inMemory } from '../../src/sources/artifact/source.ts'
import { digestsIn, producedOf, sumsOrFiles } from '../../src/sources/listed.ts'

const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)]
/** sha256 of `weights`. */
const OF_WEIGHTS = '9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c'

async function told(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const entries = Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)])
  const archive = await readArchive(inMemory(zipSync(Object.fromEntries(entries))), 'weights', sumsOrFiles)
  if ('problem' in archive) throw new Error(JSON.stringify(archive.problem))
  return digestsIn(archive)
}

describe('the digests that an artifact tells', () => {
  test.each([
    ['in a list', { SHA256SUMS: `${ONE}  a.bin\n${TWO} *b c.bin\n` }, [ONE, TWO]],
    ['in a list of another name, in a folder', { 'out/sha256sums.txt': `\\${ONE}  a\\nb\n` }, [ONE]],
    ['as BSD writes them', { SHA256SUMS: `SHA256 (a (1).bin) = ${ONE.toUpperCase()}\r\n` }, [ONE]],
    ['beside each file', { 'a.sha256': `${ONE}\n`, 'b.sha256': `${TWO}  b`, b: 'anything' }, [ONE, TWO]],
    ['of no line that is none', { SHA256SUMS: `x ${ONE}\n${ONE}0  a\n${ONE.slice(1)}  a\n` }, []],
    ['of no list that is no text', { SHA256SUMS: '' }, []],
  ])('%s', async (_, files, wanted) => {
    expect(await told(files)).toEqual(wanted)
  })

  test('without a list are those of the files', async () => {
    expect(await told({ 'model.bin': 'weights' })).toEqual([OF_WEIGHTS])
  })
})

test('weights are produced whole or not at all', () => {
  const weights = [
    { name: 'a', sha256: ONE },
    { name: 'b', sha256: TWO },
  ]

  expect(producedOf([TWO, ONE], 'd', 'weights', weights)).toEqual({
    kind: 'listed',
    artifact: 'weights',
    digest: 'sha256:d',
  })
  expect(producedOf([TWO], 'd', 'weights', weights)).toEqual({
    kind: 'lacking',
    artifact: 'weights',
    missing: ['a'],
  })
})
