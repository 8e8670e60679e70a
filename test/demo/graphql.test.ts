import { readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { partOf, type Question, queryOf } from '../../src/sources/github/questions.ts'
import { reviewsQuery } from '../../src/sources/github/reviews.ts'
import { SCHEMA, SLICE, slice } from '../support/slice-graphql.ts'
import { asInstallation, client } from './app-client.ts'
import { aStandInEach, at } from './each.ts'

const FULL = readFileSync(SCHEMA, 'utf8')
const QUESTIONS: readonly Question[] = [
  { ask: 'ref', branch: 'main' },
  { ask: 'entry', commit: 'c', path: 'p' },
  { ask: 'entry', commit: 'c', path: 'p', text: true },
  { ask: 'list', commit: 'c', folder: '' },
  { ask: 'list', commit: 'c', folder: 'f' },
  { ask: 'list', commit: 'c', folder: 'f', deep: true },
  { ask: 'blob', oid: 'o' },
  { ask: 'history', from: 'c', folder: 'f' },
  { ask: 'history', from: 'c', folder: 'f', after: 'a' },
]

describe("GitHub's schema", () => {
  test('is what the slice was cut from', () => {
    expect(readFileSync(SLICE, 'utf8')).toBe(slice(FULL))
  })

  test('has all that is asked', () => {
    const query = queryOf(QUESTIONS.map((question, index) => partOf(question, `q${index}`)))

    // As it is published one field stands in it twice, which is no fault of a query.
    expect(validate(buildSchema(FULL, { assumeValidSDL: true }), parse(query))).toEqual([])
  })

  test('has what is asked of reviews', () => {
    const query = reviewsQuery(2, 2)

    expect(validate(buildSchema(FULL, { assumeValidSDL: true }), parse(query))).toEqual([])
  })

  test('no text from elsewhere is part of a query', () => {
    const evil = '") { x } #'
    const parts = QUESTIONS.map((question, index) => {
      const changed = Object.fromEntries(
        Object.entries(question).map(([key, value]) => [
          key,
          key !== 'ask' && typeof value === 'string' && value !== '' ? evil : value,
        ]),
      )
      return partOf({ ...question, ...changed }, `q${index}`)
    })

    expect(queryOf(parts)).not.toContain(evil)
  })
})

describe("the stand-in's GraphQL", () => {
  const use = aStandInEach()
  const Q = 'query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { name } }'

  test('a query that GitHub would not take is a violation, and refused', async () => {
    const octokit = await asInstallation(use.standIn)

    await expect(octokit.graphql('{ repository(owner: "acme", name: "models") { wrong } }')).rejects.toThrow()

    expect(use.standIn.violations).toMatchObject([{ operation: 'graphql', of: 'request' }])
    expect(use.standIn.requests.at(-1)).toMatchObject({ operation: 'graphql', path: '/graphql' })
  })

  test('a repository that is not there, and one that a token is not for, are one', async () => {
    const octokit = await asInstallation(use.standIn)

    expect(await octokit.graphql(Q, at)).toEqual({ repository: { name: at.repo } })
    await expect(octokit.graphql(Q, { ...at, repo: 'nowhere' })).rejects.toMatchObject({
      errors: [{ type: 'NOT_FOUND' }],
    })
    await expect(client(use.standIn.url, 'nobody').graphql(Q, at)).rejects.toMatchObject({ status: 401 })
  })

  test('a long text is cut off and says so, and what is binary has none', async () => {
    const long = 'x'.repeat(512_001)
    const sha = await use.standIn.commit({
      branch: 'main',
      message: 'Files',
      files: { long, binary: new Uint8Array([1, 0, 2]) },
    })
    const octokit = await asInstallation(use.standIn)
    const part = 'object { ... on Blob { byteSize isBinary isTruncated text } }'

    const answer = await octokit.graphql(
      `query ($owner: String!, $repo: String!, $sha: GitObjectID!) { repository(owner: $owner, name: $repo) { object(oid: $sha) { ... on Commit { long: file(path: "long") { mode ${part} } binary: file(path: "binary") { ${part} } none: file(path: "long/x") { oid } } } } }`,
      { ...at, sha },
    )

    expect(answer).toMatchObject({
      repository: {
        object: {
          long: { mode: 33_188, object: { byteSize: 512_001, isTruncated: true, text: long.slice(1) } },
          binary: { object: { byteSize: 3, isBinary: true, text: null } },
          none: null,
        },
      },
    })
  })
})
