import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Octokit } from '@octokit/rest'
import { describe, expect, test } from 'vitest'
import { startStandIn } from '../../src/demo/stand-in.ts'
import { asApp, asInstallation, client, refusal } from './app-client.ts'
import { aStandInEach, at, pullRequest } from './each.ts'

const use = aStandInEach()

const git = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: use.folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim()

describe('git objects', () => {
  test('have the ids that git gives them', async () => {
    const { rest } = use.standIn.as('ada')
    git('init', '--quiet')
    const content = Buffer.from([0, 255, 10, 13])
    const blobId = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: use.folder, input: content })
      .toString()
      .trim()
    // Git sorts the use.folder `a` after the file `a.txt`.
    const inner = execFileSync('git', ['mktree'], { cwd: use.folder, input: `100644 blob ${blobId}\tb\n` })
      .toString()
      .trim()
    const entries = `040000 tree ${inner}\ta\n100755 blob ${blobId}\ta.txt\n`
    const treeId = execFileSync('git', ['mktree'], { cwd: use.folder, input: entries }).toString().trim()
    const author = { name: 'Ada Lövelace', email: 'ada@example.com', date: '2026-01-02T03:04:05+02:00' }
    const who = (role: string) => ({
      [`GIT_${role}_NAME`]: author.name,
      [`GIT_${role}_EMAIL`]: author.email,
      [`GIT_${role}_DATE`]: author.date,
    })
    const env = { ...process.env, ...who('AUTHOR'), ...who('COMMITTER') }
    const { data: main } = await rest.git.getRef({ ...at, ref: 'heads/main' })

    const blob = await rest.git.createBlob({ ...at, content: content.toString('base64'), encoding: 'base64' })
    const tree = await rest.git.createTree({
      ...at,
      tree: [
        { path: 'a/b', mode: '100644', type: 'blob', sha: blob.data.sha },
        { path: 'a.txt', mode: '100755', type: 'blob', sha: blob.data.sha },
      ],
    })
    const signed = { author, committer: author, message: 'Message\n\nBody' }
    const root = await rest.git.createCommit({ ...at, ...signed, tree: tree.data.sha, parents: [] })
    const merge = await rest.git.createCommit({
      ...at,
      ...signed,
      tree: tree.data.sha,
      parents: [main.object.sha, root.data.sha],
    })

    const rootId = execFileSync('git', ['commit-tree', treeId, '-m', 'Message\n\nBody'], {
      cwd: use.folder,
      env,
    })
      .toString()
      .trim()
    const text = [
      `tree ${treeId}`,
      `parent ${main.object.sha}`,
      `parent ${rootId}`,
      git('cat-file', '-p', rootId).split('\n').slice(1).join('\n'),
    ].join('\n')
    const mergeId = execFileSync('git', ['hash-object', '-t', 'commit', '--stdin'], {
      cwd: use.folder,
      input: `${text}\n`,
    })
      .toString()
      .trim()
    expect([blob.data.sha, tree.data.sha, root.data.sha, merge.data.sha]).toEqual([
      blobId,
      treeId,
      rootId,
      mergeId,
    ])
    expect(root.data.author.date).toBe('2026-01-02T01:04:05Z')
  })

  test('come as raw bytes where that is asked for', async () => {
    await use.standIn.commit({
      branch: 'main',
      message: 'm',
      files: { 'a.bin': new Uint8Array([0, 255]) },
      by: 'ada',
    })
    const { rest } = await asInstallation(use.standIn)
    const { data: tree } = await rest.git.getTree({ ...at, tree_sha: 'main' })
    const file = tree.tree.find((entry) => entry.path === 'a.bin')

    const raw = await rest.git.getBlob({ ...at, file_sha: file?.sha ?? '', mediaType: { format: 'raw' } })

    // Octokit types a raw blob as JSON.
    expect([...new Uint8Array(raw.data as unknown as ArrayBuffer)]).toEqual([0, 255])
  })
})

describe('a clone', () => {
  test('is the repository, object for object, with remote branches and a work tree', async () => {
    await use.standIn.commit({
      branch: 'main',
      message: 'One',
      files: { 'a.txt': 'one\n', 'x/y/z.txt': 'z', 'x.txt': '' },
      date: '2026-03-01T12:00:00+05:30',
    })
    const { sha, number } = await pullRequest(use.standIn, { 'b.txt': 'two\n' })
    await use.standIn.commit({ branch: 'main', message: 'Two', files: { 'a.txt': null } })
    await use.standIn.as('ada').rest.pulls.merge({ ...at, pull_number: number })
    const { data: main } = await use.standIn.as('ada').rest.git.getRef({ ...at, ref: 'heads/main' })

    await use.standIn.clone(use.folder, { branch: 'work' })

    expect(git('fsck', '--full', '--strict')).toBe('')
    expect(git('rev-parse', 'HEAD', 'refs/remotes/origin/work', 'refs/remotes/origin/main')).toBe(
      [sha, sha, main.object.sha].join('\n'),
    )
    expect(git('symbolic-ref', 'refs/remotes/origin/HEAD')).toBe('refs/remotes/origin/main')
    expect(git('symbolic-ref', 'HEAD')).toBe('refs/heads/work')
    expect(git('status', '--porcelain')).toBe('')
    expect(readFileSync(join(use.folder, 'b.txt'), 'utf8')).toBe('two\n')
    expect(git('ls-tree', '-r', '--name-only', 'origin/main')).toBe('README.md\nb.txt\nx.txt\nx/y/z.txt')
    expect(git('log', '-1', '--format=%an %cn %s', 'origin/main')).toBe(
      'Ada Lovelace GitHub Merge pull request #1 from acme/work',
    )
  })
})

