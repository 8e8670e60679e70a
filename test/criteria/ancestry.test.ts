import { expect, test } from 'vitest'
import { answerLineage, LineageCheck } from '../../src/checks/lineage.ts'
import type { Trait } from '../../src/core/profile.ts'
import { ancestryOf } from '../../src/criteria/ancestry.ts'
import { anId } from '../support/build.ts'
import { aContext, MANIFEST_PATH, parsedManifest } from '../support/facts.ts'

const DIGEST = 'a1b2'.repeat(16)
const TRAINING = `training: { commit: ${anId('d')} }`
const EVALUATED = LineageCheck.parse({
  ...{ id: 'l', control: 'base-model-evaluation', check: 'lineage', of: ['evaluated'] },
  metrics: [{ metric: 'accuracy', dataset: 'holdout' }],
})

/** A release whose only weights have the digest that its manifest gives to the base. */
function answered(lines: readonly string[], traits: readonly Trait[], relation = '') {
  const { manifest } = parsedManifest(
    [
      ...['gonogo: 1', 'model: credit-risk', 'version: 1.0.0'],
      `weights: [{ path: model.safetensors, sha256: ${DIGEST} }]`,
      `base_models: [{ name: acme-lab/small-7b, revision: ${anId('b')}, digest: { sha256: ${DIGEST} }${relation} }]`,
      ...lines,
    ].join('\n'),
  )
  if (manifest === undefined) throw new Error('no manifest')
  const ancestry = ancestryOf({ path: MANIFEST_PATH, value: manifest }, undefined, [], traits)
  return answerLineage(EVALUATED, { ...aContext([], {}), ...(ancestry && { ancestry }) }).outcome
}

test('a base that is released as it is needs no measuring beside itself', () => {
  expect(answered([], [])).toBe('met')
})

test.each<readonly [string, readonly string[], readonly Trait[], string]>([
  ['a training', [TRAINING], [], ''],
  ['the trait fine-tuned', [], ['fine-tuned'], ''],
  ['a relation', [], [], ', relation: finetune'],
])('no digest makes a base what is released, against %s', (_, lines, traits, relation) => {
  expect(answered(lines, traits, relation)).toBe('undecided')
})
