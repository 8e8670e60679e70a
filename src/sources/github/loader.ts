import DataLoader from 'dataloader'
import type { z } from 'zod'
import { answered, Data, RIDER } from './answered.ts'
import { idOfQuestion, stored } from './answers-kept.ts'
import { type Coordinates, type GitHub, GitHubAnswerError } from './client.ts'
import type { Rider } from './floor.ts'
import type { Known } from './known.ts'
import { isBlob, type Objects, type StoredObject } from './objects.ts'
import {
  Answers,
  nodeOf,
  nodesOf,
  partOf,
  type Question,
  queryOf,
  read,
  type Text,
  valuesOf,
} from './questions.ts'

/** So many questions go into one query. */
const MOST_QUESTIONS = 100

/** A page of a history, newest first: each commit with its first parent. */
export type Page = {
  readonly commits: readonly { readonly oid: string; readonly parent: string | undefined }[]
  readonly next: string | undefined
}

export type Loader = {
  /** Asks together what is asked in the same turn of the event loop, unless it is kept. */
  readonly ask: (question: Question) => Promise<void>
  /** Those of the questions whose answers are not kept. */
  readonly missing: (questions: readonly Question[]) => Promise<readonly Question[]>
  /** Asks GitHub, and gives the commit that the default branch points to. */
  readonly query: (questions: readonly Question[]) => Promise<string>
  /** From now on a query that finds the default branch elsewhere throws. */
  readonly rely: (tip: string) => void
  /** Contents that were answered and are right. */
  readonly contents: Map<string, Uint8Array>
  readonly pages: ReadonlyMap<string, Page>
  /** Names and sizes of what was listed, by id. */
  readonly named: Map<string, { readonly path: string; readonly bytes?: number }>
}

