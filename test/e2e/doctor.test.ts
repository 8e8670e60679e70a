import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { CRITERIA, type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready({ retries: 0 })
})
afterAll(() => scene.close())
afterEach(async () => {
  const { data } = await admin().repos.getBranchRules({ ...at(), branch: 'main' })
  const own = new Set(data.flatMap((rule) => ('ruleset_id' in rule ? rule.ruleset_id : undefined) ?? []))
  for (const ruleset_id of own) await admin().repos.deleteRepoRuleset({ ...at(), ruleset_id })
  expect(scene.github.violations).toEqual([])
})

const admin = () => scene.github.as('ada').rest
const at = () => ({ owner: scene.github.owner, repo: scene.github.repo })

async function doctor(args: readonly string[], environment: Readonly<Record<string, string>>) {
  let [out, err] = ['', '']
  const program = createProgram({
    environment: { GITHUB_API_URL: scene.github.url, ...environment },
    cwd: '/',
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    clock: () => new Date(0),
  })
  const code = await program(['doctor', 'acme/models', ...args])
  return { code, out, err }
}

const asAda = { GITHUB_TOKEN: 'token-of-ada' }
const asApp = () => ({ APP_ID: `${scene.github.app.id}`, PRIVATE_KEY: scene.github.app.privateKey })

test('first', async () => {
  console.log(await doctor([], asAda))
  console.log((await doctor([], asApp())).out)
  console.log((await doctor(['--json'], asApp())).out)
})
