import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../src/core/finding.ts'
import { renderCheckRun } from '../../src/render/check-run.ts'
import { judgeExample } from '../support/example.ts'
import { EXAMPLES, movedTo, readExample } from '../support/example-folder.ts'
import { mutated, mutationsOf, saidOf } from '../support/example-mutations.ts'
import { pageOf } from '../support/page.ts'

// Read here and not in src: the goldens are written anew by `UPDATE_CASES=1 vitest run test/examples`.
const UPDATE = process.env.UPDATE_CASES === '1'

const LATER = new Date('2040-02-29T12:00:00Z')
/** Days of when the examples were written, in digits, in words, and as seconds or milliseconds since 1970. */
const OLD_DAY = /\b202[5-7]-\d\d-\d\d|\b[A-Z][a-z]{2,8} 202[5-7]\b|(?<![\w.])17[67]\d{7}(?:\d{3})?\b/g

/** An example is a go as its golden shows it, and each of its mutations breaks what it says. */
export function describeExample(name: string): void {
  describe(name, () => {
    const files = readExample(name)
    const mutations = mutationsOf(files)
    const whole = judgeExample(files)

    test('is a go, and its check run reads so', async () => {
      const { verdict } = await whole
      const page = pageOf(renderCheckRun(verdict), false)
      const golden = join(EXAMPLES, name, 'check-run.md')
      if (UPDATE) writeFileSync(golden, page)

      expect(saidOf(verdict, '').problems).toEqual([])
      expect(verdict.decision).toBe('go')
      expect(page).toBe(readFileSync(golden, 'utf8'))
    })

    test('is a go in years to come, with no day of now left in it', async () => {
      const later = movedTo(files, LATER)
      const { verdict } = await judgeExample(later)

      expect(saidOf(verdict, '').problems).toEqual([])
      expect(verdict.decision).toBe('go')
      const texts = [...later].filter(([path]) => path !== 'check-run.md').map(([, text]) => text)
      expect(texts.flatMap((text) => text.match(OLD_DAY) ?? [])).toEqual([])
    })

    test('every control that is required is asked, met, and broken by a mutation', async () => {
      const [model] = (await whole).verdict.models
      const required = model?.coverage?.map(({ control }) => control) ?? []
      const met = model?.findings.filter((one) => one.blocking && outcomeOf(one) === 'met') ?? []

      expect(model?.coverage?.filter(({ state }) => state === 'missing')).toEqual([])
      expect(required.filter((control) => !met.some((one) => one.control === control))).toEqual([])
      expect(required.filter((control) => !mutations.some((one) => one.control === control))).toEqual([])
    })

    test.each(mutations.map((mutation) => [mutation.control, mutation.breaks, mutation] as const))(
      '%s: %s',
      async (control, _, mutation) => {
        const { verdict } = await judgeExample(mutated(files, mutation))

        const said = saidOf(verdict, control, mutation.file)
        expect({ decision: verdict.decision, ...said }).toMatchObject({ decision: mutation.expect })
        if (mutation.code !== undefined) expect(said.findings).toContain(mutation.code)
        if (mutation.problem !== undefined) expect(said.problems).toContain(mutation.problem)
        expect(mutation.code ?? mutation.problem).toBeDefined()
      },
    )
  })
}
