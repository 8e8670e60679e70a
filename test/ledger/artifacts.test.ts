import { expect, test } from 'vitest'
import { keepArtifact, keptArtifacts } from '../../src/ledger/artifacts.ts'
import { awaitedBy, awaitRuns } from '../../src/ledger/awaited.ts'
import { describeOnBoth } from './databases.ts'

const row = { repository: 'acme/models', about: 'one', artifact: 1, file: 'm.json', held: '{"first":1}' }
const ended = { repository: 'acme/models', run: 77, commit: 'c', workflow: 'validate.yml' }

describeOnBoth('artifacts', (open) => {
  test('what was read first stays, under what it is about', async () => {
    const { db } = await open()
    await keepArtifact(db, [])
    await keepArtifact(db, [row, { ...row, artifact: 17_000_000_002, held: '{"second":2}' }])
    await keepArtifact(db, [{ ...row, repository: 'Acme/Models', held: '{"other":3}' }])
    await keepArtifact(db, [{ ...row, about: 'two', held: '{}' }])

    const about = { repository: 'ACME/models', about: 'one' }
    expect(await keptArtifacts(db, { ...about, files: ['m.json'] })).toEqual(['{"first":1}', '{"second":2}'])
    expect(await keptArtifacts(db, { ...about, files: ['other.json'] })).toEqual([])
    expect(await keptArtifacts(db, { ...about, files: [] })).toEqual([])
    expect(await keptArtifacts(db, { ...about, repository: 'acme/other', files: ['m.json'] })).toEqual([])
  })

  test('a commit waits for a run by its id, or for one of a workflow on a commit, once', async () => {
    const { db } = await open()
    const { run, repository, commit, workflow } = ended
    const waiting = { key: 'k', asked: 'a', runs: [{ repository: 'Acme/models', run }] }
    await awaitRuns(db, { ...waiting, workflows: [{ repository, commit, workflow }] })
    await awaitRuns(db, { key: 'l', asked: 'b', runs: [], workflows: [{ repository, commit, workflow }] })

    expect(await awaitedBy(db, { ...ended, repository: 'ACME/Models' })).toEqual(['a', 'b'])
    expect(await awaitedBy(db, { ...ended, run: 78 })).toEqual(['a', 'b'])
    expect(await awaitedBy(db, { ...ended, commit: 'd' })).toEqual(['a'])
    for (const other of [
      { commit: 'd', run: 78 },
      { workflow: 'other.yml', run: 78 },
      { repository: 'acme/other' },
    ])
      expect(await awaitedBy(db, { ...ended, ...other })).toEqual([])

    await awaitRuns(db, { ...waiting, runs: [], workflows: [] })
    expect(await awaitedBy(db, ended)).toEqual(['b'])
  })
})
