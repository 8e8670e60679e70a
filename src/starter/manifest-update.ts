import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { isFields } from '../core/fields.ts'
import type { ManifestNote, ManifestPart } from '../core/manifest-note.ts'
import { resolvePath } from '../core/paths.ts'
import type { DataDigest, Lying, LyingData } from './lying.ts'
import { spliced } from './splice.ts'

export type Updated = { readonly text: string; readonly notes: readonly ManifestNote[] }

/** What is asked of an update: whose manifest it is, where, and whether found digests and commits replace written ones. */
type Asked = { readonly model: string; readonly path: string; readonly replace: boolean }

type Pen = Asked & { readonly document: Document; readonly note: (note: ManifestNote) => void }

/**
 * A manifest with what lies somewhere added to it, or a new one without `before`. Comments, order and every value that
 * is written stay; without anything to add the text is the very same. A value that differs is told, and replaced only
 * where that is asked.
 */
export function updatedManifest(before: string | undefined, lying: Lying, asked: Asked): Updated {
  const text = before?.replaceAll('\r\n', '\n') ?? `gonogo: 1\nmodel: ${asked.model}\n`
  const document = parseDocument(text, { schema: 'core', version: '1.2', uniqueKeys: false })
  const notes: ManifestNote[] = []
  const pen = { ...asked, document, note: (note: ManifestNote) => notes.push(note) }
  addWeights(lying.weights, pen)
  addTraining(lying.commits, pen)
  for (const data of lying.datasets) addDataset(data, pen)
  for (const file of lying.evidence) addEvidence(file, pen)
  // What is kept is kept for everything that belongs there.
  const once = [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()]
  const touched = new Set(
    notes.flatMap((note) => (note.code === 'added' || note.code === 'replaced' ? [KEYS[note.what]] : [])),
  )
  const after = touched.size > 0 ? spliced(text, document, touched) : undefined
  // Lines end as they did.
  const ended = before?.includes('\r\n') ? after?.replaceAll('\n', '\r\n') : after
  return { text: ended ?? before ?? text, notes: [...once, ...missing(document)] }
}

const KEYS: { readonly [P in ManifestPart]: string } = {
  weights: 'weights',
  training: 'training',
  dataset: 'datasets',
  evidence: 'evidence',
}

function addWeights(weights: Lying['weights'], pen: Pen): void {
  if (weights.length === 0) return
  const list = listAt('weights', pen)
  if (list === undefined) return
  for (const { path, sha256 } of weights) {
    const items = mapsOf(list)
    const same = items.find((item) => samePath(textAt(item, 'path'), path, pen))
    const written = same && textAt(same, 'sha256')
    // Under another address it is the same file.
    if (same === undefined && items.some((item) => textAt(item, 'sha256') === sha256)) continue
    if (same === undefined) list.add(flow({ path, sha256 }, pen))
    else if (written === undefined) same.set('sha256', sha256)
    else {
      differs('weights', path, written, sha256, pen, () => same.set('sha256', sha256))
      continue
    }
    pen.note({ code: 'added', what: 'weights', name: path, detail: `sha256:${sha256}` })
  }
}

function addTraining(commits: Lying['commits'], pen: Pen): void {
  const [first, ...more] = commits
  if (first === undefined || pen.document.has('evaluation')) return
  const { commit } = first
  const training = pen.document.get('training', true)
  if (!isEmpty(training) && !isMap(training)) {
    pen.note({ code: 'kept', key: 'training' })
    return
  }
  const written = isMap(training) ? textAt(training, 'commit') : undefined
  // Which of them made the weights nothing here tells.
  if (more.some((one) => one.commit !== commit)) {
    if (written === undefined) pen.note({ code: 'commits_differ', commits })
    return
  }
  const set = () => pen.document.setIn(['training', 'commit'], commit)
  if (written !== undefined) differs('training', 'training.commit', written, commit, pen, set)
  else {
    if (isMap(training)) set()
    else pen.document.set('training', flow({ commit }, pen))
    pen.note({ code: 'added', what: 'training', name: first.from, detail: commit })
  }
}

function addDataset(data: LyingData, pen: Pen): void {
  const list = listAt('datasets', pen)
  if (list === undefined) return
  const { name, role, digest, snapshot, guessed } = data
  const items = mapsOf(list)
  const named = items.filter((item) => textAt(item, 'name') === name)
  // A person says better what the data were than a name does.
  const same = named.find((item) => textAt(item, 'role') === role) ?? (guessed ? named[0] : undefined)
  const [kind, found] = identifies(digest, snapshot)
  if (same === undefined) {
    const known = items.some((item) => found !== undefined && writtenDigest(item, kind) === found)
    if (known && guessed) return
    list.add(flow({ name, role, ...(digest && { digest }), ...(snapshot && { snapshot }) }, pen))
    pen.note({ code: 'added', what: 'dataset', name, detail: role })
    if (guessed) pen.note({ code: 'guessed_role', dataset: name, role })
    return
  }
  if (found === undefined) return
  const set = () =>
    digest === undefined ? same.set('snapshot', snapshot) : same.set('digest', flow({ ...digest }, pen))
  const written = writtenDigest(same, kind)
  if (written !== undefined) differs('dataset', name, written, found, pen, set)
  else if (!same.has('digest') && !same.has('snapshot')) {
    set()
    pen.note({ code: 'added', what: 'dataset', name, detail: `${kind}:${found}` })
  }
}

