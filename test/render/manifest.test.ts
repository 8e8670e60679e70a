import { describe, expect, test } from 'vitest'
import type { ManifestNote } from '../../src/core/manifest-note.ts'
import { plain } from '../../src/render/sentence.ts'
import { manifestReport, manifestSentence } from '../../src/render/words-manifest.ts'

const HOSTILE = '\u001b[31mred\u202e\nline'

/** One note of each code, hostile wherever a file may speak; a code without one does not compile. */
const EVERY: { readonly [C in ManifestNote['code']]: Extract<ManifestNote, { code: C }> } = {
  added: { code: 'added', what: 'weights', name: HOSTILE, detail: HOSTILE },
  differs: { code: 'differs', what: 'dataset', name: HOSTILE, written: HOSTILE, found: HOSTILE },
  replaced: { code: 'replaced', what: 'training', name: HOSTILE, written: HOSTILE, found: HOSTILE },
  kept: { code: 'kept', key: HOSTILE },
  missing_version: { code: 'missing_version' },
  missing_weights: { code: 'missing_weights' },
  missing_training: { code: 'missing_training' },
  missing_evidence: { code: 'missing_evidence' },
  missing_document: { code: 'missing_document', document: HOSTILE },
  missing_digest: { code: 'missing_digest', dataset: HOSTILE },
  guessed_role: { code: 'guessed_role', dataset: HOSTILE, role: 'test' },
  weights_by_md5: { code: 'weights_by_md5', path: HOSTILE },
  sums_differ: { code: 'sums_differ', path: HOSTILE, listed: HOSTILE, found: HOSTILE },
  commits_differ: { code: 'commits_differ', commits: [{ commit: HOSTILE, from: HOSTILE }] },
  names_another: { code: 'names_another', path: HOSTILE, found: HOSTILE },
  with_problems: { code: 'with_problems', path: HOSTILE, problems: 2 },
  left: { code: 'left', path: HOSTILE, why: 'numbers' },
  not_followed: { code: 'not_followed', path: HOSTILE },
  cut: { code: 'cut', what: 'files', limit: 10 },
}

describe('the report of a manifest', () => {
  test.each(Object.values(EVERY))('$code: one line, with nothing that moves a terminal', (note) => {
    const text = plain(manifestSentence(note))

    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(text.length).toBeGreaterThan(10)
  })

  test('what was added first, then what differs, then what is missing', () => {
    const report = manifestReport('a/release.yml', Object.values(EVERY).toReversed(), 'would')
    const heads = report.split('\n').flatMap((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? [])

    expect(report).toMatch(/^a\/release\.yml: not written\n/)
    expect([...new Set(heads)]).toEqual(['added', 'replaced', 'differs', 'missing', 'note'])
  })

  test.each([
    [1, '1 problem, which keeps a release'],
    [2, '2 problems, which keep a release'],
  ])('%i with problems', (problems, says) =>
    expect(plain(manifestSentence({ code: 'with_problems', path: 'a', problems }))).toContain(says),
  )

  test('hundreds of one kind are counted', () => {
    const notes = Array.from({ length: 100 }, (_, index) => ({
      ...({ code: 'left', path: `${index}.json`, why: 'numbers' } as const),
    }))

    expect(manifestReport('a', notes, 'same')).toContain('and 70 more')
  })
})
