/**
 * The bytes of a text in base64, standard or URL-safe, padded or not (both occur in DSSE envelopes); undefined for
 * anything else, where Node would skip what is no base64.
 */
export function fromBase64(text: string): Uint8Array | undefined {
  const body = text.replace(/={1,2}$/, '')
  if (!/^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)$/.test(body) || body.length % 4 === 1) return undefined
  if (text.length !== body.length && text.length % 4 !== 0) return undefined
  return new Uint8Array(Buffer.from(body, 'base64'))
}
