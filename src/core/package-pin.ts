/** The one version that a list of packages gives a package, whose name is plain. */
export type Pin = { readonly name: string; readonly version: string }

/** `numpy==2.1.3`, `python=3.12.7=h2628c8c_0` and `numpy 2.1.3` have a version; a range, an address or a path has none. */
export function pinOf(written: string): Pin | undefined {
  const [, name, version] =
    /^([\w.-]{1,100})(?:\[[^\]]{0,200}\])?(?: ?={1,3} ?| )v?(\d[\w.+!-]{0,60})(?=$|[\s=;])/.exec(written) ??
    []
  return name === undefined || version === undefined ? undefined : { name: plainName(name), version }
}

/** A package by the name that an index knows it by: `Scikit_Learn` is `scikit-learn`. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[._-]+/g, '-')
}

/** The same release, as far as both write it: `2.5` is any `2.5.1`, and where a build such as `+cu121` is left out it is any. */
export function isVersion(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) => (version.split('+')[0] ?? version).split('.'))
  return (a ?? []).every((part, at) => b?.[at] === undefined || b[at] === part)
}
