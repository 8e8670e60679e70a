import { CompactSign, compactVerify, errors } from 'jose'
import { z } from 'zod'
import type { Keys, PublicKey } from './keys.ts'

const Hex = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)

/** The app's signed statement that a named piece of work begins now. */
export const Ticket = z.strictObject({
  gonogo: z.literal(1),
  repository: z.string().max(300),
  model: z.string().max(64),
  /** The default branch, its tip when the ticket was issued, and the criteria's blob there. */
  branch: z.string().max(300),
  tip: Hex,
  criteria: z.strictObject({ path: z.string().max(200), blob: Hex }),
  nonce: z.string().max(100),
  /** The app's clock. */
  at: z.iso.datetime(),
  /** Who asked: an Actions run by its identity token, or a person or app by a token. */
  by: z.string().max(300),
  run: z.strictObject({ repository: z.string().max(300), id: z.int() }).optional(),
})
export type Ticket = z.infer<typeof Ticket>

/** Longer than any ticket. */
export const MAX_TICKET_BYTES = 16_384

const TYPE = 'gonogo-start-ticket'

/** A ticket as a compact JSON Web Signature (RFC 7515) with ES256. */
export async function signTicket(ticket: Ticket, { sign }: Keys): Promise<string> {
  return await new CompactSign(new TextEncoder().encode(JSON.stringify(ticket)))
    .setProtectedHeader({ alg: 'ES256', typ: TYPE, kid: sign.kid })
    .sign(sign.secret)
}

/**
 * What a ticket says, if one of the keys signed it; undefined for anything else. Nothing in it is looked at
 * before its signature is known to be right, but the name of the key.
 */
export async function verifyTicket(text: string, keys: readonly PublicKey[]): Promise<Ticket | undefined> {
  if (text.length > MAX_TICKET_BYTES) return undefined
  try {
    const { payload } = await compactVerify(
      text.trim(),
      ({ kid, typ }) => {
        const named = keys.find((key) => key.kid === kid)
        if (named === undefined || typ !== TYPE) throw new errors.JWSInvalid('signed by no key of this app')
        return named.key
      },
      { algorithms: ['ES256'] },
    )
    return Ticket.parse(JSON.parse(new TextDecoder().decode(payload)))
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError || error instanceof SyntaxError)
      return undefined
    throw error
  }
}
