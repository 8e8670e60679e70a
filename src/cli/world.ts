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
