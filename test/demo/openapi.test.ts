import { describe, expect, test } from 'vitest'
import { readDescription } from '../../src/demo/openapi.ts'

const github = readDescription()

function operation(name: string) {
  const found = github.operations.find((one) => one.operation === name)
  if (found === undefined) throw new Error(`no slice of ${name}`)
  return found
}

describe('the slices', () => {
  test.each(github.operations.map((one) => [one.operation, one] as const))('%s compiles', (_, one) => {
    expect(one.source).toBe('@octokit/openapi 23.0.2')
    github.requestFaults(one, { path: one.path, body: {} })
    for (const status of Object.keys(one.responses)) github.answerFaults(one, Number(status), {})
  })

  test.each([
    ['GET', '/repos/acme/models', 'repos/get'],
    ['GET', '/repos/acme/models/commits/main', 'repos/get-commit'],
    ['GET', '/repos/acme/models/commits/feature%2Fx/check-runs?filter=all', 'checks/list-for-ref'],
    ['GET', '/repos/acme/models/commits/feature/x/check-runs', 'checks/list-for-ref'],
    ['GET', '/repos/acme/models/contents/a/b/c.txt?ref=main', 'repos/get-content'],
    ['PATCH', '/repos/acme/models/git/refs/heads/a/b', 'git/update-ref'],
    ['POST', '/repos/acme/models', undefined],
    ['GET', '/repos/acme/models/forks', undefined],
  ])('%s %s is %s', (method, path, expected) => {
    expect(github.find(method, path)?.operation).toBe(expected)
  })
})

const run = { name: 'go/no-go', head_sha: 'a'.repeat(40), status: 'completed', conclusion: 'success' }
const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'm' }
const output = (more: object) => ({ ...run, output: { title: 't', summary: 's', ...more } })

describe('a request for a check run', () => {
  test.each([
    ['complete', run, []],
    ['with output', output({ annotations: [annotation] }), []],
    [
      'without head_sha',
      { name: 'x' },
      ['the body.head_sha: Invalid input: expected string, received undefined'],
    ],
    ['with an unknown key', { ...run, verdict: 'go' }, ['the body: Unrecognized key: "verdict"']],
    [
      'with an unknown key inside',
      output({ colour: 'red' }),
      ['the body.output: Unrecognized key: "colour"'],
    ],
    [
      'completed without conclusion',
      { ...run, conclusion: undefined },
      ['a completed check run needs a conclusion'],
    ],
    ['concluded as stale', { ...run, conclusion: 'stale' }, ['only GitHub concludes with stale']],
    [
      'of an unknown conclusion',
      { ...run, conclusion: 'go' },
      [expect.stringContaining('the body.conclusion: Invalid option')],
    ],
    ['of 50 annotations', output({ annotations: Array(50).fill(annotation) }), []],
    [
      'of 51 annotations',
      output({ annotations: Array(51).fill(annotation) }),
      [expect.stringContaining('annotations: Too big')],
    ],
    ['of 65,535 bytes', output({ summary: 'x'.repeat(65_535) }), []],
    [
      'of 65,536 bytes in fewer characters',
      output({ summary: 'é'.repeat(32_768) }),
      ['output.summary is longer than 65535 bytes'],
    ],
    [
      'annotated before line 1',
      output({ annotations: [{ ...annotation, start_line: 0 }] }),
      [expect.stringContaining('lines count from 1')],
    ],
    [
      'with columns over two lines',
      output({ annotations: [{ ...annotation, end_line: 2, start_column: 1 }] }),
      [expect.stringContaining('columns are for annotations of a single line')],
    ],
    [
      'with a long title',
      output({ annotations: [{ ...annotation, title: 'x'.repeat(256) }] }),
      [expect.stringContaining('longer than 255')],
    ],
  ])('%s', (_, body, expected) => {
    const path = '/repos/acme/models/check-runs'

    // As it arrives: without the keys that JSON leaves out.
    const faults = github.requestFaults(operation('checks/create'), {
      path,
      body: JSON.parse(JSON.stringify(body)),
    })

    expect(faults).toEqual(expected)
  })
})

describe('parameters', () => {
  const path = '/repos/acme/models/commits/main/check-runs'

  test.each([
    ['described', '?per_page=100&filter=all', []],
    ['unknown', '?per-page=100', ['the query has no parameter per-page']],
    [
      'of another type',
      '?per_page=many',
      ['the parameter per_page: Invalid input: expected number, received string'],
    ],
    [
      'outside the choice',
      '?filter=newest',
      [expect.stringContaining('the parameter filter: Invalid option')],
    ],
  ])('%s', (_, query, expected) => {
    const faults = github.requestFaults(operation('checks/list-for-ref'), {
      path: path + query,
      body: undefined,
    })

    expect(faults).toEqual(expected)
  })
})

describe('an answer', () => {
  const ref = {
    ref: 'refs/heads/main',
    node_id: 'x',
    url: 'http://a/b',
    object: { type: 'commit', sha: 'a'.repeat(40), url: 'http://a/b' },
  }

  test.each([
    ['as described', 200, ref, []],
    ['with more than described', 200, { ...ref, more: 1 }, []],
    ['that lacks a field', 200, { ...ref, ref: undefined }, [expect.stringContaining('the answer.ref')]],
    ['of another status', 202, ref, ['GitHub does not answer git/get-ref with 202']],
    ['that is an error', 404, { message: 'Not Found' }, []],
  ])('%s', (_, status, body, expected) => {
    expect(github.answerFaults(operation('git/get-ref'), status, body)).toEqual(expected)
  })
})
