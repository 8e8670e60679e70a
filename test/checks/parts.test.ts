import { describe, expect, test } from 'vitest'
import { groupsOf } from '../../src/checks/groups.ts'
import { select } from '../../src/checks/select.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { aMeasurement } from '../support/build.ts'
import { aContext } from '../support/facts.ts'

/** A part of what one file measures as a whole. */
function part(groups: Readonly<Record<string, string>>, samples: number): Measurement {
  const labels = { dataset: 'holdout', ...groups }
  return aMeasurement({ samples, labels, within: Object.keys(groups) })
}

const whole = aMeasurement({ samples: 100 })
const ages = [part({ age: 'young' }, 50), part({ age: 'old' }, 50)]
const cells = [part({ sex: 'F', age: 'old' }, 20), part({ sex: 'M', age: 'old' }, 30)]
const measurements = [whole, part({ sex: 'F' }, 40), part({ sex: 'M' }, 60), ...ages, ...cells]

describe('parts beside their whole', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, Measurement | undefined]>([
    ['no group is the whole', {}, whole],
    ['a group is all of it', { sex: 'F' }, measurements[1]],
    ['an intersection is itself', { sex: 'F', age: 'old' }, cells[0]],
    ['a group that is not there is nothing', { sex: 'X' }, undefined],
  ])('asked for %s', (_, where, expected) => {
    const selected = select({ metric: 'accuracy', where }, measurements)

    expect(selected.kind === 'one' ? selected.observed : undefined).toBe(expected)
  })

  test('without their whole none of them is chosen', () => {
    const selected = select({ metric: 'accuracy', where: {} }, ages)

    expect(selected).toMatchObject({ kind: 'none', answer: { code: 'ambiguous' } })
  })

  test('two wholes are two', () => {
    expect(select({ metric: 'accuracy', where: {} }, [whole, ...measurements])).toMatchObject({
      kind: 'none',
      answer: { code: 'ambiguous' },
    })
  })

  test.each<readonly [string, number, object]>([
    ['that add up are the groups', 60, { kind: 'groups' }],
    ['that do not hide somebody', 50, { answer: { code: 'groups_do_not_add_up', sum: 90, whole: 100 } }],
  ])('groups %s, whatever else the rows were divided by', (_, men, expected) => {
    const grouping = {
      ...{ metric: 'accuracy', where: { dataset: 'holdout' }, across: ['sex'], only: undefined },
      attributes: ['sex'],
    }
    const all = measurements.map((one) => (one === measurements[2] ? part({ sex: 'M' }, men) : one))

    expect(groupsOf(grouping, all, aContext([]).exams)).toMatchObject(expected)
  })
})
