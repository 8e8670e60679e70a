import { execFile } from 'node:child_process'

/** A git command that failed; `code` is its exit code. */
export class GitError extends Error {
  readonly code: number | string | undefined
  constructor(command: string, code: number | string | undefined, stderr: string) {
    const lines = stderr.trim().split('\n')
    super(`git ${command}: ${lines.find((line) => /^(fatal|error): /.test(line)) ?? (lines[0] || 'failed')}`)
    this.name = 'GitError'
    this.code = code
  }
}

const MAX_OUTPUT = 256 * 1024 * 1024

/** Set in a git hook, these would put another repository in the place of the one that was asked for. */
const ELSEWHERE = [
  'GIT_DIR',
  'GIT_COMMON_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_SHALLOW_FILE',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]

/** Configuration that wins over the clone's own, by key. */
export type Settings = Readonly<Record<string, string>>

/** The clone is hostile: replace refs would rewrite its history. */
export const SAFE = ['--no-replace-objects', '--no-optional-locks']

/** The environment of every git process: the clone's configuration may name programs to run. */
export function environment(settings: Settings = {}): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.includes(name))),
    ...configured({
      'core.fsmonitor': 'false',
      'core.hooksPath': '/dev/null',
      'advice.graftFileDeprecated': 'false',
      ...settings,
    }),
    GIT_GRAFT_FILE: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    // What is not in the clone is not fetched: the clone says from where and with which program.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    LC_ALL: 'C',
  }
}

/** Runs git in a folder and gives what it printed. Throws GitError. */
export async function git(folder: string, args: readonly string[], settings: Settings = {}): Promise<Buffer> {
  const env = environment(settings)
  return await new Promise((resolve, reject) => {
    execFile(
      'git',
      [...SAFE, ...args],
      { cwd: folder, env, encoding: 'buffer', maxBuffer: MAX_OUTPUT },
      (error, stdout, stderr) => {
        if (error) reject(new GitError(args[0] ?? '', error.code ?? undefined, stderr.toString('utf8')))
        else resolve(stdout)
      },
    )
  })
}

/** Settings as git takes them from the environment, after those that are there; a key may hold any character. */
function configured(settings: Settings): Readonly<Record<string, string>> {
  const before = Number.parseInt(process.env.GIT_CONFIG_COUNT ?? '', 10) || 0
  const pairs = Object.entries(settings).map(([key, value], index) => [
    [`GIT_CONFIG_KEY_${before + index}`, key],
    [`GIT_CONFIG_VALUE_${before + index}`, value],
  ])
  return { ...Object.fromEntries(pairs.flat()), GIT_CONFIG_COUNT: String(before + pairs.length) }
}

/** The same as one line of text. */
export async function gitLine(folder: string, args: readonly string[]): Promise<string> {
  return (await git(folder, args)).toString('utf8').trim()
}

/** The same, or undefined where git says no with one of these exit codes. */
export async function gitMaybe(
  folder: string,
  args: readonly string[],
  no: readonly number[] = [1, 128],
): Promise<string | undefined> {
  try {
    return await gitLine(folder, args)
  } catch (error) {
    if (error instanceof GitError && typeof error.code === 'number' && no.includes(error.code))
      return undefined
    throw error
  }
}

/** Whether git takes a folder for a repository, or for something within one. */
export async function isClone(folder: string): Promise<boolean> {
  return (await gitMaybe(folder, ['rev-parse', '--git-dir'])) !== undefined
}
