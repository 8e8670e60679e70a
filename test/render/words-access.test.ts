import { expect, test } from 'vitest'
import type { AccessFault, Claimed } from '../../src/core/access.ts'
import type { ObservedFault } from '../../src/core/observed.ts'
import { plain } from '../../src/render/sentence.ts'
import { accessFault, claimedAdvice, claimedWords } from '../../src/render/words-access.ts'
import { otherwiseAdvice, toObserve } from '../../src/render/words-observed.ts'

const others = { what: 'others_write', field: 'change_training_data' } as const

test.each<readonly [AccessFault, string]>([
  [
    { ...others, accounts: ['grace'], count: 1 },
    '`@grace` may change the data on the default branch, and `change_training_data` does not name them',
  ],
  [
    { ...others, field: 'start_runs', accounts: ['a', 'b', 'c', 'd'], count: 40 },
    '`@a`, `@b`, `@c` and 37 more may start the run, and `start_runs` does not name them',
  ],
  [
    { ...others, what: 'others_own', accounts: ['grace', 'lin'], count: 2 },
    'the code owners `@grace`, `@lin` let changes of the data in, and `change_training_data` does not name them',
  ],
  [
    { what: 'everybody_writes', field: 'start_runs', count: 7 },
    'every member of the organisation may start the run, whoever is meant by `start_runs`',
  ],
  [
    { what: 'everybody_writes', field: 'change_training_data', count: 300, more: true },
    'more than 300 accounts may change the data on the default branch, whoever is meant by `change_training_data`',
  ],
])('%j', (fault, says) => {
  expect(plain(accessFault(fault))).toBe(says)
})

test.each<readonly [readonly Claimed[], string, string]>([
  [
    [
      { field: 'change_training_data', why: 'by_role', accounts: 1_200 },
      { field: 'read_outputs', why: 'not_shown' },
    ],
    '`change_training_data` (it names roles, and 1,200 accounts may change the data on the default branch), `read_outputs` (GitHub does not show it)',
    'name the accounts and teams in `change_training_data`, each as `@login` or `@organisation/team`',
  ],
  [
    [{ field: 'change_training_data', why: 'owned_by_role', owners: 2 }],
    '`change_training_data` (it names roles, and 2 code owners let changes in)',
    'name the accounts and teams in `change_training_data`, each as `@login` or `@organisation/team`',
  ],
  [
    [{ field: 'change_training_data', why: 'by_address' }],
    '`change_training_data` (the code owners are named by address)',
    'name the code owners of the data as accounts or teams',
  ],
  [
    [
      {
        field: 'change_training_data',
        why: 'unseen',
        what: 'review',
        unseen: { needs: 'Administration: read' },
      },
    ],
    '`change_training_data` (whether code owners must review changes may not be seen, which takes the permission Administration: read)',
    'ask for the review of code owners in a ruleset of the default branch, which everybody sees',
  ],
  [
    [{ field: 'start_runs', why: 'unseen', what: 'team', unseen: { needs: 'Members: read' } }],
    '`start_runs` (who is in a team may not be seen, which takes the permission Members: read)',
    'give the app the permission Members: read, and name no more than 5 teams of this organisation',
  ],
  [
    [{ field: 'start_runs', why: 'unseen', what: 'writers', unseen: { needs: 'Metadata: read' } }],
    '`start_runs` (who may write may not be seen, which takes the permission Metadata: read)',
    'give the app the permission Metadata: read',
  ],
  [
    [{ field: 'start_runs', why: 'unseen', what: 'writers', unseen: { more: 300 } }],
    '`start_runs` (more than 300 accounts may write)',
    'take the right to write from those who should not have it, or let each job enter an environment with required reviewers, or need a job that does',
  ],
])('%j', (claimed, says, next) => {
  expect(plain(claimedWords(claimed))).toBe(says)
  expect(plain(claimedAdvice(claimed))).toBe(next)
})

test.each<readonly [readonly ObservedFault[], string]>([
  [
    [{ ...others, accounts: ['grace'], count: 1 }],
    'take the right to write from those who should not have it, or ask for the review of code owners in a ruleset of the default branch; or name in `change_training_data` all who may, each as `@login` or `@organisation/team`',
  ],
  [
    [{ what: 'open_to_anyone', event: 'issues' }],
    'close what is open, train again in a run that is as the record says, and name that run in the manifest',
  ],
  [
    [
      { what: 'no_reviewers', environment: 'training' },
      { ...others, field: 'start_runs', accounts: ['grace'], count: 1 },
    ],
    'close what is open, train again in a run that is as the record says, and name that run in the manifest; take the right to write from those who should not have it, or let each job enter an environment with required reviewers, or need a job that does; or name in `start_runs` all who may, each as `@login` or `@organisation/team`',
  ],
])('what to do about %j', (faults, next) => {
  expect(plain(otherwiseAdvice(faults))).toBe(next)
})

test('data that lies elsewhere is said to', () => {
  expect(plain(claimedWords([{ field: 'change_training_data', why: 'elsewhere' }]))).toBe(
    '`change_training_data` (no data of the training is in the repository)',
  )
})

test('where no run was seen, what only the record says has two remedies', () => {
  const start: Claimed = { field: 'start_runs', why: 'no_run' }
  const role: Claimed = { field: 'change_training_data', why: 'by_role', accounts: 2 }
  const train =
    "train in an Actions run of this repository, or of a sibling that the app is installed on, and name it as `run` of the manifest's training"

  expect(plain(claimedWords([start]))).toBe('`start_runs` (the app sees no run of it)')
  expect(plain(toObserve('no_run', [start]))).toBe(train)
  expect(plain(toObserve('no_run', [start, role]))).toBe(
    `${train}; name the accounts and teams in \`change_training_data\`, each as \`@login\` or \`@organisation/team\``,
  )
})

test('data without an owner needs no other training', () => {
  expect(plain(otherwiseAdvice([{ what: 'nobody_owns', paths: ['data/train.csv.dvc'] }]))).toBe(
    'give `data/train.csv.dvc` owners in `CODEOWNERS` of the default branch',
  )
})
