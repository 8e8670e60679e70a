#!/usr/bin/env node
// Loads dist/ where it is built and src/ in a clone: Node does not strip types under node_modules.
import { existsSync } from 'node:fs'

const [major] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(
    `gonogo needs Node 24 or newer, this is ${process.version}; in a clone \`npx gonogo\` brings its own\n`,
  )
  process.exit(3)
}
const source = new URL('../src/main.ts', import.meta.url)
const built = new URL('../dist/main.js', import.meta.url)
await import(existsSync(source) ? source.href : built.href)
