import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { renderMarkdown } from '../render/check-run.ts'
import { clean } from '../render/clean.ts'
import { renderJson } from '../render/json.ts'
import { renderOscal } from '../render/oscal.ts'
import { renderExplanation, renderProblems, renderText } from '../render/text.ts'
import { exitOf, type Judged, type Judging, judge } from './judge.ts'
import { colourFor, widthFor } from './style.ts'
import { UsageError, type World } from './world.ts'

export type CheckOptions = Judging & {
  readonly format: 'text' | 'json' | 'markdown' | 'oscal'
  readonly record?: string
  /** Of the text: each criterion in full, and what was judged. */
  readonly full?: boolean
}

/** `gonogo check`: the verdict on a commit, and the exit code that a script needs. */
export async function check(world: World, options: CheckOptions): Promise<number> {
  const { facts, verdict } = await judge(world, options)
  switch (options.format) {
    case 'json':
      world.stdout.write(`${JSON.stringify(renderJson(verdict), null, 2)}\n`)
      break
    case 'markdown':
      world.stdout.write(renderMarkdown(verdict))
      break
    case 'oscal':
      world.stdout.write(`${JSON.stringify(renderOscal(verdict), null, 2)}\n`)
      break
    case 'text':
      world.stdout.write(renderText(verdict, { colour: colourFor(world), width: widthFor(world) }, options))
      break
  }
  if (options.record !== undefined) await record(world, options.record, { facts, verdict })
  return exitOf(verdict)
}

/** Throws UsageError where the file can't be written. */
async function record(world: World, file: string, judged: Judged): Promise<void> {
  const text = `${JSON.stringify({ gonogo: 1, ...judged }, null, 2)}\n`
  await writeFile(resolve(world.cwd, file), text).catch((error: NodeJS.ErrnoException) => {
    const why = WHY_UNWRITTEN[error.code ?? ''] ?? error.code ?? 'it failed'
    throw new UsageError(`the verdict was not recorded: ${clean(file)} can't be written, ${why}`)
  })
}

const WHY_UNWRITTEN: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'it is not allowed',
  ENOSPC: 'the disk is full',
}

/** `gonogo explain MODEL/CRITERION`: why, from where, and what next. */
export async function explain(world: World, asked: string, options: Judging): Promise<number> {
  const [name, criterion, ...rest] = asked.split('/')
  if (!name || !criterion || rest.length > 0)
    throw new UsageError(`${clean(asked)} names no criterion: write MODEL/CRITERION`)
  const { verdict } = await judge(world, { ...options, model: name })
  const model = verdict.models[0]
  // The floor's ids are its own and may repeat the repository's.
  const findings = model?.findings.filter((candidate) => candidate.criterion === criterion) ?? []
  if (model === undefined || findings.length === 0) {
    const known = model?.findings.map((candidate) => clean(candidate.criterion)).join(', ')
    throw new UsageError(
      `${clean(name)} has no criterion ${clean(criterion)}${known ? `; it has ${known}` : ''}`,
    )
  }
  const terminal = { colour: colourFor(world), width: widthFor(world) }
  const explained = findings.map((finding) => renderExplanation(model, finding, terminal))
  const problems = [...model.problems, ...verdict.problems]
  world.stdout.write([...explained, ...renderProblems(problems, terminal)].join('\n'))
  return exitOf(verdict)
}
