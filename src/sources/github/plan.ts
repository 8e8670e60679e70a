import {
  CRITERIA_FOLDER,
  criteriaPath,
  GONOGO_FOLDER,
  MODEL_NAME,
  MODELS_FOLDER,
  manifestPath,
  modelOfCriteria,
  modelOfManifest,
  UNWATCH,
} from '../../core/paths.ts'
import { isWeights } from '../scope.ts'
import { type ChangedFile, pathsOf } from './compare.ts'
import type { Question } from './questions.ts'

/** Where a commit stands, as far as a comparison tells it. */
export type Standing = {
  readonly commit: string
  readonly tip: string
  readonly base: string | undefined
  /** What differs from the base; undefined where GitHub does not list all of it. */
  readonly files: readonly ChangedFile[] | undefined
}

const folderOf = (path: string): string => path.slice(0, -1)
const OWN = folderOf(GONOGO_FOLDER)
const MODELS = folderOf(MODELS_FOLDER)
export const CRITERIA: string = folderOf(CRITERIA_FOLDER)

const WORKFLOWS = '.github/workflows'

/** Texts that evidence is written in, wherever it lies. */
const EVIDENCE = /\.(json|jsonl|ya?ml|csv|tsv|md|txt)$/i
const MOST_TEXTS = 40
/** GitHub cuts longer texts off. */
const MOST_LINES = 20_000
/** A Git LFS pointer has three. */
const POINTER_LINES = 10
const MOST_MODELS = 20

/** What every verdict needs, and what one is likely to need too, which is worth asking for with the rest alone. */
export type Plan = {
  readonly needed: readonly Question[]
  readonly likely: readonly Question[]
  /** Whether models are changed, so that runs may be named. */
  readonly releases: boolean
}

/**
 * What gathering will ask about a commit, so that it can be asked at once. What is missing here is asked for when
 * it is needed, and what is too much was asked in vain: no answer depends on it.
 */
export function planOf({ commit, tip, base, files = [] }: Standing): Plan {
  const changed = pathsOf(files)
  const first = base ?? commit
  const inModels = touches(changed, MODELS)
  return {
    releases: inModels,
    needed: [
      ...[...new Set([first, tip])].flatMap((one) => [...foldersOf(one), modelsOf(one)]),
      ...(touches(changed, OWN) ? foldersOf(commit) : []),
      ...(inModels ? [list(commit, ''), modelsOf(commit)] : []),
      text(tip, UNWATCH),
      ...concerned(changed).flatMap((model) => [
        text(tip, criteriaPath(model)),
        text(commit, manifestPath(model)),
      ]),
      ...amended(changed).map((model) => text(tip, manifestPath(model))),
      ...changed
        .filter((path) => modelOfManifest(path) !== undefined || modelOfCriteria(path) !== undefined)
        .slice(0, MOST_TEXTS)
        .map((path) => text(first, path)),
    ],
    likely: [
      ...files
        .filter(isRead)
        .slice(0, MOST_TEXTS)
        .map(({ oid }): Question => ({ ask: 'blob', oid })),
      ...(inModels ? [{ ask: 'history', from: tip, folder: CRITERIA } satisfies Question] : []),
      // A release may name the workflows that trained and evaluated it.
      ...(inModels ? [...new Set([first, tip])].map((one) => list(one, WORKFLOWS)) : []),
      ...(touches(changed, WORKFLOWS) ? [list(commit, WORKFLOWS)] : []),
    ],
  }
}

const list = (commit: string, folder: string): Question => ({ ask: 'list', commit, folder })
const modelsOf = (commit: string): Question => ({ ask: 'list', commit, folder: MODELS, deep: true })
const text = (commit: string, path: string): Question => ({ ask: 'entry', commit, path, text: true })

function foldersOf(commit: string): readonly Question[] {
  return ['', OWN, CRITERIA].map((folder) => list(commit, folder))
}

function touches(changed: readonly string[], folder: string): boolean {
  return changed.some((path) => path === folder || path.startsWith(`${folder}/`))
}

/** The models whose criteria are changed: a release that is on the branch has begun its work by them. */
function amended(changed: readonly string[]): readonly string[] {
  return changed.flatMap((path) => modelOfCriteria(path) ?? []).slice(0, MOST_MODELS)
}

/** The models whose folder or criteria are changed. */
function concerned(changed: readonly string[]): readonly string[] {
  const names = changed.flatMap((path) => {
    const [folder, name = '', ...rest] = path.split('/')
    return folder === MODELS && rest.length > 0 && MODEL_NAME.test(name) ? [name] : []
  })
  return [...new Set(names)].slice(0, MOST_MODELS)
}

/** Whether a changed file is likely to be read, and is text. Weights are not, unless they are a pointer to them. */
function isRead({ path, removed, lines }: ChangedFile): boolean {
  if (removed || lines === 0 || lines > MOST_LINES) return false
  if (isWeights(path)) return lines <= POINTER_LINES
  return path.startsWith(MODELS_FOLDER) || path.startsWith(GONOGO_FOLDER) || EVIDENCE.test(path)
}
