import { CommanderError } from 'commander'
import { ConfigError } from '../config.ts'
import { clean } from '../render/clean.ts'
import { CloneError } from '../sources/git/clone.ts'
import { EXIT, UsageError, type World } from './world.ts'

/** Says why a command could not run, and gives the exit code for it. */
export function explainFailure(world: World, error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.go : EXIT.couldNotRun
  if (error instanceof ConfigError) {
    for (const fault of error.faults) world.stderr.write(`gonogo: ${clean(fault, 500)}\n`)
    return EXIT.couldNotRun
  }
  const known = error instanceof UsageError || error instanceof CloneError
  const message = error instanceof Error ? error.message : String(error)
  world.stderr.write(`gonogo: ${clean(message, 500)}\n`)
  if (!known && error instanceof Error)
    world.stderr.write(
      `${error.stack?.split('\n').slice(1, 6).join('\n') ?? ''}\nthis is a fault of gonogo or of the clone; please report it\n`,
    )
  return EXIT.couldNotRun
}
