import { describe, expect, test } from 'vitest'
import type { ReleaseDecision, ReleaseReason } from '../../src/core/release.ts'
import {
  isSameText,
  NOTES_CHARACTERS,
  renderReleaseStatus,
  withNotice,
  withoutNotice,
} from '../../src/render/release-notice.ts'
import { markdown, plain } from '../../src/render/sentence.ts'
import { noteWords, releaseWords } from '../../src/render/words-releases.ts'
import { aFinding, aModel, anId, isUnmet } from '../support/build.ts'

const HOSTILE = 'x`y`<b>@ada</b> [l](http://e.vil) <!-- end of gonogo notice -->\n# #1'

/** Each reason, with a text from outside wherever it takes one. */
function everyReason(text: string): {
  readonly [C in ReleaseReason['code']]: Extract<ReleaseReason, { code: C }>
} {
  const findings = [aFinding({ criterion: text, answer: isUnmet() })]
  return {
    model_not_go: { code: 'model_not_go', model: aModel({ model: text, decision: 'no-go', findings }) },
    model_not_judged: { code: 'model_not_judged', model: text },
    commit_problem: { code: 'commit_problem', problem: { path: text, code: 'uncovered' } },
    no_commit: { code: 'no_commit', by: 'tag', name: text },
    unmerged: { code: 'unmerged', commit: anId('1'), branch: text },
    asset_not_judged: { code: 'asset_not_judged', name: text, sha256: 'a'.repeat(64), was: 'b'.repeat(64) },
    asset_without_digest: { code: 'asset_without_digest', name: text },
    could_not_evaluate: { code: 'could_not_evaluate', correlation: text },
  }
}

const NOTE = { code: 'tag_moved', tag: 'v1', was: anId('1'), is: anId('2') } as const
const blocked = (reasons: readonly ReleaseReason[] = [everyReason('m').unmerged]): ReleaseDecision => ({
  decision: 'no-go',
  reasons,
  notes: [],
})
const GO: ReleaseDecision = { decision: 'go', reasons: [], notes: [] }
const noticed = (decision: ReleaseDecision, name = 'v1') => ({
  decision,
  commit: { by: 'tag', name, sha: anId('1') } as const,
  done: 'flagged' as const,
})

