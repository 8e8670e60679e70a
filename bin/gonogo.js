#!/usr/bin/env node
// Loads dist/ where it is built and src/ in a clone: Node does not strip types under node_modules.
import { existsSync, mkdirSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

const [major] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(
    `gonogo needs Node 24 or newer, this is ${process.version}; in a clone \`npx gonogo\` brings its own\n`,
  )
  process.exit(3)
}
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
