import type { Command } from 'commander'
import type { World } from './world.ts'

/** The commands for people who have results and want to know what the gate makes of them. */
export function evidenceCommands(program: Command, world: World, done: (code: number) => void): void {
  program
    .command('read')
    .description('what the gate sees in evidence files')
    .argument('<file...>')
    .option(
      '--json',
      'print an array with one object per file; beside --select an object with files and select',
    )
    .option(
      '--select <what>',
      "try a selection as a criterion makes it: 'metric=accuracy where task=hellaswag'",
    )
    .action(async (files, options) => {
      const { read } = await import('./read.ts')
      done(await read(world, files, options))
    })
  program
    .command('manifest')
    .description('the manifest of a release from what lies in a folder: digests, datasets and evidence')
    .requiredOption('--from <dir>', 'an MLflow run, a DVC project, weights, results of evaluations')
    .option('--model <name>', 'whose release it is, if the folder or the criteria do not tell')
    .option('--repo <dir>', 'the repository', '.')
    .option('--write', 'write models/<model>/release.yml instead of printing it')
    .option('--replace', 'take digests and commits that differ from those that are written')
    .action(async (options) => {
      const { manifest } = await import('./manifest.ts')
      done(await manifest(world, options))
    })
}
