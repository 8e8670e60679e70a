import { expect, test } from 'vitest'
import { plain } from '../../src/render/sentence.ts'
import { why } from '../../src/render/why.ts'
import { aFinding, aModel, isRegistered, isUnmet } from '../support/build.ts'
import { aWaiver } from '../support/waivers.ts'

const waived = aFinding({ answer: isUnmet(), waiver: { ...aWaiver(), ends: '2027-01-31' } })

test.each([
  [[], '0 of 1 criterion is met'],
  [[aFinding()], '1 of 2 criteria is met'],
  [[aFinding(), aFinding()], '2 of 3 criteria are met'],
])('of what is waived the rest is counted: %#', (met, says) =>
  expect(plain(why(aModel({ findings: [isRegistered(), ...met, waived] })))).toContain(says),
)