describe('the app', () => {
  test('has its requests counted by operation, weather included', async () => {
    const app = await asInstallation(use.standIn)
    await app.rest.repos.get(at)
    use.standIn.weather(({ operation }) => (operation === 'git/get-ref' ? { status: 502 } : 'ok'))
    await refusal(app.rest.git.getRef({ ...at, ref: 'heads/main' }))
    await use.standIn.as('ada').rest.repos.get(at)

    expect(use.standIn.requests.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'apps/create-installation-access-token 201',
      'repos/get 200',
      'git/get-ref 502',
    ])
    expect(use.standIn.violations).toEqual([])
  })

  test('is told apart by its own key', async () => {
    const other = await startStandIn()
    const { data } = await asApp(use.standIn).rest.apps.getAuthenticated()
    const impostor = asApp({ ...use.standIn, app: other.app })
    await other.close()

    expect(data?.id).toBe(use.standIn.app.id)
    expect(await refusal(impostor.rest.apps.getAuthenticated())).toMatch(/^401/)
    expect(await refusal(client(use.standIn.url, 'nobodys-token').rest.repos.get(at))).toBe(
      '401 Bad credentials',
    )
  })

  type Breach = [what: string, request: (app: Octokit) => Promise<unknown>, sentence: RegExp]
  const breaches: readonly Breach[] = [
    ['an unknown operation', (app) => app.rest.repos.listForks(at), /which fixtures\/openapi does not have/],
    [
      'an unknown key',
      (app) =>
        app.request('POST /repos/{owner}/{repo}/check-runs', {
          ...at,
          name: 'x',
          head_sha: 'y',
          colour: 'red',
        }),
      /Unrecognized key: "colour"/,
    ],
    [
      'an unknown parameter',
      (app) => app.request('GET /repos/{owner}/{repo}/pulls', { ...at, author: 'x' }),
      /the query has no parameter author/,
    ],
    [
      'completed without conclusion',
      (app) => app.rest.checks.create({ ...at, name: 'x', head_sha: 'y', status: 'completed' }),
      /needs a conclusion/,
    ],
  ]

  test.each(breaches)('breaks the contract with %s', async (_, request, sentence) => {
    const app = await asInstallation(use.standIn)

    const answer = await refusal(request(app))

    expect(answer).toMatch(/^422/)
    expect(use.standIn.violations).toHaveLength(1)
    expect(use.standIn.violations[0]?.sentence).toMatch(sentence)
  })

  test('may do what its permissions say and nothing more', async () => {
    const { sha } = await pullRequest(use.standIn, { a: '1' })
    const app = await asInstallation(use.standIn)
    const narrow = await asApp(use.standIn).rest.apps.createInstallationAccessToken({
      installation_id: use.standIn.app.installationId,
      permissions: { metadata: 'read' },
    })
    const { rest } = client(use.standIn.url, narrow.data.token)

    expect(await refusal(app.rest.git.createBlob({ ...at, content: 'x' }))).toBe(
      '403 Resource not accessible by integration',
    )
    expect(await refusal(rest.git.getTree({ ...at, tree_sha: 'main' }))).toMatch(/^403/)
    expect(await refusal(rest.checks.create({ ...at, name: 'x', head_sha: sha }))).toMatch(/^403/)
    expect(await refusal(rest.repos.get(at))).toBe('not refused')
  })

  test('reads with a token for one repository only that one', async () => {
    const own = await startStandIn({ repos: [{ name: 'models' }, { name: '.github' }] })
    await own.commit({
      repo: '.github',
      branch: 'main',
      message: 'Floor',
      files: { '.gonogo/floor.yml': 'gonogo: 1' },
    })
    const { data } = await asApp(own).rest.apps.createInstallationAccessToken({
      installation_id: own.app.installationId,
      repositories: ['.github'],
      permissions: { contents: 'read' },
    })
    const { rest } = client(own.url, data.token)
    const floor = rest.repos.getContent({ owner: 'acme', repo: '.github', path: '.gonogo/floor.yml' })

    expect(await refusal(floor)).toBe('not refused')
    expect(await refusal(rest.git.getTree({ ...at, tree_sha: 'main' }))).toBe('404 Not Found')
    expect([data.repositories?.length, own.violations]).toEqual([1, []])
    await own.close()
  })

  test('neither sees nor hears of a repository where it is not installed', async () => {
    const own = await startStandIn({ repos: [{ name: 'models' }, { name: '.github', installed: false }] })
    await own.commit({
      repo: '.github',
      branch: 'main',
      message: 'Floor',
      files: { '.gonogo/floor.yml': 'gonogo: 1' },
    })
    const { rest } = await asInstallation(own)

    expect(await refusal(rest.repos.get({ owner: 'acme', repo: '.github' }))).toBe('404 Not Found')
    expect(await refusal(rest.repos.get(at))).toBe('not refused')
    expect(own.deliveries).toEqual([])
    await own.close()
  })

  test('works in any weather', async () => {
    const app = await asInstallation(use.standIn)
    use.standIn.weather(() => ({
      status: 403,
      headers: { 'retry-after': '7' },
      body: { message: 'slow down' },
    }))
    const stormy = await app.rest.repos.get(at).catch((error) => error)
    use.standIn.weather(() => ({ delayMs: 60 }))
    const start = performance.now()
    await app.rest.repos.get(at)

    expect([stormy.status, stormy.response.headers['retry-after'], stormy.message]).toEqual([
      403,
      '7',
      expect.stringContaining('slow down'),
    ])
    expect(performance.now() - start).toBeGreaterThan(55)
  })
})
