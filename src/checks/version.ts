/** Whether a version is at least another, number by number; one that is no plain number, as a pre-release, is not. */
export function isAtLeast(version: string | undefined, wanted: string): boolean {
  if (version === undefined || !/^v?\d{1,6}(?:\.\d{1,6}){0,4}$/.test(version)) return false
  const [has, asked] = [version.replace(/^v/, ''), wanted].map((one) => one.split('.').map(Number))
  const parts = asked ?? []
  for (const [index, part] of parts.entries()) {
    const own = has?.[index] ?? 0
    if (own !== part) return own > part
  }
  return true
}
