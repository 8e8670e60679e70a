import { Command, Option } from 'commander'
import { APPROACHES, RISKS, TRAITS } from '../core/profile.ts'
import { ENGINE } from '../engine.ts'
import { STATES } from '../ledger/work-states.ts'
import { evidenceCommands } from './evidence-commands.ts'
import { explainFailure } from './failure.ts'
import { EXIT, type World } from './world.ts'

const EXITS = `
Exit codes: 0 go, 1 no-go, 2 undecided, 3 could not run, 4 nothing to judge,
5 undecided only for what GitHub must show.
README.md explains each command, docs/ what it judges.`

/** The command line. Gives the exit code of the command that it ran, and never throws. */
export function createProgram(world: World): (argv: readonly string[]) => Promise<number> {
  return async (argv) => {
    let code: number = EXIT.go
    const program = commands(world, (result) => {
      code = result
    })
    try {
      await program.parseAsync([...argv], { from: 'user' })
      return code
    } catch (error) {
      return explainFailure(world, error)
    }
  }
}

function commands(world: World, done: (code: number) => void): Command {
  const program = new Command('gonogo')
    .description('Holds machine-learning model releases to criteria that were committed before training.')
    .version(ENGINE)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    })
    .addHelpText('after', EXITS)
    .enablePositionalOptions()

  // Each command loads what it needs, so that a check does not wait for the server's libraries.
  judging(program.command('check').description('the verdict on a commit of a clone'))
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'json', 'markdown', 'oscal'])
        .default('text'),
    )
    .option('--json', 'short for --format json')
    .option('--all', 'judge every model, changed or not')
    .option('--full', 'of the text: each criterion in full, and what was judged, by blobs and digests')
    .option('--record <file>', 'write facts and verdict to a file, for replay')
    .action(async (options) => {
      const { check } = await import('./check.ts')
      done(await check(world, { ...options, format: options.json ? 'json' : options.format }))
    })
  judging(
    program
      .command('explain')
      .description('why a criterion is met, unmet or undecided, and what to do')
      .argument('<model/criterion>'),
  ).action(async (asked, options) => {
    const { explain } = await import('./check.ts')
    done(await explain(world, asked, options))
  })
  evidenceCommands(program, world, done)
  program
    .command('lint')
    .description(
      'problems of criteria, floors, manifests and records, by line; coverage, power and self-test',
    )
    .argument('[file...]', 'without one: every criteria file, manifest and floor that is here')
    .option('--json', 'print an array, an object per file')
    .option('--floor <file>', 'hold criteria against this floor')
    .option(
      '--repository <owner/name>',
      'the repository that they are for, by which a floor names models',
      '',
    )
    .option('--repo <dir>', 'the clone, from which files are named', '.')
    .action(async (files, options) => {
      const { lint } = await import('./lint.ts')
      done(await lint(world, files, options))
    })
  program
    .command('init')
    .description('starter criteria for a model, and the documents that they ask for')
    .argument('<model>')
    .addOption(new Option('--risk <risk>', 'how much depends on it').choices(RISKS).default('limited'))
    .addOption(
      new Option('--approach <approach>', 'where it, or its base, comes from')
        .choices(APPROACHES)
        .default('build'),
    )
    .addOption(
      new Option('--trait <trait...>', 'what it is; give it for each').choices(TRAITS).default([], 'none'),
    )
    .option('--repo <dir>', 'where to write', '.')
    .action(async (model, options) => {
      const { init } = await import('./init.ts')
      done(await init(world, model, options))
    })
  program
    .command('diff')
    .description('what another version of criteria asks more, less or otherwise')
    .argument('<before>', 'a file, REF:PATH, or REF beside --model')
    .argument('<after>')
    .option('--repo <dir>', 'the clone of REF', '.')
    .option('--model <name>', "both are commits of the clone, and this model's criteria are compared")
    .option('--json', 'print one object')
    .addHelpText('after', '\nExit codes: 0 the same or stricter, 1 looser, 3 could not run.')
    .action(async (before, after, options) => {
      const { diff } = await import('./diff.ts')
      done(await diff(world, before, after, options))
    })
  program
    .command('replay')
    .description('the verdict again from its recorded facts, and whether it is the same')
    .argument('<file>')
    .option('--full', 'each criterion in full, and what was judged')
    .action(async (file, options) => {
      const { replay } = await import('./replay.ts')
      done(await replay(world, file, options))
    })
  program
    .command('schema')
    .description('the JSON Schema of a file that people write')
    .argument('<name>', 'criteria, floor, manifest or record')
    .action(async (name) => {
      const { schema } = await import('./schema.ts')
      done(schema(world, name))
    })
  program
    .command('start')
    .description('a start ticket from the app: proves when the work on a model began')
    .argument('<model>')
    .option('--repository <owner/name>', 'where the criteria are; in Actions the repository of the job')
    .option('--out <file>', 'where to keep it; models/<model>/start-ticket.jwt')
    .action(async (model, options) => {
      const { start } = await import('./start.ts')
      done(await start(world, model, options))
    })
  program
    .command('doctor')
    .description(
      'whether the gate of a repository is required, pinned and complete, and what closes its gaps',
    )
    .argument('<owner/repo>')
    .option('--app <id>', "the app's id, where a token looks that can't tell it", Number)
    .option('--json', 'print one object')
    .addHelpText('after', '\nExit codes: 0 no gap, 1 gaps, 3 could not run or could not tell.')
    .action(async (repository, options) => {
      const { doctor } = await import('./doctor.ts')
      done(await doctor(world, repository, options))
    })
  program
    .command('serve')
    .description('the GitHub App, configured by the environment')
    .action(async () => {
      const { serve } = await import('./serve.ts')
      done(await serve(world))
    })
  const ledger = program
    .command('ledger')
    .description("what the app recorded: GONOGO_DATA's folder or DATABASE_URL's server")
  ledger
    .command('verify')
    .description('whether no row of it was changed, removed or cut off')
    .option('--head <seq:digest>', 'a head that a check run printed')
    .action(async (options) => {
      const { ledgerVerify } = await import('./ledger.ts')
      done(await ledgerVerify(world, options))
    })
  ledger
    .command('export')
    .description('every row, as JSON Lines')
    .action(async () => {
      const { ledgerExport } = await import('./ledger.ts')
      done(await ledgerExport(world))
    })
  const queue = program
    .command('queue')
    .description('what the app has not judged yet, and why: the database is that of ledger')
  queue
    .command('list')
    .description('commits that a delivery is open for')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .option('--json', 'print an array with one object per commit')
    .action(async (options) => {
      const { queueList } = await import('./queue.ts')
      done(await queueList(world, options))
    })
  queue
    .command('show')
    .description('what is asked, the attempts, the last failure and the deliveries behind it')
    .argument('<key|job>', 'owner/repository@commit, or the id of a job')
    .option('--json', 'print it as an object')
    .action(async (name, options) => {
      const { queueShow } = await import('./queue.ts')
      done(await queueShow(world, name, options))
    })
  queue
    .command('redrive')
    .description('try again what failed or was given up')
    .argument('[key|job...]', 'as list prints them')
    .option('--all', 'everything that failed or was given up')
    .action(async (names, options) => {
      const { queueRedrive } = await import('./queue.ts')
      done(await queueRedrive(world, names, options))
    })
  program
    .command('demo')
    .description('the whole loop on this machine, with no account and no network')
    .action(async () => {
      const { demo } = await import('./demo.ts')
      done(await demo(world))
    })
  return program
}

function judging(command: Command): Command {
  return command
    .option('--repo <dir>', 'the clone', '.')
    .option('--base <ref>', "the default branch, if it is not the remote's")
    .option('--head <ref>', 'the commit to judge', 'HEAD')
    .option('--model <name>', 'only this model, changed or not')
    .option(
      '--artifact <name=dir>',
      'the files of an Actions artifact, to see the numbers before GitHub does; give it for each',
      (given: string, before: readonly string[]) => [...before, given],
      [],
    )
    .option('--floor <file>', "hold it against this floor too, in the place of the organisation's")
}
