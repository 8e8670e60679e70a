import { expect, test } from 'vitest'
import { askedBy, asks } from '../../src/app/asked.ts'

const SHA = 'a'.repeat(40)
const API = 'https://api.github.com'
const callback = (of = 'acme/models', run: string | number = 12, api = API) =>
  `${api}/repos/${of}/actions/runs/${run}/deployment_protection_rule`

const waiting = (more: object = {}) => ({
  action: 'requested',
  environment: 'production',
  event: 'push',
  deployment_callback_url: callback(),
  deployment: { id: 5, sha: SHA, ref: 'main', environment: 'production' },
  pull_requests: [{ number: 1 }],
  repository: { id: 7, name: 'models', owner: { login: 'acme' }, default_branch: 'main' },
  installation: { id: 9 },
  ...more,
})

test.each<readonly [string, string]>([
  ['as GitHub has it', callback()],
  ['of an Enterprise Server', callback('acme/models', 12, 'https://ghe.acme.example/api/v3')],
  ['in another case of letters', callback('Acme/Models')],
  // Only the run is taken of it: nothing is ever sent there.
  ['of another host', callback('acme/models', 12, 'https://evil.example')],
])('a job waits by an address %s', (_, deployment_callback_url) => {
  const asking = askedBy('deployment_protection_rule', waiting({ deployment_callback_url }))

  expect(asking).toEqual({
    kind: 'task',
    asked: {
      installation: 9,
      repositoryId: 7,
      at: { owner: 'acme', repo: 'models', branch: 'main' },
      task: {
        kind: 'protection',
        environment: 'production',
        run: 12,
        deployment: 5,
        commit: SHA,
        ref: 'main',
      },
    },
  })
})

test.each<readonly [string, object]>([
  ['of another repository', { deployment_callback_url: callback('acme/other') }],
  ['of another owner', { deployment_callback_url: callback('evil/models') }],
  ['without a run', { deployment_callback_url: callback('acme/models', '') }],
  ['with a run that is no number', { deployment_callback_url: callback('acme/models', '1e3') }],
  ['with a run beyond all', { deployment_callback_url: callback('acme/models', '9'.repeat(16)) }],
  ['with a way out', { deployment_callback_url: callback('acme/models', '12/../13') }],
  ['with a query', { deployment_callback_url: `${callback()}?x=1` }],
  ['with a password', { deployment_callback_url: callback('acme/models', 12, 'https://a@b.example') }],
  ['of another kind', { deployment_callback_url: callback('acme/models', 12, 'ftp://api.github.com') }],
  ['with more behind it', { deployment_callback_url: `${callback()}\nx` }],
  [
    'that is endless',
    { deployment_callback_url: callback('acme/models', 12, `https://${'a'.repeat(3000)}`) },
  ],
  ['that is not there', { deployment_callback_url: undefined }],
  ['and an environment without a name', { environment: '' }],
  ['and an environment of 1,000 characters', { environment: 'x'.repeat(1000) }],
  ['and an environment with a NUL', { environment: 'a\0' }],
  ['and an environment with half a character', { environment: 'a\ud83d' }],
  ['and no environment', { environment: undefined }],
  ['and no commit', { deployment: { ref: 'main' } }],
  ['and a commit that is none', { deployment: { sha: 'main', ref: 'main' } }],
])('an address %s is unreadable, which must show', (_, more) => {
  expect(askedBy('deployment_protection_rule', waiting(more))).toMatchObject({ kind: 'unreadable' })
})

test('a deployment asks by its id', () => {
  const { repository, installation, deployment } = waiting()

  expect(askedBy('deployment', { action: 'created', repository, installation, deployment })).toMatchObject({
    kind: 'task',
    asked: {
      task: { kind: 'deployment', deployment: 5, environment: 'production', commit: SHA, ref: 'main' },
    },
  })
  expect(asks('deployment_protection_rule', 'requested')).toBe('always')
  expect(asks('deployment_status', 'created')).toBe('never')
})
