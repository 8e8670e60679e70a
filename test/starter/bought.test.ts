import { expect, test } from 'vitest'
import { answerLineage } from '../../src/checks/lineage.ts'
import { ancestryOf } from '../../src/criteria/ancestry.ts'
import { parseCriteria } from '../../src/criteria/criteria.ts'
import { parseManifest } from '../../src/criteria/manifest.ts'
import { starterCriteria } from '../../src/starter/criteria.ts'
import { manifestHint } from '../../src/starter/manifest-hint.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { NO_EXAMS } from '../support/facts.ts'

const STARTING = { model: 'm', risk: 'low', approach: 'buy', traits: ['fine-tuned'] } as const
const PATH = 'models/m/release.yml'

/** The manifest that `init` prints, filled in as a fine-tune behind an API has it. */
const FILLED = manifestHint(STARTING)
  .replaceAll(/ *#.*/g, '')
  .replace('version: TODO', 'version: 1.0.0')
  .replace('{ provider: TODO, model: TODO,', '{ provider: parlance, model: large-m,')
  .replace('snapshot: TODO }', 'snapshot: "2026-02-10" }')
  .replace('{ commit: TODO }', `{ commit: ${'4be1c0de'.repeat(5)} }`)
  .replace(
    '{ name: TODO, provider: TODO, snapshot: TODO,',
    '{ name: parlance/large, provider: parlance, snapshot: "2026-01-15",',
  )
  .replace('licence: LicenseRef-TODO', 'licence: LicenseRef-parlance')
  .replace('card: TODO', 'card: base.md')
  .replace(/^licence: TODO/m, 'licence: LicenseRef-parlance')
  .replace(
    /role: train, digest: \{ sha256: TODO \}/,
    `role: train, licence: cc0-1.0, digest: { sha256: ${'1b'.repeat(32)} }`,
  )
  .replace(/sha256: TODO \}/, `sha256: ${'2c'.repeat(32)} }`)
  .replace(/- TODO$/m, '- metrics.json')

test('what init writes for a bought fine-tune can name its base, and is met by it', () => {
  const { manifest, problems } = parseManifest(parseYaml(FILLED, PATH), PATH)
  expect([FILLED.includes('TODO'), problems]).toEqual([false, []])
  const { criteria } = parseCriteria(parseYaml(starterCriteria(STARTING), 'c'), 'c')
  const asked = criteria?.criteria.find(({ control }) => control === 'base-model-provenance')
  if (asked?.check !== 'lineage' || manifest === undefined) throw new Error('no lineage is asked')
  const ancestry = ancestryOf({ value: manifest, path: PATH }, undefined, [], STARTING.traits)
  if (ancestry === undefined) throw new Error('no manifest')
  const decided = { ...asked, publishers: ['parlance'], licences: ['LicenseRef-parlance'] }
  const context = {
    now: '2026-03-01T12:00:00Z',
    trust: 'typed',
    evidence: [],
    exams: NO_EXAMS,
    ancestry,
  } as const

  expect(asked.of).toEqual(['pinned', 'publisher', 'licence'])
  expect(answerLineage(decided, context)).toMatchObject({ code: 'lineage_holds' })
  expect(answerLineage({ ...decided, publishers: ['else'] }, context)).toMatchObject({
    code: 'lineage_lacks',
  })
})
