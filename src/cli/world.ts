/** What a command may touch; the composition root hands it in. */
export type World = {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdout: Output
  readonly stderr: Output
  readonly clock: () => Date
}

export type Output = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown }

/** Exit codes of design chapter 9. */
export const EXIT = { go: 0, noGo: 1, undecided: 2, couldNotRun: 3, nothing: 4, awaitingGitHub: 5 } as const

/** A command was called in a way that it can't answer; shown as one sentence, exit code 3. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** What GitHub's names are made of: they go into addresses, and a floor names models by them. */
const REPOSITORY = /^[\w.-]{1,100}\/[\w.-]{1,100}$/

/** Whether a text is a repository's name, `owner/name`. */
export function isRepository(name: string): boolean {
  return REPOSITORY.test(name)
}
