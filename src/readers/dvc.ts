import { isOfBytes } from '../core/data-names.ts'
import type { Reading } from '../core/evidence.ts'
import type { Stage } from '../core/pipeline.ts'
import type { NamedData } from '../core/training-evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { ranBy } from './command.ts'
import { digestsIn } from './digests.ts'
import { nameOf } from './names.ts'
import { type Fields, fieldsAt, isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { settingsOf } from './settings.ts'

const format = 'dvc'
const MOST_PIECES = 20_000
const MOST_NAME = 200
type Keys = readonly (string | number)[]

/** A file or folder that goes into a stage or comes out of it. */
type Piece = NamedData & {
  readonly path: string
  readonly stage: string
  readonly keys: Keys
  /** It is of another repository. */
  readonly foreign: boolean
}

/**
 * `dvc.lock` of DVC 2 and later (`schema: '2.0'`), https://dvc.org/doc/user-guide/project-structure/dvcyaml-files, and
 * the pointers of `dvc add` and `dvc import`. Its md5 can be forged: they tell where data went, not that nobody changed
 * them on purpose.
 */
export const dvc: Reader = {
  format,
  labels: [],
  shapes: [['schema', 'stages'], ['outs']],
  recognises: (content) => stagesOf(content) !== undefined,
  read,
}

type Written = { readonly name: string; readonly stage: Fields; readonly keys: Keys }

function stagesOf(content: Content): readonly Written[] | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const { schema, stages, outs } = content.value
  if (isFields(stages) && String(schema ?? '') === '2.0')
    return Object.entries(stages).map(([name, stage]) => ({
      ...{ name, stage: isFields(stage) ? stage : {} },
      keys: ['stages', name],
    }))
  const pointed =
    Array.isArray(outs) &&
    outs.length > 0 &&
    outs.every((out) => isFields(out) && typeof out.path === 'string' && 'md5' in out)
  return pointed && stages === undefined ? [{ name: '', stage: content.value, keys: [] }] : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const stages = stagesOf(input.content) ?? []
  const deps = stages.flatMap((stage) => piecesOf(stage, 'deps', found))
  const outs = stages.flatMap((stage) => piecesOf(stage, 'outs', found))
  if (deps.length + outs.length > MOST_PIECES || stages.length > MOST_PIECES) {
    found.fault([], { code: 'too_many', limit: MOST_PIECES })
    return found.reading()
  }
  const made = new Map(outs.map((out) => [out.path, out]))
  for (const dep of deps) notContinuous(dep, made.get(dep.path), found)
  const open = deps.filter(
    ({ path, digests }) => digests.length === 0 && (made.get(path)?.digests.length ?? 0) === 0,
  )
  const settings = settingsOf(paramsOf(stages, found))
  if (settings.tooMany) found.fault([], { code: 'too_many', limit: MOST_PIECES })
  found.record((source) => ({
    kind: 'data',
    datasets: distinct([...deps, ...outs]),
    ...(outs.length > 0 && { outs: outs.map(({ path, digests }) => ({ path, digests })) }),
    stages: stagesIn(stages, deps, outs),
    ...(open.length > 0 && { open: [...new Set(open.map(({ path }) => path))] }),
    tool: 'dvc',
    source,
  }))
  const { values, unresolved } = settings
  if (Object.keys(values).length > 0)
    found.record((source) => ({ kind: 'parameters', of: 'run', values, unresolved, tool: 'dvc', source }))
  return found.reading()
}

