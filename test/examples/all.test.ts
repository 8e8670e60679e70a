import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONTROLS, PREREGISTRATION } from '../../src/core/controls.ts'
import { outcomeOf } from '../../src/core/finding.ts'
import { judgeExample } from '../support/example.ts'
import { exampleNames, readExample } from '../support/example-folder.ts'
import { mutationsOf } from '../support/example-mutations.ts'

test('each example has tests of its own, which run side by side', () => {
  const names = exampleNames()

  expect(names.length).toBeGreaterThanOrEqual(3)
  expect(names.filter((name) => !existsSync(new URL(`${name}.test.ts`, import.meta.url)))).toEqual([])
})

test('every control is met in one example and broken in one', async () => {
  const all = exampleNames().map(readExample)
  const judged = await Promise.all(all.map(judgeExample))
  const findings = judged.flatMap(({ verdict }) => verdict.models.flatMap((model) => model.findings))
  const met = new Set(findings.filter((one) => outcomeOf(one) === 'met').map(({ control }) => control))
  const broken = new Set<string>(all.flatMap(mutationsOf).map(({ control }) => control))
  const controls: readonly string[] = [...CONTROLS, PREREGISTRATION]

  expect(controls.filter((control) => !met.has(control))).toEqual([])
  expect(controls.filter((control) => !broken.has(control))).toEqual([])
})
