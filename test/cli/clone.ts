import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createProgram } from '../../src/cli/program.ts'
import { demoFile, demoWeights } from '../../src/demo/files.ts'

export const CLOCK = '2026-03-01T12:00:00.000Z'
const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  // Looks after each commit whether there is something to tidy, in a process more.
  ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'maintenance.auto', GIT_CONFIG_VALUE_0: 'false' },
}
const DATE = '2026-02-01T00:00:00Z'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** A git repository in a folder of its own. */
export type LocalRepository = {
  readonly folder: string
  readonly git: (...args: readonly string[]) => string
  /** Commits, with the dates that somebody makes up. */
  readonly commit: (message: string, files: Files, date?: string) => string
  readonly remove: () => void
}

export function localRepository(): LocalRepository {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-cli-'))
  const dated = (date: string, ...args: readonly string[]) =>
    execFileSync('git', [...args], {
      cwd: folder,
      env: { ...ENV, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  const git = (...args: readonly string[]) => dated(DATE, ...args)
  // Without the examples of hooks, which are more files than a test has.
  git('init', '--quiet', '--template=', '--initial-branch=main')
  return {
    folder,
    git,
    commit: (message, files, date = DATE) => {
      write(folder, files)
      git('add', '--all')
      dated(date, 'commit', '--quiet', '--allow-empty', '-m', message)
      return headOf(folder)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The commit that was just made on the branch of a work tree, without asking git. */
function headOf(folder: string): string {
  const read = (name: string) => readFileSync(join(folder, '.git', name), 'utf8').trim()
  const head = read('HEAD')
  return head.startsWith('ref: ') ? read(head.slice('ref: '.length)) : head
}

export function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

/** Criteria and training on main, and on a branch `release` the demo's release, changed as asked. */
export function releaseRepository(change: Files = {}): LocalRepository {
  const repository = localRepository()
  repository.commit('Criteria', { '.gonogo/criteria/sentiment.yml': demoFile('criteria.yml') })
  const training = repository.commit('Train', { 'train.py': demoFile('train.py') })
  repository.git('checkout', '--quiet', '-b', 'release')
  repository.commit('Release', { ...releaseFiles(training), ...change })
  return repository
}

export function releaseFiles(training: string): Files {
  const weights = demoWeights(1)
  const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
  return {
    'models/sentiment/release.yml': demoFile('release.yml', {
      version: '1.0.0',
      training,
      sha256: weights.sha256,
      evidence,
    }),
    'models/sentiment/model.safetensors': weights.bytes,
    'models/sentiment/report.json': demoFile('report.json'),
    'models/sentiment/MODEL_CARD.md': demoFile('MODEL_CARD.md'),
    'models/sentiment/training-record.yml': demoFile('training-record.yml', {
      today: '2026-02-01',
      training,
    }),
  }
}

export type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** Runs the command line as a person would, without a process of its own. */
export async function gonogo(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  let out = ''
  let err = ''
  const run = createProgram({
    environment,
    cwd,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    clock: () => new Date(CLOCK),
  })
  const code = await run(args)
  return { code, out, err }
}
