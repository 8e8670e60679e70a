import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { demoFile } from '../../src/demo/files.ts'
import { ACTIONS } from '../../src/demo/stand-in/seed.ts'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { CRITERIA, type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready({ retries: 0 })
})
afterAll(() => scene.close())
afterEach(async () => {
  await clear()
  expect(scene.github.violations).toEqual([])
})

/** Nothing protects the default branch any more. */
async function clear(): Promise<void> {
  const { data } = await admin().repos.getBranchRules({ ...at, branch: 'main' })
  const all = data.map((rule) =>
    'ruleset_id' in rule ? `${rule.ruleset_source_type} ${rule.ruleset_id}` : '',
  )
  for (const one of new Set(all)) {
    const [type, id] = one.split(' ')
    const owner = type === 'Organization' ? 'orgs/acme' : 'repos/acme/models'
    await scene.github.as('ada').request(`DELETE /${owner}/rulesets/${id}`)
  }
  await unprotect()
}

const at = { owner: 'acme', repo: 'models' }
const admin = () => scene.github.as('ada').rest
const unprotect = () =>
  admin()
    .repos.deleteBranchProtection({ ...at, branch: 'main' })
    .catch(() => undefined)

type Printed = {
  readonly gate: string
  readonly findings: readonly {
    readonly code: string
    readonly severity: string
    readonly commands?: string[]
  }[]
}

async function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
  let [out, err] = ['', '']
  const program = createProgram({
    environment: { GITHUB_API_URL: scene.github.url, ...environment },
    cwd: '/',
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    clock: () => new Date(0),
  })
  return { code: await program(['doctor', ...args]), out, err }
}

async function doctor(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { code, out } = await run(['acme/models', '--json', ...args], environment)
  const printed: Printed = JSON.parse(out)
  return {
    code,
    ...printed,
    codes: printed.findings.map((finding) => `${finding.severity} ${finding.code}`),
    commands: printed.findings.flatMap(({ commands = [] }) => commands),
  }
}

const asAda = { GITHUB_TOKEN: 'token-of-ada' }
const asApp = ({ app }: StandIn = scene.github) => ({ APP_ID: `${app.id}`, PRIVATE_KEY: app.privateKey })

/** Does what a command says, as an admin's `gh` would. */
async function obey(command: string): Promise<void> {
  const [, method = '', path = ''] =
    /gh api --hostname '127\.0\.0\.1' --method (\w+) '([^']+)'/.exec(command) ?? []
  const body = /^printf %s '([^']+)'/.exec(command)?.[1]
  await scene.github.as('ada').request(`${method} /${path}`, body === undefined ? {} : JSON.parse(body))
}

const protect = (check: object, more: object = {}) =>
  admin().repos.updateBranchProtection({
    ...{
      ...at,
      branch: 'main',
      enforce_admins: true,
      required_pull_request_reviews: null,
      restrictions: null,
    },
    required_status_checks: { strict: true, contexts: [], checks: [{ context: 'go/no-go', ...check }] },
    ...more,
  })

const rulesetOf = (check: object) =>
  admin().repos.createRepoRuleset({
    ...at,
    name: 'gate',
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [
      {
        type: 'required_status_checks',
        parameters: {
          strict_required_status_checks_policy: false,
          required_status_checks: [{ context: 'go/no-go', ...check }],
        },
      },
    ],
  })

