/** A call of GitHub's API for `gh`, as data. */
export type ApiCall = {
  readonly method: 'POST' | 'PUT'
  /** Segments, each as it is meant: they are escaped here. */
  readonly path: readonly string[]
  readonly body?: unknown
}

/**
 * The call as a line for a shell. Names are of strangers: paths are percent-encoded and the body is JSON, both in
 * printable ASCII and in single quotes, in which a shell reads nothing but the quote itself.
 */
export function ghCommand({ method, path, body }: ApiCall, host?: string): string {
  const where = host === undefined ? '' : ` --hostname ${quotedForShell(host)}`
  const call = `gh api${where} --method ${method} ${quotedForShell(path.map(encoded).join('/'))}`
  return body === undefined ? call : `printf %s ${quotedForShell(ascii(body))} | ${call} --input -`
}

/** Whether a path leads where it says: one of dots leads elsewhere, however it is escaped. */
export function isStraight({ path }: ApiCall): boolean {
  return path.every((segment) => !/^\.*$/.test(segment))
}

/** `'` ends the text in a shell, so it is written as an end, an escaped quote, and a new beginning. */
function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function encoded(segment: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(segment.toWellFormed()).replace(/[!'()*]/g, percent)
}

/** JSON in which every character that is not printable ASCII is escaped. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
