import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkRunOf, startScene } from '../../src/demo/scene.ts'
import { playOrdered } from '../../src/demo/story-ordered.ts'
import { evaluate } from '../../src/evaluate.ts'
import { renderCheckRun } from '../../src/render/check-run.ts'
import { gather } from '../../src/sources/gather.ts'
import { openClone } from '../../src/sources/git/clone.ts'
import { openRemote } from '../../src/sources/github/remote.ts'
import { registeredAt } from '../../src/sources/registered-at.ts'
import type { Entry, Repository } from '../../src/sources/repository.ts'
import { dataFolder } from '../support/data-folder.ts'

const asking = { now: '2026-03-01T12:00:00.000Z', engine: 'test' }
const folder = mkdtempSync(join(tmpdir(), 'gonogo-clone-'))
let scene: Awaited<ReturnType<typeof startScene>>
let sources: readonly [clone: Repository, remote: Repository]
let commits: readonly string[]

beforeAll(async () => {
  scene = await startScene({ folder: await dataFolder() })
  const { github } = scene
  await playOrdered(scene, new Date().toISOString().slice(0, 10), () => undefined)
  await scene.settled()
  await github.clone(folder)
  const { owner, repo } = github
  sources = [await openClone(folder), openRemote(github.as('ada'), { owner, repo, branch: 'main' })]
  const branches = await github.as('ada').rest.repos.listBranches({ owner, repo, per_page: 100 })
  const histories = await Promise.all(
    branches.data.map(({ commit }) =>
      github.as('ada').rest.repos.listCommits({ owner, repo, sha: commit.sha, per_page: 100 }),
    ),
  )
  commits = [...new Set(histories.flatMap(({ data }) => data.map(({ sha }) => sha)))].toSorted()
}, 120_000)
afterAll(async () => {
  await scene.close()
  rmSync(folder, { recursive: true, force: true })
})

async function both<T>(ask: (source: Repository) => Promise<T>): Promise<readonly [T, T]> {
  return [await ask(sources[0]), await ask(sources[1])]
}

type Found = readonly [path: string, entry: Entry]
const byPath = ([a]: Found, [b]: Found) => (a < b ? -1 : 1)

/** Every path of a commit with what stands there, asked folder by folder and path by path. */
async function everything(source: Repository, commit: string, folder: string): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const [name, entry] of await source.list(commit, folder)) {
    const path = folder === '' ? name : `${folder}/${name}`
    expect(await source.entry(commit, path)).toEqual(entry)
    found.push([path, entry])
    if (entry.kind === 'folder') found.push(...(await everything(source, commit, path)))
  }
  return found
}

describe('a clone and GitHub give the same', () => {
  test('names', () => {
    expect(sources[0].name).toBe(sources[1].name)
    expect(sources[0].branch).toBe(sources[1].branch)
  })

  test('positions, trees and facts of every commit', async () => {
    expect(commits.length).toBeGreaterThan(8)
    for (const [index, commit] of commits.entries()) {
      const [here, there] = await both((source) => source.position(commit))
      expect(here).toEqual(there)
      if (index % 4 === 0) {
        const [tree, other] = await both((source) => everything(source, commit, ''))
        expect(tree.toSorted(byPath)).toEqual(other.toSorted(byPath))
      }
      const [facts, remote] = await both((source) => gather(source, { ...asking, commit }))
      expect(facts).toEqual(remote)
    }
    // Thousands of questions over HTTP: on a machine that does much else they take their time.
  }, 90_000)

  test('merge bases and registrations of every pair', async () => {
    const tip = (await sources[0].position(commits[0] ?? '')).tip
    for (const one of commits.slice(0, 6)) {
      for (const other of commits.slice(-6)) {
        const [here, there] = await both((source) => source.mergeBase(one, other))
        expect(here).toEqual(there)
      }
      const [here, there] = await both((source) =>
        registeredAt(source, tip, { kind: 'training', commit: one }),
      )
      expect(here).toEqual(there)
    }
  })

  test.each(['0'.repeat(40), 'f'.repeat(40)])('a commit that is not there: %s', async (commit) => {
    const [here, there] = await both((source) =>
      source.mergeBase('main' === source.branch ? (commits[0] ?? '') : '', commit),
    )

    expect(here).toEqual({ kind: 'unknown' })
    expect(there).toEqual({ kind: 'unknown' })
  })

  test('what became of a file on the first-parent line', async () => {
    const tip = (await sources[0].position(commits[0] ?? '')).tip
    const line: string[] = []
    for await (const commit of sources[0].firstParents(tip)) line.push(commit)
    const paths = ['.gonogo/criteria/sentiment.yml', 'models/sentiment/release.yml', 'README.md', 'absent/x']
    for (const until of line) {
      for (const path of paths) {
        const [here, there] = await both((source) => source.changesOf(tip, until, path))
        expect(here).toEqual(there)
      }
    }
  })

  test('first-parent histories', async () => {
    const tip = (await sources[0].position(commits[0] ?? '')).tip
    const [here, there] = await both(async (source) => {
      const line: string[] = []
      for await (const commit of source.firstParents(tip)) line.push(commit)
      return line
    })

    expect(here).toEqual(there)
    expect(here.length).toBeGreaterThan(2)
  })
})

test('the verdict on a laptop is the check run that the app published, finding by finding', async () => {
  const heads = await scene.github
    .as('ada')
    .rest.pulls.list({ owner: scene.github.owner, repo: scene.github.repo, state: 'open' })
  expect(heads.data.length).toBeGreaterThan(0)
  for (const { head } of heads.data) {
    const published = await checkRunOf(scene, head.sha)
    const here = renderCheckRun(
      evaluate(await gather(sources[0], { ...asking, now: new Date().toISOString(), commit: head.sha })),
    )

    expect(here.conclusion).toBe(published?.conclusion)
    expect(here.title).toBe(published?.title)
    expect(rows(here.summary)).toEqual(rows(published?.summary ?? ''))
  }
})

/** The table of criteria. */
function rows(summary: string): readonly string[] {
  return summary.split('\n').filter((line) => line.startsWith('|'))
}
