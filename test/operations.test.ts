import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createMetrics } from '../src/app/metrics.ts'

const text = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const DOCUMENT = text('docs/operations.md')
const CODE = ['app', 'cli']
  .flatMap((folder) =>
    readdirSync(new URL(`../src/${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => text(`src/${folder}/${file}`)),
  )
  .join('\n')

test('operations.md explains each metric, and no other', async () => {
  const depth = { waiting: 0, postponed: 0, active: 0, failed: 0, givenUp: 0, oldestSeconds: 0 }
  const page = (await createMetrics().page(depth, new Date(0))).text
  const names = [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)
  const rows = [...DOCUMENT.matchAll(/^\| `(gonogo_[a-z_]+)/gm)].map(([, name]) => name)
  const used = [...DOCUMENT.matchAll(/gonogo_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, ''))

  expect(rows.toSorted()).toEqual(names.toSorted())
  expect(new Set(used)).toEqual(new Set(names))
})

test('operations.md explains log lines that there are', () => {
  const section = DOCUMENT.slice(DOCUMENT.indexOf('## The log'), DOCUMENT.indexOf('## A stuck queue'))
  const messages = [...section.matchAll(/^\| ((?:`[a-z ]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, message]) => message),
  )

  expect(messages.length).toBeGreaterThan(9)
  for (const message of messages) expect(CODE).toContain(`'${message}'`)
})

test('operations.md moves the database with the PGlite that gonogo has', () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(text('package.json')))

  expect(DOCUMENT).toContain(`@electric-sql/pglite@${dependencies['@electric-sql/pglite']}\``)
})
