import { describe, expect, test } from 'vitest'
import { answer, Criterion } from '../../src/checks/index.ts'
import { IntegrityCheck, LISTED } from '../../src/checks/integrity.ts'
import { acceptable } from '../../src/core/accepted.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { Package } from '../../src/core/training-evidence.ts'
import { aContext } from '../support/facts.ts'
import {
  COMMIT,
  data,
  ELSE,
  environment,
  judged,
  named,
  OTHER,
  run,
  SHA,
  settings,
} from '../support/training.ts'

describe('all of it', () => {
  const good = [
    data('c.json', [named('train', SHA)]),
    settings('params.yaml', 'committed', { seed: 1 }),
    settings('dvc.lock', 'run', { seed: 1 }),
    environment('r.txt', [{ written: 'a==1' }]),
    run('w.json', { commit: COMMIT }),
  ]
  const of = ['code', 'environment', 'parameters', 'data']

  test('holds only together', () => {
    expect(judged({ of }, good)).toMatchObject({ code: 'integrity_holds', outcome: 'met' })
    for (const left of good)
      expect(
        judged(
          { of },
          good.filter((one) => one !== left),
        ).outcome,
      ).not.toBe('met')
    expect(judged({ of }, [...good, run('m', { commit: ELSE })]).outcome).toBe('unmet')
  })

  test('is judged like any other criterion', () => {
    const criterion = Criterion.parse({
      id: 'i',
      control: 'reproducibility',
      check: 'integrity',
      of: ['code'],
    })

    expect(answer(criterion, aContext([]))).toMatchObject({ code: 'integrity_open', outcome: 'undecided' })
  })

  test('lists so many facts and counts the others', () => {
    const many = Array.from(
      { length: LISTED + 7 },
      (_, at): Package => ({ written: `p${at}`, loose: 'no_version' }),
    )

    const came = judged({ of: ['environment'] }, [environment('r.txt', many)])

    expect(came.facts).toHaveLength(LISTED)
    // And that the list is as it was.
    expect(came.more).toBe(7 + 1)
  })

  test.each<readonly [string, object, boolean]>([
    ['data for its control', { control: 'data-integrity', of: ['data'] }, true],
    ['no data for its control', { control: 'data-integrity', of: ['code'] }, false],
    ['data alone for reproducibility', { control: 'reproducibility', of: ['data'] }, false],
    ['data and code for reproducibility', { control: 'reproducibility', of: ['data', 'code'] }, true],
    ['hashes of no environment', { of: ['data'], hashed: true }, false],
    ['strength of no data', { of: ['code'], strong: true }, false],
    ['names of no data', { of: ['code'], datasets: ['a'] }, false],
    ['nothing', { of: [] }, false],
    ['a false hashed', { of: ['environment'], hashed: false }, false],
  ])('%s', (_, given, fits) => {
    const written = { id: 'i', control: 'documentation', check: 'integrity', ...given }

    expect(IntegrityCheck.safeParse(written).success).toBe(fits)
  })
})

describe('a waiver', () => {
  test.each<readonly [string, object, readonly EvidenceRecord[], string]>([
    [
      'may accept a loose package',
      { of: ['environment'] },
      [environment('r', [{ written: 'a', loose: 'range' }])],
      'acceptable',
    ],
    ['may accept what nobody names', { of: ['data'] }, [], 'acceptable'],
    ['never another digest', { of: ['data'] }, [data('c', [named('train', OTHER)])], 'contradiction'],
    ['never another commit', { of: ['code'] }, [run('w', { commit: ELSE })], 'contradiction'],
    ['never what can’t be compared', { of: ['code'] }, [run('w', { commit: 'main' })], 'unclear'],
    ['never what holds', { of: ['code'] }, [run('w', { commit: COMMIT })], 'met'],
  ])('%s', (_, given, records, expected) => {
    const can = acceptable(judged(given, records))

    expect(can.kind === 'not' ? can.why : can.kind).toBe(expected)
  })
})
