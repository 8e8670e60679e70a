import { z } from 'zod'
import { type GitHub, GitHubAnswerError } from './client.ts'
import { idOf, keptAs, type Objects } from './objects.ts'
import { Answers, partOf, type Question, queryOf, read } from './questions.ts'
import type { Place } from './runs.ts'

const Answer = z.object({ repository: z.record(z.string(), z.unknown()) })
const Kept = z.object({ found: z.string().optional() })

/** Whether two commits have the same workflow file; the second is the tip of the default branch then. */
export async function sameWorkflow(
  github: GitHub,
  place: Place,
  objects: Objects,
  { path, commit, tip }: { readonly path: string; readonly commit: string; readonly tip: string },
): Promise<'trusted' | 'edited' | 'absent'> {
  const [own, merged] = await blobsAt(github, place, objects, path, [commit, tip])
  if (merged === undefined) return 'absent'
  return own === merged ? 'trusted' : 'edited'
}

/** The file at a path of each commit, by blob id; nothing where there is no file, or no such commit any more. */
async function blobsAt(
  { graphql }: GitHub,
  { owner, repo }: Place,
  objects: Objects,
  path: string,
  commits: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const idFor = (commit: string) => idOf(['blob at', commit, path])
  const kept = await objects.get(commits.map(idFor))
  const known = new Map(
    commits.flatMap((commit) => {
      const parsed = keptAs(Kept, kept.get(idFor(commit)))
      return parsed === undefined ? [] : [[commit, parsed.found] as const]
    }),
  )
  const open = [...new Set(commits)].filter((commit) => !known.has(commit))
  if (open.length > 0) {
    const parts = open.map((commit, index) =>
      partOf({ ask: 'entry', commit, path } satisfies Question, `q${index}`),
    )
    const variables = parts.flatMap((part) => part.variables.map(([name, , value]) => [name, value]))
    const answer = read(
      Answer,
      await graphql(queryOf(parts), { owner, repo, ...Object.fromEntries(variables) }),
    )
    for (const [index, commit] of open.entries()) known.set(commit, fileOf(answer.repository[`q${index}`]))
    await objects.put(
      open.flatMap((commit) => {
        const found = known.get(commit)
        // A commit that is not there today may be there tomorrow.
        const content = Buffer.from(JSON.stringify({ found }))
        return found === undefined ? [] : [{ id: idFor(commit), kind: 'answer', content }]
      }),
    )
  }
  return commits.map((commit) => known.get(commit))
}

function fileOf(answer: unknown): string | undefined {
  if (answer === undefined) throw new GitHubAnswerError('GitHub left a question unanswered')
  if (answer === null) return undefined
  const { file } = read(Answers.entry, answer)
  // A link would be followed by Actions to another file than the one that is compared.
  return file !== null && file.type === 'blob' && file.mode !== 0o120000 ? file.oid : undefined
}
