import { expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { trainingEnds } from '../../src/criteria/training-ends.ts'
import { aSource } from '../support/build.ts'
import { ALL_GIVEN, anEvidence } from '../support/facts.ts'

const hour = (at: number): string => `2026-02-03T${String(at).padStart(2, '0')}:00:00Z`

function training(finished?: number): EvidenceRecord {
  return {
    ...{ kind: 'training', owner: 'given', date: '2026-02-03', fields: ALL_GIVEN, source: aSource() },
    times: finished === undefined ? {} : { finished: hour(finished) },
  }
}

function run(started: number | undefined, finished?: number): EvidenceRecord {
  return {
    ...{ kind: 'run', frameworks: {}, doubts: [], tool: 'mlflow', source: aSource() },
    ...(started !== undefined && { started: hour(started) }),
    ...(finished !== undefined && { finished: hour(finished) }),
  }
}

test.each<readonly [string, readonly EvidenceRecord[], boolean, readonly number[]]>([
  ['nothing', [], true, []],
  ['a record', [training(9)], true, [9]],
  ['a record where no training is named', [training(9)], false, [9]],
  ['a record without its end', [training()], true, []],
  ['a run', [run(8, 9)], true, [9]],
  ['a run of what was not trained here', [run(8, 9)], false, []],
  ['a run that is not over', [run(8)], true, []],
  ['a run that went on after the record', [training(9), run(8, 11)], true, [9, 11]],
  ['a run that began when the training was over', [training(9), run(10, 11)], true, [9]],
  ['a run after the last of two records', [training(9), training(11), run(10, 12)], true, [9, 11, 12]],
  ['runs at once, and one that evaluates', [run(13, 14), run(8, 12), run(7, 9)], true, [12, 9]],
  ['a packaged model', [run(undefined, 9)], true, [9]],
  ['a model that was packaged later', [training(9), run(undefined, 11)], true, [9]],
])('when the training ended: %s', (_, records, isTrained, hours) => {
  const found = trainingEnds([anEvidence({ measurements: [], records })], isTrained)

  expect(found.map(({ at }) => at)).toEqual(hours.map(hour))
})

test('a run says which tool tells its end, and a record none', () => {
  const evidence = [anEvidence({ measurements: [], records: [training(9), run(8, 9)] })]

  expect(trainingEnds(evidence, true)).toEqual([{ at: hour(9) }, { at: hour(9), by: 'mlflow' }])
})
