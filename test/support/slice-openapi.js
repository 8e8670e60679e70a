// Cuts the operations that gonogo uses out of GitHub's OpenAPI description, one self-contained file each, into
// fixtures/openapi/. Run by hand where there is a network: node test/support/slice-openapi.js
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOURCE = { name: '@octokit/openapi', version: '23.0.2' }
const TARGET = new URL('../../fixtures/openapi/', import.meta.url)

const OPERATIONS = [
  // the app
  'actions/download-artifact',
  'actions/get-artifact',
  'actions/get-pending-deployments-for-run',
  'actions/get-workflow',
  'actions/get-workflow-run',
  'actions/list-artifacts-for-repo',
  'actions/list-workflow-run-artifacts',
  'actions/list-workflow-runs-for-repo',
  'actions/review-custom-gates-for-run',
  'apps/create-installation-access-token',
  'apps/get-authenticated',
  'apps/get-repo-installation',
  'apps/get-webhook-delivery',
  'apps/list-installations',
  'apps/list-repos-accessible-to-installation',
  'apps/list-webhook-deliveries',
  'checks/create',
  'checks/get',
  'checks/list-annotations',
  'checks/list-for-ref',
  'checks/update',
  'git/get-blob',
  'git/get-ref',
  'git/get-tag',
  'git/get-tree',
  'git/list-matching-refs',
  'issues/create-comment',
  'issues/list-comments',
  'issues/update-comment',
  'orgs/custom-properties-for-repos-get-organization-definition',
  'orgs/list-members',
  'pulls/get',
  'pulls/list',
  'pulls/list-comments-for-review',
  'pulls/list-files',
  'pulls/list-reviews',
  'pulls/update-review',
  'reactions/create-for-issue-comment',
  'repos/compare-commits-with-basehead',
  'repos/create-deployment-status',
  'repos/custom-properties-for-repos-get-repository-values',
  'repos/get',
  'repos/get-all-deployment-protection-rules',
  'repos/get-all-environments',
  'repos/get-branch',
  'repos/get-branch-rules',
  'repos/get-collaborator-permission-level',
  'repos/get-commit',
  'repos/get-content',
  'repos/get-deployment',
  'repos/get-latest-release',
  'repos/get-release',
  'repos/get-release-by-tag',
  'repos/get-repo-ruleset',
  'repos/list-activities',
  'repos/list-attestations',
  'repos/list-branches',
  'repos/list-collaborators',
  'repos/list-commits',
  'repos/list-custom-deployment-rule-integrations',
  'repos/list-deployment-branch-policies',
  'repos/list-deployment-statuses',
  'repos/list-deployments',
  'repos/list-pull-requests-associated-with-commit',
  'repos/list-release-assets',
  'repos/list-releases',
  'repos/update-release',
  'teams/get-membership-for-user-in-org',
  'teams/list-members-in-org',
  // the people of the story
  'git/create-blob',
  'git/create-commit',
  'git/create-ref',
  'git/create-tag',
  'git/create-tree',
  'git/delete-ref',
  'git/update-ref',
  'pulls/create',
  'pulls/create-review',
  'pulls/dismiss-review',
  'pulls/merge',
  'repos/create-commit-status',
  'repos/create-deployment',
  'repos/create-deployment-branch-policy',
  'repos/create-deployment-protection-rule',
  'repos/create-or-update-environment',
  'repos/create-org-ruleset',
  'repos/create-release',
  'repos/create-repo-ruleset',
  'repos/delete-release',
  'repos/delete-release-asset',
  'repos/list-commit-statuses-for-ref',
  'repos/update-branch-protection',
  'repos/upload-release-asset',
]

/** Words for people, and hints for generators: nothing of it judges a value. */
const DROPPED = new Set([
  'description',
  'example',
  'examples',
  'title',
  'deprecated',
  'default',
  'discriminator',
])

/** From OpenAPI 3.0 to JSON Schema: null becomes a type and an enum member, references become local. */
function toJsonSchema(schema) {
  if (Array.isArray(schema)) return schema.map(toJsonSchema)
  if (schema === null || typeof schema !== 'object') return schema
  if (schema.$ref) return { $ref: localRef(schema.$ref) }

  const result = {}
  for (const [key, value] of Object.entries(schema)) {
    if (DROPPED.has(key) || key === 'nullable' || key.startsWith('x-')) continue
    result[key] = key === 'properties' ? mapValues(value, toJsonSchema) : toJsonSchema(value)
  }
  return schema.nullable ? orNull(result) : result
}

