import { expect, test } from 'vitest'
import { runEventOf } from '../../src/app/run-event.ts'

const repository = { id: 9, name: 'models', owner: { login: 'acme' } }
const run = {
  id: 77,
  head_sha: 'a'.repeat(40),
  path: '.github/workflows/train.yml@main',
  status: 'completed',
  conclusion: 'success',
  event: 'push',
  run_attempt: 1,
  created_at: '2026-03-01T12:00:00Z',
  updated_at: '2026-03-01T13:00:00Z',
  head_repository: { id: 9 },
  repository,
  referenced_workflows: [],
}
const event = (given: object, action = 'completed') => ({
  action,
  workflow_run: { ...run, ...given },
  repository,
})
const told = {
  began: '2026-03-01T12:00:00Z',
  ended: '2026-03-01T13:00:00Z',
  commit: 'a'.repeat(40),
  workflow: '.github/workflows/train.yml',
  fork: false,
  success: true,
  repositoryId: 9,
}

test.each<[string, object, object]>([
  ['a success', {}, told],
  ['another attempt', { run_attempt: 2 }, { ...told, again: true }],
  ['a fork', { head_repository: { id: 10 } }, { ...told, fork: true }],
  ['a pull request', { event: 'pull_request' }, { ...told, foreign: 'pull_request' }],
  [
    'a call',
    { referenced_workflows: [{ path: 'Acme/models/.github/workflows/gpu.yml@main', sha: 'b'.repeat(40) }] },
    { ...told, calls: [{ workflow: '.github/workflows/gpu.yml', commit: 'b'.repeat(40) }] },
  ],
])('%s is told whole', (_, given, expected) => {
  expect(runEventOf(event(given))).toEqual({
    repository: 'acme/models',
    run: 77,
    commit: 'a'.repeat(40),
    workflow: '.github/workflows/train.yml',
    ended: true,
    attempt: 'run_attempt' in given ? 2 : 1,
    told: expected,
  })
})

test.each<[string, object]>([
  ['failed', { conclusion: 'failure' }],
  ['is not at its end', { status: 'in_progress' }],
  ['says nothing of the workflows that it called', { referenced_workflows: undefined }],
  ['leaves open which workflows it called', { referenced_workflows: null }],
  ['is for a fork that is gone', { head_repository: null }],
  ['says nothing of its file', { path: undefined }],
  ['says nothing of its attempt', { run_attempt: undefined }],
])('of a run that %s GitHub is asked', (_, given) => {
  expect(runEventOf(event(given))).not.toHaveProperty('told')
})

test('a run that begins has not ended', () => {
  expect(runEventOf(event({}, 'requested'))).toMatchObject({ ended: false })
  expect(runEventOf(event({}, 'requested'))).not.toHaveProperty('told')
})
