import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('../bin/gonogo.js', import.meta.url))

/** Runs the command as an older Node would. */
function onOldNode(...args: readonly string[]) {
  const old = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.0.0"}})'
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${old}`, BIN, ...args],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

test('on an older Node it runs on the one that the clone brings, with its arguments and its exit code', () => {
  const good = onOldNode('schema', 'criteria')
  const bad = onOldNode('schema', 'nothing')

  expect(good).toMatchObject({ status: 0, stderr: '' })
  expect(JSON.parse(good.stdout)).toHaveProperty('$schema')
  expect(bad.status).toBe(3)
  expect(bad.stderr).toContain('there is no schema nothing')
})
