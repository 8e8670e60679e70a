import type { Evidence } from './evidence.ts'

/**
 * What a record means by a path: the file of that path in the repository, else the ones whose path ends so, since the
 * manifest writes paths from where it stands. More than one path is more than one file.
 */
export function filesNamed<F extends { readonly path: string }>(
  path: string,
  files: readonly F[],
): readonly F[] {
  const bare = path.replace(/^(?:\.\/)+/, '')
  const exact = files.filter((file) => file.path === bare)
  return exact.length > 0 ? exact : files.filter((file) => file.path.endsWith(`/${bare}`))
}

/** What a record that is itself of the path `own` means by a path: no record shows what it says. */
export function othersNamed(path: string, own: string, files: readonly Evidence[]): readonly Evidence[] {
  return filesNamed(path, files).filter((file) => file.path !== own)
}

/** Whether a record names a file by its content: `sha256:` with 64 hex digits. */
export function isDigest(named: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(named)
}

/** The paths of files, each once. */
export function pathsOf(files: readonly { readonly path: string }[]): readonly string[] {
  return [...new Set(files.map(({ path }) => path))].toSorted()
}
