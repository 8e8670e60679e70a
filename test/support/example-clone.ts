import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FLOOR } from '../../src/core/paths.ts'
import { filled } from './case.ts'
import { below, type Files, storyOf, tellLayers } from './example-folder.ts'

/** Dates that mean nothing, and people of no account. */
const ENV = {
  ...process.env,
  ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  ...{
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@acme.example',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  },
  ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@acme.example' },
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
}

/**
 * Writes an example as a person would have it on a laptop: the repository with its commits, beside it the artifacts in
 * folders and the organisation's floor. Returns the words after `gonogo` that judge it.
 */
export function writeExample(files: Files, folder: string): readonly string[] {
  const { repository, artifacts = [] } = storyOf(files)
  const clone = join(folder, repository.split('/')[1] ?? '')
  mkdirSync(clone, { recursive: true })
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: clone, env: ENV, encoding: 'utf8' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', `https://github.com/${repository}.git`)
  let at = 'main'
  const { ids, head } = tellLayers(files, ({ name, on, files: tree }) => {
    if (on !== at) git('checkout', '--quiet', '-b', on)
    at = on
    write(clone, tree)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '-m', name)
    return git('rev-parse', 'HEAD')
  })
  const uploaded = artifacts.map(({ name }) => {
    const own = [...below(files, `artifact/${name}`)]
    write(join(folder, 'artifact', name), new Map(own.map(([path, text]) => [path, filled(text, head, ids)])))
    return ['--artifact', `${name}=${join(folder, 'artifact', name)}`]
  })
  const floor = below(files, 'floor')
  write(join(folder, 'floor'), floor)
  return [
    ...['check', '--repo', clone, '--base', 'main', ...uploaded.flat()],
    ...(floor.has(FLOOR) ? ['--floor', join(folder, 'floor', FLOOR)] : []),
  ]
}

function write(folder: string, files: Files): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
