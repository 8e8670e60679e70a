import { isSameLicence, licenceOf } from '../checks/licence.ts'
import type { Contradiction } from '../core/contradiction.ts'

/**
 * Whether a card has another licence than the manifest: of two that are known, and of one that is known beside words that
 * are no licence, such as those that reserve all rights. Two whose words nobody knows cannot be compared.
 */
export function otherLicence(
  of: string,
  found: string | undefined,
  declared: string | undefined,
): readonly Contradiction[] {
  if (found === undefined || declared === undefined || saysNothing(found) || saysNothing(declared)) return []
  if (slug(found) === slug(declared)) return []
  const [one, other] = [licenceOf(found), licenceOf(declared)]
  if (one === undefined && other === undefined) return []
  if (one !== undefined && other !== undefined && isSameLicence(one, other)) return []
  const [own, wanted] = [one?.text ?? found, other?.text ?? declared]
  return [{ code: 'other_licence', of, found: own, declared: wanted }]
}

/** What hubs offer to whom none of theirs fits. */
function saysNothing(written: string): boolean {
  return /^\s*(?:other|unknown|noassertion)?\s*$/i.test(written)
}

/** A card calls by its name what an expression of SPDX has as `LicenseRef-…`. */
function slug(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/^licenseref-/, '')
    .replaceAll(/[^\p{L}\p{N}.+]+/gu, '-')
}
