import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml'
import type { Fault, Problem } from '../core/problem.ts'
import { MAX_DEPTH, type Parsed } from './parsed.ts'
import { type Places, placesOf } from './places.ts'
import { FORBIDDEN_KEYS, MAX_PROBLEMS, pointer } from './pointer.ts'
import { bombIn } from './yaml-bomb.ts'

/** The YAML parser is slow: past this nobody's file is read. */
const MAX_YAML_BYTES = 5_000_000

type Key = string | number
type Broken = { readonly fault: Fault; readonly offset: number }
type Walk = { readonly places: Places; readonly report: (fault: Fault, offset?: number) => void }

/**
 * YAML 1.2 (core schema) of one document, without aliases, merge keys and tags. Dates stay text, scalar
 * keys become text. Every fault is a problem with its line, but of broken syntax the first alone; with any fault `value`
 * is undefined.
 */
export function parseYaml(text: string, path: string): Parsed {
  const problems: Problem[] = []
  const places = placesOf(text)
  const report = (fault: Fault, offset?: number): void => {
    if (problems.length >= MAX_PROBLEMS) return
    problems.push({ path, ...(offset === undefined ? {} : places.position(offset)), ...fault })
  }
  const nothing = (): Parsed => ({ value: undefined, problems, at: () => undefined })

  if (text.length > MAX_YAML_BYTES) {
    report({ code: 'too_large', bytes: text.length, limit: MAX_YAML_BYTES })
    return nothing()
  }
  const bomb = bombIn(text)
  if (bomb) {
    report(bomb)
    return nothing()
  }
  const document = compose(text, report)
  if (document === undefined) return nothing()
  const errors = document.errors.map((error) => ({
    fault: faultOf(error.code, error.message),
    offset: error.pos[0],
  }))
  for (const { fault, offset } of firstOf(errors)) report(fault, offset)
  // What was made of the rest is nobody's intention.
  if (errors.some(({ fault }) => fault.code === 'syntax')) return nothing()
  const directives = document.directives?.yaml
  if (directives?.explicit && directives.version !== '1.2') {
    report({ code: 'syntax', detail: `YAML ${directives.version} is not read, only 1.2` }, 0)
  }

  const root = document.contents
  const value = root === null ? null : plain(root, [], { places, report })
  if (problems.length > 0) return nothing()
  return { value, problems, at: places.finder(value, root?.range?.[0] ?? 0) }
}

function compose(text: string, report: Walk['report']): Document.Parsed | undefined {
  try {
    // Duplicate keys are found in `plain`: the parser's own check is quadratic in the size of a map.
    return parseDocument(text, {
      schema: 'core',
      version: '1.2',
      prettyErrors: false,
      strict: true,
      uniqueKeys: false,
    })
  } catch (error) {
    // Attacker-controlled nesting: the composer is recursive and runs out of stack.
    if (error instanceof RangeError) report({ code: 'too_deep', limit: MAX_DEPTH })
    else report({ code: 'syntax', detail: oneLine(String(error)) })
    return undefined
  }
}

/** What follows a text that can not be parsed mostly follows from it. */
function firstOf(errors: readonly Broken[]): readonly Broken[] {
  const ordered = errors.toSorted((a, b) => a.offset - b.offset)
  const first = ordered.findIndex(({ fault }) => fault.code === 'syntax')
  return first === -1 ? ordered : ordered.slice(0, first + 1)
}

function faultOf(code: string, message: string): Fault {
  if (code === 'MULTIPLE_DOCS') return { code: 'second_document' }
  if (code === 'BAD_ALIAS') return { code: 'alias' }
  // The composer catches its own exhausted stack and reports it as a fault of the text.
  if (message.includes('call stack')) return { code: 'too_deep', limit: MAX_DEPTH }
  return { code: 'syntax', detail: oneLine(message) }
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
}

function plain(node: Node | null, keys: readonly Key[], walk: Walk): unknown {
  if (node === null) return null
  const offset = node.range?.[0]
  if (keys.length > MAX_DEPTH) {
    walk.report({ code: 'too_deep', limit: MAX_DEPTH }, offset)
    return undefined
  }
  if (isAlias(node)) {
    walk.report({ code: 'alias' }, offset)
    return undefined
  }
  if (node.tag !== undefined)
    walk.report({ code: 'syntax', detail: oneLine(`the tag ${node.tag} is not read`) }, offset)
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
    walk.report({ code: 'alias' }, offset)
  if (isMap(node)) return plainMap(node.items, keys, walk)
  if (isSeq(node)) {
    const list: unknown[] = []
    for (const [index, item] of node.items.entries()) {
      const inner = asNode(item)
      list.push(plain(inner, [...keys, index], walk))
      const start = inner?.range?.[0] ?? offset ?? 0
      walk.places.keep(list, index, start, start)
    }
    return list
  }
  return isScalar(node) ? plainScalar(node, keys, walk) : undefined
}

function plainScalar(node: Scalar, keys: readonly Key[], walk: Walk): unknown {
  if (typeof node.value === 'number' && !Number.isFinite(node.value)) {
    walk.report(
      { code: 'not_finite', at: pointer(keys), found: oneLine(node.source ?? String(node.value)) },
      node.range?.[0],
    )
    return undefined
  }
  return node.value
}

function plainMap(
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  keys: readonly Key[],
  walk: Walk,
): object {
  const map: Record<string, unknown> = {}
  for (const pair of pairs) {
    const keyNode = asNode(pair.key)
    const offset = keyNode?.range?.[0] ?? 0
    const key = keyOf(keyNode, walk)
    if (key === undefined) continue
    const fault = keyFault(key, map, keyNode)
    if (fault) {
      walk.report(fault, offset)
      continue
    }
    const valueNode = asNode(pair.value)
    map[key] = plain(valueNode, [...keys, key], walk)
    walk.places.keep(map, key, offset, valueNode?.range?.[0] ?? offset)
  }
  return map
}

function keyFault(key: string, map: object, node: Node | null): Fault | undefined {
  if (FORBIDDEN_KEYS.has(key)) return { code: 'forbidden_key', key }
  if (Object.hasOwn(map, key)) return { code: 'duplicate_key', key: key.slice(0, 200) }
  if (key === '<<' && isScalar(node) && node.type === 'PLAIN') return { code: 'alias' }
  return undefined
}

/** A scalar key as the author wrote it: `1.0: x` is the key `1.0`, not `1`. */
function keyOf(node: Node | null, walk: Walk): string | undefined {
  if (isAlias(node)) {
    walk.report({ code: 'alias' }, node.range?.[0])
    return undefined
  }
  if (!isScalar(node) || (node.value === null && (node.source ?? '') === '')) {
    walk.report({ code: 'syntax', detail: 'a key must be one word or text' }, node?.range?.[0])
    return undefined
  }
  if (node.anchor !== undefined) walk.report({ code: 'alias' }, node.range?.[0])
  if (node.tag !== undefined)
    walk.report({ code: 'syntax', detail: oneLine(`the tag ${node.tag} is not read`) }, node.range?.[0])
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}

function asNode(value: unknown): Node | null {
  return isAlias(value) || isMap(value) || isSeq(value) || isScalar(value) ? value : null
}
