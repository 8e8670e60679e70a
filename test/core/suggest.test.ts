import { describe, expect, test } from 'vitest'
import { suggest } from '../../src/core/suggest.ts'

const KINDS = ['vendor-risk-assessment', 'vendor-monitoring', 'certificate', 'bom']

describe('suggest', () => {
  test.each([
    ['certificat', 'certificate'],
    ['bmo', 'bom'],
    ['vendor-risk', 'vendor-risk-assessment'],
    ['Vendor-M', 'vendor-monitoring'],
  ])('%s means %s', (word, wanted) => {
    expect(suggest(word, KINDS)).toBe(wanted)
  })

  test.each(['vendor', 've', 'ce', '', 'risk', 'vendor-risk-assessment-of-2026-by-us'])(
    '%j means nothing for certain',
    (word) => {
      expect(suggest(word, KINDS)).toBeUndefined()
    },
  )
})
