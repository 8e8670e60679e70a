import { expect, test } from 'vitest'
import { otherCode } from '../../src/sources/other-code.ts'
import { memory } from '../support/memory.ts'

const MANIFEST = 'models/m/release.yml'
const BEFORE = { 'validate.py': '1', 'lib.py': '1', [MANIFEST]: '1', 'README.md': '1' }

/** What an earlier commit of a branch had, what the judged one has, and what the default branch got in between. */
async function found(
  earlier: Record<string, string>,
  judged: Record<string, string>,
  merged: Record<string, string> = {},
): Promise<string | undefined> {
  const repository = memory()
  const main = repository.commit({ files: BEFORE })
  const first = repository.commit({ files: { ...BEFORE, ...earlier }, parents: [main] })
  const tip = repository.commit({ files: { ...BEFORE, ...merged }, parents: [main] })
  repository.move('main', tip)
  const files = { ...BEFORE, ...merged, ...earlier, ...judged }
  const commit = repository.commit({ files, parents: [first, tip] })
  return await otherCode(repository, { commit, manifest: MANIFEST }, first)
}

test.each<readonly [string, Parameters<typeof found>, string | undefined]>([
  ['nothing else', [{ 'x.py': '2' }, {}], undefined],
  ['a script that is put back', [{ 'validate.py': '2' }, { 'validate.py': '1' }], 'validate.py'],
  ['a script that is changed on', [{ 'validate.py': '2' }, { 'validate.py': '3' }], 'validate.py'],
  ['a script that only the judged commit changes', [{}, { 'validate.py': '2' }], undefined],
  ['prose', [{ 'README.md': '2' }, { 'README.md': '3' }], undefined],
  ['the manifest', [{ [MANIFEST]: '2' }, { [MANIFEST]: '3' }], undefined],
  ['what others merged', [{ 'x.py': '2' }, {}, { 'lib.py': '2' }], undefined],
])('%s', async (_, [earlier, judged, merged], expected) => {
  expect(await found(earlier, judged, merged)).toBe(expected)
})
