import nock from 'nock'
import { z } from 'zod'

const Asked = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) })
const NO_TREE = { oid: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', entries: [] }

/** What a fake GitHub answers in GraphQL; where nothing is said, a commit is there and its tree is empty. */
export type Answering = {
  readonly api: string
  /** Where the branch `main` is; undefined where there is none. */
  readonly tip?: string | undefined
  /** First parents, newest first; the history of a commit starts where it stands. */
  readonly line?: readonly {
    readonly oid: string
    readonly parents: readonly string[]
    readonly tree?: string
  }[]
  /** Answers for blobs by id, and for the entries of commits by `commit:path`. */
  readonly objects?: Readonly<Record<string, unknown>>
}

/** Answers one query; gives the questions that were in it. */
export function answersQuery({ api, tip, line = [], objects = {} }: Answering): string[] {
  const questions: string[] = []
  nock(api)
    .post('/graphql')
    .reply(200, async (request: Request) => {
      const { query, variables } = Asked.parse(await request.json())
      const repository: Record<string, unknown> = {}
      for (const [, alias = '', what = ''] of query.matchAll(/^(q\d+): (.+)$/gm)) {
        const of = (name: string): string => String(variables[`${alias}${name}`] ?? '')
        const answer = (() => {
          if (what.startsWith('ref(')) {
            questions.push(`ref ${of('r')}`)
            return tip === undefined ? null : { name: 'main', prefix: 'refs/heads/', target: { oid: tip } }
          }
          if (what.includes('history(')) {
            questions.push(`history ${of('c')} ${of('a')}`)
            const from = Number(of('a') || 0)
            const nodes = line.slice(from, from + 100).map(({ oid, parents, tree }) => ({
              oid,
              parents: { nodes: parents.slice(0, 1).map((parent) => ({ oid: parent })) },
              file: tree === undefined ? null : { type: 'tree', oid: tree },
            }))
            const next = from + nodes.length
            return { history: { nodes, pageInfo: { hasNextPage: next < line.length, endCursor: `${next}` } } }
          }
          if (variables[`${alias}b`] !== undefined) {
            questions.push(`blob ${of('b')}`)
            return objects[of('b')] ?? null
          }
          if (variables[`${alias}p`] === undefined) {
            questions.push(`root ${of('c')}`)
            return objects[`${of('c')}:`] ?? { tree: NO_TREE }
          }
          questions.push(`${of('c')}:${of('p')}`)
          return objects[`${of('c')}:${of('p')}`] ?? { file: null }
        })()
        repository[alias] = answer
      }
      return { data: { repository } }
    })
  return questions
}
