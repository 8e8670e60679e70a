import { expect, test } from 'vitest'
import type { Step } from '../../src/demo/people.ts'
import { startScene } from '../../src/demo/scene.ts'
import { play } from '../../src/demo/story.ts'
import { dataFolder } from '../support/data-folder.ts'
import { gonogo } from './clone.ts'

test('the demo tells the whole story and every step comes out as it must', async () => {
  const { code, out } = await gonogo('/', ['demo'])

  expect(code).toBe(0)
  expect(out).toContain('25 of 25 steps came out as they must')
  expect(out).toContain("0 against GitHub's description of its API")
  for (const word of ['Undecided', 'No-go', 'Go', 'refused', 'merged', 'no effect on this verdict'])
    expect(out).toContain(word)
}, 60_000)

test('without the app nothing is judged and nothing can be merged', async () => {
  const scene = await startScene({ folder: await dataFolder() })
  scene.github.deliverTo(null)
  const steps: Step[] = []

  await play(scene, '2026-03-01', (step) => steps.push(step)).catch(() => undefined)
  await scene.close()

  expect(steps.filter(({ came }) => came === 'merged' || came === 'success')).toEqual([])
  expect(steps.some(({ came, wanted }) => came !== wanted)).toBe(true)
}, 60_000)