describe('the command', () => {
  test('says what is missing, and what it says closes it', async () => {
    const before = await doctor(asApp())

    expect(before).toMatchObject({ code: 1, gate: 'gaps' })
    expect(before.codes).toEqual([
      ...['gap check_not_required', 'gap force_push_allowed', 'warning deletion_allowed'],
      ...['warning code_owners_missing', 'fine permissions_complete', 'warning releases_not_flagged'],
    ])
    await obey(before.commands[0] ?? '')

    const after = await doctor(asApp())
    expect(after).toMatchObject({ code: 0, gate: 'whole' })
    expect(after.codes).toEqual(
      expect.arrayContaining([
        ...['fine check_required', 'fine up_to_date', 'fine force_push_blocked', 'fine deletion_blocked'],
        ...['warning rules_removable', 'unknown bypass_unseen'],
      ]),
    )
    const above = after.commands.find((command) => command.includes('orgs/acme/rulesets'))
    await obey(above ?? '')
    expect((await doctor(asApp())).codes).toContain('fine rules_above')
  })

  test("a person's token tells of who may pass by, and needs the app's id to know whose check it is", async () => {
    await rulesetOf({ integration_id: scene.github.app.id })

    expect(await doctor(asAda)).toMatchObject({ code: 1 })
    const own = await doctor({ GH_TOKEN: 'token-of-ada' }, '--app', `${scene.github.app.id}`)
    expect(own.codes).toEqual(
      expect.arrayContaining([
        ...[
          'fine check_required',
          'fine bypass_none',
          'warning not_up_to_date',
          'unknown installation_unseen',
        ],
      ]),
    )
    expect((await doctor(asAda)).codes).toContain('unknown check_pinned_to_unknown')
    const grace = await doctor({ GITHUB_TOKEN: 'token-of-grace', APP_ID: `${scene.github.app.id}` })
    expect(grace.codes).toEqual(expect.arrayContaining(['fine check_required', 'unknown bypass_unseen']))
  })

  test('where nothing but the id is open, nobody is told that the gate holds', async () => {
    await rulesetOf({ integration_id: scene.github.app.id })
    const kept = (await doctor(asAda)).commands.find((command) => command.includes('gonogo history'))
    await obey(kept ?? '')

    expect(await doctor(asAda)).toMatchObject({ code: 3, gate: 'undecided' })
    expect(await doctor(asAda, '--app', '1')).toMatchObject({ code: 1, gate: 'gaps' })
    expect(await doctor(asAda, '--app', `${scene.github.app.id}`)).toMatchObject({ code: 0, gate: 'whole' })
  })

  test('sees of classic protection what the branch tells', async () => {
    const { id } = scene.github.app
    await protect({ app_id: id })
    expect((await doctor(asApp())).codes).toEqual(
      expect.arrayContaining([
        ...['fine check_required', 'warning rules_removable', 'unknown up_to_date_unseen'],
        ...['unknown force_push_unseen', 'unknown deletion_unseen'],
      ]),
    )
    expect((await doctor(asApp())).codes).not.toContain('warning admins_pass')
    await protect({ app_id: id }, { enforce_admins: false })
    expect((await doctor(asApp())).codes).toContain('warning admins_pass')
    await protect({ app_id: -1 })
    expect((await doctor(asApp())).codes).toContain('gap check_not_pinned')
  })

  test('holds environments that criteria name against those that are there, whatever they are called', async () => {
    const name = "prod'; touch /tmp/pwned; $(id)/é"
    const files = {
      [CRITERIA]: `${demoFile('criteria.yml')}environments: ${JSON.stringify([name, 'live'])}\n`,
    }
    await scene.github.commit({ branch: 'main', message: 'Gate deployments', files })
    await admin().repos.createOrUpdateEnvironment({ ...at, environment_name: 'Live' })
    await admin().repos.createOrUpdateEnvironment({ ...at, environment_name: 'production-eu' })

    const before = await doctor(asApp())
    expect(before.codes.filter((code) => code.includes('environment'))).toEqual([
      ...['gap environment_missing', 'gap environment_ungated', 'warning environment_like_production'],
    ])
    for (const command of before.commands.filter((one) => one.includes('/environments/'))) await obey(command)
    const after = await doctor(asApp())
    expect(after.codes.filter((code) => code.includes('environment'))).toEqual([
      ...['fine environment_gated', 'fine environment_gated'],
    ])
    await scene.github.commit({
      branch: 'main',
      message: 'Gate none',
      files: { [CRITERIA]: demoFile('criteria.yml') },
    })
  })

  test('knows whether somebody owns the criteria, and is asked', async () => {
    const own = (text: string) =>
      scene.github.commit({ branch: 'main', message: 'Own', files: { '.github/CODEOWNERS': text } })
    await own('* @ada\n/.gonogo/unwatch\n')
    expect((await doctor(asApp())).codes).toContain('warning code_owners_uncovered')
    await own('/.gonogo/ @acme/risk\n/.github/ @ada\n')
    const unasked = await doctor(asApp())
    expect(unasked.codes).toContain('warning code_owners_not_required')
    await obey(unasked.commands.find((command) => command.includes('require_code_owner_review')) ?? '')
    expect((await doctor(asApp())).codes).toContain('fine code_owners_hold')
  })

  test('asks little', async () => {
    await rulesetOf({ integration_id: scene.github.app.id })
    const before = scene.github.requests.length
    await doctor(asApp())

    expect(scene.github.requests.slice(before).map(({ operation }) => operation)).toHaveLength(13)
  })

  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ['nobody asks', ['acme/models'], {}, /set GITHUB_TOKEN/],
    ['a token that is not one', ['acme/models'], { GITHUB_TOKEN: 'wrong' }, /does not take the token/],
    ['a repository that is not there', ['acme/none'], asAda, /acme\/none is not there/],
    ['no repository', ['acme'], asAda, /write OWNER\/REPO/],
    ['a path', ['acme/../../x'], asAda, /write OWNER\/REPO/],
    ['an id that is none', ['acme/models', '--app', 'x'], asAda, /--app must be the id/],
    ['an address that is none', ['acme/models'], { ...asAda, GITHUB_API_URL: 'ftp://x' }, /GITHUB_API_URL/],
    ['a key that is none', ['acme/models'], { APP_ID: '4242', PRIVATE_KEY: 'x' }, /PRIVATE_KEY holds no/],
    [
      'nothing at the address',
      ['acme/models'],
      { ...asAda, GITHUB_API_URL: 'http://127.0.0.1:9' },
      /did not answer/,
    ],
  ])('could not run: %s', async (_, args, environment, expected) => {
    const { code, out, err } = await run(args, environment)

    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toMatch(expected)
    expect(err).not.toMatch(/please report|token-of/)
  })

  test('could not run where GitHub fails, or another app is not installed', async () => {
    scene.github.weather(({ operation }) =>
      operation === 'repos/get-branch-rules' ? { status: 403, body: { message: 'rate limit' } } : 'ok',
    )
    expect(await run(['acme/models'], asApp())).toMatchObject({ code: 3, out: '' })
    scene.github.weather(({ operation }) =>
      operation === 'apps/get-repo-installation' ? { status: 404 } : 'ok',
    )
    expect((await run(['acme/models'], asApp())).err).toMatch(/app 4242 is not installed on acme\/models/)
    scene.github.weather(() => 'ok')
  })
})

