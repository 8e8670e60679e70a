#!/usr/bin/env node
// Loads dist/ where it is built and src/ in a clone: Node does not strip types under node_modules.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [major] = process.versions.node.split('.').map(Number)
if (major < 24) await elsewhere()
// Starting takes a third less time with compiled code at hand. Node's own choice of a folder is where others could
// put code for us to run, and a folder that can't be made is gone without: step by step, for Node never ends trying.
const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
if (isAbsolute(caches))
  try {
    for (const folder of [caches, join(caches, 'gonogo')])
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    module.enableCompileCache(join(caches, 'gonogo'))
  } catch {}
const source = new URL('../src/main.ts', import.meta.url)
const built = new URL('../dist/main.js', import.meta.url)
await import(existsSync(source) ? source.href : built.href)

/** On the Node that a clone brings with `npm ci`, where there is one; never comes back. */
async function elsewhere() {
  const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(own)) {
    process.stderr.write(
      `gonogo needs Node 24 or newer, this is ${process.version}; in a clone \`npm ci\` brings one\n`,
    )
    process.exit(3)
  }
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`gonogo could not start ${own}: ${error.message}\n`)
    process.exit(3)
  })
  child.on('exit', (code) => process.exit(code ?? 3))
  await new Promise(() => {})
}
