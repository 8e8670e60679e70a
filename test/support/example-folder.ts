import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { filled } from './case.ts'

export const EXAMPLES = new URL('../../fixtures/examples/', import.meta.url).pathname

/** `example.yml`: in which order the folders of an example are committed, and what GitHub and the app know of them. */
export const Story = z.strictObject({
  shows: z.string(),
  /** `owner/name` of the repository. */
  repository: z.string(),
  now: z.string(),
  /** Each folder is laid over the ones before; those before `release` go to the default branch. */
  commits: z
    .array(z.strictObject({ name: z.string(), folder: z.string(), on: z.enum(['main', 'release']) }))
    .min(2),
  /** The app's start ticket, in the place of `${ticket}`. */
  ticket: z
    .strictObject({ model: z.string(), tip: z.string(), began: z.string(), nonce: z.string() })
    .optional(),
  /**
   * The Actions run that did the work, as GitHub tells of it, and the artifact that lists the weights, by
   * `artifact/<name>/SHA256SUMS`.
   */
  run: z
    .strictObject({
      ...{ id: z.number(), began: z.string(), commit: z.string(), tip: z.string() },
      ...{ workflow: z.string(), artifact: z.string().optional() },
    })
    .optional(),
  /**
   * What GitHub shows of the repository: who may write, who is in which team, whether a ruleset asks for the review of
   * code owners, and how environments are guarded; those are unseen where the app may not look.
   */
  github: z
    .strictObject({
      writers: z.array(z.string()),
      teams: z.record(z.string(), z.array(z.string())).default({}),
      owners_review: z.boolean(),
      environments: z
        .array(
          z.strictObject({
            ...{ name: z.string(), reviewers: z.number(), others_review: z.boolean() },
            /** `unguarded`: only protected branches, where none is; or the patterns that are listed. */
            branches: z.enum(['any', 'protected', 'unguarded', 'unseen']).or(z.array(z.string())),
          }),
        )
        .or(z.literal('unseen')),
    })
    .optional(),
  /** Artifacts, with their files in `artifact/<name>/`, by the run on the judged commit that uploaded them. */
  artifacts: z.array(z.strictObject({ name: z.string(), run: z.number(), workflow: z.string() })).optional(),
  /** Who approved the release, and who made it. */
  reviews: z.array(z.strictObject({ by: z.string(), teams: z.array(z.string()).optional() })).optional(),
  made: z.array(z.string()).optional(),
  /** How many other weights were measured on each exam before. */
  attempts: z.number().optional(),
})
export type Story = z.infer<typeof Story>

/** Every file of an example's folder by its path in it. A mutation is another map. */
export type Files = ReadonlyMap<string, string>

/** Names of all examples. */
export function exampleNames(): readonly string[] {
  return readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
}

/** Reads the folder of an example. */
export function readExample(name: string): Files {
  const folder = join(EXAMPLES, name)
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))
}

/** What an example tells of itself. */
export function storyOf(files: Files): Story {
  return Story.parse(parse(files.get('example.yml') ?? ''))
}

/**
 * The example as if it were told today: every day in it moves by as much, so that no record is too old; in digits, in
 * words, and as seconds or milliseconds since 1970. Seeds and names of data are no days.
 */
export function movedTo(files: Files, today: Date): Files {
  const told = Date.parse(storyOf(files).now)
  const days = Math.floor((today.getTime() - told) / DAY) * DAY
  const moved = (day: string): string => new Date(Date.parse(day) + days).toISOString().slice(0, 10)
  const shifted = (text: string): string =>
    text
      .replaceAll(/\b20\d\d-\d\d-\d\d\b|\b20\d\d-\d\d-\d\d(?=T)/g, moved)
      .replaceAll(IN_WORDS, (_, day?: string, month?: string, year?: string, until?: string) => {
        if (day === undefined && year === undefined && until === undefined) return month ?? ''
        const own = year ?? until ?? String(new Date(told).getUTCFullYear())
        const date = new Date(Date.parse(`${day ?? '15 '}${month} ${own} UTC`) + days)
        return [
          ...(day === undefined ? [] : [date.getUTCDate()]),
          MONTHS[date.getUTCMonth()],
          ...(year === undefined ? [] : [date.getUTCFullYear()]),
        ].join(' ')
      })
      .replaceAll(SINCE_1970, (number) => {
        const unit = number.length === 10 ? 1000 : 1
        const isNear = Math.abs(Number(number) * unit - told) < 2 * 365 * DAY
        return isNear ? String(Number(number) + days / unit) : number
      })
  // Files are called by their days too.
  return new Map([...files].map(([path, text]) => [shifted(path), shifted(text)]))
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
]
/** `21 May 2026`, `21 May` and `May 2026`; a month alone may be a word. */
const IN_WORDS = new RegExp(
  `(?:\\b(\\d{1,2} ))?\\b(${MONTHS.join('|')})\\b(?: (20\\d\\d)\\b|(?= to [A-Z][a-z]+ (20\\d\\d)))?`,
  'g',
)
/** Ten digits are seconds, thirteen milliseconds; a longer number is neither. */
const SINCE_1970 = /(?<![\w.,-])1\d{9}(?:\d{3})?(?!\w|,\d)/g

const DAY = 86_400_000

/** A commit of an example with all of its files, filled in. */
export type Layer = { readonly name: string; readonly on: string; readonly files: Map<string, string> }

/** The files below a folder, by their path in it. */
export function below(files: Files, folder: string): ReadonlyMap<string, string> {
  const start = `${folder}/`
  return new Map(
    [...files].flatMap(([path, text]) => (path.startsWith(start) ? [[path.slice(start.length), text]] : [])),
  )
}

/** The app's statement that the work begins, as text: its signature is no matter of the examples. */
export function ticketText(told: Told): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = { alg: 'ES256', typ: 'gonogo-start-ticket', kid: 'gonogo-2026-01' }
  const signature = createHash('sha512').update(JSON.stringify(told)).digest('base64url')
  return `${part(head)}.${part({ gonogo: 1, ...told })}.${signature}`
}
type Told = { readonly model: string; readonly nonce: string; readonly tip: string; readonly began: string }

/** The digest of a file of an artifact, which a report signs for. */
const OF_ARTIFACT = '${sha256:artifact/'

function withArtifacts(files: Files, head: Files, ids: ReadonlyMap<string, string>): Files {
  const uploaded = [...below(files, 'artifact')].map(
    ([path, text]) => [`artifact/${path}`, filled(text, head, ids)] as const,
  )
  return new Map([...head, ...uploaded])
}

/**
 * Makes the commits of an example in order, wherever `commit` puts them; returns their ids by name, and the files of
 * the last one.
 */
export function tellLayers(
  files: Files,
  commit: (layer: Layer) => string,
): { readonly ids: ReadonlyMap<string, string>; readonly head: Files } {
  const { commits, ticket } = storyOf(files)
  const ids = new Map<string, string>()
  const head = new Map<string, string>()
  for (const { name, folder, on } of commits) {
    const written = below(files, folder)
    for (const [path, text] of written) head.set(path, text)
    for (const [path, text] of written) {
      const tip = ids.get(ticket?.tip ?? '') ?? ''
      const paper = ticket && /^\$\{ticket\}\s*$/.test(text) ? ticketText({ ...ticket, tip }) : text
      head.set(path, filled(paper, paper.includes(OF_ARTIFACT) ? withArtifacts(files, head, ids) : head, ids))
    }
    ids.set(name, commit({ name, on, files: new Map(head) }))
  }
  return { ids, head }
}
