import type { Manifest } from './manifest.ts'

/** The weights of a release by their digests; none where one of them has none, since then it can't be shown whole. */
export function attestableOf(
  manifest: Manifest | undefined,
): readonly { readonly name: string; readonly digest: string }[] {
  const all = (manifest?.weights ?? []).map((entry) =>
    'sha256' in entry
      ? { name: 'uri' in entry ? entry.uri : entry.path, digest: `sha256:${entry.sha256}` }
      : undefined,
  )
  const known = all.flatMap((one) => one ?? [])
  return known.length < all.length ? [] : known
}
