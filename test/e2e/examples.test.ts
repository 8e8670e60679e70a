import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { askedBy, asks } from '../../src/app/asked.ts'
import { type Ready, ready } from './scene.ts'

const Payload = z.looseObject({ action: z.string().optional() })
const Examples = z.array(z.object({ name: z.string(), examples: z.array(Payload) }))
const path = createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json')
const EXAMPLES = Examples.parse(JSON.parse(readFileSync(path, 'utf8'))).flatMap(({ name, examples }) =>
  examples.map((payload, index) => ({ name, payload, title: `${name} ${payload.action ?? ''} (${index})` })),
)

/** Events that ask for a verdict, and where each says on which commit. */
const JUDGED: Readonly<Record<string, string>> = {
  'pull_request opened': 'pull_request.head',
  'pull_request synchronize': 'pull_request.head',
  'pull_request reopened': 'pull_request.head',
  'pull_request ready_for_review': 'pull_request.head',
  'pull_request_review dismissed': 'pull_request.head',
  'check_run rerequested': 'check_run',
  'check_suite rerequested': 'check_suite',
  'merge_group checks_requested': 'merge_group',
}

let scene: Ready
beforeAll(async () => {
  scene = await ready()
})
afterAll(() => scene.close())

function judged({ name, payload }: (typeof EXAMPLES)[number]): string | undefined {
  return JUDGED[`${name} ${payload.action ?? ''}`]
}

/** Whether it tells of commits that were pushed to a branch, and not of a tag or of a branch that is gone. */
function toBranch({ name, payload }: (typeof EXAMPLES)[number]): boolean {
  return name === 'push' && String(payload.ref).startsWith('refs/heads/') && payload.deleted === false
}

/** GitHub's example as it would be of this repository and commit. */
function here(payload: z.infer<typeof Payload>, where: string, sha: string): object {
  const local = Payload.parse(scene.payload(structuredClone(payload)))
  const holder = where
    .split('.')
    .reduce<Record<string, unknown>>(
      (object, key) => z.record(z.string(), z.unknown()).parse(object[key]),
      local,
    )
  const [first, second] = where.split('.')
  const changed =
    second === undefined
      ? { ...holder, head_sha: sha }
      : {
          ...z.record(z.string(), z.unknown()).parse(local[first ?? '']),
          state: 'open',
          [second]: { ...holder, sha },
        }
  return { ...local, [first ?? '']: changed }
}

describe("GitHub's own examples", () => {
  test('every event that asks for a verdict has one', () => {
    const there = new Set(EXAMPLES.map(({ name, payload }) => `${name} ${payload.action ?? ''}`))

    expect(Object.keys(JUDGED).filter((name) => !there.has(name))).toEqual([])
  })

  test.each(EXAMPLES.filter(judged))('$title is judged', async (example) => {
    const sha = await scene.release(example.title.replaceAll(/\W+/g, '-'))

    const status = await scene.send(example.name, here(example.payload, judged(example) ?? '', sha))

    expect(status).toBe(202)
    expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
  })

  test('every push to a branch is judged where that is the default one', async () => {
    const pushes = EXAMPLES.filter(toBranch)

    for (const [index, { name, payload }] of pushes.entries()) {
      const sha = await scene.release(`pushed-${index}`)
      const local = { ...scene.payload(structuredClone(payload)), ref: 'refs/heads/main', after: sha }
      expect(await scene.send(name, local)).toBe(202)
      expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
    }
    expect(pushes.length).toBeGreaterThan(1)
  })

  test('those that ask for something else than a verdict are understood', () => {
    const asking = EXAMPLES.filter(({ name }) =>
      ['release', 'deployment', 'issue_comment', 'installation', 'installation_repositories'].includes(name),
    )

    const kinds = asking.map(({ name, payload }) => {
      const local = Payload.parse(scene.payload(payload))
      return `${name} ${payload.action ?? ''}: ${askedBy(name, local).kind}`
    })

    expect(kinds.filter((kind) => kind.includes('unreadable'))).toEqual([])
    expect([...new Set(kinds)]).toEqual(
      expect.arrayContaining([
        'release published: task',
        'deployment created: task',
        'issue_comment created: nothing',
        'installation created: installation',
        'installation deleted: nothing',
      ]),
    )
  })

  test('all others are answered and change nothing', async () => {
    const before = scene.github.requests.length
    const others = EXAMPLES.filter(({ name, payload }) => {
      const action = typeof payload.action === 'string' ? payload.action : null
      return asks(name, action) === 'never'
    })

    const answers = await Promise.all(others.map(({ name, payload }) => scene.send(name, payload)))

    expect(others.length).toBeGreaterThan(200)
    expect([...new Set(answers)]).toEqual([202])
    expect(scene.github.requests).toHaveLength(before)
  })
})
