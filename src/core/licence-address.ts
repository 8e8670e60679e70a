/** `3.0/de` and what stands behind it are translations and layouts of one text. */
const CREATIVE_COMMONS =
  /^creativecommons\.org\/licenses\/(by(?:-nc)?(?:-nd|-sa)?)\/(\d\.\d)(?:\/([a-z]{2}(?:-[a-z]{2})?|igo))?(?:\/|$)/

/** Addresses of licences whose last part is no id; each without its scheme and `www.`. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'creativecommons.org/publicdomain/zero/1.0': 'CC0-1.0',
  'apache.org/licenses/license-2.0': 'Apache-2.0',
  'opendatacommons.org/licenses/by/1-0': 'ODC-By-1.0',
  'opendatacommons.org/licenses/odbl/1-0': 'ODbL-1.0',
  'opendatacommons.org/licenses/pddl/1-0': 'PDDL-1.0',
  'cdla.dev/permissive-1-0': 'CDLA-Permissive-1.0',
  'cdla.dev/permissive-2-0': 'CDLA-Permissive-2.0',
  'cdla.dev/sharing-1-0': 'CDLA-Sharing-1.0',
  'gnu.org/licenses/gpl-3.0': 'GPL-3.0-only',
  'gnu.org/licenses/agpl-3.0': 'AGPL-3.0-only',
  'gnu.org/licenses/lgpl-3.0': 'LGPL-3.0-only',
}

/**
 * The licence that an address of its publisher is the text of: of Creative Commons (`…/licenses/by-nc/4.0/`), the lists
 * of SPDX and the Open Source Initiative, and a few more. `named` tells the id that a name of those lists stands for.
 * Undefined for every other address: what lies there is never fetched.
 */
export function idOfAddress(text: string, named: (name: string) => string | undefined): string | undefined {
  const [, rest] = /^https?:\/\/(?:www\.)?([^?#\s]{1,200})(?:[?#]\S*)?$/i.exec(text) ?? []
  if (rest === undefined) return undefined
  const path = rest.toLowerCase().replace(/\/+$/, '')
  const [, kind, version, country] = CREATIVE_COMMONS.exec(path) ?? []
  if (kind !== undefined)
    return `CC-${kind.toUpperCase()}-${version}${country === undefined ? '' : `-${country.toUpperCase()}`}`
  const plain = path
    .replace(/\/(?:legalcode|deed)[\w.-]{0,20}$/, '')
    .replace(/\.(?:html?|txt|json|php|en)$/, '')
  const known = Object.hasOwn(ADDRESSES, plain) ? ADDRESSES[plain] : undefined
  if (known !== undefined) return known
  const [, list] =
    /^(?:spdx\.org\/licenses|opensource\.org\/licen[cs]es?)\/([a-z0-9.+-]{1,60})$/.exec(plain) ?? []
  return list === undefined ? undefined : named(list)
}
