import type { Problem } from '../core/problem.ts'
import type { Content } from './content.ts'
import { parseCsv } from './csv.ts'
import { parseJson } from './json.ts'
import { splitFrontMatter } from './markdown.ts'
import { parseToml } from './toml.ts'
import { parseYaml } from './yaml.ts'

type Syntax = 'json' | 'yaml' | 'toml' | 'csv' | 'tsv' | 'markdown' | 'xml' | 'text'

const BY_EXTENSION: Readonly<Record<string, Syntax>> = {
  json: 'json',
  yml: 'yaml',
  yaml: 'yaml',
  toml: 'toml',
  csv: 'csv',
  tsv: 'tsv',
  md: 'markdown',
  markdown: 'markdown',
  xml: 'xml',
  // One JSON value a line: no JSON as a whole, though it starts like it.
  jsonl: 'text',
  ndjson: 'text',
}

const PARSERS = { json: parseJson, yaml: parseYaml, toml: parseToml } as const

/**
 * A decoded text by its syntax: by extension where that names one, else by its first characters. What cannot
 * be parsed has no content and a problem; NaN in JSON is a problem beside the content.
 */
export function parseContent(
  text: string,
  path: string,
): { readonly content?: Content; readonly problems: readonly Problem[] } {
  const syntax = syntaxOf(text, path)
  switch (syntax) {
    case 'json':
    case 'yaml':
    case 'toml': {
      const { value, problems, at } = PARSERS[syntax](text, path)
      return value === undefined ? { problems } : { content: { kind: 'data', syntax, value, at }, problems }
    }
    case 'csv':
    case 'tsv': {
      const { header, rows, problems } = parseCsv(text, path, syntax === 'csv' ? ',' : '\t')
      return header.length === 0 ? { problems } : { content: { kind: 'table', header, rows }, problems }
    }
    case 'markdown': {
      const { front, body } = splitFrontMatter(text)
      const parsed = front === undefined ? undefined : parseYaml(front, path)
      const { value, problems, at } = parsed ?? { value: undefined, problems: [], at: () => undefined }
      return { content: { kind: 'markdown', text: body, front: value, at }, problems }
    }
    case 'xml':
    case 'text':
      return { content: { kind: syntax, text }, problems: [] }
  }
}

/** Whether a file has one JSON value a line: no JSON as a whole, though it starts like it. */
export function hasLines(path: string): boolean {
  return /\.(?:jsonl|ndjson)$/i.test(path)
}

/** Files of tools that are YAML by another name: `dvc.lock` and `*.dvc` of DVC, `MLmodel` of MLflow. */
const YAML_OF_TOOLS: readonly RegExp[] = [
  /^schema: ['"]?2\.0['"]?\r?\n/m,
  /^outs:\r?\n- (?:md5|hash|path|size): /m,
  /^flavors:\r?\n {2}\w/m,
]
/** `uv.lock`, `poetry.lock` and `pdm.lock`: the header of a table, or what stands before the first one. */
const TOML_OF_TOOLS = /^(?:\[\[?[A-Za-z][\w.-]{0,100}\]\]?|version = \d{1,3}|package = \[\])\s*$/m
const HEAD = 100_000
const REQUIREMENT =
  /^(?:[\w.-]{1,100}(?:\[[\w,. -]{1,100}\])? ?(?:[=<>~!]=|[<>@] ?\S)|-r |-e |@EXPLICIT\s*$)/m

function syntaxOf(text: string, path: string): Syntax {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''
  const named = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined
  if (named) return named
  if (extension === 'lock' && TOML_OF_TOOLS.test(text.slice(0, HEAD))) return 'toml'
  if (/^\s*[{[]/.test(text)) return 'json'
  if (/^\s*<(?:\?xml|testsuites?|bom)\b/.test(text)) return 'xml'
  if (YAML_OF_TOOLS.some((shape) => shape.test(text.slice(0, HEAD)))) return 'yaml'
  // A comment of a list of packages is no heading.
  if (extension === 'txt' && REQUIREMENT.test(text.slice(0, HEAD))) return 'text'
  if (/^# /.test(text) || splitFrontMatter(text).front !== undefined) return 'markdown'
  return 'text'
}
