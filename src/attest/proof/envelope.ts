import { z } from 'zod'
import { fromBase64 } from './base64.ts'

/** A larger payload is no statement about a model. */
export const MAX_PAYLOAD_BYTES = 1024 * 1024
/** More signatures than anybody checks. */
const MAX_SIGNATURES = 16

const Base64 = z.string().max(2 * MAX_PAYLOAD_BYTES)

/** A DSSE envelope (github.com/secure-systems-lab/dsse). */
const Envelope = z.object({
  payloadType: z.string().min(1).max(200),
  payload: Base64,
  signatures: z
    .array(z.object({ sig: z.string().min(1).max(20_000), keyid: z.string().max(1000).nullish() }))
    .min(1)
    .max(MAX_SIGNATURES),
})

/** An envelope with its very bytes: they are what is signed, and what is read. */
export type Opened = {
  readonly payloadType: string
  readonly payload: Uint8Array
  readonly signatures: readonly { readonly sig: Uint8Array; readonly keyid: string }[]
}

/** What an envelope holds; undefined where it is none, is too large, or is not base64. */
export function open(value: unknown): Opened | undefined {
  const read = Envelope.safeParse(value)
  if (!read.success) return undefined
  const payload = fromBase64(read.data.payload)
  if (payload === undefined || payload.byteLength > MAX_PAYLOAD_BYTES) return undefined
  const signatures = read.data.signatures.flatMap(({ sig, keyid }) => {
    const bytes = fromBase64(sig)
    return bytes === undefined ? [] : [{ sig: bytes, keyid: keyid ?? '' }]
  })
  if (signatures.length !== read.data.signatures.length) return undefined
  return { payloadType: read.data.payloadType, payload, signatures }
}

/** The bytes that are signed: DSSE's pre-authentication encoding, lengths in bytes (DSSE v1, protocol.md). */
export function preAuthEncoding({ payloadType, payload }: Pick<Opened, 'payloadType' | 'payload'>): Buffer {
  const type = Buffer.from(payloadType, 'utf8')
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.byteLength} `),
    type,
    Buffer.from(` ${payload.byteLength} `),
    payload,
  ])
}

/** Whether an envelope says that it holds an in-toto statement (in-toto attestation v1, envelope.md). */
export function isInToto(payloadType: string): boolean {
  return /^application\/vnd\.in-toto(?:\.[a-zA-Z0-9._-]{1,100})?\+json$/.test(payloadType)
}
