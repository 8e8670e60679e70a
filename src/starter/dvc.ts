import type { Role } from '../core/exam.ts'
import { isFields } from '../core/fields.ts'
import type { LyingData } from './lying.ts'

/** One dependency or output of a stage, by its md5. */
type Piece = { readonly path: string; readonly md5: string }

/** What a `dvc.lock`, or a `*.dvc` file, tells. */
export type Dvc = {
  readonly datasets: readonly LyingData[]
  /** Weights that it knows by md5. */
  readonly weights: readonly string[]
}

/** Programs and their settings; whatever else a stage takes in is data. */
const CODE =
  /\.(py|ipynb|r|jl|sh|sql|js|ts|go|rs|java|scala|ya?ml|toml|ini|cfg|lock|md)$|(^|\/)((Make|Docker|Snake)file|requirements[^/]*\.txt)$/i
const RESULT = /(metric|result|eval|score|report|plot)/i
const MOST = 200

/**
 * `dvc.lock` of DVC 1 and 2 (`schema: '2.0'`), and the pointers of `dvc add`. What goes into a stage that makes weights
 * was trained on; what goes into one that takes weights and makes none, they were tested on; else the name says.
 */
export function readDvc(value: unknown, isWeights: (path: string) => boolean): Dvc | undefined {
  const stages = stagesOf(value)
  if (stages === undefined) return undefined
  const datasets: LyingData[] = []
  const weights: string[] = []
  for (const { deps, outs } of stages) {
    weights.push(...outs.filter(({ path }) => isWeights(path)).map(({ path }) => path))
    const makes = outs.some(({ path }) => isWeights(path))
    const takes = deps.some(({ path }) => isWeights(path))
    const role = makes ? 'train' : takes ? 'test' : undefined
    // What else comes out of a stage is data, unless it is called a result.
    const data = role === undefined ? [...deps, ...outs].filter(({ path }) => !RESULT.test(path)) : deps
    const pieces = data.filter(({ path }) => !isWeights(path) && !CODE.test(path))
    datasets.push(...pieces.map((piece) => dataOf(piece, role)))
  }
  return { datasets: withoutTwice(datasets).slice(0, MOST), weights: [...new Set(weights)] }
}

/** A stage that says what the data were says more than a name; a name may be both trained on and tested on. */
function withoutTwice(datasets: readonly LyingData[]): readonly LyingData[] {
  const known = datasets.filter(({ guessed }) => guessed !== true)
  const all = [...known, ...datasets.filter((one) => one.guessed && !known.some((two) => isSame(one, two)))]
  return all.filter(
    (one, index) => all.findIndex((two) => isSame(one, two) && one.role === two.role) === index,
  )
}

function isSame(one: LyingData, other: LyingData): boolean {
  return JSON.stringify([one.name, one.digest]) === JSON.stringify([other.name, other.digest])
}

function dataOf({ path, md5 }: Piece, role: Role | undefined): LyingData {
  const name = nameOf(path)
  const digest = { md5 }
  return role === undefined ? { name, role: roleByName(path), digest, guessed: true } : { name, role, digest }
}

/** The last part of a path without its endings, `data/train.csv.gz` is `train`. */
function nameOf(path: string): string {
  const last = path.split('/').findLast((part) => part !== '') ?? path
  return last.replace(/(?<=[^.])(\.[A-Za-z0-9]{1,8}){1,2}$/, '').slice(0, 200)
}

/** What data were to a model as far as their name says it. */
export function roleByName(name: string): Role {
  const words = name.toLowerCase().split(/[^a-z]+/)
  const has = (...all: readonly string[]) => words.some((word) => all.includes(word))
  if (has('test', 'holdout', 'heldout')) return 'test'
  if (has('val', 'valid', 'validation', 'eval', 'evaluation', 'dev')) return 'validation'
  if (has('calibration', 'calib')) return 'calibration'
  return has('train', 'training') ? 'train' : 'other'
}

type Stage = { readonly deps: readonly Piece[]; readonly outs: readonly Piece[] }

function stagesOf(value: unknown): readonly Stage[] | undefined {
  if (!isFields(value)) return undefined
  const { schema, stages } = value
  if (isFields(stages) && String(schema ?? '').startsWith('2')) return stageList(Object.values(stages))
  // `dvc add` writes one `outs` with an md5, and no stage.
  if (Array.isArray(value.outs) && piecesOf(value.outs).length > 0) return stageList([value])
  // DVC 1 has the stages at the top.
  const all = Object.values(value)
  const old = all.length > 0 && all.every((stage) => isFields(stage) && typeof stage.cmd === 'string')
  return old ? stageList(all) : undefined
}

function stageList(values: readonly unknown[]): readonly Stage[] {
  return values.flatMap((stage) =>
    isFields(stage) ? [{ deps: piecesOf(stage.deps), outs: piecesOf(stage.outs) }] : [],
  )
}

function piecesOf(value: unknown): readonly Piece[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((piece) => {
    const { path, md5 } = isFields(piece) ? piece : {}
    if (typeof path !== 'string' || typeof md5 !== 'string' || !/^[0-9a-f]{32}(\.dir)?$/.test(md5)) return []
    return [{ path: path.replace(/\/+$/, ''), md5 }]
  })
}
