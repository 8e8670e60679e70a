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
    .option('--all', 'of what may be rows print every number, and not only the first few')
    .option(
      '--select <what>',
      "try a selection as a criterion makes it: 'metric=accuracy where task=hellaswag'",
    )
    .option(
      '--manifest <file>',
      'read each file as this manifest names it, rows as the criteria beside it pin them',
    )
    .option('--rows', 'the files are rows, one for each sample: CSV, JSON lines or Parquet, also gzipped')
    .option('--label <column>', 'of rows the column with the truth')
    .option('--prediction <column>', 'of rows the column with what the model answered')
    .option('--score <column>', 'of rows the column with the probability of the positive class')
    .option('--groups <columns>', 'of rows the columns that divide them: sex,race')
    .option('--cluster <column>', 'of rows the column that says which of them belong together')
    .option(
      '--values <columns>',
      'of rows columns of numbers by the metric that they are: latency=latency_ms',
    )
    .option('--dataset <name>', 'of rows the data that they are about')
    .option('--positive <value>', 'of rows the positive value of the truth')
    .option('--threshold <score>', 'of rows the score from which the answer is positive')
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
