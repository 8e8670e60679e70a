import { createHash } from 'node:crypto'
import { closeSync, openSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { filePieces } from '../../src/cli/file-pieces.ts'
import { progressOf } from '../../src/cli/progress.ts'
import type { World } from '../../src/cli/world.ts'
import { garakReport } from '../support/garak-report.ts'
import { gonogo, type LocalRepository, localRepository } from './clone.ts'

const Read = z.array(
  z.object({
    format: z.string(),
    measurements: z.array(z.object({ successes: z.number(), source: z.object({ sha: z.string() }) })),
  }),
)

let repository: LocalRepository
beforeAll(() => {
  repository = localRepository()
})
afterAll(() => repository.remove())

describe('a file that is larger than what a commit may hold', () => {
  const report = garakReport(2700)

  test('gonogo read goes through JSON lines piece by piece', async () => {
    const path = join(repository.folder, 'big.report.jsonl')
    const id = createHash('sha1').update(`blob ${report.size}\0`)
    const file = openSync(path, 'w')
    for (const piece of report.pieces()) {
      writeSync(file, piece)
      id.update(piece)
    }
    closeSync(file)

    const { code, out, err } = await gonogo(repository.folder, ['read', '--json', 'big.report.jsonl'])

    expect(report.size).toBeGreaterThan(100_000_000)
    const [read] = Read.parse(JSON.parse(out))
    expect(read?.format).toBe('garak')
    expect(read?.measurements).toHaveLength(20)
    expect(read?.measurements.reduce((all, { successes }) => all + successes, 0)).toBe(report.fails)
    expect(new Set(read?.measurements.map(({ source }) => source.sha))).toEqual(new Set([id.digest('hex')]))
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test.each([
    ['big.json', 100_000_001],
    ['huge.jsonl', 2 ** 31 + 1],
  ])('%s of %d bytes is not read', async (name, bytes) => {
    const path = join(repository.folder, name)
    closeSync(openSync(path, 'w'))
    truncateSync(path, bytes)

    const { code, out } = await gonogo(repository.folder, ['read', '--json', name])

    expect(code).toBe(2)
    expect(JSON.parse(out)[0].problems).toMatchObject([{ code: 'too_large' }])
  })

  test('one that becomes shorter meanwhile is said to be', () => {
    const path = join(repository.folder, 'short.jsonl')
    closeSync(openSync(path, 'w'))

    expect(() => [...filePieces(path, 10, () => {}).pieces()]).toThrow('became shorter')
  })
})

describe('a bar on stderr', () => {
  function drawn(isTTY: boolean, seconds: readonly number[], TERM = 'xterm'): string {
    let now = 0
    let shown = ''
    const nowhere = { write: () => true }
    const world: World = {
      environment: { TERM },
      cwd: '/',
      stdout: nowhere,
      stderr: { isTTY, write: (text) => (shown += text) },
      clock: () => new Date(now),
    }
    const progress = progressOf(world, 'big\u001b[31m.jsonl', 4)
    for (const second of seconds) {
      now = second * 1000
      progress.add(1)
    }
    progress.end()
    return shown
  }

  test('shows how far a long work has come, and leaves nothing', () => {
    expect(drawn(true, [0.5, 1.5, 1.55, 9])).toBe(
      `\r${'█'.repeat(12)}${'░'.repeat(12)}  50%  big.jsonl\r${'█'.repeat(24)} 100%  big.jsonl\r\u001b[2K`,
    )
  })

  test.each([
    ['a work that is soon done', true, [0.1, 0.4, 0.9], 'xterm'],
    ['a pipe', false, [5, 10], 'xterm'],
    ['a terminal that can draw none', true, [5, 10], 'dumb'],
  ] as const)('is not for %s', (_, isTTY, seconds, term) => {
    expect(drawn(isTTY, seconds, term)).toBe('')
  })
})
