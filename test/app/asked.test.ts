import { describe, expect, test } from 'vitest'
import { askedBy, asks } from '../../src/app/asked.ts'

const SHA = 'a'.repeat(40)
const common = {
  repository: { name: 'models', owner: { login: 'acme' }, default_branch: 'main' },
  installation: { id: 7 },
}
const asked = {
  kind: 'verdict',
  asked: { installation: 7, target: { owner: 'acme', repo: 'models', branch: 'main', commit: SHA } },
}
const OLD = 'b'.repeat(40)
const pushed = (more: object = {}) => ({
  ...common,
  ref: 'refs/heads/main',
  before: OLD,
  after: SHA,
  deleted: false,
  forced: false,
  ...more,
})
const pull = (action: string, more: object = {}, state = 'open') => ({
  ...common,
  action,
  pull_request: { state, head: { sha: SHA } },
  ...more,
})

const reviewed = (action: string, state: string, more: object = {}) => ({
  ...common,
  action,
  review: { state },
  pull_request: { state: 'open', head: { sha: SHA }, ...more },
})

const ofRelease = (action: string, type: string) => ({
  ...common,
  action,
  release: { id: 9 },
  sender: { login: 'x', type },
})
const toRelease = (more: object) => ({
  kind: 'task',
  asked: {
    installation: 7,
    at: { owner: 'acme', repo: 'models', branch: 'main' },
    task: { kind: 'release', release: 9, ...more },
  },
})

test.each<readonly [string, object, object]>([
  ['pull_request', pull('opened'), asked],
  ['pull_request', pull('synchronize'), asked],
  ['pull_request', pull('reopened'), asked],
  ['pull_request', pull('ready_for_review'), asked],
  ['pull_request', pull('edited', { changes: { base: { ref: { from: 'x' } } } }), asked],
  ['pull_request', pull('edited', { changes: { title: { from: 'x' } } }), { kind: 'nothing' }],
  ['pull_request', pull('closed'), { kind: 'nothing' }],
  ['pull_request', pull('opened', {}, 'closed'), { kind: 'nothing' }],
  ['pull_request_review', reviewed('submitted', 'approved'), asked],
  ['pull_request_review', reviewed('submitted', 'changes_requested'), asked],
  ['pull_request_review', reviewed('submitted', 'commented'), { kind: 'nothing' }],
  ['pull_request_review', reviewed('edited', 'approved'), asked],
  ['pull_request_review', reviewed('dismissed', 'dismissed'), asked],
  // Another pull request may have the same head.
  ['pull_request_review', reviewed('dismissed', 'dismissed', { state: 'closed', merged_at: null }), asked],
  [
    'pull_request_review',
    reviewed('dismissed', 'dismissed', { state: 'closed', merged_at: '2026-03-01T12:00:00Z' }),
    { kind: 'nothing' },
  ],
  ['check_run', { ...common, action: 'rerequested', check_run: { head_sha: SHA } }, asked],
  ['check_run', { ...common, action: 'created', check_run: { head_sha: SHA } }, { kind: 'nothing' }],
  ['check_suite', { ...common, action: 'rerequested', check_suite: { head_sha: SHA } }, asked],
  ['check_suite', { ...common, action: 'requested', check_suite: { head_sha: SHA } }, { kind: 'nothing' }],
  ['merge_group', { ...common, action: 'checks_requested', merge_group: { head_sha: SHA } }, asked],
  ['merge_group', { ...common, action: 'destroyed', merge_group: { head_sha: SHA } }, { kind: 'nothing' }],
  ['push', pushed(), { ...asked, push: { ref: 'refs/heads/main', before: OLD, after: SHA, forced: false } }],
  [
    'push',
    pushed({ forced: true, pusher: { name: 'grace', email: 'grace@example.com' } }),
    {
      ...asked,
      push: { ref: 'refs/heads/main', before: OLD, after: SHA, forced: true, pusher: 'grace' },
    },
  ],
  ['push', pushed({ ref: 'refs/heads/side' }), { kind: 'nothing' }],
  ['push', pushed({ ref: 'refs/tags/main' }), { kind: 'nothing' }],
  ['push', pushed({ after: '0'.repeat(40), deleted: true }), { kind: 'nothing' }],
  [
    'workflow_run',
    {
      ...common,
      action: 'completed',
      workflow_run: { id: 77, head_sha: SHA, path: '.github/workflows/a.yml@main' },
    },
    {
      kind: 'run',
      repository: 'acme/models',
      run: 77,
      commit: SHA,
      workflow: '.github/workflows/a.yml',
      ended: true,
      attempt: 1,
    },
  ],
  ['release', ofRelease('published', 'User'), toRelease({})],
  ['release', ofRelease('edited', 'Bot'), toRelease({ bot: true })],
  ['release', { ...ofRelease('deleted', 'User'), sender: 7 }, toRelease({})],
  ['release', ofRelease('archived', 'User'), { kind: 'nothing' }],
  ['star', { action: 'created' }, { kind: 'nothing' }],
  ['constructor', {}, { kind: 'nothing' }],
])('%s %j', (event, payload, expected) => {
  expect(askedBy(event, payload)).toEqual(expected)
})