function orNull(schema) {
  if (schema.enum)
    return { ...schema, type: [schema.type, 'null'], enum: [...new Set([...schema.enum, null])] }
  if (schema.type) return { ...schema, type: [schema.type, 'null'] }
  return { anyOf: [schema, { type: 'null' }] }
}

/** A request may hold nothing that GitHub does not describe: every object that lists its keys is closed. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed)
  if (schema === null || typeof schema !== 'object') return schema
  const result = mapValues(schema, (value, key) =>
    key === 'properties' ? mapValues(value, closed) : closed(value),
  )
  return schema.properties && schema.additionalProperties === undefined
    ? { ...result, additionalProperties: false }
    : result
}

/** Alternatives that only name keys of the object around them; the rule behind them is in src/demo/openapi.ts. */
function withoutUntypedAlternatives(schema) {
  const { oneOf, anyOf, allOf, ...rest } = schema
  const kept = Object.entries({ oneOf, anyOf, allOf }).filter(([, list]) =>
    list?.every((one) => one.type || one.$ref),
  )
  return { ...rest, ...Object.fromEntries(kept) }
}

const localRef = (ref) => `#/$defs/${ref.split('/').at(-1)}`
const mapValues = (object, f) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, f(value, key)]))

/** The definitions that a slice refers to, and those that they refer to. */
function definitions(doc, slice, close) {
  const found = {}
  const visit = (value) => {
    if (value === null || typeof value !== 'object') return
    const name = typeof value.$ref === 'string' ? value.$ref.replace('#/$defs/', '') : undefined
    if (name !== undefined && !(name in found)) {
      const schema = toJsonSchema(doc.components.schemas[name])
      found[name] = close ? closed(schema) : schema
      visit(found[name])
    }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(slice)
  return Object.keys(found).length > 0 ? { $defs: found } : {}
}

function slice(doc, method, path, operation) {
  const resolve = (item, kind) => (item.$ref ? doc.components[kind][item.$ref.split('/').at(-1)] : item)
  const body = operation.requestBody?.content['application/json']
  const request = body ? closed(withoutUntypedAlternatives(toJsonSchema(body.schema))) : undefined
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, answer]) => [status, resolve(answer, 'responses').content?.['application/json']?.schema])
    .map(([status, schema]) => [status, schema ? toJsonSchema(schema) : null])
    .map(([status, schema]) => [status, schema && { ...schema, ...definitions(doc, schema, false) }])
  return {
    source: `${SOURCE.name} ${SOURCE.version}`,
    operation: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters: (operation.parameters ?? [])
      .map((parameter) => resolve(parameter, 'parameters'))
      .map(({ name, in: where, required, schema, 'x-multi-segment': multiSegment }) => ({
        name,
        in: where,
        required: required === true,
        ...(multiSegment ? { multiSegment } : {}),
        schema: toJsonSchema(schema),
      })),
    requestBody: request
      ? {
          required: operation.requestBody.required === true,
          schema: { ...request, ...definitions(doc, request, true) },
        }
      : null,
    responses: Object.fromEntries(answers),
  }
}

function description() {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-openapi-'))
  try {
    execFileSync('npm', ['pack', '--silent', `${SOURCE.name}@${SOURCE.version}`], {
      cwd: folder,
      stdio: 'pipe',
    })
    const [tarball] = readdirSync(folder)
    execFileSync('tar', ['xzf', tarball, 'package/generated/api.github.com.json'], { cwd: folder })
    return JSON.parse(readFileSync(join(folder, 'package/generated/api.github.com.json'), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const doc = description()
const wanted = new Set(OPERATIONS)
rmSync(TARGET, { recursive: true, force: true })
mkdirSync(TARGET, { recursive: true })
for (const [path, item] of Object.entries(doc.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (!wanted.delete(operation.operationId)) continue
    const file = new URL(`${operation.operationId.replace('/', '.')}.json`, TARGET)
    writeFileSync(file, `${JSON.stringify(slice(doc, method, path, operation))}\n`)
  }
}
if (wanted.size > 0) throw new Error(`GitHub describes no ${[...wanted].join(', ')}`)
