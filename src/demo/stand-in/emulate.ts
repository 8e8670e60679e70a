import { createServer } from 'node:net'
import { createEmulator, type Emulator } from 'emulate'
import type { z } from 'zod'
import type { Answer, Call } from './http.ts'
import { accountLinks } from './links.ts'
import { ACTIONS, emulateSeed, INTERNAL, type Setting } from './seed.ts'

/** The stateful GitHub behind the stand-in. */
export type Emulate = {
  /** Hands a call on as it came, with its own authorization. */
  readonly forward: (call: Call) => Promise<Answer>
  /** Looks something up as the stand-in itself; undefined when it is not there. */
  readonly look: <T>(shape: z.ZodType<T>, path: string) => Promise<T | undefined>
  /** The same for what must be there. */
  readonly read: <T>(shape: z.ZodType<T>, path: string) => Promise<T>
  /** Like `read`, with dates as they were given instead of as GitHub tells them. */
  readonly readExactly: <T>(shape: z.ZodType<T>, path: string) => Promise<T>
  readonly close: () => Promise<void>
}

/** Starts emulate on a free port; its answers link to the given url. */
export async function startEmulate(setting: Setting, url: string): Promise<Emulate> {
  const { emulator, origin } = await listening(setting, url)
  const token = turns(INTERNAL.tokens)
  const internal = (method: string, path: string, body?: unknown): Promise<Response> =>
    request(origin, { method, path, body, headers: { authorization: `Bearer ${token()}` } })

  await Promise.all(
    setting.repos.flatMap((repo) =>
      [
        ...setting.people.filter(({ admin, role }) => !admin && role !== 'none'),
        { ...ACTIONS, role: 'write' },
      ].map(({ login, role }) =>
        internal('PUT', `/repos/${setting.owner}/${repo.name}/collaborators/${encodeURIComponent(login)}`, {
          permission: role === 'write' ? 'push' : 'pull',
        }),
      ),
    ),
  )

  async function look<T>(shape: z.ZodType<T>, path: string): Promise<T | undefined> {
    const answer = await internal('GET', path)
    const text = await answer.text()
    return answer.ok ? shape.parse(asGitHubTells(text, url)) : undefined
  }
  return {
    look,
    read: async (shape, path) => {
      const found = await look(shape, path)
      if (found === undefined) throw new Error(`emulate has no ${path}`)
      return found
    },
    readExactly: async (shape, path) => shape.parse(await (await internal('GET', path)).json()),
    forward: async (call) => answerOf(await request(origin, call), url),
    close: () => emulator.close(),
  }
}

async function listening(setting: Setting, url: string): Promise<{ emulator: Emulator; origin: string }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      const emulator = await createEmulator({
        service: 'github',
        port,
        baseUrl: url,
        seed: emulateSeed(setting),
      })
      return { emulator, origin: `http://127.0.0.1:${port}` }
    } catch (error) {
      // Between the probe and the start another process may have taken the port.
      if (attempt === 5) throw error
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Headers that speak of one connection, or of a body that is written anew. */
const OF_THE_CONNECTION = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
]

function request(
  origin: string,
  call: Pick<Call, 'method' | 'path' | 'headers' | 'body'>,
): Promise<Response> {
  const headers = Object.entries(call.headers).filter(([name]) => !OF_THE_CONNECTION.includes(name))
  return fetch(`${origin}${call.path}`, {
    method: call.method,
    headers: [...headers.filter(([name]) => name !== 'content-type'), ['content-type', 'application/json']],
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    redirect: 'manual',
  })
}

async function answerOf(response: Response, url: string): Promise<Answer> {
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => !OF_THE_CONNECTION.includes(name)),
  )
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isJson = headers['content-type']?.includes('json') === true && bytes.byteLength > 0
  return {
    status: response.status,
    headers,
    body: isJson
      ? asGitHubTells(Buffer.from(bytes).toString('utf8'), url)
      : bytes.byteLength > 0
        ? bytes
        : undefined,
  }
}

/** GitHub tells times in UTC and whole seconds, whatever they were given in, and an organisation as an account. */
function asGitHubTells(text: string, url: string): unknown {
  const times = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))"/g
  const told = text.replace(times, (_, time: string) => `"${new Date(time).toISOString().slice(0, 19)}Z"`)
  return JSON.parse(told, (_, value) =>
    value?.type === 'Organization' && typeof value.login === 'string'
      ? { ...accountLinks(url, value.login), ...value }
      : value,
  )
}

function turns<T>(items: readonly T[]): () => T | undefined {
  let next = 0
  return () => items[next++ % items.length]
}
