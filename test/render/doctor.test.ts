import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { DoctorFacts, RuleSource } from '../../src/core/doctor-facts.ts'
import type { DoctorFinding } from '../../src/core/doctor-finding.ts'
import { readDescription } from '../../src/demo/openapi.ts'
import { PLAIN_TERMINAL } from '../../src/render/columns.ts'
import { renderDoctorJson, renderDoctorText } from '../../src/render/doctor.ts'
import { gateLines } from '../../src/render/gate-lines.ts'
import { markdown, plain, quoted } from '../../src/render/sentence.ts'
import { type ApiCall, ghCommand } from '../../src/render/shell.ts'
import { DOCTOR_CODES, doctorWords, type Examined } from '../../src/render/words-doctor.ts'

const folder = mkdtempSync(join(tmpdir(), 'gonogo-gh-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const EXAMINED: Examined = { repository: 'acme/models', branch: 'main', organization: true, appId: 4242 }
const source: RuleSource = { kind: 'repository', name: 'acme/models', ruleset: 7 }
const where = ['classic', source] as const
const unseen = { needs: 'Metadata: read' }

/** One finding of each code, with a text of a stranger wherever there is one. */
const samples = (text: string): readonly DoctorFinding[] => [
  { code: 'check_required', severity: 'fine', where, appId: 4242 },
  { code: 'check_not_required', severity: 'gap' },
  { code: 'check_not_pinned', severity: 'gap', where },
  { code: 'check_pinned_elsewhere', severity: 'gap', where, pinned: 15368 },
  { code: 'check_pinned_to_unknown', severity: 'unknown', where, pinned: 7 },
  { code: 'check_unseen', severity: 'unknown', unseen },
  { code: 'rules_above', severity: 'fine', by: text },
  { code: 'rules_removable', severity: 'warning', where, organization: true },
  { code: 'admins_pass', severity: 'warning' },
  { code: 'up_to_date', severity: 'fine', how: 'strict' },
  { code: 'not_up_to_date', severity: 'warning' },
  { code: 'up_to_date_unseen', severity: 'unknown', unseen },
  { code: 'bypass_none', severity: 'fine', source },
  {
    ...{ code: 'bypass_allowed', severity: 'warning', source },
    actors: [{ actor: text, mode: text }],
  },
  { code: 'bypass_unseen', severity: 'unknown', source, unseen: { more: 5 } },
  { code: 'force_push_blocked', severity: 'fine' },
  { code: 'force_push_allowed', severity: 'gap' },
  { code: 'force_push_unseen', severity: 'unknown', unseen },
  { code: 'deletion_blocked', severity: 'fine' },
  { code: 'deletion_allowed', severity: 'warning' },
  { code: 'deletion_unseen', severity: 'unknown', unseen },
  { code: 'code_owners_hold', severity: 'fine', file: text },
  { code: 'code_owners_missing', severity: 'warning' },
  { code: 'code_owners_uncovered', severity: 'warning', file: text, paths: [text] },
  { code: 'code_owners_not_required', severity: 'warning', file: text },
  { code: 'code_owners_unseen', severity: 'unknown', unseen },
  { code: 'environment_gated', severity: 'fine', environment: text, models: ['a'] },
  { code: 'environment_missing', severity: 'gap', environment: text, models: ['a'] },
  { code: 'environment_ungated', severity: 'gap', environment: text, models: ['a'], disabled: false },
  { code: 'environment_unseen', severity: 'unknown', environment: text, unseen },
  { code: 'environment_like_production', severity: 'warning', environment: text },
  { code: 'environments_unseen', severity: 'unknown', unseen },
  { code: 'criteria_unread', severity: 'unknown', files: [text] },
  { code: 'criteria_unseen', severity: 'unknown', unseen },
  { code: 'releases_flagged', severity: 'fine' },
  { code: 'releases_not_flagged', severity: 'warning' },
  { code: 'permissions_complete', severity: 'fine' },
  { code: 'permission_missing', severity: 'gap', permission: 'checks', wanted: 'write', held: text },
  { code: 'event_missing', severity: 'gap', event: 'release' },
  { code: 'installation_unseen', severity: 'unknown', unseen },
]

test('the samples are one of each code', () => {
  expect(
    samples('a')
      .map(({ code }) => code)
      .toSorted(),
  ).toEqual([...DOCTOR_CODES].toSorted())
})

test.each(samples('production').map((finding) => [finding.code, finding] as const))(
  '%s says what was found, and what to do unless it is fine',
  (_, finding) => {
    const { says, next } = doctorWords(finding, EXAMINED)

    expect(plain(says)).toMatch(/^[^A-Z].*[^.]$/)
    expect(next === undefined).toBe(finding.severity === 'fine')
  },
)

const HOSTILE = [
  `'; touch ${join(folder, 'pwned')}; '`,
  `$(touch ${join(folder, 'pwned')})`,
  '`id`',
  '../../../orgs/acme',
  '..',
  'a\nb --method DELETE',
  '\u001b[31m\u202e"\\',
  'a/b?c#d e%2f',
  '\ud800 é 生产',
]
const AS_GIVEN = 'production'

/** What a shell makes of a command: the arguments and the input of `gh`, which is a script here. */
function run(command: string): { readonly args: readonly string[]; readonly input: string } {
  writeFileSync(
    join(folder, 'gh'),
    `#!/bin/sh\nprintf '%s\\0' "$@" > '${folder}/args'\ncat > '${folder}/input'\n`,
  )
  chmodSync(join(folder, 'gh'), 0o755)
  execFileSync('/bin/sh', ['-c', command], {
    env: { PATH: `${folder}:/bin:/usr/bin` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return {
    args: readFileSync(join(folder, 'args'), 'utf8').split('\0').slice(0, -1),
    input: readFileSync(join(folder, 'input'), 'utf8'),
  }
}

const callsOf = (text: string): readonly ApiCall[] =>
  samples(text).flatMap((finding) => doctorWords(finding, EXAMINED).calls ?? [])

const github = readDescription()

describe('commands', () => {
  test.each([AS_GIVEN, ...HOSTILE])('are what GitHub describes, for the environment %j', (environment) => {
    const calls = callsOf(environment)

    const kinds = new Set(calls.map(({ method, path }) => `${method} ${path[0]} ${path.length}`))
    // What is called .. has no address.
    expect(kinds.size).toBe(environment === '..' ? 2 : 4)
    for (const call of calls) {
      const { args, input } = run(ghCommand(call))
      const [api, method, given, path = '', ...rest] = args
      const body: unknown = input === '' ? undefined : JSON.parse(input)
      const operation = github.find(call.method, `/${path}`)

      expect([api, method, given]).toEqual(['api', '--method', call.method])
      expect(rest).toEqual(call.body === undefined ? [] : ['--input', '-'])
      expect(decodeURIComponent(path)).toBe(call.path.map((segment) => segment.toWellFormed()).join('/'))
      expect(body).toEqual(call.body)
      expect(operation?.operation).toMatch(
        /^repos\/create-(repo-ruleset|org-ruleset|or-update-environment|deployment-protection-rule)$/,
      )
      expect(operation && github.requestFaults(operation, { path: `/${path}`, body })).toEqual([])
    }
    expect(() => readFileSync(join(folder, 'pwned'))).toThrow('ENOENT')
  })

  test("an organisation's ruleset is a repository's, with the repository named", () => {
    const repository = callsOf('a').find(({ path }) => path.join('/') === 'repos/acme/models/rulesets')
    const above = callsOf('a').find(({ path }) => path[0] === 'orgs')

    expect(above).toEqual({
      method: 'POST',
      path: ['orgs', 'acme', 'rulesets'],
      body: {
        ...Object(repository?.body),
        conditions: {
          ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] },
          repository_name: { include: ['models'], exclude: [], protected: true },
        },
      },
    })
  })

  test('pin the app, and forge nothing where it is not known', () => {
    const { appId: _, ...unknown } = EXAMINED
    const words = doctorWords({ code: 'check_not_required', severity: 'gap' }, unknown)

    expect(words.calls).toBeUndefined()
    expect(plain(words.next ?? [])).toContain('`--app`')
    expect(JSON.stringify(callsOf('a'))).toContain(
      '"required_status_checks":[{"context":"go/no-go","integration_id":4242}]',
    )
  })

  test('go to the host that was asked', () => {
    const call: ApiCall = { method: 'PUT', path: ['repos', 'a', 'b'] }

    expect(run(ghCommand(call, "ghe.acme.example'; id")).args).toEqual([
      ...['api', '--hostname', "ghe.acme.example'; id", '--method', 'PUT', 'repos/a/b'],
    ])
  })
})

const FACTS: DoctorFacts = {
  ...EXAMINED,
  rules: { unseen },
  classic: { unseen },
  bypasses: [],
  files: { unseen },
  environments: { unseen },
  installation: { unseen },
}

describe('the report', () => {
  test.each(HOSTILE)('shows nothing that a stranger hid in %j', (text) => {
    const findings = samples(text)
    const shown = renderDoctorText({ facts: FACTS, findings }, PLAIN_TERMINAL)

    // Our own signs are not in ASCII, and names may be in any script.
    expect(shown).not.toMatch(/[^\n\P{C}]/u)
    expect(shown.split('\n').filter((line) => line.startsWith('    →'))).toHaveLength(
      findings.filter((finding) => doctorWords(finding, EXAMINED).next).length,
    )
  })

  test('begins with the worst, and tells a command once', () => {
    const text = renderDoctorText({ facts: FACTS, findings: samples('production') }, PLAIN_TERMINAL)
    const signs =
      text
        .match(/^ {2}[✗?!✓]/gm)
        ?.join('')
        .replaceAll(' ', '') ?? ''

    expect(text.split('\n')[0]).toBe(
      'acme/models, main, app 4242: the gate has gaps (8 gaps, 12 unknown, 10 warnings, 10 fine)',
    )
    expect(signs).toMatch(/^✗{8}\?{12}!{10}✓{10}$/)
    const commands = text.split('\n').filter((line) => line.includes('gh api'))
    expect(new Set(commands).size).toBe(commands.length)
  })

  test('is data as JSON', () => {
    expect(
      renderDoctorJson({ facts: FACTS, findings: [{ code: 'check_not_required', severity: 'gap' }] }),
    ).toMatchObject({
      ...{ repository: 'acme/models', branch: 'main', app: 4242, gate: 'gaps' },
      findings: [
        {
          ...{ code: 'check_not_required', severity: 'gap' },
          commands: [
            expect.stringMatching(
              /^printf %s '\{.*\}' \| gh api --method POST 'repos\/acme\/models\/rulesets' --input -$/,
            ),
          ],
        },
      ],
    })
  })
})

test('a check run tells of gaps in two lines, whatever they are of', () => {
  const gap = doctorWords(
    samples('@acme/all <b>|')[28] ?? { code: 'check_not_required', severity: 'gap' },
    EXAMINED,
  )
  const lines = gateLines({ repository: 'acme/models', at: '2026-03-01', gaps: [gap.says, [], []] })

  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain(`seen on 2026-03-01: ${markdown(gap.says)}; and 2 more gaps`)
  expect(lines.join('')).not.toMatch(/@acme|<b>/)
  expect(lines[1]).toContain(markdown([quoted('gonogo doctor acme/models')]))
})
