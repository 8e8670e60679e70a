import { describe, expect, test } from 'vitest'
import { PREREGISTRATION } from '../../src/core/controls.ts'
import { judgeExample } from '../support/example.ts'
import { exampleNames, readExample } from '../support/example-folder.ts'
import { withoutControls, withoutEach } from '../support/example-mutations.ts'

describe.each(exampleNames())('%s', (name) => {
  const files = readExample(name)
  const whole = judgeExample(files)

  test('whatever control is not asked for, it is no go', async () => {
    const required = (await whole).verdict.models[0]?.coverage?.map(({ control }) => control) ?? []
    const asked = required.filter((control) => control !== PREREGISTRATION)

    for (const [control, less] of withoutControls(files, asked)) {
      const { verdict } = await judgeExample(less)
      const missing = verdict.models[0]?.coverage?.filter(({ state }) => state === 'missing')
      expect([control, verdict.decision]).toEqual([control, 'undecided'])
      expect(missing).toMatchObject([{ control }])
    }
  })

  test.each(withoutEach(files))('without %s it is no go', async (_, less) => {
    expect((await judgeExample(less)).verdict.decision).not.toBe('go')
  })
})