describe('commands', () => {
  const ada = { login: 'ada', type: 'User' }
  const comment = { id: 4_300_000_000, created_at: '2026-03-01T12:00:00Z', user: ada }
  const commented = (
    body: string,
    more: object = {},
    sender: object = ada,
    issue: object = { pull_request: {} },
  ) => ({
    ...{ ...common, action: 'created', sender, issue: { number: 7, ...issue } },
    comment: { ...comment, body, ...more },
  })
  const bot = { login: 'ada', type: 'Bot' }
  const at = { owner: 'acme', repo: 'models', branch: 'main' }

  test('of a new comment on a pull request are kept, and nothing else of it', () => {
    const text = 'Hello\n/gonogo recheck\n\n> /gonogo explain x\n\n/gonogo explain accuracy'
    const task = {
      ...{ kind: 'command', by: 'ada', pull: 7, comment: comment.id, at: '2026-03-01T12:00:00.000Z' },
      text: '/gonogo recheck\n\n/gonogo explain accuracy',
    }

    expect(askedBy('issue_comment', commented(text))).toEqual({
      kind: 'task',
      asked: { installation: 7, at, task },
    })
  })

  test.each<readonly [string, object]>([
    ['talk', commented('Hello /gonogo recheck')],
    ['on an issue', commented('/gonogo recheck', {}, ada, {})],
    ['by a bot', commented('/gonogo recheck', { user: bot }, bot)],
    ['by an app in somebody’s name', commented('/gonogo recheck', { performed_via_github_app: { id: 1 } })],
    ['sent by another', commented('/gonogo recheck', {}, { login: 'eve', type: 'User' })],
    ['edited', { ...commented('/gonogo recheck'), action: 'edited' }],
    ['deleted', { ...commented('/gonogo recheck'), action: 'deleted' }],
  ])('are none: %s', (_, payload) => {
    expect(askedBy('issue_comment', payload)).toEqual({ kind: 'nothing' })
  })

  test('of a button are whoever pressed it, and which', () => {
    const pressed = (sender: object) => ({
      ...{ ...common, action: 'requested_action', sender, requested_action: { identifier: 'recheck' } },
      check_run: { id: 9, head_sha: SHA },
    })
    const task = { kind: 'button', by: 'ada', commit: SHA, run: 9, button: 'recheck' }

    expect(askedBy('check_run', pressed(ada))).toEqual({ kind: 'task', asked: { installation: 7, at, task } })
    expect(askedBy('check_run', pressed(bot))).toEqual({ kind: 'nothing' })
  })

  test('without their author are unreadable', () => {
    expect(askedBy('issue_comment', commented('/gonogo recheck', { user: null }))).toMatchObject({
      kind: 'unreadable',
    })
  })
})

test.each([
  ['no payload', undefined],
  ['a list', []],
  ['an action that is no text', { action: 1 }],
])('%s asks for nothing', (_, payload) => {
  expect(askedBy('pull_request', payload)).toEqual({ kind: 'nothing' })
})

test.each([
  ['no pull request', { ...common, action: 'opened' }],
  ['a commit that is none', pull('opened', { pull_request: { state: 'open', head: { sha: '../main' } } })],
  ['no installation', { ...pull('opened'), installation: undefined }],
  ['no repository', { ...pull('opened'), repository: undefined }],
  ['no default branch', { ...pull('opened'), repository: { name: 'models', owner: { login: 'acme' } } }],
])('%s is unreadable, which must show', (_, payload) => {
  expect(askedBy('pull_request', payload)).toMatchObject({ kind: 'unreadable' })
})

test('a run that ended without its id is unreadable', () => {
  const payload = { ...common, action: 'completed', workflow_run: { id: '77' } }
  expect(askedBy('workflow_run', payload)).toMatchObject({ kind: 'unreadable' })
})

test('a push that says nothing of what it was is unreadable', () => {
  expect(askedBy('push', pushed({ forced: undefined }))).toMatchObject({ kind: 'unreadable' })
})

test.each([
  ['pull_request', 'opened', 'always'],
  ['pull_request', 'edited', 'sometimes'],
  ['pull_request', 'closed', 'never'],
  ['pull_request', null, 'never'],
  ['push', null, 'sometimes'],
  ['check_run', 'rerequested', 'always'],
  ['check_run', 'created', 'never'],
  ['workflow_run', 'completed', 'sometimes'],
  ['workflow_run', 'requested', 'sometimes'],
  ['constructor', null, 'never'],
])('by its name alone %s.%s asks %s', (event, action, expected) => {
  expect(asks(event, action)).toBe(expected)
})

test.each<readonly [string, object, object]>([
  [
    'renamed',
    { repository: { name: { from: 'old' } } },
    { kind: 'renamed', id: 5, from: 'acme/old', to: 'acme/models' },
  ],
  [
    'transferred',
    { owner: { from: { organization: { login: 'other' } } } },
    { kind: 'renamed', id: 5, from: 'other/models', to: 'acme/models' },
  ],
  [
    'transferred',
    { owner: { from: { user: { login: 'ada' }, organization: null } } },
    { kind: 'renamed', id: 5, from: 'ada/models', to: 'acme/models' },
  ],
  ['edited', { description: { from: null } }, { kind: 'nothing' }],
])('a repository that was %s', (action, changes, asking) => {
  const payload = { ...common, action, repository: { ...common.repository, id: 5 }, changes }

  expect(askedBy('repository', payload)).toEqual(asking)
})

test.each(['installation.created', 'installation.unsuspend', 'installation_repositories.added'])(
  '%s has an installation looked at, which names no repository',
  (named) => {
    const [event = '', action] = named.split('.')

    expect(askedBy(event, { action, installation: { id: 7 } })).toEqual({
      kind: 'installation',
      installation: 7,
    })
    expect(askedBy(event, { action })).toMatchObject({ kind: 'unreadable' })
  },
)
