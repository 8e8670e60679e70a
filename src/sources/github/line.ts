import type { Repository } from '../repository.ts'
import { idOfQuestion } from './answers-kept.ts'
import { GitHubAnswerError } from './client.ts'
import type { Node } from './known.ts'
import type { Loader, Page } from './loader.ts'
import { CRITERIA } from './plan.ts'
import { PAGE, type Question } from './questions.ts'

/** The first-parent line from a commit, and what became of a file on it, by pages of all its history. */
export function createLine(
  loader: Loader,
  nodeAt: (commit: string, path: string) => Promise<Node | undefined>,
): Pick<Repository, 'firstParents' | 'changesOf'> {
  async function* firstParents(from: string): AsyncIterable<string> {
    const parents = new Map<string, string | undefined>()
    let next: string | undefined = from
    let after: string | undefined
    while (next !== undefined) {
      const page = await pageOf(from, after)
      for (const { oid, parent } of page.commits) parents.set(oid, parent)
      while (next !== undefined && parents.has(next)) {
        yield next
        next = parents.get(next)
      }
      after = page.next
      if (next !== undefined && (after === undefined || page.commits.length < PAGE))
        throw new GitHubAnswerError('the history of the default branch ended before its first commit')
    }
  }

  /**
   * GitHub's own history of a path leaves out what a merge brought back to another parent's version, so the line is
   * followed commit by commit.
   */
  async function changesOf(from: string, until: string, path: string): Promise<readonly string[]> {
    const line: string[] = []
    for await (const commit of firstParents(from)) {
      line.push(commit)
      if (commit === until) break
    }
    // Asked together; of folders that are the same in many commits only one is listed.
    const found = await Promise.all(line.map((commit) => nodeAt(commit, path)))
    const idAt = (place: number): string | undefined => {
      const node = found[place]
      return node === undefined ? undefined : `${node.kind} ${node.oid ?? ''}`
    }
    return line.filter((commit, place) => commit !== until && idAt(place) !== idAt(place + 1))
  }

  async function pageOf(from: string, after: string | undefined): Promise<Page> {
    const question: Question = { ask: 'history', from, folder: CRITERIA, ...(after && { after }) }
    const id = idOfQuestion(question)
    if (!loader.pages.has(id)) await loader.ask(question)
    return loader.pages.get(id) ?? { commits: [], next: undefined }
  }

  return { firstParents, changesOf }
}
