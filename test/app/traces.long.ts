import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { safe } from '../../src/app/handle.ts'
import { openTraces } from '../../src/app/open-traces.ts'
import { pathTemplate } from '../../src/app/path-template.ts'

const SRC = new URL('../../src/app/', import.meta.url)

/** How many files of OpenTelemetry's SDK and exporters a process loads that starts the app's code. */
function loaded(endpoint: string | undefined): number {
  const program = `
    import { registerHooks } from 'node:module'
    let files = 0
    registerHooks({
      load: (url, context, next) => {
        if (/@opentelemetry[/](?!api[/])/.test(url)) files += 1
        return next(url, context)
      },
    })
    await import('${SRC}server.ts')
    const { openTraces } = await import('${SRC}open-traces.ts')
    const traces = await openTraces(${JSON.stringify(endpoint)}, 'test')
    await traces.close()
    console.log(files)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }))
}

test('nothing of the SDK is loaded without an endpoint', () => {
  expect(loaded(undefined)).toBe(0)
  expect(loaded('http://127.0.0.1:9')).toBeGreaterThan(10)
}, 30_000)

test('a collector that is away fails nothing, and holds up the end only within a bound', async () => {
  const traces = await openTraces('http://127.0.0.1:9/', 'test')
  const context = await traces.span({ name: 'delivery', kind: 'server', attributes: {} }, async () =>
    traces.context(),
  )

  expect(context).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  const before = Date.now()
  await traces.close()
  expect(Date.now() - before).toBeLessThan(5000)
})

test.each([
  ['https://api.github.com/repos/acme/secret-model/git/blobs/abc?x=sesame', '/repos/{}/{}/git/blobs/{}'],
  ['https://api.github.com/repos/acme/m/compare/main...feature%2Fsesame', '/repos/{}/{}/compare/{}'],
  ['https://api.github.com/repos/acme/m/git/ref/heads%2Fsesame', '/repos/{}/{}/git/ref/{}'],
  [
    'https://ghe.example/api/v3/app/installations/7/access_tokens',
    '/api/v3/app/installations/{}/access_tokens',
  ],
  ['https://sesame:sesame@ghe.example/sesame', '/{}'],
])('the shape of %s is %s', (url, shape) => {
  expect(pathTemplate(url)).toBe(shape)
})

test.each([
  ['a token', new Error('no access with ghs_1_eyJsesame.sesame-sesame')],
  ['a fine-grained token', new Error('no access with github_pat_11sesame')],
  ['a JSON Web Token', new Error('no access with eyJsesame.sesame.sesame')],
  ['a password in an address', new Error('connect postgres://gonogo:sesame@db/gonogo')],
  ['what a parser quotes', new SyntaxError('Unexpected token, "sesame" is not valid JSON')],
  ['a message of two lines', new SyntaxError('no\nsesame')],
  ["GitHub's answer", Object.assign(new Error('sesame'), { status: 422 })],
])('the log does not tell %s', (_, error) => {
  const logged = JSON.stringify(safe(error))

  expect(logged).not.toContain('sesame')
  expect(logged).toContain(error.name)
})

test('the log tells what else went wrong', () => {
  expect(safe(new Error('the database went away'))).toMatchObject({ message: 'the database went away' })
})
