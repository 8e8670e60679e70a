import { describe, expect, test } from 'vitest'
import { answerMetric } from '../../src/checks/metric.ts'
import { APPROACHES, RISKS, TRAITS, type Trait } from '../../src/core/profile.ts'
import { parseCriteria } from '../../src/criteria/criteria.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { starterCriteria } from '../../src/starter/criteria.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import { rowsFor, tableOf } from '../support/numbers-asked.ts'

const PATH = '.gonogo/criteria/m.yml'
const SETS = Array.from({ length: 2 ** TRAITS.length }, (_, bits): readonly Trait[] =>
  TRAITS.filter((_trait, index) => (bits >> index) % 2 === 1),
)

const read = (text: string, path: string) => {
  const { reading } = readEvidence(new TextEncoder().encode(text), path, 'sha', { named: 'metrics-table' })
  expect(reading.problems).toEqual([])
  return anEvidence({ path, format: 'metrics-table', measurements: reading.measurements })
}

describe('numbers in the shape that a starter asks for meet all that it asks of numbers', () => {
  test.each(RISKS.flatMap((risk) => APPROACHES.map((approach) => [risk, approach] as const)))(
    '%s, %s',
    (risk, approach) => {
      let asked = 0
      for (const traits of SETS) {
        const text = starterCriteria({ model: 'm', risk, approach, traits })
        const { criteria } = parseCriteria(parseYaml(text, PATH), PATH)
        const metrics = (criteria?.criteria ?? []).filter((one) => one.check === 'metric')
        const each = metrics.map(rowsFor)
        // In one table, and in a file for each.
        const together = [read(tableOf(each.flat()), 'metrics.csv')]
        const apart = each.map((rows, index) => read(tableOf(rows), `metrics-${index}.csv`))
        for (const evidence of [together, apart]) {
          const context = { ...aContext([]), evidence }
          const answers = metrics.map((one) => [one.id, answerMetric(one, context).outcome])
          expect(answers, traits.join(', ')).toEqual(metrics.map(({ id }) => [id, 'met']))
        }
        asked += metrics.length
      }
      expect(asked).toBeGreaterThan(SETS.length)
    },
  )
})
