import { lstat, mkdir, readdir, realpath, rename, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { ManifestNote } from '../core/manifest-note.ts'
import {
  CRITERIA_FOLDER,
  criteriaPath,
  MODEL_NAME,
  manifestPath,
  modelOfCriteria,
  modelOfManifest,
} from '../core/paths.ts'
import { aboutOf, namesAnother } from '../criteria/binding.ts'
import { parseCriteria } from '../criteria/criteria.ts'
import { parseManifest } from '../criteria/manifest.ts'
import { clean } from '../render/clean.ts'
import { plain } from '../render/sentence.ts'
import { manifestReport } from '../render/words-manifest.ts'
import { problemWords } from '../render/words-problems.ts'
import { MAX_WRITTEN_BYTES } from '../sources/files.ts'
import { updatedManifest } from '../starter/manifest-update.ts'
import { decode } from '../text/decode.ts'
import type { Parsed } from '../text/parsed.ts'
import { parseYaml } from '../text/yaml.ts'
import { type Found, lyingIn } from './lying/lying.ts'
import { bytesOf } from './lying/walk.ts'
import { EXIT, UsageError, type World } from './world.ts'

export type ManifestOptions = {
  readonly from: string
  readonly repo: string
  readonly model?: string
  readonly write?: boolean
  readonly replace?: boolean
}

/** `gonogo manifest --from DIR`: the manifest with what lies there; printed, or written with `--write`. */
export async function manifest(world: World, options: ManifestOptions): Promise<number> {
  const repository = await folderAt(world, options.repo)
  const folder = await folderAt(world, options.from)
  const model = options.model ?? (await modelOf(repository, folder))
  if (!MODEL_NAME.test(model))
    throw new UsageError(`${clean(model)} is no name of a model: a-z, 0-9 and -, at most 64 long`)
  const path = manifestPath(model)
  const before = await readOwn(repository, path)
  const criteria = await readOwn(repository, criteriaPath(model))
  const asked = criteria && parseCriteria(criteria.parsed, criteriaPath(model)).criteria
  const found = await lyingIn({ repository, folder, model }, asked)
  const replace = options.replace === true
  const { text, notes } = updatedManifest(before?.text, found.lying, { model, path, replace })
  const all = [...notes, ...found.notes, ...foreign(text, path, found)]
  const changed = text !== before?.text
  if (!options.write) {
    world.stdout.write(text)
    world.stderr.write(manifestReport(path, all, before === undefined ? 'new' : changed ? 'would' : 'same'))
    return EXIT.go
  }
  if (changed) await put(repository, path, text)
  world.stdout.write(manifestReport(path, all, changed ? 'wrote' : 'same'))
  return EXIT.go
}

/** Evidence that names another model than the manifest would be refused: better said before. */
function foreign(text: string, path: string, { measured }: Found): readonly ManifestNote[] {
  const { manifest: value } = parseManifest(parseYaml(withVersion(text), path), path)
  if (value === undefined) return []
  const { candidate } = aboutOf({ value, path })
  const isBase = (file: string) =>
    (value.evidence ?? []).some(
      (entry) =>
        typeof entry !== 'string' && 'path' in entry && entry.path === file && entry.about === 'base',
    )
  return [...measured].flatMap(([file, measurements]) => {
    const [other] = isBase(file) ? [] : namesAnother(measurements, candidate)
    return other === undefined ? [] : [{ code: 'names_another', path: file, found: other } as const]
  })
}

/** What is still to be filled in by a person keeps nobody from looking at the rest. */
function withVersion(text: string): string {
  return /^version:/m.test(text) ? text : `${text}version: unknown\n`
}

async function folderAt(world: World, written: string): Promise<string> {
  const path = resolve(world.cwd, written)
  const info = await stat(path).catch(() => undefined)
  if (!info?.isDirectory()) throw new UsageError(`${clean(written)} is not a folder`)
  return await realpath(path)
}

/** The model in whose folder things lie, else the only one that has criteria here. */
async function modelOf(repository: string, folder: string): Promise<string> {
  const [first, second] = relative(repository, folder).split(sep)
  const own =
    first === 'models' && second !== undefined ? modelOfManifest(`models/${second}/release.yml`) : undefined
  if (own !== undefined) return own
  const names = await readdir(join(repository, CRITERIA_FOLDER)).catch(() => [])
  const models = names.flatMap((name) => modelOfCriteria(`${CRITERIA_FOLDER}${name}`) ?? [])
  const [only, ...more] = models.toSorted()
  if (only === undefined || more.length > 0)
    throw new UsageError(
      `whose release this is can't be told: give --model${only === undefined ? '' : `, one of ${[only, ...more].slice(0, 10).join(', ')}`}`,
    )
  return only
}

/** A file of the repository that a person wrote. Throws UsageError where it can't be understood as it is. */
async function readOwn(
  repository: string,
  path: string,
): Promise<{ readonly text: string; readonly parsed: Parsed } | undefined> {
  const full = join(repository, path)
  const info = await lstat(full).catch(() => undefined)
  if (info === undefined) return undefined
  const bytes = await bytesOf(full, MAX_WRITTEN_BYTES)
  if (typeof bytes === 'string') throw new UsageError(`${path} is no file that can be read, or a link`)
  const decoded = decode(bytes, path)
  if ('problem' in decoded) throw new UsageError(`${path}: ${plain(problemWords(decoded.problem).says)}`)
  const parsed = parseYaml(decoded.text, path)
  const [problem] = parsed.problems
  if (problem !== undefined || typeof parsed.value !== 'object' || Array.isArray(parsed.value)) {
    const says = problem === undefined ? 'it is no map of keys' : plain(problemWords(problem).says)
    const line = problem?.line === undefined ? '' : `:${problem.line}`
    throw new UsageError(`${path}${line}: ${says}; mend that first`)
  }
  return { text: decoded.text, parsed }
}

/** Writes a file of the repository whole or not at all, and through no link. */
async function put(repository: string, path: string, text: string): Promise<void> {
  const full = join(repository, path)
  const folders = path.split('/').slice(0, -1)
  for (const index of folders.keys()) {
    const folder = join(repository, ...folders.slice(0, index + 1))
    await mkdir(folder).catch(() => undefined)
    if (!(await lstat(folder)).isDirectory())
      throw new UsageError(`the way to ${path} leads over a link or a file: nothing is written there`)
  }
  const draft = `${full}.${process.pid}.tmp`
  await writeFile(draft, text, { flag: 'wx' })
  await rename(draft, full)
}
