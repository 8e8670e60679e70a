import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Identify } from '../attest/identity.ts'
import type { Keys } from '../attest/keys.ts'
import { signTicket, type Ticket } from '../attest/ticket.ts'
import { criteriaPath, MODEL_NAME } from '../core/paths.ts'

/** A repository in which the app is installed, as it stands now. */
export type Present = {
  /** `owner/name`, as GitHub spells it. */
  readonly name: string
  readonly branch: string
  readonly tip: string
  /** Blob id of a file at the tip; undefined where there is none. */
  readonly blob: (path: string) => Promise<string | undefined>
}

export type Starting = {
  readonly keys: Keys
  readonly identify: Identify
  /** Whose token it is, if it may read the repository. */
  readonly reader: (token: string, repository: string) => Promise<string | undefined>
  /** Undefined where the app is not installed. */
  readonly open: (repository: string) => Promise<Present | undefined>
  /** How many tickets a repository was given since a moment, and how many of them one caller. */
  readonly issued: (
    repository: string,
    by: string,
    since: Date,
  ) => Promise<{ readonly all: number; readonly own: number }>
  readonly record: (ticket: Ticket) => Promise<void>
  readonly clock: () => Date
}

/** What is answered, as JSON. */
export type Started = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

const Asked = z.strictObject({
  model: z.string().regex(MODEL_NAME),
  repository: z
    .string()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)
    .optional(),
})

/** More would be no work that begins; one caller can't use up what others need. */
const MOST_AN_HOUR = { own: 60, all: 600 }

/**
 * Answers a job that proves it may read a repository with a start ticket for one of its models. Nothing is
 * signed but what GitHub and the app's own clock say at this moment.
 */
export async function start(
  authorization: string | undefined,
  asked: unknown,
  { keys, identify, reader, open, issued, record, clock }: Starting,
): Promise<Started> {
  const token = tokenIn(authorization)
  if (token === undefined) return refused(401, 'send an Actions identity token or a GitHub token as Bearer')
  const parsed = Asked.safeParse(asked)
  if (!parsed.success) return refused(400, 'send { "model": "…", "repository": "owner/name" }')
  const { model, repository: named } = parsed.data
  const caller = await whoAsks(token, named, identify, reader)
  if (caller === undefined) return refused(403, 'the token is not valid here, or may not read the repository')
  const repository = await open(caller.repository)
  // Whether a repository without the app exists is nobody's to learn here.
  if (repository === undefined) return refused(404, 'the app is not installed on the repository')
  const now = clock()
  const { all, own } = await issued(repository.name, caller.by, new Date(now.getTime() - 3_600_000))
  if (own >= MOST_AN_HOUR.own || all >= MOST_AN_HOUR.all)
    return refused(
      429,
      `no more than ${MOST_AN_HOUR.own} start tickets an hour for one caller, and ${MOST_AN_HOUR.all} for one repository: try later`,
    )
  const path = criteriaPath(model)
  const blob = await repository.blob(path)
  if (blob === undefined)
    return refused(
      409,
      `${path} is not on ${repository.branch}: merge the criteria first, then start the work`,
    )
  const ticket: Ticket = {
    gonogo: 1,
    repository: repository.name,
    model,
    branch: repository.branch,
    tip: repository.tip,
    criteria: { path, blob },
    nonce: randomUUID(),
    at: now.toISOString(),
    by: caller.by,
    ...(caller.run && { run: caller.run }),
  }
  const signed = await signTicket(ticket, keys)
  await record(ticket)
  return { status: 201, body: { ticket: signed, says: ticket } }
}

/** The token of an `authorization` header. */
export function tokenIn(authorization: string | undefined): string | undefined {
  return /^bearer ([\x21-\x7e]{1,8000})$/i.exec(authorization ?? '')?.[1]
}

/**
 * Whether a token is a JSON Web Token, which is looked through here; any other is shown to GitHub, whose own tokens
 * begin with what they are, whatever they hold.
 */
export function isIdentity(token: string): boolean {
  return token.split('.').length === 3 && !/^(gh[a-z]_|github_pat_)/.test(token)
}

type Caller = {
  readonly repository: string
  readonly by: string
  readonly run?: { readonly repository: string; readonly id: number }
}

async function whoAsks(
  token: string,
  named: string | undefined,
  identify: Identify,
  reader: Starting['reader'],
): Promise<Caller | undefined> {
  if (isIdentity(token)) {
    const job = await identify(token)
    if (job === undefined) return undefined
    const { repository, run: id } = job
    if (named !== undefined && named.toLowerCase() !== repository.toLowerCase()) return undefined
    return { repository, by: `run ${id} of ${repository}`, run: { repository, id } }
  }
  if (named === undefined) return undefined
  const by = await reader(token, named)
  return by === undefined ? undefined : { repository: named, by }
}

function refused(status: number, error: string): Started {
  return { status, body: { error } }
}
