import type { Fill, ReportSigner, SignedFile } from '../core/written-record.ts'
import { fillOfPerson, fillOfText, givenText, worst } from './filled.ts'
import { type Fields, objectsIn } from './narrow.ts'

/** How a list of files with a digest each is filled. */
export function fillOfFiles(value: unknown): Fill {
  return fillOfMaps(value, ({ path, sha256, blob }) => {
    const digest = sha256 ?? blob
    return [fillOfText(path), isRepeated(digest) ? 'placeholder' : fillOfText(digest)]
  })
}

/** The files that are signed for; what has no path or no digest is none. */
export function signedFiles(value: unknown): readonly SignedFile[] {
  return objectsIn(value).flatMap((one): readonly SignedFile[] => {
    const [path, sha256, blob] = [givenText(one.path), givenText(one.sha256), givenText(one.blob)]
    if (path === undefined || (sha256 === undefined && blob === undefined)) return []
    return [{ path, ...(sha256 !== undefined && { sha256 }), ...(blob !== undefined && { blob }) }]
  })
}

/** How a list of persons who sign, each with a role and a day, is filled. */
export function fillOfSigners(value: unknown): Fill {
  return fillOfMaps(value, ({ name, role, signed }) => [
    fillOfPerson(name),
    fillOfText(role),
    fillOfText(signed),
  ])
}

/** Who signed; who has no name, role or day did not. */
export function reportSigners(value: unknown): readonly ReportSigner[] {
  return objectsIn(value).flatMap((one): readonly ReportSigner[] => {
    const [name, role, signed] = [givenText(one.name), givenText(one.role), givenText(one.signed)]
    const isDay = signed !== undefined && /^\d{4}-\d\d-\d\d$/.test(signed)
    return name !== undefined && role !== undefined && isDay ? [{ name, role, signed }] : []
  })
}

/** The first and the last day of those that sign. */
export function daysOfSigners(value: unknown): { readonly first?: string; readonly last?: string } {
  const days = reportSigners(value)
    .map(({ signed }) => signed)
    .toSorted()
  const [first, last] = [days[0], days.at(-1)]
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) }
}

function fillOfMaps(value: unknown, each: (value: Fields) => readonly Fill[]): Fill {
  if (!Array.isArray(value)) return fillOfText(value)
  const maps = objectsIn(value)
  return maps.length === 0 ? 'placeholder' : worst(maps.flatMap(each))
}

/** The same digit all the way is what a template has. */
function isRepeated(digest: unknown): boolean {
  return typeof digest === 'string' && /^(.)\1{39,63}$/.test(digest)
}
