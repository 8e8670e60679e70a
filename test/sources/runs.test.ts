import { expect, test } from 'vitest'
import { callsOf, foreignOf, mayNotSee, placeOf, workflowOf } from '../../src/sources/github/runs.ts'

test.each([
  ['.github/workflows/train.yml', '.github/workflows/train.yml'],
  ['.github/workflows/train.yml@main', '.github/workflows/train.yml'],
  ['.github/workflows/train.yaml@refs/heads/a@b', '.github/workflows/train.yaml'],
  // A file of such a name is another one than what stands before the sign.
  ['.github/workflows/train.yml@mine.yml', '.github/workflows/train.yml@mine.yml'],
  ['.github/workflows/train.yml@mine.yml@main', '.github/workflows/train.yml@mine.yml'],
  ['dynamic/github-code-scanning/codeql', 'dynamic/github-code-scanning/codeql'],
])('the file of workflow %s', (path, file) => {
  expect(workflowOf(path)).toBe(file)
})

test.each([
  ['acme/models', { owner: 'acme', repo: 'models' }],
  ['acme', undefined],
  ['acme/', undefined],
  ['acme/models/more', undefined],
])('the repository %s', (name, place) => {
  expect(placeOf(name)).toEqual(place)
})

test.each([
  [404, 'Not Found', true],
  [403, 'Resource not accessible by integration', true],
  [403, 'API rate limit exceeded', false],
  [500, 'Server Error', false],
])('an error %i "%s"', (status, message, hidden) => {
  expect(mayNotSee(Object.assign(new Error(message), { status }))).toBe(hidden)
})

test.each([
  ['push', false],
  ['workflow_dispatch', false],
  ['merge_group', false],
  ['pull_request', true],
  ['pull_request_target', true],
  ['pull_request_review', true],
  ['an event of tomorrow', true],
])('the workflow of a run for %s may be another one than its commit has: %s', (event, foreign) => {
  expect(foreignOf(event)).toEqual(foreign ? { foreign: event } : {})
})

test('the workflows of its own repository that a run called', () => {
  const call = (path: string) => ({ path, sha: 'c' })
  const file = '.github/workflows/score.yml'

  expect(
    callsOf({ owner: 'acme', repo: 'models' }, [
      call(`Acme/models/${file}@main`),
      call(`acme/models-2/${file}@v1`),
    ]),
  ).toEqual({ calls: [{ workflow: file, commit: 'c' }] })
  expect(callsOf({ owner: 'acme', repo: 'models' }, null)).toEqual({})
})
