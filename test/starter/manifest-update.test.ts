import { describe, expect, test } from 'vitest'
import type { Lying } from '../../src/starter/lying.ts'
import { updatedManifest } from '../../src/starter/manifest-update.ts'

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
const COMMIT = '4be1c0a7f9d24cf8a2a1b0a5d0cf2b6f2b2f3a01'
const NOTHING: Lying = { weights: [], datasets: [], evidence: [], commits: [] }

function update(before: string | undefined, lying: Partial<Lying>, replace = false) {
  const asked = { model: 's', path: 'models/s/release.yml', replace }
  const { text, notes } = updatedManifest(before, { ...NOTHING, ...lying }, asked)
  return { text, codes: notes.map(({ code }) => code).filter((code) => !code.startsWith('missing')) }
}

describe('the text of a manifest', () => {
  test.each<readonly [what: string, before: string, after: string]>([
    [
      'a list in one line, with a comment',
      'gonogo: 1\nevidence: [a.json]   # more\n',
      'gonogo: 1\nevidence: [ a.json, m.json ] # more\n',
    ],
    [
      'what is not touched keeps its spaces, quotes and comments',
      'gonogo:   1      # form\n\n# whose\nmodel: "s"\nversion: 1.0    # of March\nevidence:\n- a.json\n\n# end\n',
      'gonogo:   1      # form\n\n# whose\nmodel: "s"\nversion: 1.0    # of March\nevidence:\n  - a.json\n  - m.json\n\n# end\n',
    ],
    ['a key without a value', 'evidence:\nversion: 1\n', 'evidence:\n  - m.json\nversion: 1\n'],
    [
      'a key without a value, and what is to come',
      'evidence: # to come\nversion: 1\n',
      'evidence:\n  # to come\n  - m.json\nversion: 1\n',
    ],
    ['a key that is not there', 'version: 1', 'version: 1\nevidence:\n  - m.json\n'],
    ['lines that end otherwise', 'version: 1\r\n', 'version: 1\r\nevidence:\r\n  - m.json\r\n'],
    ['an end of the document', 'version: 1\n...\n', 'version: 1\nevidence:\n  - m.json\n...\n'],
    ['all in one line', '{ version: 1 }\n', '{ version: 1, evidence: [ m.json ] }\n'],
  ])('%s', (_, before, after) => {
    expect(update(before, { evidence: [{ path: 'm.json' }] })).toEqual({ text: after, codes: ['added'] })
  })

  test.each(['evidence: [./m.json]\n', 'evidence: [{path: m.json,about: base}]\n', 'evidence: soon\n'])(
    'is the very same where nothing is added: %s',
    (before) => {
      expect(update(before, { evidence: [{ path: 'm.json' }] }).text).toBe(before)
    },
  )
})

describe('what a manifest says already', () => {
  test('weights by path, or under another address by digest', () => {
    const weights = [{ path: 'm.pt', sha256: A }]

    expect(update(`weights: [{ path: ./m.pt, sha256: ${A} }]\n`, { weights }).codes).toEqual([])
    expect(update(`weights: [{ uri: 's3://x', sha256: ${A} }]\n`, { weights }).codes).toEqual([])
    expect(update(`weights: [{ path: m.pt, sha256: ${B} }]\n`, { weights }).codes).toEqual(['differs'])
    expect(update('weights: [{ path: m.pt }]\n', { weights }).text).toContain(`sha256: ${A}`)
    expect(update('service: { provider: x }\n', { weights }).codes).toEqual(['kept'])
  })

  test('a commit is replaced only where that is asked, and never one of several', () => {
    const commits = [{ commit: COMMIT, from: 'x' }]
    const other = { commit: 'e'.repeat(40), from: 'y' }
    const written = `training: { commit: ${'d'.repeat(40)}, run: 7 }\n`

    expect(update(undefined, { commits }).text).toContain(`training: { commit: ${COMMIT} }`)
    expect(update(written, { commits })).toEqual({ text: written, codes: ['differs'] })
    expect(update(written, { commits }, true)).toMatchObject({ codes: ['replaced'] })
    expect(update(written, { commits }, true).text).toContain(`commit: ${COMMIT}, run: 7`)
    expect(update(undefined, { commits: [...commits, other] })).toEqual({
      text: 'gonogo: 1\nmodel: s\n',
      codes: ['commits_differ'],
    })
    expect(update('training: { run: 7 }\n', { commits }).text).toContain(`run: 7, commit: ${COMMIT}`)
    expect(update('evaluation: { run: 7 }\n', { commits }).codes).toEqual([])
  })

  test('a commit of digits alone is written as the text that it is', () => {
    const commit = '1234567890'.repeat(4)

    expect(update(undefined, { commits: [{ commit, from: 'x' }] }).text).toContain(`commit: "${commit}"`)
  })

  test('data by name and role; a guess gives way to what is written', () => {
    const md5 = 'a'.repeat(32)
    const data = { name: 'd', role: 'test', digest: { md5 } } as const
    const of = (entry: string, guessed?: true) =>
      update(`datasets: [{ name: d, ${entry} }]\n`, { datasets: [{ ...data, ...(guessed && { guessed }) }] })

    expect(of(`role: test, digest: { md5: ${md5} }`).codes).toEqual([])
    expect(of(`role: test, digest: { md5: ${'b'.repeat(32)} }`).codes).toEqual(['differs'])
    expect(of(`role: test, digest: { sha256: ${A} }`).codes).toEqual([])
    expect(of('role: test').text).toContain(`md5: ${md5}`)
    expect(of(`role: tune, digest: { md5: ${md5} }`, true).codes).toEqual([])
    expect(of(`role: tune, digest: { md5: ${md5} }`).codes).toEqual(['added'])
    expect(
      update(`datasets: [{ name: other, role: test, digest: { md5: ${md5} } }]\n`, {
        datasets: [{ ...data, guessed: true }],
      }).codes,
    ).toEqual([])
  })
})
