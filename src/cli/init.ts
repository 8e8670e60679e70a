import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { criteriaPath, MODEL_NAME } from '../core/paths.ts'
import { APPROACHES, type Approach, RISKS, type Risk, TRAITS, type Trait } from '../core/profile.ts'
import { clean } from '../render/clean.ts'
import { isClone } from '../sources/git/run.ts'
import { type Starting, starterCriteria } from '../starter/criteria.ts'
import { manifestHint } from '../starter/manifest-hint.ts'
import { type Template, templates } from '../starter/templates.ts'
import { EXIT, UsageError, type World } from './world.ts'

export type InitOptions = {
  readonly repo: string
  readonly risk: string
  readonly approach: string
  readonly trait: readonly string[]
}

/** `gonogo init MODEL`: starter criteria and the documents that they ask for; nothing that is there is changed. */
export async function init(world: World, model: string, options: InitOptions): Promise<number> {
  const starting = startingOf(model, options)
  const folder = resolve(world.cwd, options.repo)
  const criteria: Template = { path: criteriaPath(model), text: starterCriteria(starting) }
  // Registered criteria are not to be written over, not even by mistake.
  if ((await stat(join(folder, criteria.path)).catch(() => undefined)) !== undefined)
    throw new UsageError(`${criteria.path} is there already: change it, or choose another name`)
  const written = templates(starting)
  for (const { path, text } of [criteria, ...written])
    world.stdout.write(`${(await write(join(folder, path), text)) ? 'wrote' : 'kept '} ${path}\n`)
  const { approach, traits } = starting
  const work = approach === 'build' || traits.includes('fine-tuned') ? 'training' : 'first evaluation'
  const waits =
    written.length === 0
      ? ''
      : '; whatever lies under models/ without a manifest is undecided, so that the templates wait for the release'
  const fill =
    written.length === 0 ? '' : 'fill in the documents and records, look at each with gonogo lint FILE, and '
  if (!(await isClone(folder)))
    world.stdout.write(
      `\n${clean(options.repo)} is no git repository, and gonogo judges commits: run git init here, or gonogo init in a clone\n`,
    )
  world.stdout.write(`
next:
1. decide what stands behind "decide:" in ${criteria.path}, and look at it with: gonogo lint
2. commit it by itself and merge it into the default branch, before the ${work} begins${waits}
3. after the ${work} ${fill}write the manifest, where \`gonogo manifest --from models/${model}\` helps:

${manifestHint(starting)}`)
  return EXIT.go
}

function startingOf(model: string, { risk, approach, trait }: InitOptions): Starting {
  if (!MODEL_NAME.test(model))
    throw new UsageError(`${clean(model)} is no name of a model: a-z, 0-9 and -, at most 64 long`)
  return {
    model,
    risk: oneOf<Risk>('risk', RISKS, risk),
    approach: oneOf<Approach>('approach', APPROACHES, approach),
    traits: [...new Set(trait.map((one) => oneOf<Trait>('trait', TRAITS, one)))],
  }
}

function oneOf<T extends string>(what: string, all: readonly T[], given: string): T {
  const found = all.find((one) => one === given)
  if (found === undefined)
    throw new UsageError(`there is no ${what} ${clean(given)}; there are ${all.join(', ')}`)
  return found
}

/** False where the file is there already. */
async function write(path: string, text: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