describe('words', () => {
  test.each(Object.values(everyReason('some text')).map((one) => [one.code, one] as const))(
    '%s',
    (_, reason) => {
      const { says, next } = releaseWords(reason)
      for (const shown of [plain(says), plain(next), markdown(says), markdown(next)]) {
        expect(shown).toMatch(/^[a-zG`]/)
        expect(shown).not.toMatch(/\.$|undefined|\[object| {2}/)
      }
    },
  )

  test('a target, and a file that was never another one', () => {
    const target = releaseWords({ code: 'no_commit', by: 'target', name: 'x' })
    expect(plain(target.says)).toBe('the target `x` is no branch and no commit of this repository')
    const file = releaseWords({ code: 'asset_not_judged', name: 'x', sha256: 'a' })
    expect(plain(file.says)).not.toContain('judged first')
    expect(plain(noteWords(NOTE))).toContain('pointed at `1111111111`')
  })
})

describe('a notice', () => {
  test('stands at the top, comes once, and goes without a trace', () => {
    const first = withNotice('Hello\n', noticed(blocked()))
    expect(first.notice).toBe('full')
    expect(first.body.startsWith('<!-- gonogo notice')).toBe(true)
    expect(first.body.endsWith('\n\nHello\n')).toBe(true)
    expect(withNotice(first.body, noticed(blocked())).body).toBe(first.body)
    expect(withNotice(first.body, noticed(GO))).toEqual({ body: 'Hello\n', notice: 'none' })
    expect(withNotice('', noticed(blocked())).body).toMatch(/notice -->$/)
  })

  test('is the same text where a browser gave each line another end', () => {
    const { body } = withNotice('Hello\nthere', noticed(blocked()))
    const sent = `${body.replaceAll('\n', '\r\n')}\r\n`
    expect(isSameText(sent, withNotice(sent, noticed(blocked())).body)).toBe(true)
    expect(isSameText(withNotice(sent, noticed(GO)).body, 'Hello\nthere')).toBe(true)
    expect(isSameText('a', 'b')).toBe(false)
  })

  test('is told beside a go where the tag moved', () => {
    const { body } = withNotice('Hello', noticed({ ...GO, notes: [NOTE] }))
    expect(body).toContain('> **Go, and this is to be known.**')
    expect(body).toContain('pointed at `1111111111`')
  })

  test.each<readonly [string, (own: string) => string, string]>([
    ['a forged one', (own) => own.replace('No-go', 'Go'), 'Hello'],
    ['two', (own) => `${own}\n${own}`, 'Hello'],
    ['one in another', (own) => `${own.slice(0, 5)}${own}${own.slice(5)}`, 'Hello'],
    ['one that is moved down', (own) => `Before\n${own}`, 'Before\nHello'],
    ['a beginning alone', (own) => own.split('\n')[0] ?? '', '\nHello'],
    ['an end alone', (own) => own.split('\n').at(-1) ?? '', '\nHello'],
  ])('%s is replaced', (_, forge, left) => {
    const own = withNotice('', noticed(blocked())).body
    const { body } = withNotice(`${forge(own)}\n\nHello`, noticed(blocked()))
    expect(body).toBe(`${own}\n\n${left}`)
    expect(withoutNotice(body)).toBe(left)
  })

  test('lets nothing from outside out', () => {
    const reasons = Object.values(everyReason(HOSTILE))
    const { body } = withNotice('', noticed(blocked(reasons), HOSTILE))
    expect(body.match(/<!--/g)).toHaveLength(2)
    expect(body).not.toMatch(/@ada|<b>|\]\(http/)
    for (const line of body.split('\n').slice(1, -1)) expect(line.startsWith('>')).toBe(true)
  })

  test('never takes room from what its author wrote', () => {
    const full = 'x'.repeat(NOTES_CHARACTERS)
    expect(withNotice(full, noticed(blocked()))).toEqual({ body: full, notice: 'none' })
    const less = 'x'.repeat(NOTES_CHARACTERS - 700)
    const many = Array.from({ length: 50 }, () => everyReason('m').unmerged)
    const short = withNotice(less, noticed(blocked(many)))
    expect(short).toMatchObject({
      notice: 'short',
      body: expect.stringContaining('no room for the 50 reasons'),
    })
    expect(short.body.endsWith(less)).toBe(true)
    expect(short.body.length).toBeLessThanOrEqual(NOTES_CHARACTERS)
    expect(withNotice('', noticed(blocked(many))).body).toContain('and 30 more reasons')
  })
})

describe('a status', () => {
  test('says no more than the decision', () => {
    expect(renderReleaseStatus('v1', GO, ['m 1.0.0'], true)).toEqual({
      state: 'success',
      description: 'v1: go: m 1.0.0',
    })
    expect(renderReleaseStatus('v1', { ...GO, decision: 'nothing' }, [], true).description).toContain(
      'nothing to judge',
    )
    for (const decision of ['no-go', 'undecided'] as const)
      expect(renderReleaseStatus('v1', { ...blocked(), decision }, [], true).state).toBe('failure')
  })

  test('fits, whatever is in it, and always says that nothing was flagged', () => {
    for (const text of ['m', HOSTILE, '@'.repeat(300), 'x'.repeat(300)])
      for (const reason of Object.values(everyReason(text))) {
        const { description } = renderReleaseStatus(text, blocked([reason, reason]), [], false)
        expect(description.length).toBeLessThanOrEqual(140)
        expect(description).toContain('; 1 more; gonogo may not flag it')
        expect(description).toContain(': no-go: ')
        expect(description).not.toMatch(/@a/)
      }
  })
})
