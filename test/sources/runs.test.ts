import { expect, test } from 'vitest'
import { mayNotSee, placeOf, workflowOf } from '../../src/sources/github/runs.ts'

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