/** Asks GitHub in GraphQL, and keeps in `known` what it answers; what rides along is asked with the first query. */
export function createLoader(
  { graphql }: GitHub,
  { owner, repo, branch }: Coordinates,
  known: Known,
  objects: Objects,
  rider?: Rider,
): Loader {
  const contents = new Map<string, Uint8Array>()
  const pages = new Map<string, Page>()
  const named: Loader['named'] = new Map()
  let relied: string | undefined
  let told: string | undefined

  /** Takes an answer in, and gives what is worth keeping of it. */
  function take(question: Question, answer: unknown): readonly StoredObject[] {
    switch (question.ask) {
      case 'ref':
        return []
      case 'entry': {
        const { file } = read(Answers.entry, answer)
        const node = file === null ? undefined : nodeOf(file)
        known.learn(question.commit, question.path, node)
        const { object, ...rest } = file ?? {}
        const text = node && node.kind !== 'folder' ? takeText(node.oid, object) : []
        if (node && node.kind !== 'folder') note(node.oid, question.path, node.bytes)
        return [stored(question, { file: file === null ? null : rest }), ...text]
      }
      case 'list':
        takeFolder(question, answer)
        return [stored(question, answer)]
      case 'blob':
        return takeText(question.oid, answer)
      case 'history': {
        const { pageInfo, nodes } = read(Answers.history, answer).history
        for (const { oid, file } of nodes) {
          if (file === null) known.learn(oid, question.folder, undefined)
          else if (file.type === 'tree') known.learn(oid, question.folder, { kind: 'folder', oid: file.oid })
        }
        pages.set(idOfQuestion(question), {
          commits: nodes.map(({ oid, parents }) => ({ oid, parent: parents.nodes[0]?.oid })),
          next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined,
        })
        return [stored(question, answer)]
      }
    }
  }

  function takeFolder({ commit, folder }: Question & { ask: 'list' }, answer: unknown): void {
    const { file } = folder === '' ? { file: read(Answers.root, answer).tree } : read(Answers.list, answer)
    const tree = file !== null && 'object' in file ? file.object : file
    if (tree === null || !('entries' in tree)) {
      known.learnFolder(commit, folder, undefined)
      return
    }
    const nodes = nodesOf(tree.entries)
    known.learnFolder(commit, folder, nodes, tree.oid)
    for (const item of tree.entries ?? []) {
      const path = folder === '' ? item.name : `${folder}/${item.name}`
      if (item.type === 'blob') note(item.oid, path, item.size)
      if (item.object && 'entries' in item.object) {
        known.learnFolder(commit, path, nodesOf(item.object.entries), item.oid)
        for (const inner of item.object.entries ?? [])
          if (inner.type === 'blob') note(inner.oid, `${path}/${inner.name}`, inner.size)
      }
    }
  }

  function note(oid: string, path: string, bytes: number | undefined): void {
    named.set(oid, { path, ...(bytes === undefined ? {} : { bytes }) })
  }

  /** A text is believed where git's digest over it is the id: GitHub cuts long ones off, and mends bytes. */
  function takeText(oid: string, object: unknown): readonly StoredObject[] {
    if (object === null || object === undefined || !isText(object) || object.text === null) return []
    const bytes = Buffer.from(object.text, 'utf8')
    if (!isBlob(oid, bytes)) return []
    contents.set(oid, bytes)
    return [{ id: oid, kind: 'blob', content: bytes }]
  }

  async function missing(questions: readonly Question[]): Promise<readonly Question[]> {
    const unique = [...new Map(questions.map((question) => [idOfQuestion(question), question])).values()]
    const open = await unkept(unique)
    // Of a file that is kept the content may not be.
    const texts = unique.filter((question) => !open.includes(question)).flatMap(contentOf)
    return [...open, ...(texts.length === 0 ? [] : await unkept(texts))]
  }

  function contentOf(question: Question): readonly Question[] {
    if (question.ask !== 'entry' || !question.text) return []
    const node = known.node(question.commit, question.path)?.found
    return node?.kind === 'file' && !contents.has(node.oid) ? [{ ask: 'blob', oid: node.oid }] : []
  }

  async function unkept(questions: readonly Question[]): Promise<readonly Question[]> {
    const kept = await objects.get(questions.map(idOfQuestion))
    return inOrder(questions).filter((question) => {
      const content = kept.get(idOfQuestion(question))
      if (question.ask === 'blob' && contents.has(question.oid)) return false
      if (content === undefined) return true
      if (question.ask === 'blob') {
        if (isBlob(question.oid, content)) contents.set(question.oid, content)
        return !contents.has(question.oid)
      }
      try {
        take(question, JSON.parse(Buffer.from(content).toString('utf8')))
        return false
      } catch {
        // What was kept by another version, or damaged, is asked for anew.
        return true
      }
    })
  }

  async function queryOnce(questions: readonly Question[], riding: Rider | undefined): Promise<string> {
    const asked: readonly Question[] = [{ ask: 'ref', branch }, ...questions]
    const parts = asked.map((question, index) => partOf(question, `q${index}`))
    const variables = { owner, repo, ...valuesOf(riding ? [...parts, riding.part] : parts) }
    const { data: all, error } = await answered(graphql, queryOf(parts, riding?.part), variables)
    riding?.take(all[RIDER], error)
    const data = read(Data, all.repository)
    const answers = new Map(asked.map((question, index) => [question, data[`q${index}`]]))
    const ref = read(Answers.ref.nullable(), data.q0)
    if (ref === null || `${ref.prefix}${ref.name}` !== `refs/heads/${branch}`)
      throw new GitHubAnswerError('the default branch is not there')
    const tip = ref.target.oid
    if (relied !== undefined && relied !== tip)
      throw new GitHubAnswerError('the default branch moved while the commit was judged')
    const keep = inOrder(questions).flatMap((question) => {
      const answer = answers.get(question)
      if (answer === null && question.ask === 'entry' && question.maybe) return []
      if (answer === undefined || (answer === null && question.ask !== 'blob'))
        throw new GitHubAnswerError('a commit that was asked about is not there')
      return take(question, answer)
    })
    await objects.put(keep)
    return tip
  }

  async function query(questions: readonly Question[]): Promise<string> {
    const chunks = [questions.slice(0, MOST_QUESTIONS)]
    for (let start = MOST_QUESTIONS; start < questions.length; start += MOST_QUESTIONS)
      chunks.push(questions.slice(start, start + MOST_QUESTIONS))
    const riding = rider?.waits() ? rider : undefined
    const [tip = '', ...others] = await Promise.all(
      chunks.map((chunk, index) => queryOnce(chunk, index === 0 ? riding : undefined)),
    )
    if (others.some((other) => other !== tip))
      throw new GitHubAnswerError('the default branch moved while it was asked about')
    if (told !== tip) await objects.moved(branch, tip)
    told = tip
    return tip
  }

  const loader = new DataLoader<Question, undefined>(
    async (questions) => {
      const open = await missing(questions)
      if (open.length > 0) await query(open)
      return questions.map(() => undefined)
    },
    { cache: false, maxBatchSize: MOST_QUESTIONS },
  )

  return {
    ask: async (question) => {
      await loader.load(question)
    },
    missing,
    query,
    rely: (tip) => {
      relied = tip
    },
    contents,
    pages,
    named,
  }
}

function isText(object: unknown): object is z.infer<typeof Text> {
  return (
    typeof object === 'object' &&
    object !== null &&
    'text' in object &&
    (object.text === null || typeof object.text === 'string')
  )
}

/** Folders from the root down, so that each is held against the one above it. */
function inOrder(questions: readonly Question[]): readonly Question[] {
  const depth = (question: Question): number => (question.ask === 'list' ? question.folder.length : 1e9)
  return questions.toSorted((a, b) => depth(a) - depth(b))
}
