import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request, read to its end. */
export type Call = {
  readonly method: string
  /** Path with query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON; undefined where there is no body. */
  readonly body: unknown
}

/** An answer; a body of bytes goes out as it is, undefined as nothing, anything else as JSON. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** An answer that ends the handling of a call at once. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(status: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.answer = json(status, {
      message,
      ...more,
      documentation_url: 'https://docs.github.com/rest',
      status: `${status}`,
    })
  }
}

/** Ends the handling of a call with a connection that breaks. */
export class Reset extends Error {}

export const json = (status: number, body: unknown): Answer => ({ status, headers: {}, body })

/** Reads a request; what is no JSON is refused as GitHub refuses it. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value)
  return {
    method: request.method ?? 'GET',
    // A client configured for GitHub Enterprise Server puts its prefix before each path.
    path: (request.url ?? '/').replace(/^\/api\/v3(?=\/)|^\/api(?=\/graphql$)/, ''),
    headers,
    body: text === '' ? undefined : parsed(text),
  }
}

/** Writes an answer. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  const { body } = answer
  const bytes =
    body === undefined ? undefined : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body))
  response.writeHead(answer.status, {
    ...(body === undefined || body instanceof Uint8Array
      ? {}
      : { 'content-type': 'application/json; charset=utf-8' }),
    ...answer.headers,
    ...(bytes === undefined ? {} : { 'content-length': bytes.byteLength }),
  })
  response.end(bytes)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'Problems parsing JSON')
  }
}
