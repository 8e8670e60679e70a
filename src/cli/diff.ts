import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { looser } from '../core/deviation.ts'
import { criteriaPath, MODEL_NAME } from '../core/paths.ts'
import { type Criteria, parseCriteria } from '../criteria/criteria.ts'
import { difference } from '../criteria/difference.ts'
import { clean } from '../render/clean.ts'
import { renderDifferenceJson, renderDifferenceText } from '../render/difference.ts'
import { problemFact } from '../render/problem-line.ts'
import { plain } from '../render/sentence.ts'
import { MAX_WRITTEN_BYTES } from '../sources/files.ts'
import { fileAt } from '../sources/git/file-at.ts'
import { decode } from '../text/decode.ts'
import { parseYaml } from '../text/yaml.ts'
import { colourFor, widthFor } from './style.ts'
import { EXIT, UsageError, type World } from './world.ts'

export type DiffOptions = { readonly repo?: string; readonly model?: string; readonly json?: boolean }

/** `gonogo diff A B`: what B asks more, less or otherwise than A; 1 where it is looser. */
export async function diff(world: World, a: string, b: string, options: DiffOptions): Promise<number> {
  const [before, after] = [await version(world, a, options), await version(world, b, options)]
  if (before === undefined && after === undefined)
    throw new UsageError(`neither ${clean(a)} nor ${clean(b)} has criteria of ${clean(options.model ?? '')}`)
  const deviations = difference(before, after)
  if (options.json) world.stdout.write(`${JSON.stringify(renderDifferenceJson(deviations), null, 2)}\n`)
  else
    world.stdout.write(renderDifferenceText(deviations, { colour: colourFor(world), width: widthFor(world) }))
  return looser(deviations) ? EXIT.noGo : EXIT.go
}

/** One version of criteria; undefined where a commit has none of the model. Throws UsageError for faulty ones. */
async function version(world: World, named: string, options: DiffOptions): Promise<Criteria | undefined> {
  const { path, bytes } = await content(world, named, options)
  if (bytes === undefined) return undefined
  const decoded = decode(bytes, path)
  const { criteria, problems } =
    'problem' in decoded
      ? { problems: [decoded.problem] }
      : parseCriteria(parseYaml(decoded.text, path), path)
  // Of what is wrong nobody knows what it asks.
  const [wrong] = problems
  if (criteria === undefined || wrong !== undefined)
    throw new UsageError(
      `${clean(named)} can't be compared${wrong ? `: ${plain(problemFact(wrong))}` : ''}; see \`gonogo lint\``,
    )
  return criteria
}

type Content = { readonly path: string; readonly bytes: Uint8Array | undefined }

async function content(world: World, named: string, { repo = '.', model }: DiffOptions): Promise<Content> {
  const folder = resolve(world.cwd, repo)
  if (model !== undefined) {
    if (!MODEL_NAME.test(model)) throw new UsageError(`${clean(model)} is no name of a model`)
    const path = criteriaPath(model)
    return { path, bytes: await fileAt(folder, named, path) }
  }
  const file = resolve(world.cwd, named)
  const info = await stat(file).catch(() => undefined)
  if (info?.isFile()) {
    if (info.size > MAX_WRITTEN_BYTES) throw new UsageError(`${clean(named)} is larger than what is read`)
    return { path: named.replaceAll('\\', '/'), bytes: await readFile(file) }
  }
  const [, ref, path] = /^([^:]+):(.+)$/s.exec(named) ?? []
  if (ref === undefined || path === undefined)
    throw new UsageError(`${clean(named)} is no file; write REF:PATH, or name a commit beside --model`)
  const bytes = await fileAt(folder, ref, path)
  if (bytes === undefined) throw new UsageError(`${clean(ref)} has no file ${clean(path)}`)
  return { path, bytes }
}
