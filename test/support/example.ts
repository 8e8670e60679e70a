import { createHash } from 'node:crypto'
import { FLOOR, FLOOR_RECORDS } from '../../src/core/paths.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import type { FloorFacts } from '../../src/criteria/floor.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { Facts } from '../../src/facts.ts'
import { floorIn, withRecords } from '../../src/sources/floor.ts'
import { gather } from '../../src/sources/gather.ts'
import { anId } from './build.ts'
import { below, type Files, storyOf, tellLayers } from './example-folder.ts'
import { exampleWitness } from './example-witness.ts'
import { memory } from './memory.ts'

/** An example told in memory, and judged as GitHub and the app's ledger would show it. */
export async function judgeExample(
  files: Files,
): Promise<{ readonly facts: Facts; readonly verdict: Verdict }> {
  const story = storyOf(files)
  const repository = memory({ name: story.repository })
  const { ids, head } = tellLayers(files, ({ on, files: tree }) => {
    const parent = repository.tip(on) ?? repository.tip('main')
    const id = repository.commit({ files: Object.fromEntries(tree), ...(parent && { parents: [parent] }) })
    repository.move(on, id)
    return id
  })
  const judged = [...ids.values()].at(-1) ?? ''
  const floor = floorBeside(files, story.repository)
  const facts = await gather(repository, {
    ...{ commit: judged, now: story.now, engine: '0.1.0' },
    ...(floor && { floor }),
    witness: exampleWitness({ files, story, ids, head, judged, repository }),
  })
  return { facts, verdict: evaluate(facts) }
}

/** The organisation's floor of `floor/`, as it would lie in `<owner>/.github`. */
function floorBeside(files: Files, repository: string): FloorFacts | undefined {
  const own = below(files, 'floor')
  const text = own.get(FLOOR)
  if (text === undefined) return undefined
  const owner = repository.split('/')[0] ?? ''
  const records = [...own]
    .filter(([path]) => path.startsWith(FLOOR_RECORDS))
    .map(([path, written]) => ({ path, sha: blobOf(written), written: { text: written } }))
  const where = `${owner}/.github`
  return {
    ...{ kind: 'read', repository: where, path: FLOOR, commit: anId('8'), sha: blobOf(text) },
    ...withRecords(floorIn({ text }, FLOOR), records, `${where}:`),
  }
}

function blobOf(text: string): string {
  const bytes = Buffer.from(text)
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
