import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { rulesBeyondSchema } from './openapi-rules.ts'

/** One operation of GitHub's REST API, as cut out by scripts/slice-openapi.js. */
export type Operation = {
  readonly source: string
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly requestBody: { readonly required: boolean; readonly schema: JsonSchema } | null
  /** By status; null where the answer has no body. */
  readonly responses: Readonly<Record<string, JsonSchema | null>>
}

/** GitHub's description of the operations that gonogo uses; faults are sentences, none where all is well. */
export type GitHubDescription = {
  readonly operations: readonly Operation[]
  readonly find: (method: string, path: string) => Operation | undefined
  readonly requestFaults: (operation: Operation, request: DescribedRequest) => readonly string[]
  readonly answerFaults: (operation: Operation, status: number, body: unknown) => readonly string[]
}

/** A request as it arrived: its path with query, and its parsed JSON body, undefined where there is none. */
export type DescribedRequest = { readonly path: string; readonly body: unknown }

type Parameter = {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly multiSegment?: boolean
  readonly schema: JsonSchema
}
type JsonSchema = Parameters<typeof z.fromJSONSchema>[0]
type Compile = (schema: JsonSchema) => z.ZodType

const fixtures = new URL('../../fixtures/openapi/', import.meta.url)

/** Reads the slices in a folder; schemas are compiled when they are first needed. */
export function readDescription(folder: URL = fixtures): GitHubDescription {
  const operations = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readOperation(new URL(name, folder)))
  // Longest literal part first: `commits/{ref}/check-runs` goes before `commits/{ref}`.
  const routes = operations
    .map((operation) => ({ operation, pattern: pattern(operation), weight: literal(operation.path).length }))
    .sort((one, other) => other.weight - one.weight)
  const compile = compileOnce()
  return {
    operations,
    find: (method, path) =>
      routes.find(({ operation, pattern }) => operation.method === method && pattern.test(pathOf(path)))
        ?.operation,
    requestFaults: (operation, request) => [
      ...parameterFaults(operation, request.path, compile),
      ...bodyFaults(operation, request.body, compile),
      ...rulesBeyondSchema(operation.operation, request.body),
    ],
    answerFaults: (operation, status, body) => {
      if (status < 200 || status > 299) return []
      const schema = operation.responses[String(status)]
      if (schema === undefined) return [`GitHub does not answer ${operation.operation} with ${status}`]
      return schema === null ? [] : faults(compile(schema), body, 'the answer')
    },
  }
}

function readOperation(file: URL): Operation {
  // Written by scripts/slice-openapi.js in this shape; a test reads every one of them.
  return JSON.parse(readFileSync(file, 'utf8')) as Operation
}

function compileOnce(): Compile {
  const compiled = new Map<JsonSchema, z.ZodType>()
  return (schema) => {
    const known = compiled.get(schema) ?? z.fromJSONSchema(schema)
    compiled.set(schema, known)
    return known
  }
}

function parameterFaults(operation: Operation, path: string, compile: Compile): readonly string[] {
  const query = new URL(path, 'http://github').searchParams
  const inPath = pattern(operation).exec(pathOf(path))?.groups ?? {}
  const described = operation.parameters.filter((parameter) => parameter.in === 'query')
  const known = new Set(described.map((parameter) => parameter.name))
  const unknown = [...query.keys()].filter((key) => !known.has(key))
  return [
    ...unknown.map((key) => `the query has no parameter ${key}`),
    ...operation.parameters.flatMap((parameter) => {
      const text = parameter.in === 'query' ? query.get(parameter.name) : inPath[parameter.name]
      if (text === undefined || text === null) {
        return parameter.required ? [`the parameter ${parameter.name} is missing`] : []
      }
      return faults(
        compile(parameter.schema),
        typed(text, parameter.schema),
        `the parameter ${parameter.name}`,
      )
    }),
  ]
}

function bodyFaults(operation: Operation, body: unknown, compile: Compile): readonly string[] {
  const described = operation.requestBody
  if (described === null) return body === undefined ? [] : [`${operation.operation} takes no body`]
  if (body === undefined) return described.required ? ['the body is missing'] : []
  return faults(compile(described.schema), body, 'the body')
}

function faults(schema: z.ZodType, value: unknown, what: string): readonly string[] {
  const parsed = schema.safeParse(value)
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => sentences(issue, [what]))
}

/** Of alternatives, the one that got farthest is told. */
function sentences(issue: z.core.$ZodIssue, within: readonly PropertyKey[]): readonly string[] {
  const where = [...within, ...issue.path]
  const depth = (issues: readonly z.core.$ZodIssue[]): number =>
    Math.min(...issues.map((one) => one.path.length))
  const closest =
    issue.code === 'invalid_union'
      ? [...issue.errors].sort((one, other) => depth(other) - depth(one) || one.length - other.length)[0]
      : undefined
  if (closest && closest.length > 0) return closest.flatMap((inner) => sentences(inner, where))
  return [`${where.map(String).join('.')}: ${issue.message}`]
}

/** A value of path or query, as the type that its schema asks for where it can be read as one. */
function typed(text: string, schema: JsonSchema): unknown {
  const type = typeof schema === 'object' ? schema.type : undefined
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

function pattern(operation: Operation): RegExp {
  const many = new Set(operation.parameters.filter((one) => one.multiSegment === true).map((one) => one.name))
  const source = operation.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  const groups = source.replace(
    /\{([^}]+)\}/g,
    (_, name: string) => `(?<${name}>${many.has(name) ? '.+' : '[^/]+'})`,
  )
  return new RegExp(`^${groups}$`)
}

const literal = (path: string): string => path.replace(/\{[^}]+\}/g, '')
const pathOf = (path: string): string => new URL(path, 'http://github').pathname
