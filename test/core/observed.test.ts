import { describe, expect, test } from 'vitest'
import {
  against,
  notObserved,
  type Observed,
  type ObservedFault,
  type WorkflowSeen,
} from '../../src/core/observed.ts'

const workflow: WorkflowSeen = {
  path: '.github/workflows/train.yml',
  sha: 'a'.repeat(40),
  kind: 'read',
  faults: [],
  environments: ['training'],
  outside: [],
  unread: [],
}
const guarded = {
  name: 'Training',
  reviewers: 2,
  othersReview: true,
  branches: { from: 'protected', some: { seen: true } },
} as const
const observed: Observed = {
  run: 1,
  workflow,
  environments: { seen: [guarded] },
  paths: [workflow.path, 'data/train.csv.dvc'],
  unowned: [],
}

const open = { what: 'open_to_anyone', event: 'pull_request' } as const
const writes = { what: 'token_writes', found: 'contents: write' } as const
const pin = { what: 'not_pinned', uses: 'a/b@v1' } as const
const faulty = { ...observed, workflow: { ...workflow, faults: [open, writes, pin] } }

test('what is guarded has nothing against it', () => {
  expect(against('environment-isolation', observed)).toEqual([])
  expect(against('access-control', observed)).toEqual([])
  expect(notObserved('access-control', observed)).toBeUndefined()
})

describe('what speaks against', () => {
  test.each<readonly [string, Observed, readonly ObservedFault[], readonly ObservedFault[]]>([
    ['the workflow', faulty, [open, writes, pin], [open]],
    [
      'an environment that anybody enters',
      { ...observed, environments: { seen: [{ ...guarded, reviewers: 0 }] } },
      [],
      [{ what: 'no_reviewers', environment: 'Training' }],
    ],
    [
      'an environment for any branch',
      { ...observed, environments: { seen: [{ ...guarded, branches: { from: 'any' } }] } },
      [{ what: 'any_branch', environment: 'Training', open: { why: 'no_policy' } }],
      [],
    ],
    [
      'a job outside of the environment',
      { ...observed, workflow: { ...workflow, outside: ['train'] } },
      [{ what: 'outside_environment', jobs: ['train'] }],
      [],
    ],
    [
      'an environment that is not there',
      { ...observed, environments: { seen: [{ ...guarded, name: 'other' }] } },
      [{ what: 'no_such_environment', environment: 'training' }],
      [{ what: 'no_such_environment', environment: 'training' }],
    ],
    [
      'data that nobody owns',
      { ...observed, unowned: ['data/train.csv.dvc'] },
      [],
      [{ what: 'nobody_owns', paths: ['data/train.csv.dvc'] }],
    ],
    [
      'nothing, where nobody may see environments',
      { ...observed, environments: { unseen: { needs: 'x' } } },
      [],
      [],
    ],
  ])('%s', (_, seen, isolation, access) => {
    expect(against('environment-isolation', seen)).toEqual(isolation)
    expect(against('access-control', seen)).toEqual(access)
  })
})

test('what was not seen does not stand for itself', () => {
  const { workflow: _, ...without } = observed
  const unseen = { ...observed, environments: { unseen: { needs: 'Actions: read' } } }

  expect(notObserved('access-control', undefined)).toBe('no_run')
  expect(notObserved('access-control', without)).toBe('no_workflow')
  expect(notObserved('access-control', { ...observed, workflow: { ...workflow, kind: 'unreadable' } })).toBe(
    'not_understood',
  )
  expect(notObserved('access-control', unseen)).toBe('environments_unseen')
  const hidden = { ...guarded, branches: { from: 'listed', patterns: { unseen: { more: 300 } } } } as const
  expect(notObserved('environment-isolation', { ...observed, environments: { seen: [hidden] } })).toBe(
    'branches_unseen',
  )
  expect(notObserved('access-control', { ...observed, environments: { seen: [hidden] } })).toBeUndefined()
  expect(
    notObserved('access-control', { ...unseen, workflow: { ...workflow, environments: [] } }),
  ).toBeUndefined()
})
