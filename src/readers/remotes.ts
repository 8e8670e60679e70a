/**
 * An address of a repository without the name and password that may stand in it, or anything else but where it is;
 * undefined for what is none.
 */
export function remoteOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 500) return undefined
  const [, host, path] =
    /^(?:[a-z+]{1,20}:\/\/)?(?:[^@/\s]{1,300}@)?([A-Za-z0-9.-]{1,200})(?::\d{1,5})?[:/]\/?([\w./~-]{1,300})$/.exec(
      value.trim(),
    ) ?? []
  return host === undefined || path === undefined
    ? undefined
    : `${host}/${path.replace(/(?:\.git)?\/*$/, '')}`
}
