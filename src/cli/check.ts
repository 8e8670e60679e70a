import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { renderMarkdown } from '../render/check-run.ts'
import { clean } from '../render/clean.ts'
import { renderJson } from '../render/json.ts'
import { renderOscal } from '../render/oscal.ts'
import { renderExplanation, renderProblems, renderText } from '../render/text.ts'
import { exitOf, type Judging, judge } from './judge.ts'
import { colourFor, widthFor } from './style.ts'
import { UsageError, type World } from './world.ts'

export type CheckOptions = Judging & {
  readonly format: 'text' | 'json' | 'markdown' | 'oscal'
  readonly record?: string
}

/** `gonogo check`: the verdict on a commit, and the exit code that a script needs. */
export async function check(world: World, options: CheckOptions): Promise<number> {
  const { facts, verdict } = await judge(world, options)
  if (options.record !== undefined) {
    await writeFile(
      resolve(world.cwd, options.record),
      `${JSON.stringify({ gonogo: 1, facts, verdict }, null, 2)}\n`,
    )
  }
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
      world.stdout.write(renderText(verdict, { colour: colourFor(world), width: widthFor(world) }))
      break
  }
  return exitOf(verdict)
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
  world.stdout.write([...explained, ...renderProblems(model, terminal)].join('\n'))
  return exitOf(verdict)
}
