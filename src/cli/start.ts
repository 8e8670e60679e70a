import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { readStart, type StartConfig } from '../config.ts'
import { MODEL_NAME } from '../core/paths.ts'
import { clean } from '../render/clean.ts'
import { EXIT, UsageError, type World } from './world.ts'

export type StartOptions = { readonly repository?: string; readonly out?: string }

const PATIENCE_MS = 30_000

const Issued = z.object({
  ticket: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  says: z.object({ repository: z.string(), branch: z.string(), tip: z.string(), at: z.string() }),
})

/** `gonogo start MODEL`: asks the app for a start ticket, keeps it in a file, and says how to name it. */
export async function start(world: World, model: string, options: StartOptions): Promise<number> {
  if (!MODEL_NAME.test(model)) throw new UsageError(`${clean(model)} is no name of a model`)
  const config = readStart(world.environment)
  const repository = options.repository ?? config.repository
  const answer = await ask(`${config.url}/api/start`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await proofOf(config)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, ...(repository && { repository }) }),
  })
  const issued = Issued.safeParse(answer)
  if (!issued.success) throw new UsageError(`${config.url} answered with something that is no start ticket`)
  const { ticket, says } = issued.data
  const file = options.out ?? `models/${model}/start-ticket.jwt`
  await mkdir(dirname(resolve(world.cwd, file)), { recursive: true })
  await writeFile(resolve(world.cwd, file), `${ticket}\n`)
  world.stdout.write(
    `the work on ${model} begins at ${clean(says.at)}, with the criteria of ${clean(says.branch)} at ${clean(says.tip, 10)} in ${clean(says.repository)}
the ticket is in ${clean(file)}: keep it, commit it with the release, and name it in models/${model}/release.yml:

training: { ticket: ${clean(file).split('/').at(-1)} }
`,
  )
  return EXIT.go
}

async function proofOf({ proof, url }: StartConfig): Promise<string> {
  if (proof.kind === 'token') return proof.token
  const request = new URL(proof.requestUrl)
  request.searchParams.set('audience', url)
  const answer = await ask(request.href, { headers: { authorization: `Bearer ${proof.requestToken}` } })
  const parsed = z.object({ value: z.string() }).safeParse(answer)
  if (!parsed.success) throw new UsageError('Actions gave no identity token: give the job `id-token: write`')
  return parsed.data.value
}

/** JSON from an address of the environment. Throws UsageError with what the app said. */
async function ask(url: string, init: RequestInit): Promise<unknown> {
  const { origin } = new URL(url)
  let answer: Response
  try {
    answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch {
    throw new UsageError(`${origin} can't be reached; check GONOGO_URL`)
  }
  const body: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return body
  const said = z.object({ error: z.string() }).safeParse(body)
  throw new UsageError(
    `${origin} gave no ticket (${answer.status})${said.success ? `: ${clean(said.data.error, 300)}` : ''}`,
  )
}
