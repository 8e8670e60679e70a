import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { releaseRepository } from './cli/clone.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gonogo-package-'))
const installed = join(folder, 'node_modules', 'gonogo')
const Manifest = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) })
let listed: readonly string[]

/** Installs the tarball as npm would, but with the dependencies of this clone, since a test has no network. */
beforeAll(() => {
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .at(-1)
  const tarball = join(folder, name ?? '')
  listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  const { dependencies } = Manifest.parse(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')))
  for (const dependency of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', dependency)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', dependency), link)
  }
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function gonogo(cwd: string, ...args: readonly string[]): { readonly code: number; readonly out: string } {
  try {
    const out = execFileSync(process.execPath, [join(installed, 'bin', 'gonogo.js'), ...args], {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return { code: 0, out }
  } catch (error) {
    const failed = z.object({ status: z.number(), stdout: z.string() }).parse(error)
    return { code: failed.status, out: failed.stdout }
  }
}

test('it holds what runs, and neither sources nor tests', () => {
  expect(listed).toContain('package/bin/gonogo.js')
  expect(listed).toContain('package/dist/main.js')
  expect(listed).toContain('package/README.md')
  expect(listed).toContain('package/LICENSE')
  expect(listed.filter((path) => /^package\/(src|test)\/|\.ts$|\.env|\.pem$/.test(path))).toEqual([])
  expect(existsSync(join(installed, 'src'))).toBe(false)
})

test('its command says its version', () => {
  const { version } = Manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))

  expect(gonogo(folder, '--version')).toEqual({ code: 0, out: `${version}\n` })
})

test('its command judges a clone', () => {
  const repository = releaseRepository()

  const { code, out } = gonogo(repository.folder, 'check', '--json')
  repository.remove()

  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ decision: 'go' })
})

test('its demo plays', () => {
  expect(gonogo(folder, 'demo')).toMatchObject({ code: 0, out: expect.stringContaining('25 of 25 steps') })
}, 60_000)

test('it does not start without a configuration', () => {
  expect(gonogo(folder, 'serve').code).toBe(3)
})
