/** What a licence asks of whoever passes a work on; a permissive one asks nothing that binds the next licence. */
export type Restriction =
  | 'non-commercial'
  | 'no-derivatives'
  /** The same terms for every adaptation of a work that is no program. */
  | 'share-alike'
  /** The same terms for every derived program. */
  | 'copyleft'
  /** Uses that are forbidden, to be passed on with the model: RAIL, Llama, Gemma. */
  | 'use-restricted'

const PERMISSIVE: readonly Restriction[] = []
const NON_COMMERCIAL: readonly Restriction[] = ['non-commercial']
const SHARE_ALIKE: readonly Restriction[] = ['share-alike']
const COPYLEFT: readonly Restriction[] = ['copyleft']
const USE_RESTRICTED: readonly Restriction[] = ['use-restricted']

/**
 * What is known of a licence, by its SPDX id or by what stands for a name that SPDX has not. Only what a licence's own
 * text says: https://spdx.org/licenses, https://creativecommons.org/licenses, the open data licences of
 * https://opendatacommons.org and https://cdla.dev, https://www.licenses.ai for the RAIL family (their paragraph on
 * use-based restrictions binds every derivative), https://www.llama.com and https://ai.google.dev/gemma/terms. What is
 * not here is not known, and nothing is guessed of it.
 */
export const RESTRICTIONS: ReadonlyMap<string, readonly Restriction[]> = new Map([
  ...each(PERMISSIVE, [
    ...['Apache-2.0', 'MIT', 'MIT-0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSD-3-Clause-Clear', '0BSD', 'ISC'],
    ...['AFL-3.0', 'Artistic-2.0', 'BSL-1.0', 'ECL-2.0', 'NCSA', 'PostgreSQL', 'Unlicense', 'WTFPL', 'Zlib'],
    ...['CC0-1.0', 'CC-BY-2.0', 'CC-BY-2.5', 'CC-BY-3.0', 'CC-BY-4.0', 'CDLA-Permissive-1.0'],
    ...['CDLA-Permissive-2.0', 'etalab-2.0', 'ODC-By-1.0', 'PDDL-1.0', 'C-UDA-1.0'],
  ]),
  ...each(NON_COMMERCIAL, [
    'CC-BY-NC-2.0',
    'CC-BY-NC-3.0',
    'CC-BY-NC-4.0',
    'LicenseRef-deepfloyd-if-license',
  ]),
  ...each(['no-derivatives'], ['CC-BY-ND-4.0']),
  ...each(['non-commercial', 'no-derivatives'], ['CC-BY-NC-ND-3.0', 'CC-BY-NC-ND-4.0']),
  ...each(['non-commercial', 'share-alike'], ['CC-BY-NC-SA-2.0', 'CC-BY-NC-SA-3.0', 'CC-BY-NC-SA-4.0']),
  ...each(SHARE_ALIKE, ['CC-BY-SA-3.0', 'CC-BY-SA-4.0', 'CDLA-Sharing-1.0', 'ODbL-1.0']),
  ...each(COPYLEFT, [
    ...['GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-3.0-only', 'GPL-3.0-or-later'],
    ...['AGPL-3.0-only', 'AGPL-3.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later'],
    ...[
      'LGPL-3.0-only',
      'LGPL-3.0-or-later',
      'MPL-2.0',
      'EPL-1.0',
      'EPL-2.0',
      'EUPL-1.1',
      'EUPL-1.2',
      'OSL-3.0',
    ],
  ]),
  ...each(USE_RESTRICTED, [
    ...['LicenseRef-openrail', 'LicenseRef-bigscience-openrail-m', 'LicenseRef-creativeml-openrail-m'],
    ...['LicenseRef-bigscience-bloom-rail-1.0', 'LicenseRef-bigcode-openrail-m', 'LicenseRef-openrail-pp'],
    ...['LicenseRef-llama2', 'LicenseRef-llama3', 'LicenseRef-llama3.1', 'LicenseRef-llama3.2'],
    ...['LicenseRef-llama3.3', 'LicenseRef-llama4', 'LicenseRef-gemma'],
  ]),
])

function each(
  restrictions: readonly Restriction[],
  ids: readonly string[],
): readonly (readonly [string, readonly Restriction[]])[] {
  return ids.map((id) => [id, restrictions] as const)
}

/**
 * Names of a hub that are not the SPDX id in small letters, and old ids of SPDX that said too little.
 * https://huggingface.co/docs/hub/repositories-licenses. Names of a family, such as `gpl` or `cc`, name no licence.
 */
const NAMES: Readonly<Record<string, string>> = {
  'gpl-2.0': 'GPL-2.0-only',
  'gpl-3.0': 'GPL-3.0-only',
  'agpl-3.0': 'AGPL-3.0-only',
  'lgpl-2.1': 'LGPL-2.1-only',
  'lgpl-3.0': 'LGPL-3.0-only',
  odbl: 'ODbL-1.0',
  'odc-by': 'ODC-By-1.0',
  pddl: 'PDDL-1.0',
  'c-uda': 'C-UDA-1.0',
  'openrail++': 'LicenseRef-openrail-pp',
}

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...RESTRICTIONS.keys().map((id) => [id.replace(/^LicenseRef-/, '').toLowerCase(), id] as const),
  ...Object.entries(NAMES),
])

/** The Open Source Initiative has `apache-2-0` in its newer addresses. */
const BY_SLUG: ReadonlyMap<string, string> = new Map(
  BY_NAME.entries().map(([name, id]) => [name.replaceAll('.', '-'), id] as const),
)

/** What people write where they do not know, or have not chosen, a licence. */
const NONE: ReadonlySet<string> = new Set([
  '',
  'unknown',
  'other',
  'none',
  'noassertion',
  'unlicensed',
  'public',
])

/** The id of a licence by the name that a hub or a person has for it; undefined where the table has none. */
export function idOf(name: string): string | undefined {
  return BY_NAME.get(name.trim().toLowerCase())
}

/** The id of a licence by its name in an address; undefined where the table has none. */
export function idOfSlug(slug: string): string | undefined {
  return idOf(slug) ?? BY_SLUG.get(slug.toLowerCase())
}

/** Whether a text says that no licence is known. */
export function isNoLicence(name: string): boolean {
  return NONE.has(name.trim().toLowerCase())
}
