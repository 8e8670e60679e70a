import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inspect } from '../../src/formats/inspect.ts'
import { readEvidence } from '../../src/readers/index.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
const has = (name: string) => existsSync(new URL(name, SAMPLES))
const bytesOf = (name: string) => readFileSync(new URL(name, SAMPLES))

describe('scans that tools wrote', () => {
  test.skipIf(!has('model-scanning/trivy-alpine-310.sarif'))('Trivy does not say that it ran', () => {
    const { format, reading } = readEvidence(
      bytesOf('model-scanning/trivy-alpine-310.sarif'),
      'a.sarif',
      'f00d',
    )

    expect(format).toBe('sarif')
    expect(reading.problems).toEqual([])
    expect(reading.records).toMatchObject([{ tool: 'Trivy', proof: 'not_said', files: [] }])
    const [scan] = reading.records
    expect(scan?.kind === 'scan' && scan.issues.map(({ severity }) => severity)).toContain('medium')
  })

  test.skipIf(!has('model-scanning/sarif-suppressions.sarif'))('suppressions as the sample says', () => {
    const { reading } = readEvidence(bytesOf('model-scanning/sarif-suppressions.sarif'), 'a.sarif', 'f00d')

    const [scan] = reading.records
    expect(
      scan?.kind === 'scan' && scan.issues.filter(({ suppressed }) => suppressed).length,
    ).toBeGreaterThan(2)
    expect(scan?.kind === 'scan' && scan.issues.some(({ suppressed }) => !suppressed)).toBe(true)
  })

  test.skipIf(!has('reproducibility/mslearn-model.pkl'))('a pickle of scikit-learn names it', () => {
    const bytes = bytesOf('reproducibility/mslearn-model.pkl')

    expect(inspect('model.pkl', bytes, bytes.length)).toMatchObject({
      ...{ whole: true, faults: [] },
      names: expect.arrayContaining(['sklearn.linear_model._logistic.LogisticRegression']),
    })
  })
})