function addEvidence({ path, document }: Lying['evidence'][number], pen: Pen): void {
  const list = listAt('evidence', pen)
  if (list === undefined) return
  const there = list.items.some((item) => {
    const plain: unknown = isScalar(item) ? item.value : undefined
    const written = isMap(item) ? textAt(item, 'path') : typeof plain === 'string' ? plain : undefined
    return samePath(written, path, pen)
  })
  if (there) return
  list.add(document === undefined ? pen.document.createNode(path) : flow({ path, document }, pen))
  pen.note({ code: 'added', what: 'evidence', name: path, ...(document && { detail: document }) })
}

function differs(
  what: ManifestPart,
  name: string,
  written: string,
  found: string,
  pen: Pen,
  replace: () => void,
): void {
  if (written === found) return
  pen.note({ code: pen.replace ? 'replaced' : 'differs', what, name, written, found })
  if (pen.replace) replace()
}

/** The list under a key, made where there is none; undefined where something else stands there. */
function listAt(key: string, { document, note }: Pen): YAMLSeq | undefined {
  // A bought model has no weights.
  if (key === 'weights' && document.has('service')) {
    note({ code: 'kept', key: 'service' })
    return undefined
  }
  const found = document.get(key, true)
  if (isSeq(found)) return found
  if (!isEmpty(found)) {
    note({ code: 'kept', key })
    return undefined
  }
  const list = document.createNode([])
  list.flow = false
  if (isScalar(found) && found.comment) list.commentBefore = found.comment
  document.set(key, list)
  return isSeq(list) ? list : undefined
}

/** `evidence:` with nothing behind it. */
function isEmpty(node: unknown): boolean {
  return node === undefined || (isScalar(node) && node.value === null)
}

function mapsOf(list: YAMLSeq): readonly YAMLMap[] {
  return list.items.flatMap((item) => (isMap(item) ? [item] : []))
}

function textAt(map: YAMLMap, key: string): string | undefined {
  const value: unknown = map.get(key)
  return typeof value === 'string' ? value : undefined
}

function samePath(written: string | undefined, path: string, { path: manifest }: Pen): boolean {
  return written !== undefined && resolvePath(manifest, written) === resolvePath(manifest, path)
}

function identifies(
  digest: DataDigest | undefined,
  snapshot: string | undefined,
): readonly [kind: 'sha256' | 'md5' | 'snapshot', found: string | undefined] {
  if (digest === undefined) return ['snapshot', snapshot]
  return 'sha256' in digest ? ['sha256', digest.sha256] : ['md5', digest.md5]
}

function writtenDigest(item: YAMLMap, kind: 'sha256' | 'md5' | 'snapshot'): string | undefined {
  if (kind === 'snapshot') return textAt(item, 'snapshot')
  const digest = item.get('digest', true)
  return isMap(digest) ? textAt(digest, kind) : undefined
}

/** One line of a list. */
function flow(value: object, { document }: Pen): YAMLMap {
  const node = document.createNode(value, { flow: true })
  if (!isMap(node)) throw new Error('an object is no map')
  return node
}

/** What no folder tells, and a manifest must have or should. */
function missing(document: Document): readonly ManifestNote[] {
  const has = (key: string) => document.has(key)
  const plain: unknown = document.toJS()
  const { datasets, training } = isFields(plain) ? plain : {}
  const work = isFields(training) && ['commit', 'run', 'ticket'].some((key) => training[key] !== undefined)
  const without = (Array.isArray(datasets) ? datasets : []).flatMap((data: unknown) =>
    isFields(data) && typeof data.name === 'string' && !('digest' in data) && !('snapshot' in data)
      ? [data.name]
      : [],
  )
  return [
    ...(has('version') ? [] : [{ code: 'missing_version' } as const]),
    ...(has('weights') || has('service') ? [] : [{ code: 'missing_weights' } as const]),
    ...(work || has('evaluation') ? [] : [{ code: 'missing_training' } as const]),
    ...(has('evidence') ? [] : [{ code: 'missing_evidence' } as const]),
    ...without.map((dataset) => ({ code: 'missing_digest', dataset }) as const),
  ]
}
