/** What companies are by law, in small letters and without dots, which says nothing of which one it is. */
export const COMPANY_FORMS: ReadonlySet<string> = new Set([
  ...['inc', 'incorporated', 'ltd', 'limited', 'llc', 'llp', 'lp', 'plc', 'pbc', 'corp', 'corporation', 'co'],
  ...[
    'company',
    'gmbh',
    'mbh',
    'ag',
    'kg',
    'kgaa',
    'ug',
    'ohg',
    'se',
    'sa',
    'sas',
    'sarl',
    'sl',
    'srl',
    'spa',
  ],
  ...['lda', 'ltda', 'bv', 'nv', 'bvba', 'as', 'asa', 'ab', 'oy', 'oyj', 'aps', 'ehf', 'kk', 'pty', 'pte'],
  ...['pvt', 'sdn', 'bhd', 'sro', 'zrt', 'kft', 'doo', 'ooo', 'oü', 'sia', 'uab', 'jsc', 'pjsc', 'group'],
  ...['holding', 'holdings', 'the'],
])

/** Words that many a vendor has in its name. */
export const COMMON_IN_NAMES: ReadonlySet<string> = new Set([
  ...COMPANY_FORMS,
  ...['ai', 'ml', 'cloud', 'data', 'lab', 'labs', 'model', 'models', 'service', 'services', 'systems'],
  ...['of', 'and', 'for', 'api', 'large', 'small', 'mini', 'pro'],
])

/** A name with `S.r.l.`, `A/S` and the like in one word. */
export function withoutDots(name: string): string {
  return name.replaceAll(/(?<![\p{L}\p{N}])(\p{L})[./](?=\p{L}(?![\p{L}\p{N}]))/gu, '$1')
}