function piecesOf({ name, stage, keys }: Written, kind: 'deps' | 'outs', found: Collector): readonly Piece[] {
  const list = stage[kind]
  if (list === undefined) return []
  if (!Array.isArray(list)) {
    found.malformed([...keys, kind], 'a list of paths with their md5')
    return []
  }
  return list.slice(0, MOST_PIECES + 1).flatMap((piece, index): readonly Piece[] => {
    const at = [...keys, kind, index]
    const written = isFields(piece) ? piece : {}
    // What was imported from another repository is fixed by the commit that was found there.
    const repo = fieldsAt(written, 'repo')
    const path = nameOf(written.path) ?? nameOf(repo.url)
    if (path === undefined) {
      found.malformed(at, 'a path with its md5')
      return []
    }
    const locked = /^[0-9a-f]{40}$/.test(String(repo.rev_lock)) ? [`gitCommit:${repo.rev_lock}`] : []
    const { digests, placeholder } = digestsIn(written)
    const ofUnix = 'md5' in written && written.hash !== 'md5' && !isOfBytes(path)
    const named = {
      ...{ names: namesOf(path), digests: [...digests, ...locked] },
      ...(ofUnix && { unixLines: true as const }),
    }
    const plain = path.replace(/\/+$/, '')
    return [
      {
        ...{ ...named, ...(placeholder !== undefined && { placeholder }) },
        ...{ path: plain, stage: name, keys: at, foreign: isFields(written.repo) },
      },
    ]
  })
}

/** What a stage took in and made, and which scripts its command names; a pointer says what lies beside it. */
function stagesIn(
  written: readonly Written[],
  deps: readonly Piece[],
  outs: readonly Piece[],
): readonly Stage[] {
  const [tookIn, made] = [deps, outs].map((pieces) => Map.groupBy(pieces, ({ stage }) => stage))
  const plain = (pieces: readonly Piece[] = []) =>
    pieces.flatMap(({ path, digests, foreign }) => (foreign ? [] : [{ path, digests }]))
  return written.map(({ name, stage }) => {
    const out = plain(made?.get(name))
    const { scripts: ran, simple } = ranBy(stage.cmd)
    return {
      ...{ name: name.slice(0, MOST_NAME), deps: name === '' ? out : plain(tookIn?.get(name)), outs: out },
      ...{ ran, ...(simple && { simple }) },
    }
  })
}

/** The whole path, and what people call it by: its last part. */
function namesOf(path: string): readonly string[] {
  const plain = path.replace(/\/+$/, '')
  return [...new Set([plain, plain.split('/').at(-1) ?? plain])]
}

/** What a stage took in is what another stage made, if one did: else the lock tells of no run that ever was. */
function notContinuous(dep: Piece, out: Piece | undefined, found: Collector): void {
  const [took] = dep.digests
  const [made] = out?.digests ?? []
  if (took === undefined || made === undefined || took === made || out === undefined) return
  if (took.split(':')[0] !== made.split(':')[0]) return
  found.fault(dep.keys, {
    code: 'contradiction',
    at: `stages.${dep.stage} takes in ${dep.path}`,
    one: took,
    other: `${made} from stages.${out.stage}`,
  })
}

function distinct(pieces: readonly Piece[]): readonly NamedData[] {
  const named = pieces.map(({ names, digests, placeholder, unixLines }) => ({
    ...{ names, digests, ...(unixLines && { unixLines }) },
    ...(placeholder !== undefined && { placeholder }),
  }))
  return [...new Map(named.map((data) => [JSON.stringify(data), data])).values()]
}

/** The parameters of all stages; one that two stages have otherwise is a contradiction. */
function paramsOf(stages: readonly Written[], found: Collector): Fields {
  const all = new Map<string, unknown>()
  for (const { stage, keys } of stages) {
    for (const [file, params] of Object.entries(fieldsAt(stage, 'params'))) {
      for (const [key, value] of Object.entries(isFields(params) ? params : {})) {
        const before = all.get(key)
        if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value))
          found.fault([...keys, 'params', file, key], {
            code: 'contradiction',
            at: key.slice(0, 100),
            one: JSON.stringify(before).slice(0, 100),
            other: (JSON.stringify(value) ?? '').slice(0, 100),
          })
        all.set(key, value)
      }
    }
  }
  return Object.fromEntries(all)
}
