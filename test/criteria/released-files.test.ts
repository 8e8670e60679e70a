import { expect, test } from 'vitest'
import type { Weights } from '../../src/core/verdict.ts'
import { releasedFiles } from '../../src/criteria/released-files.ts'

const file = (name: string): Weights => ({ name, digest: `sha256:${'a'.repeat(64)}`, trust: 'seen' })
const scanned = (weights: readonly Weights[], loaded?: readonly Weights[]) =>
  releasedFiles({ weights, manifest: {}, ...(loaded && { loaded }) }, undefined).weights.map(
    ({ name }) => name,
  )

test('components that are loaded as weights are scanned with them, and never in the place of them', () => {
  expect(scanned([file('m.safetensors')])).toEqual(['m.safetensors'])
  expect(scanned([file('m.safetensors')], [file('clf.pkl')])).toEqual(['m.safetensors', 'clf.pkl'])
  expect(scanned([], [file('clf.pkl')])).toEqual([])
})