test('an app that may see little tells what it may not, and calls nothing of it fine', async () => {
  const permissions = { metadata: 'read', checks: 'write' } as const
  const github = await startStandIn({ app: { permissions, events: ['push'] } })
  const found = await doctor({ ...asApp(github), GITHUB_API_URL: github.url })

  expect(found.code).toBe(1)
  expect(found.codes).toEqual(
    expect.arrayContaining([
      ...['unknown check_unseen', 'unknown code_owners_unseen', 'unknown criteria_unseen'],
      ...['unknown environments_unseen', 'gap permission_missing', 'gap event_missing'],
    ]),
  )
  expect(found.codes.filter((code) => code.startsWith('fine'))).toEqual([])
  expect(github.violations).toEqual([])
  await github.close()
})

test('a green check that a workflow forged is merged where the check is not pinned, and doctor says which', async () => {
  const { github } = scene
  const forge = async (branch: string) => {
    const sha = await scene.release(branch, { 'models/sentiment/report.json': '{}' })
    const number = await scene.open(branch)
    expect((await scene.run(sha))?.conclusion).not.toBe('success')
    await github.as(ACTIONS.login).rest.checks.create({
      ...{ ...at, name: 'go/no-go', head_sha: sha, status: 'completed', conclusion: 'success' },
    })
    return await github
      .as('grace')
      .rest.pulls.merge({ ...at, pull_number: number })
      .then(() => 'merged')
      .catch(({ status }) => status)
  }

  await rulesetOf({ integration_id: github.app.id })
  expect((await doctor(asApp())).codes).toContain('fine check_required')
  expect(await forge('pinned')).toBe(405)
  await protect({ app_id: github.app.id })
  expect(await forge('pinned-twice')).toBe(405)

  await clear()
  await rulesetOf({})
  expect((await doctor(asApp())).codes).toContain('gap check_not_pinned')
  expect(await forge('open')).toBe('merged')
})
