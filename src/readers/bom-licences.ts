import type { BomPart } from '../core/bom.ts'

/**
 * The licences of a part, each once. SPDX has a declared and a concluded licence, and CycloneDX the same as
 * `acknowledgement`: who wrote the part says the one, who looked into it came to the other, so what was concluded counts
 * where both stand. A conclusion that asserts nothing is none.
 */
export function bomLicences(
  all: readonly { readonly written: string; readonly concluded: boolean }[],
): Required<Pick<BomPart, 'licences'>> & Pick<BomPart, 'declared'> {
  const [concluded, declared] = [true, false].map((wanted) => [
    ...new Set(all.filter((one) => one.concluded === wanted).map(({ written }) => written.slice(0, 200))),
  ])
  const found = concluded?.some((one) => !assertsNothing(one)) ? concluded : undefined
  if (found === undefined) return { licences: declared?.length ? declared : (concluded ?? []) }
  const differs = declared?.some((one) => !assertsNothing(one) && !found.includes(one))
  return { licences: found, ...(differs && declared && { declared }) }
}

function assertsNothing(written: string): boolean {
  return /^\s*(?:noassertion)?\s*$/i.test(written)
}
