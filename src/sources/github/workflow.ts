import { z } from 'zod'
import { idOfQuestion, stored } from './answers-kept.ts'
import { type GitHub, GitHubAnswerError } from './client.ts'
import { keptAs, type Objects } from './objects.ts'
import { Answers, partOf, type Question, queryOf, read, valuesOf } from './questions.ts'
import type { Place } from './runs.ts'

const Answer = z.object({ repository: z.record(z.string(), z.unknown()) })

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
  const asking = (commit: string): Question => ({ ask: 'entry', commit, path })
  const idFor = (commit: string) => idOfQuestion(asking(commit))
  const kept = await objects.get(commits.map(idFor))
  const known = new Map(
    commits.flatMap((commit) => {
      const answer = keptAs(Answers.entry, kept.get(idFor(commit)))
      return answer === undefined ? [] : [[commit, fileOf(answer)] as const]
    }),
  )
  const open = [...new Set(commits)].filter((commit) => !known.has(commit))
  if (open.length > 0) {
    const parts = open.map((commit, index) => partOf(asking(commit), `q${index}`))
    const { repository } = read(Answer, await graphql(queryOf(parts), { owner, repo, ...valuesOf(parts) }))
    for (const [index, commit] of open.entries()) {
      const answer = repository[`q${index}`]
      if (answer === undefined) throw new GitHubAnswerError('GitHub left a question unanswered')
      // A commit that is not there today may be there tomorrow.
      if (answer === null) known.set(commit, undefined)
      else {
        known.set(commit, fileOf(read(Answers.entry, answer)))
        await objects.put([stored(asking(commit), answer)])
      }
    }
  }
  return commits.map((commit) => known.get(commit))
}

function fileOf({ file }: z.infer<typeof Answers.entry>): string | undefined {
  // A link would be followed by Actions to another file than the one that is compared.
  return file !== null && file.type === 'blob' && file.mode !== 0o120000 ? file.oid : undefined
}
